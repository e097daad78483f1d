import { messageOf } from "../command";
import { cacheRoot, engineFolder, lockCache, publish, sweep } from "./cache";
import { type Engine, explicit, firstWorking, MINIMUM_VERSION, onPath, versionIn } from "./locate";
import { type EngineStep, GO_VERSION, STEPS } from "./steps";

export { type Engine, engineEnvironment } from "./locate";
export type { EngineStep } from "./steps";

/** Options of the search for an engine; only tests need others than the defaults. */
export interface EngineOptions {
  /** Receives each line of progress. @default standard error */
  readonly log?: (line: string) => void;
  /** The environment with PATH and the settings. @default that of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** The ways to put an engine into the cache, in order. */
  readonly steps?: readonly EngineStep[];
}

/**
 * Finds a working Pulumi engine, or prepares one. Tries the folder in OFFICE_CONFIGURATION_ENGINE, a recent
 * one on PATH, the cache, Pulumi's installer, and a build with Go. If none works, the error names each
 * attempt and every way out.
 */
export async function ensureEngine({
  log: write = (line) => void process.stderr.write(`${line}\n`),
  env = process.env,
  steps = STEPS,
}: EngineOptions = {}): Promise<Engine> {
  if (env.OFFICE_CONFIGURATION_ENGINE) return explicit(env.OFFICE_CONFIGURATION_ENGINE, env);
  const started = performance.now();
  const log = (line: string): void => {
    write(`[engine ${((performance.now() - started) / 1000).toFixed(1)} s] ${line}`);
  };
  const root = cacheRoot(env);
  const cached = steps.map(({ version }) => engineFolder(root, version));
  const attempts: string[] = [];
  const found =
    (await firstWorking("path", onPath(env), env, attempts)) ??
    (await firstWorking("cache", cached, env, attempts));
  if (found) return found;

  for (const attempt of attempts) log(attempt);
  log(`no Pulumi engine yet: preparing one in ${root}, once for all clones`);
  const engine = await prepare().catch(({ message }: Error) => {
    attempts.push(`cache, ${root}: ${message}`);
  });
  if (!engine) {
    throw new Error(
      [
        "No Pulumi engine could be found or prepared. Tried, in this order:",
        ...attempts.map((attempt) => `  - ${attempt.replaceAll("\n", "\n      ")}`),
        "Any one of these helps:",
        `  - install Pulumi ${MINIMUM_VERSION} or later (https://www.pulumi.com/docs/install/) and put its folder on PATH`,
        `  - put Go ${GO_VERSION} or later (https://go.dev/dl/) on PATH and run this again: the engine is then built from source`,
        "  - set OFFICE_CONFIGURATION_ENGINE to a folder with a ready engine, for example a copy of the cache folder of another machine of the same kind",
        "  - set OFFICE_CONFIGURATION_CACHE to a folder that can be written to, if the cache above cannot be",
      ].join("\n"),
    );
  }
  log(`Pulumi ${engine.version} is ready in ${engine.folder}`);
  return engine;

  /** Tries the steps in order, while no other process uses the cache. */
  async function prepare(): Promise<Engine | undefined> {
    const release = await lockCache(root, () => {
      log(`another process is preparing the engine in ${root}; waiting for it to finish`);
    });
    try {
      const others = await firstWorking("cache", cached, env, []);
      if (others) return others;
      for (const name of await sweep(root)) log(`removed ${name}, left by a run that was killed`);
      for (const { source, version, title, provide } of steps) {
        const folder = engineFolder(root, version);
        try {
          await publish(folder, async (staging) => {
            const prepared = await provide(staging, env, log);
            await versionIn(prepared, env);
            return prepared;
          });
          return { folder, version: await versionIn(folder, env), source };
        } catch (error) {
          attempts.push(`${title}: ${messageOf(error)}`);
          log(`${title}: ${messageOf(error)}`);
        }
      }
      return undefined;
    } finally {
      await release().catch(() => undefined);
    }
  }
}
