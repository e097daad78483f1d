/**
 * Outcomes in words and signs, for the page and for its script.
 *
 * @module
 */
import type { Outcome } from "../model";

/** Appearance of an outcome. */
interface Appearance {
  /** Class of its cells. */
  readonly style: string;
  /** Stands in the cell: before the value, or instead of one. */
  readonly sign: string;
  readonly words: string;
}

/** Outcomes as cells show them, and in words. */
export const OUTCOMES: Readonly<Record<Outcome, Appearance>> = {
  same: { style: "s", sign: "✓", words: "as in the baseline" },
  different: { style: "d", sign: "≠", words: "differs from the baseline" },
  missing: { style: "m", sign: "missing", words: "missing: only the baseline has it" },
  extra: { style: "e", sign: "+", words: "more than the baseline: does not count as a deviation" },
  unknown: { style: "u", sign: "not known", words: "not known: secret in a state, or unknown yet" },
  unread: { style: "r", sign: "not read", words: "not read" },
  set: { style: "v", sign: "", words: "set" },
  absent: { style: "a", sign: "–", words: "not set" },
};

/** Fates of a value in words. */
export const FATES = {
  wins: "wins",
  overruled: "overruled: earlier policies reach all its groups",
  idle: "reaches nobody: its policy has no group",
  reaches: "reaches them: Intune has no order of policies",
} as const;

/** Fates by their numbers in the page's data. */
export const FATE_NUMBERS = [
  "wins",
  "overruled",
  "idle",
  "reaches",
] as const satisfies readonly (keyof typeof FATES)[];

/** Roads of a cell in words; Cloud Policy alone is not told. */
export const ROADS_IN_CELL = {
  intune: { words: "Intune", about: "through Intune alone" },
  same: { words: "both roads", about: "by Cloud Policy and through Intune, with the same value" },
  apart: { words: "both roads, apart", about: "by both roads, for different users" },
  different: {
    words: "roads differ",
    about: "a user gets, or may get, another value through Intune than by Cloud Policy",
  },
  unknown: { words: "both roads", about: "by both roads: whether the values differ is not known" },
  conflict: { words: "conflict", about: "Intune's policies disagree" },
} as const;

/** Rows of the matrix that are drawn together: fewer cost more where they come into sight, more cost more at once. */
export const ROWS_IN_BLOCK = 10;
