/**
 * Guards of a fleet before it changes anything.
 *
 * @module
 */
import { canonicalJson } from "../../provider/settings/json";
import type { FleetChange, FleetResult, StackError, StackResult } from "./result";
import { changesText } from "./resultWords";

/** A number of changes, or a part of the fleet's settings. */
export type MaxChanges = { readonly count: number } | { readonly percent: number };

/**
 * Problem with the number of changes of a preview, in a sentence; undefined if there are not too many.
 */
export function tooManyChanges(
  stacks: readonly StackResult[],
  max: MaxChanges,
): string | undefined {
  const changes = stacks.reduce((sum, each) => sum + each.changes.length, 0);
  const settings = stacks.reduce((sum, each) => sum + (each.settings ?? 0), 0);
  const most = "count" in max ? max.count : Math.floor((settings * max.percent) / 100);
  if (changes <= most) return undefined;
  const limit =
    "count" in max
      ? `--max-changes ${max.count}`
      : `--max-changes ${max.percent}% (${most.toLocaleString("en")} of the fleet's ${settings.toLocaleString("en")} settings)`;
  return `there would be ${changesText(changes)}, more than ${limit}. Nothing was changed`;
}

const PREVIEW_AGAIN = "Preview again, look at the changes, and give that preview.";

/** Whether a stack would change as a saved preview says; a refusal if not. */
export function refusalOf(saved: FleetResult, now: StackResult): StackError | undefined {
  const before = saved.stacks.find(({ stack }) => stack === now.stack);
  if (before === undefined) {
    return refused("It is not in the saved preview.", `${now.stack} is not in the saved preview.`);
  }
  if (before.error !== undefined) {
    return refused("Its saved preview failed.", before.error.message);
  }
  // Nothing is left to do: an earlier try has done it.
  if (now.changes.length === 0) return undefined;
  const [was, is] = [keysOf(before.changes), keysOf(now.changes)];
  const [gone, more] = [without(was, is), without(is, was)];
  if (gone + more === 0) return undefined;
  return refused(
    "Its changes differ from those of the saved preview.",
    `The saved preview has ${changesText(before.changes.length)}, and it would now make ${changesText(now.changes.length)}: ${more} of them are not in the preview, ${gone} of the preview's are missing.`,
  );
}

function refused(cause: string, message: string): StackError {
  return { cause, next: PREVIEW_AGAIN, message };
}

/** A change without the words of a catalogue. */
function keysOf(changes: readonly FleetChange[]): Set<string> {
  return new Set(
    changes.map(({ name: _, oldLabel: _old, newLabel: _new, policy: _policy, ...facts }) =>
      canonicalJson(facts),
    ),
  );
}

/** Number of keys that are not among others. */
function without(keys: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return [...keys].filter((key) => !others.has(key)).length;
}
