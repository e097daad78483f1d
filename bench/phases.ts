/**
 * Phases measured of each subject, in this order, on one stack.
 *
 * @module
 */
import type { Version } from "./contestant";

/** One command on a stack. */
export interface Phase {
  readonly name: string;
  /** Of `pulumi`. */
  readonly command: readonly string[];
  /** The same job of `terraform`, which reads the tenant unless it is told not to. */
  readonly terraform: readonly string[];
  /** The program's inputs in this phase. */
  readonly version: Version;
}

const UP = {
  command: ["up", "--yes", "--skip-preview"],
  terraform: ["apply", "-auto-approve", "-refresh=false"],
};
const PREVIEW = { command: ["preview"], terraform: ["plan", "-refresh=false"] };
const FIRST: Version = { ofFirst: 0, ofAll: 0 };
const ONE_CHANGED: Version = { ofFirst: 1, ofAll: 0 };
const ALL_CHANGED: Version = { ofFirst: 1, ofAll: 1 };

/** The phases. */
export const PHASES = [
  { name: "first up", ...UP, version: FIRST },
  { name: "up, no change", ...UP, version: FIRST },
  { name: "preview, no change", ...PREVIEW, version: FIRST },
  {
    name: "preview --refresh",
    command: ["preview", "--refresh"],
    terraform: ["plan"],
    version: FIRST,
  },
  {
    name: "refresh",
    command: ["refresh", "--yes", "--skip-preview"],
    terraform: ["apply", "-refresh-only", "-auto-approve"],
    version: FIRST,
  },
  { name: "preview of one policy", ...PREVIEW, version: ONE_CHANGED },
  { name: "update of one", ...UP, version: ONE_CHANGED },
  { name: "update of all", ...UP, version: ALL_CHANGED },
  {
    name: "destroy",
    command: ["destroy", "--yes", "--skip-preview"],
    terraform: ["destroy", "-auto-approve", "-refresh=false"],
    version: ALL_CHANGED,
  },
] as const satisfies readonly Phase[];

/** Name of a phase. */
export type PhaseName = (typeof PHASES)[number]["name"];
