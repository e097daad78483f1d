import { ExecaError, execa } from "execa";

/** Options for running a command. */
export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Time limit in milliseconds. */
  readonly timeoutMs: number;
  readonly cwd?: string;
  /** Called every 15 seconds with the seconds so far, so that a long build does not look stuck. */
  readonly onProgress?: (seconds: number) => void;
}

/**
 * Runs a command and returns its standard output. Rejects with the end of its error output if it fails or
 * takes too long. Its child processes, such as compilers, end with it and with this process.
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
      ...options,
      extendEnv: false,
      stdin: "ignore",
      timeout: timeoutMs,
      killDescendants: true,
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

/** The message of a thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
