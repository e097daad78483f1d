/**
 * What is measured of each subject, in this order, on one stack.
 *
 * @module
 */
import type { Version } from "./subjects";

/** One command on a stack. */
export interface Phase {
  readonly name: string;
  readonly command: readonly string[];
  /** What the program wants by then. */
  readonly version: Version;
}

const UP = ["up", "--yes", "--skip-preview"];
const FIRST: Version = { ofFirst: 0, ofAll: 0 };
const ONE_CHANGED: Version = { ofFirst: 1, ofAll: 0 };
const ALL_CHANGED: Version = { ofFirst: 1, ofAll: 1 };

/** The phases. */
export const PHASES = [
  { name: "first up", command: UP, version: FIRST },
  { name: "up, no change", command: UP, version: FIRST },
  { name: "preview, no change", command: ["preview"], version: FIRST },
  { name: "preview --refresh", command: ["preview", "--refresh"], version: FIRST },
  { name: "refresh", command: ["refresh", "--yes", "--skip-preview"], version: FIRST },
  { name: "preview of one policy", command: ["preview"], version: ONE_CHANGED },
  { name: "update of one", command: UP, version: ONE_CHANGED },
  { name: "update of all", command: UP, version: ALL_CHANGED },
  { name: "destroy", command: ["destroy", "--yes", "--skip-preview"], version: ALL_CHANGED },
] as const satisfies readonly Phase[];

/** Name of a phase. */
export type PhaseName = (typeof PHASES)[number]["name"];
