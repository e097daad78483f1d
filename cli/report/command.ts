import { existsSync, statSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { z } from "zod";
import { oneLine } from "../../provider/text/messageText";
import { print } from "../catalogue/screen";
import type { Side } from "../compare/side";
import { NO_CATALOGUE, openSide, parseSide, type SideSpec } from "../compare/sides/open";
import { readProject } from "../compare/sides/project";
import { openCatalogue } from "../export/catalogue";
import { CommandFailure, checkedOptions } from "../options";
import { ownVersion } from "../ownPackage";
import { isUnread } from "./counts";
import { reportCsv } from "./csv";
import { reportHtml } from "./html/page";
import { pageParts } from "./html/parts";
import type { Report } from "./model";
import { Progress } from "./read/progress";
import { stacksOf } from "./read/stacks";
import { readTenants, type TenantSpec } from "./read/tenants";
import { reportOf } from "./reportOf";

const FORMATS = ["csv", "json"] as const;

/** A whole number within bounds. */
function wholeNumber(option: string, most: number, least = 1) {
  const message = ({ input }: { readonly input?: unknown }) =>
    `${option} must be a whole number from ${least} to ${most}, not '${oneLine(String(input), 40)}'`;
  return z
    .string()
    .regex(/^\d{1,4}$/, { error: message })
    .transform(Number)
    .refine((value) => value >= least && value <= most, {
      error: ({ input }) => message({ input }),
    });
}

const optionsSchema = z
  .object({
    html: z.string().min(1, { error: "--html must name a file" }).optional(),
    format: z
      .enum(FORMATS, {
        error: ({ input }) => `--format must be csv or json, not '${oneLine(String(input), 40)}'`,
      })
      .optional(),
    baseline: z.string().optional(),
    stack: z.string().min(1, { error: "--stack must name a stack" }).optional(),
    title: z.string().optional(),
    live: z.boolean().default(true),
    intune: z.boolean().default(true),
    catalogue: z.string().optional(),
    parallel: wholeNumber("--parallel", 32).default(4),
    timeout: wholeNumber("--timeout", 3_600).default(300),
    auditWait: wholeNumber("--audit-wait", 600, 0).optional(),
  })
  .refine(({ html, format }) => html !== undefined || format !== undefined, {
    error: "give --html <file>, --format csv or --format json: what is the report to be?",
  });

type Options = z.output<typeof optionsSchema>;

/** Says that tenants are read without their policies in Intune. */
const NO_INTUNE = `tenants are read without Intune: ${NO_CATALOGUE}`;

/** Exit code if no tenant could be read. */
const NOTHING_READ = 1;

/** Exit code if there can be no report. */
const FAILED = 2;

/**
 * Makes a report. Only reads, apart from the file that it writes.
 *
 * @throws TypeError if an argument or option is not what it may be.
 * @throws CommandFailure if the baseline, the catalogue or the list of stacks cannot be read.
 */
export async function runReport(tenants: readonly string[], given: unknown): Promise<void> {
  try {
    await report(tenants, checkedOptions(optionsSchema, given));
  } catch (error) {
    if (error instanceof TypeError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(message, FAILED, { cause: error });
  }
}

async function report(texts: readonly string[], options: Options): Promise<void> {
  const { html, format, parallel, timeout: timeoutSeconds, live: isLive } = options;
  if (html !== undefined && statSync(html, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new TypeError(`--html ${html} is a folder: name a file`);
  }
  const given = texts.map(specOf);
  const baselineSpec = options.baseline === undefined ? undefined : parseSide(options.baseline);
  const words = openCatalogue({ file: options.catalogue, out: "." });
  const catalogue = () => {
    if (words.catalogue !== undefined) return words.catalogue;
    throw new TypeError(NO_CATALOGUE);
  };
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const baseline = await baselineOf(options, baselineSpec, catalogue, log);
  const specs = given.length > 0 ? given : await allStacks();
  if (options.intune && isLive && words.catalogue === undefined) log(NO_INTUNE);
  const progress = new Progress(specs.length, process.stderr);
  const readings = await readTenants(specs, {
    isLive,
    parallel,
    timeoutSeconds,
    auditWaitSeconds: options.auditWait,
    env: process.env,
    catalogue,
    intune: options.intune ? words.catalogue : undefined,
    log: (line) => progress.say(line),
    onRead: (reading) => progress.read(reading),
  });
  progress.end();
  const made = reportOf({
    title: options.title ?? titleOf(),
    madeAt: new Date(),
    version: ownVersion(),
    baseline,
    tenants: readings,
    glossary: words.glossary,
  });
  if (html !== undefined) {
    writeFileSync(html, reportHtml(made, pageParts()));
    log(`wrote ${html}`);
  }
  if (format !== undefined) print(shown[format](made));
  if (made.tenants.every(isUnread)) process.exitCode = NOTHING_READ;
}

const shown: Readonly<Record<(typeof FORMATS)[number], (report: Report) => string>> = {
  csv: reportCsv,
  json: (made) => JSON.stringify(made, undefined, 2),
};

function specOf(text: string): TenantSpec {
  const spec = parseSide(text);
  switch (spec.kind) {
    case "tenant":
      return { name: spec.id ?? "tenant", spec };
    case "intune":
      throw new TypeError(
        `'${oneLine(text, 200)}': a tenant is read with its Intune: name it tenant, or tenant:<id>`,
      );
    case "stack":
      return { name: spec.name, spec };
    case "program":
    case "source":
      return { name: spec.path, spec };
  }
}

function isProject(): boolean {
  return ["Pulumi.yaml", "Pulumi.yml"].some((name) => existsSync(name));
}

async function allStacks(): Promise<TenantSpec[]> {
  if (!isProject()) {
    throw new TypeError(
      "there is no Pulumi.yaml here: run it in the folder of a project, or name tenants: stack:<name>@<folder>, tenant:<id>",
    );
  }
  const names = await stacksOf(".");
  if (names.length === 0) {
    throw new TypeError("the project has no stacks yet: `pulumi stack init <name>` makes one");
  }
  return names.map((name) => ({ name, spec: { kind: "stack", name, folder: "." } }));
}

/** The name of the project here, or of the folder. */
function titleOf(): string {
  const folder = basename(resolve("."));
  if (!isProject()) return folder;
  try {
    return readProject(".", undefined).name;
  } catch {
    // Its program may run on something else than Node.
    return folder;
  }
}

async function baselineOf(
  { baseline: text = "", stack }: Options,
  spec: SideSpec | undefined,
  catalogue: () => ReturnType<Parameters<typeof openSide>[2]["catalogue"]>,
  log: (line: string) => void,
): Promise<Side | undefined> {
  if (spec === undefined) return undefined;
  try {
    return await openSide(spec, "left", { session: {}, stack, catalogue, log });
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    const side = oneLine(text, 200);
    const isNamed = error.message.startsWith(`${side}: `);
    throw new Error(`the baseline, ${isNamed ? "" : `${side}: `}${error.message}`, {
      cause: error,
    });
  }
}
