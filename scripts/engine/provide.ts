import path from "node:path";
import { createStaging, engineFolder, publish, removeStaging, sweepStaging } from "./cache";
import { EngineInterruptedError, reasonOf } from "./errors";
import { inspectFolder } from "./locate";
import { acquireLock, type LockTiming } from "./lock";
import type { Attempt, Engine, EngineStep } from "./types";

/** What is needed to look into the cache and to fill it. */
export interface Workshop {
  readonly root: string;
  readonly steps: readonly EngineStep[];
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  readonly timing?: LockTiming;
}

/** The engine in the cache, if there is one that works. */
export async function fromCache(
  { root, steps, env }: Workshop,
  signal?: AbortSignal,
): Promise<{ engine?: Engine; attempts: Attempt[] }> {
  const attempts: Attempt[] = [];
  for (const version of new Set(steps.map((step) => step.version))) {
    const folder = engineFolder(root, version);
    const found = await inspectFolder(folder, env, signal);
    if (found.ok) return { engine: { folder, version: found.version, source: "cache" }, attempts };
    attempts.push({ what: `cache, ${folder}`, reason: found.reason });
  }
  return { attempts };
}

async function runStep(shop: Workshop, step: EngineStep, signal: AbortSignal): Promise<Engine> {
  const { root, env, log } = shop;
  const staging = await createStaging(root);
  try {
    const prepared = await step.provide({ staging, env, log, signal });
    const found = await inspectFolder(prepared, env, signal);
    if (!found.ok) throw new Error(`the result does not work: ${found.reason}`);
    signal.throwIfAborted();
    const folder = engineFolder(root, step.version);
    await publish(prepared, folder);
    return { folder, version: found.version, source: step.source };
  } finally {
    await removeStaging(staging).catch(() => {
      log(`could not remove ${staging}; the next run tries again`);
    });
  }
}

/** Tries the steps in order, alone among the processes that share the cache. */
async function runSteps(
  shop: Workshop,
  attempts: Attempt[],
  signal: AbortSignal,
): Promise<Engine | undefined> {
  const { root, steps, log } = shop;
  let lastSaid = Number.NEGATIVE_INFINITY;
  const onWait = (holder: string): void => {
    if (performance.now() - lastSaid < 15_000) return;
    lastSaid = performance.now();
    log(`${holder} is preparing the engine in ${root}; waiting for it to finish`);
  };
  const release = await acquireLock(path.join(root, "lock"), signal, onWait, shop.timing);
  try {
    const { engine } = await fromCache(shop, signal);
    if (engine) return engine;
    for (const folder of await sweepStaging(root)) {
      log(`removed ${path.basename(folder)}, left behind by a run that was killed`);
    }
    for (const step of steps) {
      try {
        return await runStep(shop, step, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        const reason = reasonOf(error);
        log(`${step.title}: ${reason}`);
        attempts.push({ what: step.title, reason });
      }
    }
    return undefined;
  } finally {
    await release();
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Puts an engine into the cache. While it does, SIGINT, SIGTERM and SIGHUP end the children,
 * remove the staging folder and release the lock before this rejects.
 */
export async function provideEngine(
  shop: Workshop,
  attempts: Attempt[],
): Promise<Engine | undefined> {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) shop.log(`${name}: ending what was started`);
    controller.abort(new EngineInterruptedError(name));
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  try {
    return await runSteps(shop, attempts, controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason;
    attempts.push({ what: `cache, ${shop.root}`, reason: reasonOf(error) });
    return undefined;
  } finally {
    for (const name of SIGNALS) process.removeListener(name, onSignal);
  }
}
