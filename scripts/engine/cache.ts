import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { codeOf } from "./errors";
import { isAlive } from "./process";

const STAGING = "staging-";
const FORGOTTEN_MS = 2 * 60 * 60 * 1000;

/** The folder that caches live in on this system, or the one the user chose for this project. */
function cacheHome(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.OFFICE_CONFIGURATION_CACHE) return path.resolve(env.OFFICE_CONFIGURATION_CACHE);
  // The XDG specification has relative values ignored.
  if (env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)) return env.XDG_CACHE_HOME;
  const home = env.HOME || os.homedir();
  if (platform === "darwin") return path.join(home, "Library", "Caches");
  if (platform === "win32") return env.LOCALAPPDATA || path.join(home, "AppData", "Local");
  return path.join(home, ".cache");
}

/** The folder outside any clone that holds prepared engines, so that the next clone finds them. */
export function cacheRoot(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string {
  return path.join(cacheHome(env, platform), "pulumi-office-configuration", "engine");
}

/**
 * Creates a folder and those above it. Node's own recursive mkdir never ends where a file system
 * answers every mkdir with ENOENT, as /proc does.
 */
export async function makeFolder(folder: string): Promise<void> {
  const make = (): Promise<void> =>
    mkdir(folder).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
  try {
    await make();
  } catch (error) {
    const parent = path.dirname(folder);
    if (codeOf(error) !== "ENOENT" || parent === folder) throw error;
    await makeFolder(parent);
    await make();
  }
}

/** The folder of one version for this system. */
export function engineFolder(root: string, version: string): string {
  return path.join(root, `${version}-${process.platform}-${process.arch}`);
}

/**
 * A new empty folder to prepare an engine in. It lies in the cache, because only a rename within
 * one file system is atomic, and bears the process id, by which a later run knows it is a leftover.
 */
export async function createStaging(root: string): Promise<string> {
  await makeFolder(root);
  return mkdtemp(path.join(root, `${STAGING}${process.pid}-`));
}

/** Moves a complete engine to its place in one step, so that no reader ever sees half of one. */
export async function publish(prepared: string, target: string): Promise<void> {
  try {
    await rename(prepared, target);
    return;
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "EPERM", "EACCES"].includes(codeOf(error) ?? "")) throw error;
  }
  // What lies there was found not to work, or it would have been used. Beside the prepared folder
  // it is removed together with the staging folder.
  await rename(target, `${prepared}-replaced-${randomBytes(4).toString("hex")}`);
  await rename(prepared, target);
}

/** Removes a staging folder; Go makes files read-only on some systems, hence the retries. */
export async function removeStaging(staging: string): Promise<void> {
  await rm(staging, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Removes the staging folders of runs that were killed. To be called with the lock held. */
export async function sweepStaging(root: string): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await readdir(root)) {
    if (!name.startsWith(STAGING)) continue;
    const folder = path.join(root, name);
    const pid = Number(/^staging-(\d+)-/.exec(name)?.[1]);
    const changed = await stat(folder).then(
      (found) => found.mtimeMs,
      () => 0,
    );
    // The process id may have been given to another process since: time decides then.
    if (pid && isAlive(pid) && Date.now() - changed < FORGOTTEN_MS) continue;
    await removeStaging(folder);
    removed.push(folder);
  }
  return removed;
}
