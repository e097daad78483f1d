/**
 * Recovery by a user once the faults are over, and whether it is enough.
 *
 * @module
 */
import { collect, problemsOf, worldProblems } from "./invariants";
import type { Subject } from "./subjects";
import type { Problem, Report } from "./verdict";
import type { Shown, World } from "./world";

/** Findings after the recovery. */
export interface Aftermath {
  readonly recoverySeconds: number;
  /** By subject. */
  readonly problems: ReadonlyMap<Subject, readonly Problem[]>;
  /** Of nobody in particular. */
  readonly common: readonly Problem[];
}

/** Ends the faults, runs the commands of the recovery, and looks at what is there. */
export async function recover(
  world: World,
  commands: readonly (readonly string[])[],
  { isDestroy = false } = {},
): Promise<Aftermath> {
  world.clearFaults();
  const failures: Shown[] = [];
  let recoverySeconds = 0;
  for (const command of commands) {
    const shown = await unlocked(world, command);
    recoverySeconds += shown.seconds;
    if (shown.code !== 0) failures.push(shown);
  }
  const preview = isDestroy
    ? undefined
    : await world.run("preview", "--refresh", "--expect-no-changes");
  if (preview !== undefined && preview.code !== 0) failures.push(preview);
  const evidence = collect(world, isDestroy);
  const problems = new Map(
    world.subjects.map((subject) => [subject, problemsOf(subject, evidence)] as const),
  );
  const common = worldProblems(evidence);
  for (const { output } of failures) {
    const problem: Problem = { breach: "failed recoveries", words: lastLines(output) };
    const named = world.subjects.filter(({ name }) => output.includes(name));
    for (const subject of named) problems.get(subject)?.push(problem);
    if (named.length === 0) common.push(problem);
  }
  return { recoverySeconds, problems, common };
}

/** Column of the table for the end of a run. */
export const END = "destroy in the end";

/**
 * Destroys what a world still has, without any fault, and reports what that leaves: every run ends so.
 *
 * @param name - What was run in the world.
 */
export async function endWithDestroy(world: World, name: string, report: Report): Promise<void> {
  world.shown.length = 0;
  const commands = [["destroy", "--yes", "--skip-preview", "--parallel", "16"]];
  const { recoverySeconds, problems, common } = await recover(world, commands, { isDestroy: true });
  const all = [...common, ...[...problems.values()].flat()];
  report({
    name: `${name} / the end`,
    operation: END,
    problems: all,
    recoverySeconds,
  });
}

/** Runs a command; where an interrupted one has left its lock, the lock is taken away first. */
async function unlocked(world: World, command: readonly string[]): Promise<Shown> {
  const first = await world.run(...command);
  if (first.code === 0 || !first.output.includes("currently locked")) return first;
  await world.run("cancel", "--yes");
  const second = await world.run(...command);
  return { ...second, seconds: first.seconds + second.seconds };
}

function lastLines(output: string): string {
  return output.trim().split("\n").slice(-25).join("\n");
}
