/**
 * Finds texts that the SDK made of an Output instead of its value. Pulumi's SDK returns them if a template
 * literal, a concatenation or `JSON.stringify` meets an Output.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/inputs-outputs/
 * @module
 */

import type { InputProblem } from "./inputProblem";
import { isPlainObject, type PlainObject } from "./json";

const OUTPUT_AS_TEXT = /Calling \[to(String|JSON)\] on an \[Output<T>\]|\[object Promise\]/;

const REASON =
  "holds an Output or a promise as text, not the value it will have: write the text with pulumi.interpolate, and JSON with pulumi.jsonStringify";

/** Whether a text was made of an Output or a promise. */
export function isOutputText(text: string): boolean {
  return OUTPUT_AS_TEXT.test(text);
}

/** Problems for such texts in inputs, at any depth, and among the keys of objects. */
export function outputTextProblems(
  inputs: unknown,
  path: readonly PropertyKey[] = [],
): InputProblem[] {
  if (typeof inputs === "string") return isOutputText(inputs) ? [{ path, reason: REASON }] : [];
  if (Array.isArray(inputs)) {
    return inputs.flatMap((item, index) => outputTextProblems(item, [...path, index]));
  }
  if (!isPlainObject(inputs)) return [];
  return Object.entries(inputs).flatMap(([key, item]) =>
    // The key contains the SDK's long advice: leave it out of the path.
    isOutputText(key) ? [{ path, reason: REASON }] : outputTextProblems(item, [...path, key]),
  );
}

/** The problems of inputs. If an input holds such a text, only that problem is reported for it. */
export function withOutputTexts(
  inputs: PlainObject,
  problems: readonly InputProblem[],
): InputProblem[] {
  const texts = outputTextProblems(inputs);
  const isNamed = ({ path }: InputProblem) => texts.some((text) => text.path[0] === path[0]);
  return [...texts, ...problems.filter((problem) => !isNamed(problem))];
}
