import { readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { makeFolder } from "./cache";
import { codeOf } from "./errors";
import { isAlive, pause } from "./process";

/** Times of the lock; tests shorten them. */
export interface LockTiming {
  readonly heartbeatMs: number;
  readonly pollMs: number;
  /** A holder that gives no sign of life for this long has lost the lock. */
  readonly silentMs: number;
  /** How long to wait for another process in all. */
  readonly waitMs: number;
  /** The clock that silence is measured by, in milliseconds. */
  readonly now?: () => number;
}

/** Long enough for a slow build by the other process, short enough to end one day. */
export const LOCK_TIMING: LockTiming = {
  heartbeatMs: 2_000,
  pollMs: 500,
  silentMs: 30_000,
  waitMs: 45 * 60_000,
};

interface Holder {
  readonly pid?: number;
  readonly host?: string;
  readonly released?: boolean;
}

async function readHolder(file: string): Promise<Holder> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    // Just created and not yet written, or written by a process killed in between: its holder is
    // unknown, and silence decides.
    return {};
  }
}

async function highest(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).map(Number).filter(Number.isSafeInteger);
  return Math.max(0, ...numbers);
}

/** Decides from repeated looks whether the holder is gone. */
function createWatch({
  silentMs,
  now: clock = () => performance.now(),
}: LockTiming): (file: string, holder: Holder) => Promise<boolean> {
  let seen = { file: "", mtime: 0, at: 0, looks: 0 };
  return async (file, holder) => {
    if (holder.released) return true;
    if (holder.pid && holder.host === os.hostname() && !isAlive(holder.pid)) return true;
    const found = await stat(file).catch(() => undefined);
    if (!found) return false;
    // Silence is measured by this process' own clock from its own look on, so that neither a
    // machine waking from sleep nor the clock of a file server makes a live holder look silent.
    const now = clock();
    if (seen.file !== file || seen.mtime !== found.mtimeMs) {
      seen = { file, mtime: found.mtimeMs, at: now, looks: 0 };
    }
    seen.looks += 1;
    // Several looks, so that a pause of this process is not taken for one of the holder.
    return now - seen.at > silentMs && seen.looks > 5;
  };
}

/**
 * Waits for the lock in `folder` and returns the function that releases it.
 *
 * The lock is the file with the highest number. Whoever finds it released or its holder gone
 * creates the next number, which only one process can do, and then makes sure that no higher one
 * exists. The highest file is never deleted: that is what makes taking over safe, where deleting a
 * stale lock could delete the fresh one of a faster process.
 */
export async function acquireLock(
  folder: string,
  signal: AbortSignal,
  onWait: (holder: string) => void,
  timing: LockTiming = LOCK_TIMING,
): Promise<() => Promise<void>> {
  await makeFolder(folder);
  const isGone = createWatch(timing);
  const started = performance.now();
  for (;;) {
    const current = await highest(folder);
    const currentFile = path.join(folder, String(current));
    const holder = current === 0 ? { released: true } : await readHolder(currentFile);
    if (await isGone(currentFile, holder)) {
      const release = await take(folder, current + 1, timing.heartbeatMs);
      if (release) return release;
      continue;
    }
    const name = holder.pid
      ? `process ${holder.pid}${holder.host === os.hostname() ? "" : ` on ${holder.host}`}`
      : "another process";
    if (performance.now() - started > timing.waitMs) {
      throw new Error(`${name} has held ${currentFile} for too long; end it and try again`);
    }
    onWait(name);
    await pause(timing.pollMs, signal);
  }
}

async function take(
  folder: string,
  number: number,
  heartbeatMs: number,
): Promise<(() => Promise<void>) | undefined> {
  const file = path.join(folder, String(number));
  const self: Holder = { pid: process.pid, host: os.hostname() };
  try {
    await writeFile(file, JSON.stringify(self), { flag: "wx" });
  } catch (error) {
    if (codeOf(error) === "EEXIST") return undefined;
    throw error;
  }
  if ((await highest(folder)) !== number) {
    await rm(file, { force: true });
    return undefined;
  }
  for (const name of await readdir(folder)) {
    if (Number(name) < number) await rm(path.join(folder, name), { force: true });
  }
  const beat = setInterval(() => {
    const now = new Date();
    // A lock taken over meanwhile is gone; the work goes on, as it is published by one rename.
    utimes(file, now, now).catch(() => undefined);
  }, heartbeatMs);
  beat.unref();
  return async () => {
    clearInterval(beat);
    // "r+" leaves a lock that was taken over and removed meanwhile alone.
    const text = JSON.stringify({ ...self, released: true });
    await writeFile(file, text, { flag: "r+" }).catch(() => undefined);
  };
}
