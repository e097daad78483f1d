import { type ChildProcess, spawn } from "node:child_process";
import { reasonOf } from "./errors";

/** How to run a child process. */
export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}

const WINDOWS = process.platform === "win32";
const KEPT_OUTPUT = 32_768;
const GRACE_MS = 3_000;

/**
 * Ends a child and everything it started. On POSIX the child leads a process group of its own, so
 * that the compilers under `go` go with it.
 */
function endTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (WINDOWS) {
      spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" }).unref();
    } else {
      process.kill(-child.pid, signal);
    }
  } catch {
    // It has ended by itself in the meantime.
  }
}

/**
 * Runs a command to its end and returns its standard output. Rejects with the end of its error
 * output when it fails, exceeds its time or is aborted; no process is left behind in any case.
 */
export function run(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  const { cwd, env, timeoutMs, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const child = spawn(command, args, {
      cwd,
      env,
      detached: !WINDOWS,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let stdout = "";
    let stderr = "";
    let ended: Error | undefined;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout = (stdout + text).slice(-KEPT_OUTPUT);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-KEPT_OUTPUT);
    });

    let killTimer: NodeJS.Timeout | undefined;
    const end = (why: Error): void => {
      if (ended) return;
      ended = why;
      endTree(child, "SIGTERM");
      killTimer = setTimeout(() => endTree(child, "SIGKILL"), GRACE_MS);
    };
    const timer = setTimeout(
      () => end(new Error(`took longer than ${Math.round(timeoutMs / 1000)} s`)),
      timeoutMs,
    );
    const onAbort = (): void => {
      end(signal?.reason instanceof Error ? signal.reason : new Error("aborted"));
    };
    const onExit = (): void => endTree(child, "SIGKILL");
    signal?.addEventListener("abort", onAbort, { once: true });
    // A process.exit() elsewhere must not leave a compiler running.
    process.once("exit", onExit);
    const settle = (): void => {
      clearTimeout(timer);
      clearTimeout(killTimer);
      signal?.removeEventListener("abort", onAbort);
      process.removeListener("exit", onExit);
    };

    child.once("error", (error) => {
      settle();
      reject(ended ?? error);
    });
    child.once("exit", () => {
      // A grandchild that outlives the child would keep the pipes, and this promise, open.
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, GRACE_MS).unref();
    });
    child.once("close", (code, killedBy) => {
      if (ended) endTree(child, "SIGKILL");
      settle();
      if (ended) return reject(ended);
      if (code === 0) return resolve(stdout);
      const last = (stderr.trim() || stdout.trim()).split("\n").slice(-8).join("\n");
      const status = killedBy ? `was ended by ${killedBy}` : `ended with code ${code}`;
      reject(new Error(last ? `${status}:\n${last}` : status));
    });
  });
}

/** Says every 15 seconds that work still goes on, so that a long build is not taken for a hang. */
export async function withProgress<T>(
  log: (line: string) => void,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const timer = setInterval(() => {
    log(`still ${what}, ${Math.round((performance.now() - started) / 1000)} s so far`);
  }, 15_000);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Resolves after a time, or rejects at once when aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error(reasonOf(signal.reason)));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** Whether a process of this machine is alive; one of another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
