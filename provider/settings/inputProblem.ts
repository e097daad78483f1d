/** One problem of an input: where it is, and what is allowed there. */
export interface InputProblem {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}
