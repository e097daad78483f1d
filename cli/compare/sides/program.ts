import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { execaNode } from "execa";
import { oneLine } from "../../../provider/text/messageText";
import type { Side } from "../side";
import type { ProgramMessage } from "./programMocks";
import { type Project, readProject } from "./project";
import { refusals } from "./refusals";
import { copilotSettingsIn, kindOfType, policiesOf } from "./resources";

/** A folder with a program, and how it is evaluated. */
export interface ProgramOptions {
  readonly path: string;
  /** Stack whose configuration it gets; undefined: none. */
  readonly stack: string | undefined;
  readonly log: (line: string) => void;
}

/**
 * Evaluates a program in a process of its own, as Pulumi's SDK runs it, with mocks in place of an engine. It asks no tenant:
 * what depends on a lookup, on another provider or on a secret of the configuration is not known.
 *
 * @throws TypeError if the folder holds no program for Node.
 * @throws Error if the program fails; with its own words.
 */
export async function programSide({ path, stack, log }: ProgramOptions): Promise<Side> {
  const project = readProject(path, stack);
  log(`evaluating the program in ${oneLine(project.folder)} …`);
  const messages = await evaluate(project, stack);
  const resources = messages.flatMap((message) => {
    if (message.kind !== "resource" || message.isRead) return [];
    const kind = kindOfType(message.type);
    return kind === undefined ? [] : [{ ...message, kind, properties: message.inputs }];
  });
  const tenantId = project.config["officeConfiguration:tenantId"];
  return {
    title: titleOf(project, path, stack),
    ...(tenantId !== undefined && GUID.test(tenantId) && { tenantId }),
    // Resources are made in an order that depends on what they wait for.
    policies: policiesOf(resources.toSorted((a, b) => (a.name < b.name ? -1 : 1))),
    copilotSettings: copilotSettingsIn(resources),
    left: [],
    notes: [...notesOn(project, messages), ...refusals(resources)],
  };
}

function titleOf({ name }: Project, path: string, stack: string | undefined): string {
  const config = stack === undefined ? "" : ` with the configuration of ${oneLine(stack)}`;
  return `program ${oneLine(name)} in ${oneLine(path)}${config}`;
}

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

async function evaluate(project: Project, stack = "compare"): Promise<ProgramMessage[]> {
  const { name, root, folder, main, isTypeScript, tsconfig, nodeArguments } = project;
  const args = [
    `--project=${name}`,
    `--stack=${stack}`,
    `--root-directory=${root}`,
    "--organization=organization",
    "--monitor=mock",
    "--dry-run",
    `--pwd=${folder}`,
    main,
  ];
  // The same name beside this file, in the source and in the build.
  const mocks = join(__dirname, `programMocks${extname(__filename)}`);
  const result = await execaNode(runner(folder), args, {
    // In one argument: with `--require` alone, the SDK takes it for a loader of the program's own.
    nodeOptions: [...nodeArguments, `--require=${mocks}`],
    cwd: folder,
    env: {
      // Its errors are shown without colours.
      FORCE_COLOR: "0",
      PULUMI_NODEJS_PROJECT: name,
      PULUMI_NODEJS_STACK: stack,
      PULUMI_NODEJS_TYPESCRIPT: String(isTypeScript),
      ...(tsconfig !== undefined && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
      PULUMI_CONFIG: JSON.stringify(project.config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(project.secretKeys),
    },
    ipc: true,
    reject: false,
    stdin: "ignore",
    // Programs print what they like.
    stdout: "ignore",
  });
  const messages = result.ipcOutput as unknown as ProgramMessage[];
  const hasEnded = messages.some(({ kind }) => kind === "end");
  if (result.exitCode === 0 && hasEnded) return messages;
  throw new Error(failureOf(String(result.stderr), result.exitCode));
}

/** The module by which Pulumi runs programs, as the folder has it. */
function runner(folder: string): string {
  try {
    return createRequire(join(folder, "/")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    const lack = existsSync(join(folder, "node_modules")) ? "@pulumi/pulumi" : "node_modules";
    throw new Error(`there is no ${lack} in ${folder}: run \`npm install\` there`);
  }
}

/** Output of a program that failed, without the stack of the SDK. */
function failureOf(stderr: string, code: number | undefined): string {
  const lines = stripVTControlCharacters(stderr)
    .split("\n")
    .filter((line) => !/^\s+at /.test(line))
    .map((line) => line.replace(/^error: (?:\[runtime\] )?/, "").trim())
    .filter((line) => line !== "" && !/^Running program '.*' failed/.test(line));
  const said = oneLine(lines.join(" "), MAX_SAID);
  const hint = /Missing required configuration variable/.test(said) ? STACK_HINT : "";
  return `the program failed: ${said || `it ended with exit code ${code}, before all was evaluated`}${hint}`;
}

const STACK_HINT = ". --stack <name> gives it the configuration in Pulumi.<name>.yaml";

/** Begins the tokens of this package's lookups. */
const OWN_LOOKUPS = /^officeConfiguration:index:/;

/** Longest excerpt of what a program says, in characters. */
const MAX_SAID = 2_000;

function notesOn({ secretKeys }: Project, messages: readonly ProgramMessage[]): string[] {
  const called = new Set(messages.flatMap((each) => (each.kind === "call" ? [each.token] : [])));
  const notes = [...called].map(
    (token) =>
      `the program calls ${oneLine(token, 200).replace(OWN_LOOKUPS, "")}, which is not asked: what depends on its answer is not known, or missing`,
  );
  if (messages.some(({ kind }) => kind === "transform")) {
    notes.push("the program's resource transforms are not run: what they change is missing");
  }
  if (secretKeys.length > 0) {
    notes.push(
      `the secrets of the configuration are not decrypted: ${oneLine(secretKeys.join(", "), 300)}`,
    );
  }
  return notes;
}
