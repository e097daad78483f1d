/**
 * Runs a plan: two worlds side by side, and nothing new once the time is over.
 *
 * @module
 */
import type { Plan } from "./cases";
import { runInterruptions } from "./interruptions";
import { runChain } from "./runChain";
import { runSeries } from "./series";
import type { Report } from "./verdict";

/** Options of a run of a plan. */
export interface RunOptions {
  readonly seed: number;
  readonly report: Report;
  /** Number of worlds at once. */
  readonly worlds: number;
  /** After so long, nothing new is begun; each command has a bound of its own. */
  readonly limitMinutes: number;
}

/** Runs every case. Throws if the time was over before the last had begun. */
export async function runPlan(plan: Plan, options: RunOptions): Promise<void> {
  const { seed, report, worlds, limitMinutes } = options;
  const deadlineMs = performance.now() + limitMinutes * 60_000;
  const jobs = jobsOf(plan, seed, report);
  const work = async () => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      if (performance.now() > deadlineMs) {
        throw new Error(`The time of ${limitMinutes} minutes was over before the last case.`);
      }
      await job();
    }
  };
  await Promise.all(Array.from({ length: worlds }, work));
}

/** Cases that can run side by side, the longest first. */
function jobsOf(plan: Plan, seed: number, report: Report): (() => Promise<void>)[] {
  const hows = new Set(plan.interruptions.map(({ how }) => how));
  return [
    ...plan.chains.map((chain) => () => runChain(chain, seed, report)),
    ...[...hows].map((how) => () => {
      const some = plan.interruptions.filter((item) => item.how === how);
      return runInterruptions(some, seed, report);
    }),
    ...[...new Set(plan.series.map(({ series }) => series))].map((series) => () => {
      const some = plan.series.filter((item) => item.series === series);
      return runSeries(some, seed, report);
    }),
  ];
}
