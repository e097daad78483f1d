/**
 * Inputs that hold half of a surrogate pair, which is no Unicode: on its way to the engine such a half
 * is lost in silence, or ends the update with an error that names no input.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import { isPlainObject, type PlainObject } from "../payload/json";
import type { InputProblem } from "../payload/problems";
import { INVALID_KEY, JSON_KEY } from "../payload/stored";

const BROKEN = "a text with half of a surrogate pair";

/**
 * The program's side: a copy with a marker in the place of every broken text, which `check` turns into
 * a message. It goes into Outputs and promises too.
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

/** The same for the values of an object; a key that is broken marks what stands under it. */
export function markBrokenEntries(object: PlainObject, path: readonly unknown[] = []): PlainObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, item]) =>
      key.isWellFormed()
        ? [key, markBrokenTexts(item, path)]
        : [key.toWellFormed(), { [INVALID_KEY]: `named by ${BROKEN}` }],
    ),
  );
}

/** The provider's side: every broken text among the inputs. */
export function brokenTexts(value: unknown, path: readonly PropertyKey[] = []): InputProblem[] {
  if (typeof value === "string") return value.isWellFormed() ? [] : [problem(path, BROKEN)];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => brokenTexts(item, [...path, index]));
  }
  if (!isPlainObject(value)) return [];
  const marked = value[INVALID_KEY];
  if (typeof marked === "string" && marked.endsWith(BROKEN)) return [problem(path, marked)];
  return Object.entries(value).flatMap(([key, item]) =>
    // The program knows nothing of the key under which a payload is stored.
    brokenTexts(item, key === JSON_KEY ? path : [...path, key]),
  );
}

function problem(path: readonly PropertyKey[], what: string): InputProblem {
  return { path, reason: `is ${what}, which is not Unicode: give the whole character` };
}
