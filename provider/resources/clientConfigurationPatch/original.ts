/**
 * What a patch found, kept exactly as it was, so that it can be put back.
 *
 * @module
 */

import type { ConfigurationAnswer } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { isPlainObject, type PlainObject } from "../../settings/json";
import { ORIGINAL_KEY } from "../../settings/keys";
import type { PatchableName } from "../../settings/names";
import { PAYLOADS } from "../../settings/names";
import { projectOnto } from "../../settings/wire";
import { isPayloadName } from "../clientConfiguration/changes";

/** Properties of Graph by the names of inputs: texts, numbers, payloads as base64, null for none. */
export type Original = Partial<Record<PatchableName, string | number | null>>;

/** What an earlier update remembered. */
export function originalOf({ [ORIGINAL_KEY]: original }: PlainObject): Original {
  return isPlainObject(original) ? (original as Original) : {};
}

/** A property exactly as the tenant holds it. */
export async function exactly(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  name: PatchableName,
): Promise<string | number | null> {
  if (!isPayloadName(name)) return found[name] ?? null;
  const bytes = await reader.payloadBytes(found, name);
  return bytes === undefined ? null : Buffer.from(bytes).toString("base64");
}

/** The properties as the tenant holds them, in the words of inputs. */
export async function currentInputs(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  names: readonly PatchableName[],
  known: PlainObject,
): Promise<PlainObject> {
  const current: PlainObject = {};
  for (const name of names) {
    if (isPayloadName(name)) {
      current[name] = projectOnto(known[name], (await reader.payload(found, name)) ?? {});
    } else {
      current[name] = found[name] ?? (name === "priority" ? undefined : "");
    }
  }
  return current;
}

/** Originals as properties of Graph. */
export function originalBody(original: Original): PlainObject {
  return Object.fromEntries(
    Object.entries(original).map(([name, value]) => [
      isPayloadName(name) ? PAYLOADS[name] : name,
      value,
    ]),
  );
}
