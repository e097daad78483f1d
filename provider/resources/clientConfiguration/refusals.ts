/**
 * Refusals, each with the ways out.
 *
 * @module
 */

import type { ConfigurationAnswer } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { OfficeConfigurationError } from "../../graph";
import type { PlainObject } from "../../settings/json";
import { secretsOf } from "../../settings/label";
import type { LifecycleContext } from "../../update/lifecycle";
import { holdings } from "./whole";

/** Most policies that one message names. */
const MOST_NAMED = 3;

/** The error for a name that other policies have, with their contents and all ways out. */
export async function nameTaken(
  { claims }: LifecycleContext,
  reader: ConfigurationReader,
  { inputs, others }: { inputs: PlainObject; others: readonly ConfigurationAnswer[] },
): Promise<OfficeConfigurationError> {
  const named = await Promise.all(
    others.slice(0, MOST_NAMED).map(async (other) => {
      const owner = claims.liveOwner(other.id)?.name;
      const whose = owner === undefined ? "" : `, the resource "${owner}" of this stack`;
      return `  ${other.id}${whose} (${await holdings(reader, other)}${spelling(other, inputs)})`;
    }),
  );
  const more = others.length > MOST_NAMED ? [`  and ${others.length - MOST_NAMED} more`] : [];
  const what = others.length === 1 ? "another policy" : `${others.length} policies`;
  return new OfficeConfigurationError(
    [
      `${reader.subject} is refused: the tenant has ${what} of this name and kind. Nothing was made.`,
      ...named,
      ...more,
      "To go on, give the resource one of these:",
      '  aliases: [{ name: "<old name>" }]: if it was renamed in the program',
      `  adopt: { id: "${others[0]?.id}" }: to take that policy over, for example if an interrupted update, on this machine or another, made it`,
      "  allowDuplicateName: true: to have two policies of this name, even if only until another resource gets another name; a forced replacement (--replace) needs it too",
    ].join("\n"),
  );
}

/** The tenant's spelling of a name that looks the same but is not; empty if the two are equal. */
function spelling({ displayName }: ConfigurationAnswer, inputs: PlainObject): string {
  const isHidden = secretsOf(inputs).includes("displayName");
  return isHidden || displayName === inputs.displayName
    ? ""
    : `; its name looks the same but is spelled differently: ${firstDifference(displayName, inputs.displayName)}`;
}

/**
 * The first place in which two texts differ: `U+0075 U+0308 in the tenant, U+00FC in the program`. Neither text
 * is the beginning of the other, because they look the same.
 */
function firstDifference(theirs: unknown, ours: unknown): string {
  const [a, b] = [[...String(theirs)], [...String(ours)]];
  const at = a.findIndex((char, index) => char !== b[index]);
  const shown = (chars: string[]) =>
    chars
      .slice(at, at + 2)
      .map((char) => `U+${char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`)
      .join(" ");
  return `${shown(a)} in the tenant, ${shown(b)} in the program`;
}

/** The error for an update of a policy that the tenant no longer has. */
export function gone(reader: ConfigurationReader, id: string): OfficeConfigurationError {
  return new OfficeConfigurationError(
    `${reader.subject} (${id}) is gone from the tenant. Run \`pulumi refresh\`; the next \`pulumi up\` recreates it.`,
  );
}
