/**
 * Measurement of scale, from the command line: `npm run bench:scale -- --help`.
 *
 * @module
 */
import { join } from "node:path";
import { Command, Option } from "commander";
import { runTool, whole } from "../../scripts/commandLine";
import { type Engine, engineEnvironment, ensureEngine } from "../../scripts/engine/index";
import { publish } from "../../scripts/measured";
import { measureBeside } from "./beside";
import { measureFleet } from "./fleet";
import { measureOneStack } from "./oneStack";
import { measurePack } from "./pack";
import {
  besideTable,
  fleetTable,
  oneStackTable,
  packTable,
  tenantsTable,
  throttledTable,
} from "./page";
import { measureTenants } from "./tenants";
import { measureThrottled, type ThrottledPlan } from "./throttled";
import { measureTrips, tripsProblems, tripsTable } from "./trips";

const PAGE = join(__dirname, "..", "..", "docs", "development", "scale.md");

/** Greatest distance of the measured time from the predicted one, as a part of it. */
const DEVIATION_ALLOWED = 0.2;

const PARTS = ["stack", "trips", "tenants", "throttle", "fleet", "beside", "pack"] as const;

/** Time that the command `fleet` may take, as a part of what the bare Automation API takes. */
const BESIDE_ALLOWED = 1.15;

/** Policies of a stack that is previewed with and without the policy pack. */
const PACK_POLICIES = [20, 100];

/** Time that a preview may take with the policy pack, as a part of what it takes without. */
const PACK_ALLOWED = 1.5;

/** Memory that the process of `fleet` may have, and each stack in flight, in bytes. */
const [OWN_ALLOWED_BYTES, STACK_ALLOWED_BYTES] = [150 * 1_024 ** 2, 350 * 1_024 ** 2];

/** The limit that Intune's device configuration has, and the same pace in windows of a fifth. */
const REAL_LIMIT = { limit: 100, perSeconds: 20, writesOnly: true };
const SMALL_LIMIT = { limit: 20, perSeconds: 4, writesOnly: true };

/** As many policies as take a minute or two: with the state saved after each, a quarter of them. */
const STACKS = [
  { policies: 2_000, skipCheckpoints: true },
  { policies: 500, skipCheckpoints: false },
];

/** Longest time for the writes of a large update, as a part of what the limit alone asks for. */
const PACE_ALLOWED = 1.1;

interface Options {
  readonly only?: (typeof PARTS)[number];
  readonly policies?: number;
  readonly skipCheckpoints: boolean;
  readonly tenants: number;
  readonly policiesEach: number;
  readonly sideBySide: number;
  readonly throttledPolicies: number;
  readonly packRounds: number;
  readonly full: boolean;
  readonly write: boolean;
  readonly note?: string;
}

const program = new Command("npm run bench:scale --")
  .description(
    "Measures many policies, many tenants and a limit, and writes docs/development/scale.md.",
  )
  .addOption(new Option("--only <part>", "one part").choices(PARTS))
  .option("--policies <number>", "policies in one stack; if left out, 2,000 and 500", whole)
  .option("--skip-checkpoints", "with --policies, saves the state at the end only", false)
  .option("--tenants <number>", "tenants, each an emulator", whole, 100)
  .option("--policies-each <number>", "policies of each tenant", whole, 20)
  .option("--side-by-side <number>", "tenants at a time", whole, 4)
  .option("--throttled-policies <number>", "policies under the scaled-down limit", whole, 160)
  .option("--pack-rounds <number>", "pairs of previews with and without the policy pack", whole, 7)
  .option("--full", "also 500 policies under 100 writes in 20 s, told and not told", false)
  .option("--no-write", "prints the figures, and leaves docs/development/scale.md as it is")
  .option("--note <text>", "a sentence to stand by the figures, such as what else ran");

async function main(): Promise<void> {
  const options = program.parse().opts<Options>();
  const engine = await ensureEngine();
  isolate(engine);
  const parts = {
    stack: stackPart,
    trips: tripsPart,
    tenants: tenantsPart,
    throttle: throttlePart,
    fleet: fleetPart,
    beside: besidePart,
    pack: packPart,
  };
  for (const name of PARTS) {
    if (options.only === undefined || options.only === name) await parts[name](engine, options);
  }
}

