/**
 * The original values of patched properties, kept exactly as the patch found them, so that it can put them back.
 *
 * @module
 */

import { type ConfigurationAnswer, scalarOf } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { graphField } from "../../settings/inputs/clientConfiguration";
import { isPlainObject, type PlainObject } from "../../settings/json";
import { ORIGINAL_KEY } from "../../settings/keys";
import { projectOnto } from "../../settings/wire";
import { isPayloadName } from "../clientConfiguration/differences";

/** Properties of Graph by the names of inputs: texts, numbers, payloads as base64, null for none. */
export type Original = Record<string, string | number | null>;

/** The properties that an earlier update remembered. */
export function originalOf({ [ORIGINAL_KEY]: original }: PlainObject): Original {
  return isPlainObject(original) ? (original as Original) : {};
}

/** A property exactly as the tenant holds it. */
export async function exactly(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  name: string,
): Promise<string | number | null> {
  if (!isPayloadName(name)) return scalarNamed(found, name) ?? null;
  const bytes = await reader.payloadBytes(found, name);
  return bytes === undefined ? null : Buffer.from(bytes).toString("base64");
}

/** The properties that the tenant has now, in the form of inputs. */
export async function currentInputs(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  names: readonly string[],
  known: PlainObject,
): Promise<PlainObject> {
  const current: PlainObject = {};
  for (const name of names) {
    if (isPayloadName(name)) {
      current[name] = projectOnto(known[name], (await reader.payload(found, name)) ?? {});
    } else {
      current[name] =
        scalarNamed(found, name) ?? (graphField(name)?.form === "text" ? "" : undefined);
    }
  }
  return current;
}

/** Originals as properties of Graph. */
export function originalBody(original: Original): PlainObject {
  return Object.fromEntries(
    Object.entries(original).map(([name, value]) => [graphField(name)?.property ?? name, value]),
  );
}

function scalarNamed(found: ConfigurationAnswer, name: string): string | number | undefined {
  const field = graphField(name);
  return field && scalarOf(found, field);
}
