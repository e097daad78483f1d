/**
 * Child processes and their descendants: a killed engine leaves its providers behind.
 *
 * @module
 */
import { execFileSync } from "node:child_process";

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
