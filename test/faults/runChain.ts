/**
 * Runs the cases of a chain: in each command, every policy meets a fault of its own.
 *
 * @module
 */
import type { ChainPlan, RequestCase } from "./cases";
import type { Operation } from "./operations";
import { endWithDestroy, recover } from "./recovery";
import type { Subject } from "./subjects";
import type { Problem, Report } from "./verdict";
import { World } from "./world";

/** Runs one chain in a world of its own. */
export async function runChain({ chain, cases }: ChainPlan, seed: number, report: Report) {
  const byOperation = chain.operations.map((operation) => ({
    operation,
    cases: cases.filter((item) => item.operation === operation),
  }));
  const subjects = Math.max(...byOperation.map((entry) => entry.cases.length));
  const { kind, mode } = chain;
  const world = await World.create({ seed, kind, subjects, ...(mode && { mode }) });
  try {
    const last = byOperation.findLastIndex((entry) => entry.cases.length > 0);
    for (const entry of byOperation.slice(0, last + 1)) {
      await runOperation(world, entry.operation, entry.cases, report);
    }
    await endWithDestroy(world, chain.name, report);
  } finally {
    await world.close();
  }
}

interface Pair {
  readonly subject: Subject;
  readonly item: RequestCase;
  readonly strikes: () => number;
}

/** Runs one operation with the faults of its cases; without any, it prepares the next one. */
async function runOperation(
  world: World,
  operation: Operation,
  cases: readonly RequestCase[],
  report: Report,
): Promise<void> {
  world.shown.length = 0;
  operation.arrange?.(world);
  const pairs = cases.flatMap((item, index): Pair[] => {
    const subject = world.subjects[index];
    if (subject === undefined) return [];
    const strikes = world.strike(item.fault, operation.target(subject, world));
    return [{ subject, item, strikes }];
  });
  await world.run(...operation.command);
  const { recovery = [operation.command], isDestroy = false } = operation;
  const aftermath = await recover(world, recovery, { isDestroy });
  for (const { subject, item, strikes } of pairs) {
    const problems: Problem[] = [...(aftermath.problems.get(subject) ?? [])];
    for (const problem of aftermath.common) {
      if (problem.words.includes(subject.name)) problems.push(problem);
    }
    const missed = item.fault.blows.length - strikes();
    if (missed > 0) problems.push({ breach: "never struck", words: `${missed} of its faults` });
    const { recoverySeconds } = aftermath;
    report({ name: item.name, operation: operation.name, problems, recoverySeconds });
  }
  const names = pairs.map(({ subject }) => subject.name);
  const rest = aftermath.common.filter(({ words }) => !names.some((name) => words.includes(name)));
  if (rest.length > 0) {
    report({
      name: `${operation.name} / ${operation.moment} / all together`,
      operation: operation.name,
      problems: rest,
      recoverySeconds: aftermath.recoverySeconds,
    });
  }
}
