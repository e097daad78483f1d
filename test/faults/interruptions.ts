/**
 * The engine or the provider's process is interrupted or killed in the middle.
 *
 * @module
 */
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { descendants, endProcess } from "../../scripts/processes";
import { endWithDestroy, recover } from "./recovery";
import { seeded } from "./subjects";
import type { Report } from "./verdict";
import { World } from "./world";

const SUBJECTS = 6;
const POLL_MS = 10;

/** Each answer takes so long: there is a middle to interrupt. */
const LATENCY_MS = 150;

const HOWS = ["SIGINT once", "SIGKILL of the engine", "SIGKILL of the provider"] as const;
const COMMANDS = {
  create: ["up", "--yes", "--skip-preview"],
  update: ["up", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
} as const;

/** Number of times that each is tried: each time at another moment. */
const TRIES = 3;

/** One signal, in one operation, at a moment that the seed gives. */
export interface Interruption {
  readonly name: string;
  readonly operation: keyof typeof COMMANDS;
  readonly how: (typeof HOWS)[number];
}

/** All interruptions; those of one round follow each other on the same policies. */
export const INTERRUPTIONS: readonly Interruption[] = HOWS.flatMap((how) =>
  Array.from({ length: TRIES }, (_, attempt) =>
    (["create", "update", "destroy"] as const).map((operation) => ({
      name: `${operation} / ${how} / moment ${attempt + 1}`,
      operation,
      how,
    })),
  ).flat(),
);

/** Runs interruptions one after the other, in one world. */
export async function runInterruptions(
  interruptions: readonly Interruption[],
  seed: number,
  report: Report,
): Promise<void> {
  const options = { seed, kind: "policy", subjects: SUBJECTS, latencyMs: LATENCY_MS } as const;
  const world = await World.create(options);
  try {
    for (const interruption of interruptions) await runOne(world, interruption, seed, report);
    await endWithDestroy(world, interruptions[0]?.how ?? "interruptions", report);
  } finally {
    await world.close();
  }
}

async function runOne(
  world: World,
  { name, operation, how }: Interruption,
  seed: number,
  report: Report,
): Promise<void> {
  await prepare(world, operation);
  world.shown.length = 0;
  const after = world.emulator.writes().length + 1 + seeded(seed, name, SUBJECTS);
  const survivors = await interrupted(world, COMMANDS[operation], { how, after });
  const isDestroy = operation === "destroy";
  const aftermath = await recover(world, [COMMANDS[operation]], { isDestroy });
  for (const pid of survivors) endProcess(pid);
  const { recoverySeconds, common } = aftermath;
  const problems = [...common, ...[...aftermath.problems.values()].flat()];
  report({ name, operation: `${operation}, interrupted`, problems, recoverySeconds });
}

/** Creates or destroys what the operation needs to be there or not, and changes what it changes. */
async function prepare(world: World, operation: Interruption["operation"]): Promise<void> {
  const isThere = world.objects().length > 0;
  if (operation === "create" && isThere) await world.project.destroy();
  if (operation !== "create" && !isThere) await world.project.up();
  if (operation === "create") world.awaitStrangers();
  if (operation === "update") world.declare({ value: world.wishes.value + 1 });
}

/** Sends the signal when so many writes have arrived. Returns the processes that may survive it. */
async function interrupted(
  world: World,
  command: readonly string[],
  { how, after }: { readonly how: Interruption["how"]; readonly after: number },
): Promise<number[]> {
  const child = world.project.start(...command);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => world.shown.push(chunk.toString("utf8")));
  }
  // Not "close": a provider that survives the engine keeps its output open.
  const ended = once(child, "exit");
  while (world.emulator.writes().length < after && child.exitCode === null) await wait(POLL_MS);
  const below = descendants(child.pid);
  if (how === "SIGINT once") child.kill("SIGINT");
  if (how === "SIGKILL of the engine") child.kill("SIGKILL");
  if (how === "SIGKILL of the provider") {
    for (const { pid, command: line } of below) {
      if (line.includes("dynamic-provider")) endProcess(pid, "SIGKILL");
    }
  }
  await ended;
  return below.map(({ pid }) => pid);
}
