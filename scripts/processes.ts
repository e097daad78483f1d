/**
 * Child processes and their descendants: a killed engine leaves its providers behind.
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

/** The descendants of a process, from the table of all processes. */
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

/** Ends a process, if it is still running. */
export function endProcess(pid: number, signal: NodeJS.Signals = "SIGTERM"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has already ended.
  }
}

/** Ends a process and all below it. */
export function endTree(root: number | undefined): void {
  // Before the root: afterwards its descendants could not be found.
  const below = descendants(root);
  for (const pid of [root, ...below.map(({ pid }) => pid)]) {
    if (pid !== undefined) endProcess(pid, "SIGKILL");
  }
}

/** The end of a command, and its output. */
export interface CommandEnd {
  /** Null if a signal ended it. */
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Time limits of a command, in milliseconds. */
export interface CommandBounds {
  /** Time limit; then it is ended with all its descendants. */
  readonly timeoutMs: number;
  /**
   * How long to wait for its output after its end: a process that outlives it keeps the pipes open.
   *
   * @default 3000
   */
  readonly graceMs?: number;
}

/** Waits for the end of a command. Rejects if it could not be started. */
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
