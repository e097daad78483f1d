/**
 * Processes below another one: what a killed engine leaves.
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

/** Ends a process, if it has not ended by itself. */
export function endProcess(pid: number, signal: NodeJS.Signals = "SIGTERM"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
