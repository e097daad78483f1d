import path from "node:path";
import { goStep, pinnedByGoModules } from "./build";
import { cacheRoot } from "./cache";
import { EngineUnavailableError } from "./errors";
import { installerStep } from "./install";
import { fromExplicit, fromPath, pathKey } from "./locate";
import type { LockTiming } from "./lock";
import { fromCache, provideEngine } from "./provide";
import type { Engine, EngineStep } from "./types";

export { EngineInterruptedError, EngineUnavailableError, ExplicitEngineError } from "./errors";
export type { Attempt, Engine, EngineSource, EngineStep, StepContext } from "./types";

/** How to look for an engine; the defaults are what everyone but a test wants. */
export interface EngineOptions {
  /** Receives each line of progress; by default they go to standard error. */
  readonly log?: (line: string) => void;
  /** The environment to read PATH and the settings from; by default that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** The ways to put an engine into the cache, in order. */
  readonly steps?: readonly EngineStep[];
  /** Times of the lock between processes. */
  readonly lockTiming?: LockTiming;
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * Finds a working Pulumi engine, or prepares one: the folder in OFFICE_CONFIGURATION_ENGINE, a
 * recent one on PATH, the cache, Pulumi's installer, a build with Go. Rejects with
 * EngineUnavailableError, whose message names every way out, when none works.
 */
export async function ensureEngine(options: EngineOptions = {}): Promise<Engine> {
  const env = options.env ?? process.env;
  const write = options.log ?? toStandardError;
  const started = performance.now();
  const log = (line: string): void => {
    write(`[engine ${((performance.now() - started) / 1000).toFixed(1)} s] ${line}`);
  };
  if (env.OFFICE_CONFIGURATION_ENGINE) return fromExplicit(env.OFFICE_CONFIGURATION_ENGINE, env);

  const onPath = await fromPath(env);
  if (onPath.engine) return onPath.engine;

  const shop = {
    root: cacheRoot(env),
    steps: options.steps ?? [installerStep(), goStep()],
    env,
    log,
    timing: options.lockTiming,
  };
  const cached = await fromCache(shop);
  if (cached.engine) return cached.engine;

  const attempts = [...onPath.attempts, ...cached.attempts];
  for (const { what, reason } of attempts) log(`${what}: ${reason}`);
  log(`no Pulumi engine yet: preparing one in ${shop.root}, once for all clones`);
  const engine = await provideEngine(shop, attempts);
  if (!engine) throw new EngineUnavailableError(attempts, pinnedByGoModules().go);
  log(`Pulumi ${engine.version} is ready in ${engine.folder}`);
  return engine;
}

/**
 * The environment to run that engine in: its folder first on PATH, and nothing downloaded or asked
 * for over the network by the engine itself. The backend, PULUMI_HOME and the passphrase are the
 * caller's to set.
 */
export function engineEnvironment(
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const key = pathKey(env);
  const result: NodeJS.ProcessEnv = {
    ...env,
    [key]: env[key] ? `${folder}${path.delimiter}${env[key]}` : folder,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The language host and the dynamic provider are found beside the command line and on PATH; a
    // missing plugin is then an error at once instead of a download.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_SUPPRESS_NEO_LINK: "true",
  };
  // Set, it would hide the dynamic provider, which is found on PATH.
  delete result.PULUMI_IGNORE_AMBIENT_PLUGINS;
  return result;
}
