/**
 * Commands of other programs.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { endTree } from "../scripts/processes";

/** Bound of one command, in milliseconds: thousands of policies take minutes. */
const COMMAND_TIMEOUT_MS = 1_200_000;

/** Where a command runs. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a command that must succeed, and returns its output; rejects with the end of what it showed. */
export async function runCommand(
  command: string,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<string> {
  const child = spawn(command, args, {
    ...surroundings,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const timer = setTimeout(() => endTree(child.pid), COMMAND_TIMEOUT_MS);
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => void output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => void errors.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  }).finally(() => clearTimeout(timer));
  if (code === 0) return Buffer.concat(output).toString("utf8");
  const shown = Buffer.concat([...output, ...errors]).toString("utf8");
  throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${shown.slice(-4_000)}`);
}
