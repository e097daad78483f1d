import type { FleetResult } from "./result";

/** Exit code if something changes or has drifted, where that counts. */
const DIFFERENT = 1;

/** Exit code if a stack failed or did not run. */
export const FAILED = 2;

/** Exit code after Ctrl-C. */
export const INTERRUPTED = 130;

/** The exit code of a run. */
export function exitCodeOf(
  { command, stacks, notRun }: FleetResult,
  options: { readonly expectNoChanges: boolean; readonly isInterrupted: boolean },
): number {
  if (options.isInterrupted) return INTERRUPTED;
  const has = (outcome: FleetResult["stacks"][number]["result"]) =>
    stacks.some(({ result }) => result === outcome);
  if (has("failed") || notRun.length > 0) return FAILED;
  if (command === "drift" && has("drifted")) return DIFFERENT;
  return options.expectNoChanges && has("changed") ? DIFFERENT : 0;
}
