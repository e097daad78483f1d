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
 * The folder, outside any clone, that holds prepared engines, so that the next clone finds them. It is
 * below the folder that the user chose for this project, or below the system's folder for caches.
 */
export function cacheRoot(env: NodeJS.ProcessEnv, platform: string = process.platform): string {
  const home = env.HOME || os.homedir();
  let caches = path.join(home, ".cache");
  if (platform === "darwin") caches = path.join(home, "Library", "Caches");
  if (platform === "win32") caches = env.LOCALAPPDATA || path.join(home, "AppData", "Local");
  // The XDG specification says to ignore relative values.
  if (env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)) caches = env.XDG_CACHE_HOME;
  if (env.OFFICE_CONFIGURATION_CACHE) caches = path.resolve(env.OFFICE_CONFIGURATION_CACHE);
  return path.join(caches, "pulumi-office-configuration", "engine");
}

/** The folder of one version for this system. */
export function engineFolder(root: string, version: string): string {
  return path.join(root, `${version}-${process.platform}-${process.arch}`);
}

/** Makes a folder. Node's own recursive mkdir never ends if the system answers ENOENT, as below /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(path.dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    if (!existsSync(folder)) throw error;
  });
}

/**
 * Takes the lock of the cache when no other process has it, and returns the function that releases it. A
 * process releases it when it ends; a killed process loses it after 20 seconds.
 */
export async function lockCache(root: string, onWait: () => void): Promise<() => Promise<void>> {
  await makeFolder(root);
  const options = {
    lockfilePath: path.join(root, "building"),
    realpath: false,
    stale: 20_000,
    // A machine that slept may lose the lock, and then two processes build. Each engine is published as a
    // whole.
    onCompromised: () => undefined,
  };
  return lock(root, options).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ELOCKED") throw error;
    onWait();
    // Tries twice a second for 45 minutes: longer than the slowest build.
    return lock(root, { ...options, retries: { retries: 5400, factor: 1, minTimeout: 500 } });
  });
}

/**
 * Prepares an engine in a new folder and moves it to its place in one step, so that nobody sees half of
 * one. The folder is in the cache, because only a rename within one file system is atomic. Its name has the
 * process id, so that a later run can recognize a leftover.
 */
export async function publish(
  target: string,
  prepare: (staging: string) => Promise<string>,
): Promise<void> {
  const staging = await mkdtemp(path.join(path.dirname(target), `staging-${process.pid}-`));
  const forget = onExit(() => rmSync(staging, REMOVE));
  try {
    const prepared = await prepare(staging);
    // The engine there does not work: otherwise it would have been used.
    if (existsSync(target)) await rename(target, path.join(staging, "replaced"));
    await rename(prepared, target);
  } finally {
    forget();
    await rm(staging, REMOVE).catch(() => undefined);
  }
}

/** Removes the folders of killed runs, and returns their names. Call it with the lock held. */
export async function sweep(root: string): Promise<string[]> {
  const left = (await readdir(root)).filter((name) => {
    const pid = /^staging-(\d+)-/.exec(name)?.[1];
    return pid && !isAlive(Number(pid));
  });
  await Promise.all(left.map((name) => rm(path.join(root, name), REMOVE)));
  return left;
}
