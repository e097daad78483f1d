/**
 * Secrets that change. The engine masks them alike before and after, so only the provider's lines tell that they differ.
 *
 * @module
 */
import { PAYLOAD_NAMES } from "../../provider/settings/names";
import {
  type ComparedResource,
  type HiddenSecret,
  type ResourceDifference,
  SECRET,
} from "./resources";

/** A changed value, as the provider's lines tell it. */
const CHANGED = `${SECRET} => ${SECRET}`;

/** Whether a line of the provider's may be about a secret that changes. */
export function isAboutSecret(line: string): boolean {
  return line.includes(SECRET);
}

/**
 * Secrets of a resource that change by the provider's lines. A payload that is secret as a whole is one change: its lines
 * name settings, which the engine does not show.
 */
export function secretChanges(
  { policy, secrets }: Pick<ComparedResource, "policy" | "secrets">,
  lines: readonly string[],
): ResourceDifference[] {
  const label = `${policy}: `;
  const own = lines
    .filter((line) => line.startsWith(label))
    .map((line) => line.slice(label.length));
  const isPayload = ({ path }: HiddenSecret) => (PAYLOAD_NAMES as readonly string[]).includes(path);
  const parts = secrets.filter((secret) => !isPayload(secret));
  const ofPayloads = own.filter((line) => !parts.some((secret) => isOf(secret, line)));
  return secrets
    .filter((secret) =>
      isPayload(secret)
        ? ofPayloads.some((line) => payloadOf(line) === secret.path)
        : own.some((line) => isOf(secret, line)),
    )
    .map(({ property, settingId }) => ({
      property,
      settingId,
      old: SECRET,
      new: SECRET,
      isSecret: true,
    }));
}

/** Whether a line says that a setting, or a property that is no payload, changes. */
function isOf({ path, settingId }: HiddenSecret, line: string): boolean {
  if (settingId === undefined) return line.startsWith(`${path} ${SECRET}`);
  // An id is the beginning of others: what follows it must not be a part of it.
  return line.includes(CHANGED) && line.split(/[\s[\]]+/).includes(settingId);
}

/** The payload that a line is about: the lines of policies, of which there are more, do not name it. */
function payloadOf(line: string): string {
  return PAYLOAD_NAMES.find((name) => line.startsWith(`${name} `)) ?? "policies";
}
