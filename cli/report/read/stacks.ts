/**
 * The stacks of a project, and how each signs in to its tenant. Reads by Pulumi's CLI, which knows where states and
 * configuration are.
 *
 * @module
 */
import { z } from "zod";
import { CONFIG_NAMESPACE } from "../../../provider/graph/index";
import { jsonOf } from "../../jsonOf";
import { listStacks, runPulumi } from "../../pulumi";

const stackConfig = z.record(
  z.string(),
  z.looseObject({ value: z.string().optional(), secret: z.boolean().optional() }),
);

/** A stack whose configuration is read. */
export interface ConfiguredStack {
  readonly name: string;
  /** Folder of the project. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

/** The names of a project's stacks, in order. @throws Error if Pulumi's CLI fails. */
export async function stacksOf(folder: string): Promise<string[]> {
  const stacks = await listStacks(folder);
  return stacks.map(({ name }) => name).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

/**
 * The settings of a stack's session: `officeConfiguration:*`, without the namespace. Only those are decrypted that are
 * secret.
 *
 * @throws Error if Pulumi's CLI fails: a passphrase is missing, …
 */
export async function sessionOf(stack: ConfiguredStack): Promise<Record<string, string>> {
  const text = await config(stack, "--json");
  const { data } = stackConfig.safeParse(jsonOf(text));
  if (data === undefined) throw new Error("`pulumi config` printed no configuration");
  const prefix = `${CONFIG_NAMESPACE}:`;
  const own = Object.entries(data).filter(([key]) => key.startsWith(prefix));
  const values = await Promise.all(
    own.map(async ([key, { value, secret }]): Promise<[string, string | undefined]> => {
      const isHidden = secret === true && value === undefined;
      return [key.slice(prefix.length), isHidden ? await config(stack, "get", key) : value];
    }),
  );
  return Object.fromEntries(
    values.filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

function config({ name, folder, signal }: ConfiguredStack, ...args: string[]): Promise<string> {
  return runPulumi(["config", ...args, `--stack=${name}`], { folder, signal });
}
