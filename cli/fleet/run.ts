/**
 * A run of one operation on all stacks, with its progress and its record.
 *
 * @module
 */
import { rmSync } from "node:fs";
import { basename } from "node:path";
import { logFile, type Operations } from "./operation";
import { textOf } from "./programFiles";
import { Progress, type Screen } from "./progress";
import { hashOf, type RunRecord } from "./record";
import { emptyResult, type FleetCommand, type FleetResult, type StackResult } from "./result";
import { namesText } from "./resultText";
import { runSchedule } from "./schedule";
import { ownFile } from "./stackFiles";
import type { FleetStack } from "./stacks";

/** Time between two pictures of what runs, in milliseconds. */
const REDRAW_MS = 1_000;

/** A run. */
export interface FleetRun {
  readonly stacks: readonly FleetStack[];
  /** Results of an earlier run that stand. */
  readonly done: ReadonlyMap<string, StackResult>;
  readonly canaries: readonly string[];
  readonly parallel: number;
  readonly stopAfter?: number | undefined;
  readonly shard: string | null;
  readonly stop: AbortSignal;
  readonly screen: Screen;
  /** Says what signals do: while a run is drawn, above it. */
  readonly voice: Voice;
  /** All but what tells of progress. */
  readonly operations: Omit<Operations, "onMade" | "onStep">;
}

/** A way to say something to the user, which changes while a run is drawn. */
export interface Voice {
  say: (line: string) => void;
}

/** Works on one stack. Never rejects. */
export type StackWork = (stack: FleetStack, operations: Operations) => Promise<StackResult>;

/** Runs an operation on all stacks that are not done. */
export async function runStacks(
  command: FleetCommand,
  run: FleetRun,
  { work, record }: { readonly work: StackWork; readonly record?: RunRecord | undefined },
): Promise<FleetResult> {
  const { stacks, done, canaries, parallel, stopAfter, stop, screen } = run;
  const waiting = new Map(
    stacks.filter(({ name }) => !done.has(name)).map((stack) => [stack.name, stack]),
  );
  const progress = new Progress(screen, { total: waiting.size, parallel });
  const made: string[] = [];
  const operations: Operations = {
    ...run.operations,
    onMade: (file) => made.push(file),
    onStep: (stack, step) => progress.step(stack, step),
  };
  const { project, refresh, policyPacks } = operations;
  const startedAt = new Date().toISOString();
  const result = emptyResult({
    command,
    project: project.name,
    startedAt,
    refreshed: refresh,
    policyPacks: [...policyPacks.named],
    shard: run.shard,
  });
  const one = async (name: string): Promise<StackResult> => {
    const stack = waiting.get(name) as FleetStack;
    progress.begin(name);
    rmSync(logFile(operations, name), { force: true });
    const from = new Date().toISOString();
    const ended = await work(stack, operations);
    record?.add({
      result: ended,
      lastUpdate: stack.lastUpdate ?? null,
      from,
      to: new Date().toISOString(),
      config: configHash(operations, stack),
    });
    progress.end(ended);
    return ended;
  };
  const { voice } = run;
  const before = voice.say;
  voice.say = (line) => progress.say(line);
  const timer = setInterval(() => progress.redraw(), REDRAW_MS);
  timer.unref();
  try {
    const names = [...waiting.keys()];
    const ran = await runSchedule({ stacks: names, canaries, parallel, stopAfter }, one, stop);
    const results = new Map([...done, ...ran.stacks.map((each) => [each.stack, each] as const)]);
    return {
      ...result,
      stacks: stacks.flatMap(({ name }) => results.get(name) ?? []),
      notRun: [...ran.notRun],
    };
  } finally {
    clearInterval(timer);
    voice.say = before;
    progress.clear();
    if (made.length > 0) progress.say(madeText(made));
  }
}

function madeText(files: readonly string[]): string {
  const names = files.map((file) => basename(file)).sort();
  return `Made ${namesText(names)} from fleet.yaml: keep ${files.length === 1 ? "it" : "them"} with the program.`;
}

/** A hash of all that configures a stack. */
export function configHash(
  { project }: Pick<Operations, "project">,
  { name, overrides }: FleetStack,
): string {
  const own = textOf(ownFile(project.configFolder, name));
  return hashOf(`${own}\n${JSON.stringify(overrides ?? null)}`);
}
