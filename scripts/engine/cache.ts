import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { lock } from "proper-lockfile";
import { onExit } from "signal-exit";
import { isAlive } from "../processes";

/** Go makes files read-only on some systems, hence the retries. */
const REMOVE = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };

/**
 * The folder outside any clone that holds prepared engines, so that the next clone finds them: below
 * the one that the user chose for this project, or the one that caches live in on this system.
 */
export function cacheRoot(env: NodeJS.ProcessEnv, platform: string = process.platform): string {
  const home = env.HOME || os.homedir();
  let caches = path.join(home, ".cache");
  if (platform === "darwin") caches = path.join(home, "Library", "Caches");
  if (platform === "win32") caches = env.LOCALAPPDATA || path.join(home, "AppData", "Local");
  // The XDG specification has relative values ignored.
  if (env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)) caches = env.XDG_CACHE_HOME;
  if (env.OFFICE_CONFIGURATION_CACHE) caches = path.resolve(env.OFFICE_CONFIGURATION_CACHE);
  return path.join(caches, "pulumi-office-configuration", "engine");
}

/** The folder of one version for this system. */
export function engineFolder(root: string, version: string): string {
  return path.join(root, `${version}-${process.platform}-${process.arch}`);
}

/** Node's own recursive mkdir never ends where the system answers ENOENT, as below /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(path.dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    if (!existsSync(folder)) throw error;
  });
}

/**
 * Takes the lock of the cache, once no other process has it, and returns the function that releases
 * it. A process that ends releases it; a process that was killed loses it after 20 seconds.
 */
export async function lockCache(root: string, onWait: () => void): Promise<() => Promise<void>> {
  await makeFolder(root);
  const options = {
    lockfilePath: path.join(root, "building"),
    realpath: false,
    stale: 20_000,
    // A machine that slept may lose it, and two build then. Each engine is published as a whole.
    onCompromised: () => undefined,
  };
  return lock(root, options).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ELOCKED") throw error;
    onWait();
    // Looks twice a second for 45 minutes: longer than the slowest build takes.
    return lock(root, { ...options, retries: { retries: 5400, factor: 1, minTimeout: 500 } });
  });
}

/**
 * Has an engine prepared in a new folder and moves it to its place in one step, so that nobody ever
 * sees half of one. The folder lies in the cache, because only a rename within one file system is
 * atomic. Its name bears the process id, by which a later run knows that it is a leftover.
 */
export async function publish(
  target: string,
  prepare: (staging: string) => Promise<string>,
): Promise<void> {
  const staging = await mkdtemp(path.join(path.dirname(target), `staging-${process.pid}-`));
  const forget = onExit(() => rmSync(staging, REMOVE));
  try {
    const prepared = await prepare(staging);
    // It was found not to work, or it would have been used.
    if (existsSync(target)) await rename(target, path.join(staging, "replaced"));
    await rename(prepared, target);
  } finally {
    forget();
    await rm(staging, REMOVE).catch(() => undefined);
  }
}

/** Removes the folders of runs that were killed, and returns their names. Call it with the lock. */
export async function sweep(root: string): Promise<string[]> {
  const left = (await readdir(root)).filter((name) => {
    const pid = /^staging-(\d+)-/.exec(name)?.[1];
    return pid && !isAlive(Number(pid));
  });
  await Promise.all(left.map((name) => rm(path.join(root, name), REMOVE)));
  return left;
}
