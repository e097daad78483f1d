import { ExecaError, execa } from "execa";

/** How to run a command. */
export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds after which it is ended. */
  readonly timeoutMs: number;
  readonly cwd?: string;
  /** Called every 15 seconds with the seconds so far: a long build must not look like a hang. */
  readonly onProgress?: (seconds: number) => void;
}

/**
 * Runs a command and returns its standard output. Rejects with the end of its error output if it
 * fails or takes too long. What it started, such as compilers, ends with it and with this process.
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

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
