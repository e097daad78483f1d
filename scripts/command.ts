import { ExecaError, execa } from "execa";

/** Options for running a command. */
export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Time limit in milliseconds. Then it is ended, with its child processes. */
  readonly timeoutMs: number;
  readonly cwd?: string;
  /** Called every 15 seconds with the seconds so far, so that a long build does not look stuck. */
  readonly onProgress?: (seconds: number) => void;
}

/** Its child processes, such as compilers, end with it and with this process. */
const COMMON = { extendEnv: false, stdin: "ignore", killDescendants: true } as const;

/**
 * Runs a command and returns its standard output. Rejects with the end of its error output if it fails or
 * takes too long.
 */
export async function run(
  command: string,
  args: readonly string[],
  { timeoutMs, onProgress, ...options }: CommandOptions,
): Promise<string> {
  const started = performance.now();
  const timer = setInterval(() => {
    onProgress?.(Math.round((performance.now() - started) / 1000));
  }, 15_000);
  try {
    const { stdout } = await execa(command, args, {
      ...COMMON,
      ...options,
      timeout: timeoutMs,
      forceKillAfterDelay: 3_000,
    });
    return stdout;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    const what = error.shortMessage.replace(`: ${error.escapedCommand}`, "");
    const said = String(error.stderr || error.stdout || "").split("\n");
    throw new Error([what, ...said.slice(-8)].join("\n").trim(), { cause: error });
  } finally {
    clearInterval(timer);
  }
}

/** Options of a command that may fail. */
export interface AttemptOptions extends Omit<CommandOptions, "onProgress"> {
  /**
   * How long to wait for its output after its end, in milliseconds: a process that outlives it keeps the pipes open.
   *
   * @default 3000
   */
  readonly graceMs?: number;
  /** Receives its output as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** The end of a command, and its output. */
export interface CommandEnd {
  /** Null if a signal ended it. */
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Runs a command, however it ends. Rejects if it could not be started. */
export async function attempt(
  command: string,
  args: readonly string[],
  { timeoutMs, graceMs = 3_000, onOutput, ...options }: AttemptOptions,
): Promise<CommandEnd> {
  const running = execa(command, args, {
    ...COMMON,
    ...options,
    all: true,
    reject: false,
    stripFinalNewline: false,
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  });
  if (onOutput !== undefined) running.all.setEncoding("utf8").on("data", onOutput);
  const child = running.nodeChildProcess;
  let grace: NodeJS.Timeout | undefined;
  child.once("exit", () => {
    grace = setTimeout(() => {
      running.stdout.destroy();
      running.stderr.destroy();
    }, graceMs);
  });
  try {
    const { exitCode = null, all: output, cause, signal } = await running;
    if (exitCode === null && signal === undefined) throw cause;
    return { code: exitCode, output };
  } finally {
    clearTimeout(grace);
  }
}

/** The message of a thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
