/**
 * The cost of a catalogue, from the command line: `npm run bench:catalogue -- --help`.
 *
 * @module
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { run } from "../../scripts/command";
import { runTool, whole } from "../../scripts/commandLine";
import { ensureEngine } from "../../scripts/engine/index";
import { publish, table } from "../../scripts/measured";
import { BenchProject } from "../project";
import { RemoteEmulator } from "../remoteEmulator";
import { spreadOf } from "../statistics";
import {
  type Form,
  type InventedSetting,
  programOf,
  registryPolOf,
  writeTemplates,
} from "./invented";
import { TypeScriptServer } from "./typeScriptServer";

const root = join(__dirname, "..", "..");
const PAGE = join(root, "docs", "development", "catalogue-figures.md");
const TIMEOUT_MS = 300_000;

interface Options {
  readonly runs: number;
  readonly engine: boolean;
  readonly write: boolean;
  readonly note?: string;
}

/** A row of the page: what, measured, and the bar. */
type Row = readonly [what: string, measured: string, bar: string, verdict: string];

const program = new Command("npm run bench:catalogue --")
  .description(
    "Measures a catalogue of 4,200 settings, and writes docs/development/catalogue-figures.md.",
  )
  .option("--runs <number>", "how often each is measured", whole, 5)
  .option("--no-engine", "leaves out the preview")
  .option("--no-write", "prints the figures, and leaves the page as it is")
  .option("--note <text>", "a sentence to stand by the figures, such as what else ran");

