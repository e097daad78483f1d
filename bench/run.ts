/**
 * The benchmark, from the command line: `npm run bench -- --help`.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Command } from "commander";
import { runTool, whole } from "../scripts/commandLine";
import { ensureEngine } from "../scripts/engine/index";
import { machine, today } from "../scripts/measured";
import { measure, type Plan, type Sample } from "./measure";
import { barsTable, type Circumstances, pageOf, tableOf, writesTable } from "./page";
import { writePlots } from "./plots";
import { cellsOf } from "./statistics";
import { measureWrites, type WritesFigures } from "./writes";

const root = join(__dirname, "..");

const FULL: Plan = { sizes: [20, 100, 500], latencies: [0, 50], runs: 3 };
const QUICK: Plan = { sizes: [20, 100], latencies: [50], runs: 1 };

const WRITES = { writes: 500, inFlight: [8, 20] };

interface Options {
  readonly quick: boolean;
  readonly sizes?: number[];
  readonly latencies?: number[];
  readonly runs?: number;
  readonly json?: string;
  readonly from?: string;
  readonly peer?: string;
  readonly terraform: string;
  readonly write?: boolean;
}

const program = new Command("npm run bench --")
  .description(
    "Measures this package beside the engine itself, and writes docs/development/benchmark.md.",
  )
  .option("--quick", "20 and 100 policies, once, and prints only: under five minutes", false)
  .option("--sizes <list>", "numbers of policies", numbers)
  .option("--latencies <list>", "milliseconds before each answer of the emulator", numbers)
  .option("--runs <number>", "how often each is measured", whole)
  .option("--json <file>", "also writes every sample")
  .option("--from <file>", "measures nothing, and takes the samples of such a file")
  .option("--peer <file>", "also measures Terraform with this terraform-provider-msgraph")
  .option("--terraform <file>", "the Terraform of --peer", "terraform")
  .option("--write", "writes docs/development/benchmark.md (default without --quick)")
  .option("--no-write", "prints only");

async function main(): Promise<void> {
  const options = program.parse().opts<Options>();
  const { quick, json, from, peer: provider, terraform, write = !quick } = options;
  const base = quick ? QUICK : FULL;
  const { sizes = base.sizes, latencies = base.latencies, runs = base.runs } = options;
  const peer = provider && { provider, terraform };
  const asked = { sizes, latencies, runs, ...(peer && { peer }) };
  const keep = (result: Result): void => {
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(result, null, 1)}\n`);
  };
  const { plan, samples, facts, writes } = from === undefined ? await run(asked, keep) : read(from);
  const cells = cellsOf(samples);
  for (const latencyMs of plan.latencies) {
    for (const size of plan.sizes) {
      console.log(`\n${latencyMs} ms, ${tableOf(cells, size, latencyMs)}`);
    }
  }
  console.log(`\n${writesTable(writes)}\n\n${barsTable(cells)}`);
  if (!write) return;
  writeFileSync(
    join(root, "docs", "development", "benchmark.md"),
    pageOf(cells, writes, { plan, facts }),
  );
  writePlots(cells, join(root, "docs", "development", "benchmark"));
}

function show({ subject, size, latencyMs, phase, run, seconds, roundTrips }: Sample): void {
  const where = `${size} policies, ${latencyMs} ms, run ${run + 1}`;
  console.log(`${where}: ${phase}: ${subject} ${seconds.toFixed(1)} s, ${roundTrips} round trips`);
}

/** A run, and all that is to be known of it. */
interface Result {
  readonly facts: Circumstances;
  readonly plan: Plan;
  readonly samples: readonly Sample[];
  readonly writes: readonly WritesFigures[];
}

/** Measures, and keeps what there is after each command: a run that is cut short is not lost. */
async function run(plan: Plan, keep: (result: Result) => void): Promise<Result> {
  const engine = await ensureEngine();
  const facts = circumstances(engine.version);
  const samples: Sample[] = [];
  await measure(engine, plan, (sample) => {
    samples.push(sample);
    show(sample);
    keep({ facts, plan, samples, writes: [] });
  });
  const { latencies, runs } = plan;
  const writes = await measureWrites({ ...WRITES, latencies, runs });
  const result = { facts, plan, samples, writes };
  keep(result);
  return result;
}

function read(file: string): Result {
  return JSON.parse(readFileSync(file, "utf8")) as Result;
}

function circumstances(engineVersion: string): Circumstances {
  const sdk = join(root, "node_modules", "@pulumi", "pulumi", "package.json");
  const { version: sdkVersion } = JSON.parse(readFileSync(sdk, "utf8")) as { version: string };
  const git = ["describe", "--always", "--dirty"];
  const commit = execFileSync("git", git, { cwd: root, encoding: "utf8" }).trim();
  return {
    command: commandOf(process.argv.slice(2)),
    day: today(),
    machine: machine(),
    versions: `Node ${process.versions.node}, Pulumi ${engineVersion}, @pulumi/pulumi ${sdkVersion}`,
    commit,
  };
}

/** The command as somebody else would write it: where the files of this machine are is left out. */
function commandOf(args: readonly string[]): string {
  const kept = args.filter((arg, place) => arg !== "--json" && args[place - 1] !== "--json");
  const named = kept.map((arg) => (arg.includes("/") ? basename(arg) : arg));
  return ["npm run bench", ...(named.length > 0 ? ["--", ...named] : [])].join(" ");
}

function numbers(text: string): number[] {
  return text.split(",").map(whole);
}

runTool(main);
