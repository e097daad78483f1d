import { propertyPath } from "./json";

/** One problem of an input: its path, and what is allowed there. */
export interface InputProblem {
  readonly path: readonly PropertyKey[];
  /** A clause that continues after the path: `must be a whole number`. */
  readonly reason: string;
}

/** A problem on one line: `policies["office16;L_A"].value must be a JSON value`. */
export function problemLine({ path, reason }: InputProblem): string {
  return `${propertyPath(path)} ${reason}`.trimStart();
}
