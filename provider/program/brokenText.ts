/**
 * Marks inputs that hold half of a surrogate pair, before the engine loses them.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import { BROKEN } from "../settings/brokenText";
import { isPlainObject, type PlainObject } from "../settings/json";
import { INVALID_KEY } from "../settings/stored";

/**
 * The program's side: a copy with a marker in place of every broken text. `check` turns the marker into a
 * message. Also looks into Outputs and promises.
 */
export function markBrokenTexts(value: unknown, above: readonly unknown[] = []): unknown {
  if (typeof value === "string") return value.isWellFormed() ? value : { [INVALID_KEY]: BROKEN };
  if (pulumi.Output.isInstance(value)) return value.apply((known) => markBrokenTexts(known));
  if (value instanceof Promise) return value.then((known) => markBrokenTexts(known));
  if (above.includes(value)) return value;
  const path = [...above, value];
  if (Array.isArray(value)) return value.map((item) => markBrokenTexts(item, path));
  return isPlainObject(value) ? markBrokenEntries(value, path) : value;
}

/** The same for the values of an object; if a key is broken, its value is marked. */
export function markBrokenEntries(object: PlainObject, path: readonly unknown[] = []): PlainObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, item]) =>
      key.isWellFormed()
        ? [key, markBrokenTexts(item, path)]
        : [key.toWellFormed(), { [INVALID_KEY]: `named by ${BROKEN}` }],
    ),
  );
}
