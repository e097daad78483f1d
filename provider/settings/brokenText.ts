/**
 * Finds inputs with half of a surrogate pair, which is not valid Unicode. On the way to the engine, such a
 * half is silently lost, or ends the update with an error that names no input.
 *
 * @module
 */
import type { InputProblem } from "./inputProblem";
import { isPlainObject } from "./json";
import { INVALID_KEY, JSON_KEY } from "./stored";

/** Description of a broken text, in the marker that the program's side puts in its place. */
export const BROKEN = "a text with half of a surrogate pair";

/** A problem for every broken text among inputs, and for every marker of one. */
export function brokenTexts(value: unknown, path: readonly PropertyKey[] = []): InputProblem[] {
  if (typeof value === "string") return value.isWellFormed() ? [] : [problem(path, BROKEN)];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => brokenTexts(item, [...path, index]));
  }
  if (!isPlainObject(value)) return [];
  const marked = value[INVALID_KEY];
  if (typeof marked === "string" && marked.endsWith(BROKEN)) return [problem(path, marked)];
  return Object.entries(value).flatMap(([key, item]) =>
    // The program does not know the key under which a payload is stored.
    brokenTexts(item, key === JSON_KEY ? path : [...path, key]),
  );
}

function problem(path: readonly PropertyKey[], what: string): InputProblem {
  return { path, reason: `is ${what}, which is not Unicode: give the whole character` };
}
