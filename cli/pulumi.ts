import { ExecaError, execa } from "execa";
import { z } from "zod";
import { oneLine } from "../provider/text/messageText";
import { jsonOf } from "./jsonOf";

/** Largest output that is read, in characters: a state. */
const MAX_CHARACTERS = 500_000_000;

const NO_CLI =
  "the program `pulumi` is not on the PATH: install Pulumi's CLI, from https://www.pulumi.com/docs/iac/download-install/";

/**
 * Asks Pulumi's CLI about a project.
 *
 * @param args - The command and its options, without those of its surroundings.
 * @returns its standard output.
 * @throws Error if the CLI is not there, or fails; with its own words.
 */
export async function runPulumi(
  args: readonly string[],
  { folder, signal }: { readonly folder: string; readonly signal?: AbortSignal | undefined },
): Promise<string> {
  try {
    const { stdout } = await execa("pulumi", [...args, `--cwd=${folder}`, "--non-interactive"], {
      env: { PULUMI_SKIP_UPDATE_CHECK: "true" },
      stdin: "ignore",
      maxBuffer: MAX_CHARACTERS,
      ...(signal && { cancelSignal: signal }),
    });
    return stdout;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    if (error.code === "ENOENT") throw new Error(NO_CLI, { cause: error });
    const said = oneLine(String(error.stderr ?? "")).replace(/^error: /, "");
    const command = args
      .filter((arg) => !arg.startsWith("-"))
      .slice(0, 2)
      .join(" ");
    throw new Error(`\`pulumi ${command}\` failed: ${said || error.shortMessage}`, {
      cause: error,
    });
  }
}

/** A stack of a project. */
export interface ListedStack {
  readonly name: string;
  /** Time of its last update; undefined if it had none. */
  readonly lastUpdate?: string | undefined;
}

const stackList = z.array(z.looseObject({ name: z.string(), lastUpdate: z.string().optional() }));

/**
 * The stacks of the project in a folder.
 *
 * @param tag - Only those with this tag: `ring` or `ring=pilot`.
 * @throws Error if Pulumi's CLI fails.
 */
export async function listStacks(folder: string, tag?: string): Promise<ListedStack[]> {
  const filter = tag === undefined ? [] : ["--tag", tag];
  const text = await runPulumi(["stack", "ls", "--json", ...filter], { folder });
  const { data } = stackList.safeParse(jsonOf(text));
  if (data === undefined) throw new Error("`pulumi stack ls` printed no list of stacks");
  return data;
}
