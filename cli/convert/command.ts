import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { BUILD_COMMAND, CATALOGUE_FILE, type Catalogue } from "../../provider/catalogue/catalogue";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { listing } from "../../provider/catalogue/listing";
import { oneLine } from "../../provider/text/messageText";
import { requireDefinitions } from "../catalogue/definitions";
import { noteText, screenWidth } from "../catalogue/screen";
import { type ExportCatalogue, openCatalogue } from "../export/catalogue";
import { projectFiles, projectName } from "../export/project";
import { type FirstSteps, firstCommands } from "../export/readme";
import { checkedOptions } from "../options";
import { checkOutFolder, writeOutFolder } from "../outFolder";
import { packageSpec } from "../ownPackage";
import { shellWord } from "../shellWord";
import { readSources } from "../sources/read";
import { checkBaselineFile, writeBaseline } from "./baselineFile";
import { onIntune } from "./intune/onIntune";
import { merged } from "./merged";
import { policyOfEach, policyOfEachApp } from "./policies";
import { convertedProgram, type ProgramPolicy } from "./program";
import { reportText, type SkippedPath } from "./report";
import type { Resolution } from "./resolution";
import { resolveSources } from "./resolve";
import { forRoad, ROADS, type Road } from "./road";
import { counted, summaryOf } from "./summary";

const optionsSchema = z.object({
  out: z.string().min(1, { error: "--out must name a folder" }).optional(),
  baseline: z.string().min(1, { error: "--baseline must name a file" }).optional(),
  report: z.string().min(1, { error: "--report must name a file" }).optional(),
  strict: z.boolean().default(false),
  road: z
    .enum(ROADS, {
      error: ({ input }) =>
        `--road must be ${listing(ROADS, ROADS.length, "or")}, not '${oneLine(String(input), 40)}'`,
    })
    .default("cloudPolicy"),
  split: z
    .literal("app", {
      error: ({ input }) => `--split must be app, not '${oneLine(String(input), 40)}'`,
    })
    .optional(),
  force: z.boolean().default(false),
  name: z.string().optional(),
  package: z.string().min(1, { error: "--package must not be empty" }).optional(),
  catalogue: z.string().optional(),
});

type ConvertOptions = z.infer<typeof optionsSchema>;

/** Exit code if a value is left with `--strict`. */
const LEFT_EXIT_CODE = 3;

/**
 * Writes sources of settings as a Pulumi program, as a baseline, or as both. Nothing is written before all is read.
 *
 * @throws TypeError if an option is not what it may be, or there is no catalogue.
 * @throws SourceReadError if a path holds nothing that can be read.
 * @throws Error if no value is a setting. The report is written all the same.
 */
export function runConvert(paths: readonly string[], given: unknown): void {
  const options = checkedOptions(optionsSchema, given);
  const { out, baseline, road } = options;
  if (out === undefined && baseline === undefined) {
    throw new TypeError("convert writes to --out <folder>, to --baseline <file>, or to both");
  }
  if (out !== undefined) checkOutFolder(out, options.force);
  if (baseline !== undefined) checkBaselineFile(baseline, options.force);
  const knowledge = openCatalogue({ file: options.catalogue, out: out ?? "." });
  const intune =
    road === "intune"
      ? requireDefinitions(knowledge, "convert --road intune", out ?? ".")
      : undefined;
  const settings = intune?.known ?? new KnownSettings(requireCatalogue(knowledge, out));
  const skipped: SkippedPath[] = [];
  const sources = paths.flatMap((path) =>
    readSources(path, { onSkipped: (place, reason) => skipped.push({ path: place, reason }) }),
  );
  const isMerged = options.split === "app";
  const perSource = resolveSources(
    sources.map((source) => forRoad(source, road)),
    settings.catalogue,
  );
  const resolution =
    intune !== undefined
      ? onIntune(perSource, intune, { isMerged })
      : isMerged
        ? merged(perSource)
        : perSource;
  const policies = isMerged ? policyOfEachApp(resolution, settings) : policyOfEach(resolution);
  const program = convertedProgram(policies, knowledge, { road, isOrdered: !isMerged });
  for (const note of notesOf(knowledge, skipped)) process.stderr.write(`${noteText(note)}\n`);
  if (options.report !== undefined) {
    writeReport(
      options.report,
      reportText(resolution, skipped, { catalogue: knowledge.from ?? "", road }),
    );
  }
  const screen = { width: screenWidth(), report: options.report, road };
  process.stdout.write(`${summaryOf(resolution, settings, screen)}\n`);
  if (policies.length === 0) {
    throw nothingConverted(resolution, road, out === undefined ? "baseline" : "program");
  }
  if (baseline !== undefined) process.stdout.write(writeBaseline(baseline, merged(resolution)));
  if (out !== undefined) {
    const project = projectOf(out, options);
    writeOutFolder(out, {
      "index.ts": program,
      ...filesBeside(project, out, options),
      ...knowledge.files,
    });
    process.stdout.write(nextSteps(out, policies, project.steps));
  }
  if (options.strict && resolution.left.length > 0) process.exitCode = LEFT_EXIT_CODE;
}

/** @throws TypeError if there is none, with the command that builds one. */
function requireCatalogue({ catalogue }: ExportCatalogue, out?: string): Catalogue {
  if (catalogue !== undefined) return catalogue;
  const places = out === undefined ? "here" : `in ${out} or here`;
  throw new TypeError(
    `convert needs a catalogue: there is no ${CATALOGUE_FILE} ${places}, and --catalogue names none. ` +
      `Build one with ${BUILD_COMMAND}`,
  );
}

/** Most paths that a note names. */
const MOST_SKIPPED = 10;

function notesOf({ from, notes }: ExportCatalogue, skipped: readonly SkippedPath[]): string[] {
  const shown = skipped.slice(0, MOST_SKIPPED);
  const more = skipped.length - shown.length;
  return [
    `settings are those of ${from}`,
    ...notes,
    ...shown.map(({ path, reason }) => oneLine(`${path} ${reason}, and is left out`, 300)),
    ...(more > 0 ? [`${counted(more, "more path")} left out: --report lists all`] : []),
  ];
}

function writeReport(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

interface Project {
  readonly name: string;
  readonly steps: FirstSteps;
}

function projectOf(out: string, { name, road }: ConvertOptions): Project {
  const project = projectName(name ?? basename(resolve(out)));
  const steps = {
    stack: project,
    config: {},
    preview: "shows the policies, each setting by its name",
    up:
      road === "intune"
        ? "makes them; without assignments they reach nobody"
        : "makes them; without a group they reach nobody",
  };
  return { name: project, steps };
}

function filesBeside({ name, steps }: Project, out: string, { package: spec }: ConvertOptions) {
  return projectFiles({
    name,
    packageSpec: spec ?? packageSpec(resolve(out)),
    origin:
      "Policies of Microsoft 365 Apps as a Pulumi program, written by `office-configuration convert`.",
    steps,
  });
}

function nothingConverted({ left }: Resolution, road: Road, result: "program" | "baseline"): Error {
  const none =
    road === "intune"
      ? "no value is a setting that Intune can have"
      : "no value is a setting of the catalogue";
  const what = left.length === 0 ? "the sources hold no value" : none;
  return new Error(`${what}, so no ${result} is written`);
}

function nextSteps(out: string, policies: readonly ProgramPolicy[], steps: FirstSteps): string {
  const commands = [`cd ${shellWord(out)}`, ...firstCommands(steps)];
  return `
${counted(policies.length, "policy")} written to ${join(out, "index.ts")}.

Next:
${commands.map((command) => `  ${command}\n`).join("")}`;
}
