import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { actualTenant } from "../../provider/graph/index";
import { checkedOptions } from "../options";
import { openSession, type SessionOptions } from "../session";
import { readTenant, type TenantContent } from "../tenant/readTenant";
import { openCatalogue } from "./catalogue";
import { exportedProgram } from "./program";
import { fileSpec, projectFiles, projectName } from "./project";

const optionsSchema = z.object({
  out: z.string().min(1, { error: "--out must name a folder" }),
  force: z.boolean().default(false),
  name: z.string().optional(),
  package: z.string().min(1, { error: "--package must not be empty" }).optional(),
  version: z.string(),
  catalogue: z.string().optional(),
  tenantId: z.string().optional(),
  endpoint: z.string().optional(),
  credential: z.string().optional(),
});

/**
 * Writes the policies of a tenant as a Pulumi program. Nothing is written to the tenant, and nothing
 * to the folder before all has been read.
 *
 * @throws TypeError if an option is not what it may be.
 */
export async function runExport(given: unknown): Promise<void> {
  const options = checkedOptions(optionsSchema, given);
  const { out, force, name, package: spec, version, catalogue, ...session } = options;
  const folder = resolve(out);
  const packageSpec = spec ?? fileSpec(process.cwd(), folder) ?? `^${version}`;
  if (!force && existsSync(folder) && readdirSync(folder).length > 0) {
    throw new TypeError(`--out ${out} is not empty: name another folder, or give --force`);
  }
  const names = openCatalogue({ file: catalogue, out });
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  if (names.from !== undefined) log(`Settings are named by ${names.from}`);
  const { tenantId, endpoint, content } = await read(session, log);
  const program = exportedProgram(content.policies, names);
  for (const note of [...content.notes, ...program.notes]) log(`note: ${note}`);
  const project = projectName(name ?? basename(folder));
  const files = {
    "index.ts": program.text,
    ...projectFiles({ name: project, packageSpec }),
    ...names.files,
  };
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  process.stdout.write(nextSteps(out, program.count, { tenantId, endpoint }));
}

/** The policies read, and their tenant. */
interface Source {
  readonly tenantId: string | undefined;
  /** Undefined for the Graph of a cloud. */
  readonly endpoint: string | undefined;
}

async function read(
  options: SessionOptions,
  log: (line: string) => void,
): Promise<Source & { readonly content: TenantContent }> {
  const { graph, config, dispose } = openSession(options, log);
  try {
    log(`Reading the policies of ${config.tenantId ?? "the tenant"} …`);
    const tenantId = actualTenant(config, await graph.caller());
    return { tenantId, endpoint: config.endpoint, content: await readTenant(graph) };
  } finally {
    await dispose();
  }
}

function nextSteps(out: string, count: number, { tenantId, endpoint }: Source): string {
  const config = "pulumi config set officeConfiguration";
  return `${count} ${count === 1 ? "policy" : "policies"} written to ${join(out, "index.ts")}. The tenant is as it was.

Next, in ${out}:
  npm install
  pulumi stack init <name of the tenant>
  ${config}:tenantId ${tenantId ?? "<GUID of the tenant>"}
${endpoint === undefined ? "" : `  ${config}:endpoint ${endpoint}\n`}  pulumi preview    # says for each policy whether anything differs
  pulumi up         # adopts them, and writes nothing where nothing differs
`;
}
