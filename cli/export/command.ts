import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { actualTenant } from "../../provider/graph/index";
import { noteText } from "../catalogue/screen";
import { checkedOptions } from "../options";
import { packageSpec } from "../ownPackage";
import { openSession, type SessionOptions, sessionOptions } from "../session";
import { shellWord } from "../shellWord";
import { openCatalogue } from "./catalogue";
import { type FoundGroupNames, groupNames } from "./groupNames";
import { projectFiles, projectName } from "./project";
import { type FirstSteps, firstCommands } from "./readme";
import { cloudPolicyRoad, type ExportRoad, intuneRoad, type ReadPolicies } from "./roads";

const optionsSchema = z.object({
  out: z.string().min(1, { error: "--out must name a folder" }),
  force: z.boolean().default(false),
  name: z.string().optional(),
  package: z.string().min(1, { error: "--package must not be empty" }).optional(),
  catalogue: z.string().optional(),
  intune: z.boolean().default(false),
  ...sessionOptions,
});

/**
 * Writes the policies of a tenant as a Pulumi program. Nothing is written to the tenant, and nothing
 * to the folder before all has been read.
 *
 * @throws TypeError if an option is not what it may be.
 */
export async function runExport(given: unknown): Promise<void> {
  const options = checkedOptions(optionsSchema, given);
  const { out, force, name, package: spec, catalogue, intune, ...session } = options;
  const folder = resolve(out);
  if (!force && existsSync(folder) && readdirSync(folder).length > 0) {
    throw new TypeError(`--out ${out} is not empty: name another folder, or give --force`);
  }
  const words = openCatalogue({ file: catalogue, out });
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const road = intune ? intuneRoad(words, out) : cloudPolicyRoad(words);
  if (words.from !== undefined) log(`Settings are named by ${words.from}`);
  const { tenantId, endpoint, policies, groups } = await read(session, road, log);
  const program = policies.program(groups.names);
  const notes = [...words.notes, ...policies.notes, ...groups.notes, ...program.notes];
  for (const note of notes) log(noteText(note));
  const project = projectName(name ?? basename(folder));
  const { credential } = session;
  const steps = firstSteps(project, { tenantId, endpoint, credential });
  const files = {
    "index.ts": program.text,
    ...projectFiles({
      name: project,
      packageSpec: spec ?? packageSpec(folder),
      origin: `${road.what} of the tenant ${tenantId ?? "that was read"} as a Pulumi program, written by \`office-configuration export${intune ? " --intune" : ""}\`.`,
      steps,
    }),
    ...words.files,
  };
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  process.stdout.write(summary(out, program.count, steps));
}

/** The policies read, their groups, and their tenant. */
interface Source {
  readonly tenantId: string | undefined;
  /** Undefined for the Graph of a cloud. */
  readonly endpoint: string | undefined;
  readonly policies: ReadPolicies;
  readonly groups: FoundGroupNames;
}

async function read(
  options: SessionOptions,
  { what, read: policiesOf }: ExportRoad,
  log: (line: string) => void,
): Promise<Source> {
  const { graph, config, dispose } = openSession(options, log);
  try {
    log(`Reading ${what.replace(/^T/, "t")} of ${config.tenantId ?? "the tenant"} …`);
    const tenantId = actualTenant(config, await graph.caller());
    const policies = await policiesOf(graph);
    const groups = await groupNames(graph, policies.groupIds);
    return { tenantId, endpoint: config.endpoint, policies, groups };
  } finally {
    await dispose();
  }
}

function firstSteps(project: string, config: FirstSteps["config"]): FirstSteps {
  return {
    stack: project,
    config,
    preview: "says for each policy whether anything differs",
    up: "adopts them, and writes nothing where nothing differs",
  };
}

function summary(out: string, count: number, steps: FirstSteps): string {
  const commands = [`cd ${shellWord(out)}`, ...firstCommands(steps)];
  const none =
    count === 0 ? " There is nothing to adopt: the tenant shows this sign-in no policy." : "";
  return `${count} ${count === 1 ? "policy" : "policies"} written to ${join(out, "index.ts")}. The tenant is as it was.${none}

Next:
${commands.map((command) => `  ${command}\n`).join("")}`;
}
