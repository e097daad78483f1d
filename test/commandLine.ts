/**
 * `office-configuration` from the sources: in this process, or in one of its own.
 *
 * @module
 */
import { type ChildProcessByStdio, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { main } from "../cli/main";

const ROOT = join(__dirname, "..");
const MAIN = join(ROOT, "cli", "main.ts");

/** A running command, without standard input. */
export type CommandProcess = ChildProcessByStdio<null, Readable, Readable>;

/** End of a command. */
export interface CommandOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Surroundings of a command. */
interface Surroundings {
  /** @default the root of this repository */
  readonly cwd?: string;
  /** Its environment beside PATH, instead of this process's. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The end of the command that runs in this process: there is one at a time. */
let lastRun: Promise<unknown> = Promise.resolve();

/**
 * Runs a command to its end in this process, which takes milliseconds instead of a second: with arguments, a folder, an
 * environment and an exit code of its own, and not on a terminal.
 */
export function runCommand(
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<CommandOutcome> {
  const run = lastRun.then(() => runHere(args, surroundings));
  lastRun = run.catch(() => undefined);
  return run;
}

async function runHere(
  args: readonly string[],
  { cwd = ROOT, env }: Surroundings,
): Promise<CommandOutcome> {
  const { argv, exitCode } = process;
  const [environment, folder] = [process.env, process.cwd()];
  const [stdout, stderr] = [captured(process.stdout), captured(process.stderr)];
  try {
    process.argv = [process.execPath, MAIN, ...args];
    process.exitCode = undefined;
    if (env !== undefined) process.env = { PATH: environment.PATH, ...env };
    process.chdir(cwd);
    await main();
    const code = Number(process.exitCode ?? 0);
    return { stdout: stdout.text(), stderr: stderr.text(), code };
  } finally {
    process.chdir(folder);
    process.env = environment;
    process.exitCode = exitCode;
    process.argv = argv;
    stdout.release();
    stderr.release();
  }
}

/** Keeps what is written to a stream, which meanwhile is no terminal. */
function captured(stream: NodeJS.WriteStream) {
  const { isTTY, columns, write } = stream;
  let said = "";
  Object.assign(stream, {
    isTTY: false,
    columns: undefined,
    write: (chunk: string | Uint8Array) => {
      said += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      return true;
    },
  });
  return {
    text: () => said,
    release: () => void Object.assign(stream, { isTTY, columns, write }),
  };
}

/** Arguments of Node that run `office-configuration`, in whatever folder. */
export function commandArguments(...args: string[]): string[] {
  const preload = require.resolve("ts-node/register/transpile-only");
  return ["--require", preload, MAIN, ...args];
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
