/**
 * Order of a fleet's run: so many stacks at a time, canaries first, and an end when it should not go on.
 *
 * @module
 */
import type { StackResult } from "./result";
import { tenants } from "./resultWords";
import { failureCauses } from "./rules";

/** Order of the stacks, and the reasons to stop. */
export interface Schedule {
  readonly stacks: readonly string[];
  /** Stacks that run before the others. If one fails, the others do not run. */
  readonly canaries: readonly string[];
  readonly parallel: number;
  /** Number of stacks that may fail for one reason; undefined for any. */
  readonly stopAfter?: number | undefined;
}

/** Result of a schedule. */
export interface ScheduleResult {
  readonly stacks: readonly StackResult[];
  readonly notRun: readonly { readonly stack: string; readonly why: string }[];
}

/**
 * Runs all stacks. A failed one does not stop the others.
 *
 * @param run - Works on one stack. Never rejects.
 * @param stop - Once aborted, no stack is begun.
 */
export async function runSchedule(
  { stacks, canaries, parallel, stopAfter }: Schedule,
  run: (stack: string) => Promise<StackResult>,
  stop: AbortSignal,
): Promise<ScheduleResult> {
  const results = new Map<string, StackResult>();
  let why: string | undefined;
  const causes = new Map<string, number>();
  const work = async (stack: string) => {
    const result = await run(stack);
    results.set(stack, result);
    for (const cause of failureCauses(result)) {
      const count = (causes.get(cause) ?? 0) + 1;
      causes.set(cause, count);
      if (stopAfter === undefined || count < stopAfter) continue;
      why ??= `${tenants(count)} failed for one reason (--stop-after ${stopAfter})`;
    }
  };
  const reason = () => why ?? (stop.aborted ? "the run was stopped" : undefined);
  const inTurns = async (some: readonly string[]) => {
    // The workers share one iterator: each stack is taken once.
    const queue = some.values();
    const worker = async () => {
      while (reason() === undefined) {
        const { value: stack } = queue.next();
        if (stack === undefined) return;
        await work(stack);
      }
    };
    await Promise.all(Array.from({ length: Math.min(parallel, some.length) }, worker));
  };
  const first = stacks.filter((stack) => canaries.includes(stack));
  await inTurns(first);
  const failed = first.find((stack) => results.get(stack)?.error !== undefined);
  if (failed !== undefined) why ??= `the canary ${failed} failed`;
  await inTurns(stacks.filter((stack) => !canaries.includes(stack)));
  const end = reason() ?? "the run was stopped";
  return {
    stacks: stacks.flatMap((stack) => results.get(stack) ?? []),
    notRun: stacks.filter((stack) => !results.has(stack)).map((stack) => ({ stack, why: end })),
  };
}
