/**
 * Pulumi's CLI in a process group of its own. The Automation API starts it in the terminal's: then Ctrl-C would reach
 * every CLI at once, and none could finish its stack.
 *
 * Its output goes to a file, not to a pipe: if the fleet's own process is killed, the CLI goes on, finishes its stack and
 * leaves a whole state. With a pipe it would die at its next line.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { smallProcesses } from "./smallProcesses";

/** Result of a command, as the Automation API reads it. */
interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** A failed command: its exit code, and the end of its output. */
export class PulumiFailure extends Error {
  override name = "PulumiFailure";

  constructor(
    /** Null if a signal ended it. */
    readonly code: number | null,
    readonly output: string,
  ) {
    super(`pulumi ended with ${code ?? "a signal"}`);
  }
}

/** Waits of a cancellation, in milliseconds. */
export interface Patience {
  /** After the first SIGINT, in which the CLI lets running resources finish. */
  readonly finishMs: number;
  /** After the second SIGINT, in which it saves what it knows. */
  readonly saveMs: number;
}

/** A stack's CLI. */
export interface StackCli {
  /** Executable, and its version, as the Automation API found them. */
  readonly found: PulumiCommand;
  /** File that gets the output. */
  readonly logFile: string;
  readonly patience: Patience;
  /** Called when the CLI did not end after both SIGINTs, and its process group is killed. */
  readonly onKill?: () => void;
}

/** Most of the output that is read after a failure, in bytes. */
const TAIL_BYTES = 16_384;

/** Questions of the Automation API that a fleet has answered already, or never asks. */
const ANSWERS: readonly (readonly [words: readonly string[], answer: string])[] = [
  // It would change which stack `pulumi` works on in this folder; the stack was listed.
  [["stack", "select"], ""],
  // After an update: outputs twice, once with all secrets in plain text, and the history.
  [["stack", "output"], "{}"],
  [["stack", "history"], "[]"],
];

/** The CLI of one stack, for `LocalWorkspace`. Aborting a command's signal cancels it as Ctrl-C would. */
export function stackCommand(cli: StackCli): PulumiCommand {
  const own = {
    command: cli.found.command,
    version: cli.found.version,
    run: (
      args: readonly string[],
      cwd: string,
      env: Readonly<Record<string, string>>,
      _onOutput?: (text: string) => void,
      _onError?: (text: string) => void,
      signal?: AbortSignal,
    ): Promise<CommandOutput> => {
      const known = ANSWERS.find(([words]) => words.every((word, place) => args[place] === word));
      if (known !== undefined) return Promise.resolve({ stdout: known[1], stderr: "", code: 0 });
      return run(cli, withOwnOptions(args), { cwd, env, signal });
    },
  };
  // The class has a private constructor, and its `run` is internal to the SDK.
  return own as unknown as PulumiCommand;
}

function withOwnOptions(args: readonly string[]): string[] {
  const isInit = args[0] === "stack" && args[1] === "init";
  return [...args, ...(isInit ? ["--no-select"] : []), "--non-interactive", "--color=never"];
}

interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

async function run(
  cli: StackCli,
  args: readonly string[],
  { cwd, env, signal }: Surroundings,
): Promise<CommandOutput> {
  const log = openSync(cli.logFile, "a", 0o600);
  const child = spawn(cli.found.command, args, {
    cwd,
    env: {
      ...process.env,
      ...smallerProcesses(),
      ...env,
      PULUMI_AUTOMATION_API: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
    stdio: ["ignore", log, log],
    detached: true,
  });
  closeSync(log);
  const end = endOf(child);
  const stop = () => void cancel(child, end, cli);
  if (signal?.aborted === true) stop();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const code = await end;
    if (code === 0) return { stdout: "", stderr: "", code };
    throw new PulumiFailure(code, tailOf(cli.logFile));
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

/** Module that Node loads first in a stack's processes; there is none in the sources. */
const PRELOAD = join(__dirname, "preload.js");

function smallerProcesses(): Readonly<Record<string, string>> {
  return existsSync(PRELOAD) ? smallProcesses(process.env, PRELOAD) : {};
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
}

/** Ends a CLI as Ctrl-C does: once, then once more, and at last with all below it. */
async function cancel(
  child: ChildProcess,
  end: Promise<unknown>,
  { patience, onKill }: StackCli,
): Promise<void> {
  for (const waitMs of [patience.finishMs, patience.saveMs]) {
    child.kill("SIGINT");
    if (await endsWithin(end, waitMs)) return;
  }
  onKill?.();
  killGroup(child);
}

async function endsWithin(end: Promise<unknown>, waitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), waitMs);
  });
  try {
    return await Promise.race([
      end.then(
        () => true,
        () => true,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Windows has no groups of that kind, and it may have ended.
    child.kill("SIGKILL");
  }
}

/** The end of a log. */
function tailOf(file: string): string {
  const handle = openSync(file, "r");
  try {
    const { size } = statSync(file);
    const length = Math.min(size, TAIL_BYTES);
    const buffer = Buffer.alloc(length);
    readSync(handle, buffer, 0, length, size - length);
    return buffer.toString("utf8");
  } finally {
    closeSync(handle);
  }
}