async function main(): Promise<void> {
  const options = program.parse().opts<Options>();
  const folder = mkdtempSync(join(tmpdir(), "office-configuration-catalogue-"));
  try {
    const settings = writeTemplates(join(folder, "templates"));
    const rows = [
      await buildRow(folder, options.runs),
      await loadRow(folder, options.runs),
      await convertRow(folder, settings, options.runs),
      ...(await compilerRows(folder, settings, options.runs)),
      ...(await editorRows(folder, settings, options.runs)),
      ...(options.engine ? [await previewRow(folder, settings, options.runs)] : []),
    ];
    publish(
      PAGE,
      "### A catalogue of 4,200 settings",
      table(
        ["what", "measured", "bar", "is"],
        1,
        rows.map((row) => [...row]),
      ),
      options,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The command, its process included. */
async function buildRow(folder: string, runs: number): Promise<Row> {
  const seconds = await times(runs, () =>
    node(
      [
        join(root, "dist/cli/main.js"),
        "catalogue",
        "build",
        "--admx",
        join(folder, "templates"),
        "--out",
        folder,
      ],
      folder,
    ),
  );
  return row("`catalogue build`", spreadOf(seconds).median, 3, "s");
}

/** In a new process each time: a provider loads it once. */
async function loadRow(folder: string, runs: number): Promise<Row> {
  const script = `const { readFileSync } = require("node:fs");
const { readCatalogue } = require(${JSON.stringify(join(root, "dist/provider/catalogue/read.js"))});
const started = performance.now();
readCatalogue(readFileSync("office-settings.json", "utf8"), "office-settings.json");
console.log(performance.now() - started);`;
  const ms: number[] = [];
  for (let index = 0; index < runs; index++) ms.push(Number(await node(["-e", script], folder)));
  return row("loading it in the provider", spreadOf(ms).median, 50, "ms");
}

/** The command, its process included, with a catalogue and its types beside it. */
async function convertRow(
  folder: string,
  settings: readonly InventedSetting[],
  runs: number,
): Promise<Row> {
  writeFileSync(join(folder, "registry.pol"), registryPolOf(settings, CONVERTED));
  let converted = "";
  const seconds = await times(runs, async () => {
    const args = ["convert", "registry.pol", "--out", "converted", "--force"];
    converted = await node([join(root, "dist/cli/main.js"), ...args], folder);
  });
  if (!/^ +2,000 +2,000 +0 /m.test(converted)) throw new Error(converted);
  return row("`convert` of a `registry.pol` with 2,000 values", spreadOf(seconds).median, 2, "s");
}

/** Values of the `registry.pol` that is converted. */
const CONVERTED = 2_000;

/** `tsc --noEmit`, with the types and without, in turn. */
async function compilerRows(
  folder: string,
  settings: readonly InventedSetting[],
  runs: number,
): Promise<Row[]> {
  const forms: Form[] = ["list", "map"];
  const rows: Row[] = [];
  for (const form of forms) {
    const project = programFolder(folder, form, settings);
    const tsc = (files: string[]) => {
      writeConfig(project, files);
      return node([join(root, "node_modules/typescript/bin/tsc"), "-p", project], project);
    };
    const ratios: number[] = [];
    for (let index = 0; index < runs; index++) {
      const [open = 0] = await times(1, () => tsc(["index.ts"]));
      const [typed = 0] = await times(1, () => tsc(["index.ts", "office-settings.d.ts"]));
      ratios.push(typed / open);
    }
    rows.push(
      row(
        `\`tsc --noEmit\` of 500 settings as a ${form}, to the same without types`,
        spreadOf(ratios).median,
        1.5,
        "x",
      ),
    );
  }
  return rows;
}

/** Completion inside \`settingId: "\`, by the servers that editors start: the first time, and while one types. */
async function editorRows(
  folder: string,
  settings: readonly InventedSetting[],
  runs: number,
): Promise<Row[]> {
  const project = join(folder, "list");
  writeConfig(project, ["index.ts", "office-settings.d.ts"]);
  const rows: Row[] = [];
  for (const version of ["6.0", "5.9"]) {
    const file = join(project, "index.ts");
    const text = `${programOf(settings, "list")}new WindowsOfficeClientConfiguration("new", { displayName: "N", policies: [{ settingId: "", value: "1" }] });\n`;
    const line = text.split("\n").length - 1;
    const offset = (text.split("\n")[line - 1]?.indexOf(`settingId: "`) ?? 0) + 13;
    const server = new TypeScriptServer(await serverOf(version, project), project);
    const ms: number[] = [];
    try {
      server.open(file, text);
      for (let index = 0; index <= runs; index++) {
        const started = performance.now();
        const offered = await server.completions(file, line, offset);
        ms.push(performance.now() - started);
        if (offered.length !== settings.length)
          throw new Error(`${offered.length} ids are offered, not ${settings.length}`);
      }
    } finally {
      server.close();
    }
    rows.push(
      row(`completion of an id, TypeScript ${version}`, spreadOf(ms.slice(1)).median, 300, "ms"),
    );
  }
  return rows;
}

/** The preview of 100 new policies of 10 settings, with a catalogue beside Pulumi.yaml and without, in turn. */
async function previewRow(
  folder: string,
  settings: readonly InventedSetting[],
  runs: number,
): Promise<Row> {
  const project = new BenchProject(await ensureEngine());
  const emulator = await RemoteEmulator.start({});
  const catalogue = readFileSync(join(folder, "office-settings.json"), "utf8");
  try {
    project.pointAt(emulator);
    project.write(
      "index.js",
      `const office = require("pulumi-office-configuration");
const settings = ${JSON.stringify(settings.filter((_, index) => index % 3 === 0).slice(0, 1_000))};
for (let index = 0; index < 100; index++) {
  const policies = settings.slice(index * 10, index * 10 + 10).map(({ id, value }) => ({ settingId: id, value }));
  new office.WindowsOfficeClientConfiguration(\`p\${index}\`, { displayName: \`P\${index}\`, policies });
}
`,
    );
    await project.run("stack", "init", "catalogue");
    const ratios: number[] = [];
    for (let index = 0; index < runs; index++) {
      rmSync(join(project.folder, "office-settings.json"), { force: true });
      const [without = 0] = await times(1, () => project.run("preview"));
      project.write("office-settings.json", catalogue);
      const [given = 0] = await times(1, () => project.run("preview"));
      ratios.push(given / without);
    }
    return row(
      "`pulumi preview` of 100 new policies of 10 settings, to the same without it",
      spreadOf(ratios).median,
      1.05,
      "x",
    );
  } finally {
    project.remove();
    await emulator.close();
  }
}

function programFolder(folder: string, form: Form, settings: readonly InventedSetting[]): string {
  const project = join(folder, form);
  mkdirSync(project);
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  writeFileSync(join(project, "package.json"), '{ "private": true }\n');
  writeFileSync(join(project, "index.ts"), programOf(settings, form));
  writeFileSync(
    join(project, "office-settings.d.ts"),
    readFileSync(join(folder, "office-settings.d.ts")),
  );
  return project;
}

function writeConfig(project: string, files: readonly string[]): void {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: "nodenext",
    target: "es2022",
    types: [],
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
}

/** The path of a version's language server; npm brings one that is not installed. */
async function serverOf(version: string, cwd: string): Promise<string> {
  if (version === "6.0") return join(root, "node_modules/typescript/lib/tsserver.js");
  const found = await run(
    "npm",
    ["exec", "--yes", `--package=typescript@${version}`, "--", "which", "tsc"],
    {
      cwd: tmpdir(),
      env: { ...process.env, npm_config_prefix: cwd },
      timeoutMs: TIMEOUT_MS,
    },
  );
  return join(dirname(found.trim()), "..", "typescript", "lib", "tsserver.js");
}

function node(args: readonly string[], cwd: string): Promise<string> {
  return run(process.execPath, args, { cwd, env: process.env, timeoutMs: TIMEOUT_MS });
}

/** Wall time in seconds of each run. */
async function times(runs: number, work: () => Promise<unknown>): Promise<number[]> {
  const seconds: number[] = [];
  for (let index = 0; index < runs; index++) {
    const started = performance.now();
    await work();
    seconds.push((performance.now() - started) / 1_000);
  }
  return seconds;
}

function row(what: string, measured: number, bar: number, unit: string): Row {
  const digits = unit === "ms" ? 0 : 2;
  return [
    what,
    `${measured.toFixed(digits)} ${unit}`,
    `${bar} ${unit}`,
    measured <= bar ? "met" : "**not met**",
  ];
}

runTool(main);
