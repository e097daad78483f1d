/**
 * Verdict on a case, by kind of problem.
 *
 * @module
 */

/** The invariants, by what it is called when one does not hold. */
export const BREACHES = [
  "strangers",
  "duplicates",
  "orphans",
  "lost changes",
  "leaks",
  "failed recoveries",
  "wrong states",
  "never struck",
] as const;

/** An invariant that did not hold. */
export type Breach = (typeof BREACHES)[number];

/** One breach, in words. */
export interface Problem {
  readonly breach: Breach;
  readonly words: string;
}

/** Outcome of one case. */
export interface Verdict {
  readonly name: string;
  /** Its column in the table. */
  readonly operation: string;
  readonly problems: readonly Problem[];
  /** Time of the commands that a user runs once the fault is over. */
  readonly recoverySeconds: number;
}

/** Receiver of verdicts as they come. */
export type Report = (verdict: Verdict) => void;