async function stackPart(engine: Engine, options: Options): Promise<void> {
  const { policies, skipCheckpoints } = options;
  for (const stack of policies === undefined ? STACKS : [{ policies, skipCheckpoints }]) {
    const heading = `### One stack${stack.skipCheckpoints ? ", state saved at the end" : ""}`;
    await measureOneStack(engine, stack, (phases) => {
      publish(PAGE, heading, oneStackTable(stack, phases), options);
    });
  }
}

async function tripsPart(engine: Engine, options: Options): Promise<void> {
  const results = await measureTrips(engine, (soFar) => {
    publish(PAGE, "### Round trips on an unkind Graph", tripsTable(soFar), options);
  });
  for (const problem of tripsProblems(results)) fail(problem);
}

async function tenantsPart(_engine: Engine, options: Options): Promise<void> {
  const result = await measureTenants(options, console.log);
  publish(PAGE, "### Tenants side by side", tenantsTable(result), options);
  for (const problem of result.problems) fail(problem);
}

async function throttlePart(engine: Engine, options: Options): Promise<void> {
  const { throttledPolicies: policies, full } = options;
  const plans: ThrottledPlan[] = [{ policies, throttle: SMALL_LIMIT, isLimitSaid: true }];
  for (const isLimitSaid of full ? [true, false] : []) {
    plans.push({ policies: 500, throttle: REAL_LIMIT, isLimitSaid });
  }
  const results = [];
  for (const plan of plans) results.push(await measureThrottled(engine, plan));
  publish(PAGE, "### Under a limit", throttledTable(results), options);
  for (const result of results) {
    failIfFarOff(result);
    const most = PACE_ALLOWED * result.limitSeconds;
    const took = result.counts.writeSeconds;
    if (took > most) fail(`the writes took ${took.toFixed(1)} s, and not ${most.toFixed(1)} s`);
  }
}

async function fleetPart(_engine: Engine, { sideBySide, ...options }: Options): Promise<void> {
  const fleet = { tenants: 4 * sideBySide, policiesEach: 60, places: sideBySide };
  const result = await measureFleet({ ...fleet, throttle: SMALL_LIMIT }, console.log);
  publish(PAGE, "### A fleet under limits", fleetTable(result), options);
  failIfFarOff(result);
  for (const problem of result.problems) fail(problem);
}

async function besidePart(_engine: Engine, options: Options): Promise<void> {
  const result = await measureBeside(options, console.log);
  publish(PAGE, "### A fleet beside the bare Automation API", besideTable(result), options);
  const { bareSeconds, fleetSeconds, ownBytes = 0, belowBytes = 0, problems } = result;
  const ratio = fleetSeconds / bareSeconds;
  if (ratio > BESIDE_ALLOWED) fail(`fleet took ${ratio.toFixed(2)} times as long`);
  if (ownBytes > OWN_ALLOWED_BYTES) fail("fleet's own process had more than 150 MiB");
  if (belowBytes > options.sideBySide * STACK_ALLOWED_BYTES) {
    fail("a stack in flight had more than 350 MiB");
  }
  for (const problem of problems) fail(problem);
}

async function packPart(engine: Engine, options: Options): Promise<void> {
  const results = [];
  for (const policies of PACK_POLICIES) {
    const plan = { policies, rounds: options.packRounds };
    results.push(await measurePack(engine, plan, console.log));
  }
  publish(PAGE, "### The policy pack in a preview", packTable(results), options);
  for (const { plan, ratio } of results) {
    if (ratio.median <= PACK_ALLOWED) continue;
    fail(`with the pack, ${plan.policies} policies took ${ratio.median.toFixed(2)} times as long`);
  }
}

function failIfFarOff(result: {
  readonly deviation: number;
  readonly predictedSeconds: number;
  readonly measuredSeconds: number;
}): void {
  const [predicted, measured] = [result.predictedSeconds, result.measuredSeconds];
  if (result.deviation <= DEVIATION_ALLOWED) return;
  fail(`predicted ${predicted.toFixed(1)} s, measured ${measured.toFixed(1)} s`);
}

function fail(problem: string): void {
  console.error(`Not as it should be: ${problem}.`);
  process.exitCode = 1;
}

/** Puts the engine first on PATH, and takes away what would let the provider meet a real tenant. */
function isolate({ folder }: Engine): void {
  for (const name of Object.keys(process.env)) {
    if (/^(ARM|AZURE|OFFICE_CONFIGURATION|ACTIONS_ID)_/.test(name)) delete process.env[name];
  }
  Object.assign(process.env, engineEnvironment(folder));
}

runTool(main);
