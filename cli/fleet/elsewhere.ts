/**
 * A fleet on other machines: the matrix of a CI system, one result from those of its jobs, and resources for Kubernetes.
 *
 * @module
 */
import { writeFileSync } from "node:fs";
import { z } from "zod";
import { oneLine } from "../../provider/text/messageText";
import { print } from "../catalogue/screen";
import { CommandFailure, checkedOptions } from "../options";
import { say } from "../terminal";
import { chosenStacks, type StackChoice } from "./chosenStacks";
import { collectResults } from "./collect";
import { exitCodeOf, FAILED } from "./exitCode";
import { type FleetProject, readFleetFile, readFleetProject } from "./fleetFile";
import { type SecretReference, stackResources } from "./kubernetes";
import { MATRIX_FORMATS, matrixText, shardsOf } from "./matrix";
import { resultFormat, shown, time, wholeNumber } from "./options";
import { readResult, resultJson } from "./result";
import { showResult } from "./showResult";
import type { FleetStack } from "./stacks";

const choice = {
  stacks: z.array(z.string()).default([]),
  cwd: z.string().default("."),
  fleet: z.string().optional(),
  tag: z.string().min(1, { error: "--tag must name a tag" }).optional(),
};

const matrixSchema = z.object({
  ...choice,
  shards: wholeNumber("--shards", 9_999),
  format: z
    .enum(MATRIX_FORMATS, {
      error: ({ input }) => `--format must be ${MATRIX_FORMATS.join(", ")}, not ${shown(input)}`,
    })
    .default("github"),
});

/**
 * Prints the matrix of a CI system.
 *
 * @throws TypeError if an option is not what it may be.
 * @throws CommandFailure if the stacks could not be listed.
 */
export async function runMatrix(given: object): Promise<void> {
  const options = checkedOptions(matrixSchema, given);
  const { stacks } = await projectStacks(options);
  print(matrixText(options.format, shardsOf(options.format, options.shards, stacks.length)));
}

const collectSchema = z.object({
  files: z.array(z.string()),
  cwd: z.string().default("."),
  fleet: z.string().optional(),
  format: resultFormat,
  expectNoChanges: z.boolean().default(false),
  save: z.string().optional(),
});

/**
 * Prints one result from those of shards.
 *
 * @throws TypeError if an option or a file is not what it may be, or the files are not of one run.
 */
export function runCollect(given: object): void {
  const options = checkedOptions(collectSchema, given);
  const shards = options.files.map((file) => ({ file, result: readResult(file) }));
  const file =
    options.fleet === undefined
      ? undefined
      : readFleetFile(readFleetProject(options.cwd), options.fleet);
  const { result, missing } = collectResults(shards, [...(file?.stacks.keys() ?? [])]);
  for (const line of missing) say(`warning: ${line}`);
  if (options.save !== undefined) writeFileSync(options.save, `${resultJson(result)}\n`);
  showResult(result, options);
  const code = exitCodeOf(result, { ...options, isInterrupted: false });
  if (code !== 0) process.exitCode = code;
}

const REFERENCE = /^([A-Za-z_]\w*)=([a-z0-9{][a-z0-9{}.-]*)\/([\w.-]+)$/;

/** References to keys of Secrets. What was given may be a credential: messages do not repeat it. */
const references = z
  .array(z.string())
  .default([])
  .transform((given, context): ReadonlyMap<string, SecretReference> => {
    const found = new Map<string, SecretReference>();
    for (const text of given) {
      const [, variable, name = "", key = ""] = REFERENCE.exec(text) ?? [];
      if (variable === undefined) {
        const [, start = "NAME"] = /^([A-Za-z_]\w*)=/.exec(text) ?? [];
        context.addIssue(
          `--env must name a key of a Secret, as in ${oneLine(start, 60)}=<secret>/<key>: a credential itself does not belong there`,
        );
        return z.NEVER;
      }
      found.set(variable, { name, key });
    }
    return found;
  });

/** An address without a credential in it. */
const address = (flag: string) =>
  z.string().refine((text) => !hasCredential(text), {
    error: `${flag} has a user name or a password in it: give the operator a Secret (gitAuth, --env)`,
  });

const kubernetesSchema = z.object({
  ...choice,
  repo: address("--repo"),
  branch: z.string().min(1).default("main"),
  dir: z.string().optional(),
  namespace: z.string().optional(),
  organization: z.string().min(1).default("organization"),
  backend: address("--backend").optional(),
  serviceAccount: z.string().optional(),
  env: references,
  every: time("--every").optional(),
  preview: z.boolean().default(false),
});

/**
 * Prints `Stack` resources for the Pulumi Kubernetes Operator.
 *
 * @throws TypeError if an option is not what it may be.
 * @throws CommandFailure if the stacks could not be listed.
 */
export async function runKubernetes(given: object): Promise<void> {
  const { env, every, ...options } = checkedOptions(kubernetesSchema, given);
  const { project, stacks } = await projectStacks(options);
  const everySeconds = every === undefined ? undefined : every / 1_000;
  const text = stackResources(stacks, {
    ...options,
    project: project.name,
    secrets: env,
    everySeconds,
  });
  print(text.trimEnd());
}

function hasCredential(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return password !== "" || (username !== "" && protocol.startsWith("http"));
}

async function projectStacks(
  options: StackChoice & { readonly cwd: string },
): Promise<{ readonly project: FleetProject; readonly stacks: readonly FleetStack[] }> {
  const project = readFleetProject(options.cwd);
  try {
    return { project, stacks: await chosenStacks(project, options) };
  } catch (error) {
    if (error instanceof TypeError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(message, FAILED, { cause: error });
  }
}
