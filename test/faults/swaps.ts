/**
 * Priorities that change all at once, in one request: a command for each fault.
 *
 * @module
 */
import { FAULT_KINDS, type FaultKind } from "./faultKinds";
import { recover } from "./recovery";
import type { Report } from "./verdict";
import { World } from "./world";

const SUBJECTS = 4;
const UP = ["up", "--yes", "--skip-preview"];

/** One fault at the request that swaps priorities. */
export interface Swap {
  readonly name: string;
  readonly fault: FaultKind;
}

/** The faults after which it is unclear, or told late, whether the request was carried out. */
const TRIED = /^(429|503|500|504), once|dropped|truncated, |reset after|half closed|stalled|408/;

/** All swaps. */
export const SWAPS: readonly Swap[] = FAULT_KINDS.filter(({ name }) => TRIED.test(name)).map(
  (fault) => ({ name: `swap priorities / updatePriorities / ${fault.name}`, fault }),
);

/** Runs swaps one after the other, in one world: each turns the priorities by one place. */
export async function runSwaps(swaps: readonly Swap[], seed: number, report: Report) {
  const wishes = { value: 1, group: 1, rotation: 0 };
  const world = await World.create({ seed, kind: "policy", subjects: SUBJECTS, wishes });
  try {
    await world.project.up();
    for (const { name, fault } of swaps) {
      world.shown.length = 0;
      world.declare({ rotation: (world.wishes.rotation ?? 0) + 1 });
      const strikes = world.strike(fault, { method: "POST", path: "updatePriorities" });
      await world.run(...UP);
      const { recoverySeconds, common, problems } = await recover(world, [UP]);
      const missed = fault.blows.length - strikes();
      report({
        name,
        operation: "swap priorities",
        recoverySeconds,
        problems: [
          ...common,
          ...[...problems.values()].flat(),
          ...(missed > 0
            ? [{ breach: "never struck" as const, words: `${missed} of its faults` }]
            : []),
        ],
      });
    }
  } finally {
    await world.close();
  }
}
