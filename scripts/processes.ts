/**
 * Child processes and what they start: a killed engine leaves its providers.
 *
 * @module
 */
import { type ChildProcess, execFileSync } from "node:child_process";

/** A process as `ps` shows it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The processes below a process, from the table of all. */
export function descendants(root: number | undefined): ProcessEntry[] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => {
      const [pid, parent, ...command] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), command: command.join(" ") };
    });
  const below = (parent: number | undefined): ProcessEntry[] =>
    table.flatMap((entry) => (entry.parent === parent ? [entry, ...below(entry.pid)] : []));
  return below(root);
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

/** Ends a process, if it has not ended by itself. */
export function endProcess(pid: number, signal: NodeJS.Signals = "SIGTERM"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Ends a process and all below it. */
export function endTree(root: number | undefined): void {
  // Before the root: what is below it could not be found any more.
  const below = descendants(root);
  for (const pid of [root, ...below.map(({ pid }) => pid)]) {
    if (pid !== undefined) endProcess(pid, "SIGKILL");
  }
}

/** How a command ended, and what it showed. */
export interface CommandEnd {
  /** Null where a signal ended it. */
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Bounds of a command, in milliseconds. */
export interface CommandBounds {
  /** When it is ended with all below it. */
  readonly timeoutMs: number;
  /**
   * How long its output is waited for once it has ended: a process that outlives it keeps the pipes.
   *
   * @default 3000
   */
  readonly graceMs?: number;
}

/** Waits for the end of a command, however it comes. Rejects if it could not be started. */
export async function commandEnd(
  child: ChildProcess,
  { timeoutMs, graceMs = 3_000 }: CommandBounds,
): Promise<CommandEnd> {
  let output = "";
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of streams) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const timer = setTimeout(() => endTree(child.pid), timeoutMs);
  let grace: NodeJS.Timeout | undefined;
  child.once("exit", () => {
    grace = setTimeout(() => streams.forEach((stream) => void stream.destroy()), graceMs);
  });
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, output }));
    });
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
  }
}
