/**
 * `office-configuration` in a process of its own, from the sources.
 *
 * @module
 */
import { type ChildProcessByStdio, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

const ROOT = join(__dirname, "..");

/** A running command, without standard input. */
export type CommandProcess = ChildProcessByStdio<null, Readable, Readable>;

/** End of a command. */
export interface CommandOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Arguments of Node that run `office-configuration`, in whatever folder. */
export function commandArguments(...args: string[]): string[] {
  const preload = require.resolve("ts-node/register/transpile-only");
  return ["--require", preload, join(ROOT, "cli", "main.ts"), ...args];
}

/**
 * Starts a command. A `timeout` ends it.
 *
 * @param options.env - Its environment, instead of this process's.
 */
export function startCommand(
  args: readonly string[],
  { env, ...options }: Pick<SpawnOptions, "cwd" | "env" | "timeout"> = {},
): CommandProcess {
  return spawn(process.execPath, commandArguments(...args), {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    ...options,
    ...(env !== undefined && {
      env: { PATH: process.env.PATH, TS_NODE_PROJECT: join(ROOT, "tsconfig.json"), ...env },
    }),
  });
}

/** The outcome of a command, once it has ended. */
export async function outcomeOf(child: CommandProcess): Promise<CommandOutcome> {
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { stdout, stderr, code };
}
