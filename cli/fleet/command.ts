import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { oneLine } from "../../provider/text/messageText";
import { openCatalogue } from "../export/catalogue";
import { CommandFailure, checkedOptions } from "../options";
import { asker, say } from "../terminal";
import { agreedWork } from "./agreement";
import { automation } from "./automation";
import { chosenStacks } from "./chosenStacks";
import { exitCodeOf, FAILED } from "./exitCode";
import { type FleetProject, readFleetProject } from "./fleetFile";
import { type FleetOptions, fleetOptionsSchema } from "./options";
import { type PolicyPacks, packsHash, policyPacksOf, startPacks } from "./policyPacks";
import { programHash } from "./programFiles";
import {
  doneStacks,
  failedStacks,
  hashOf,
  makeFolder,
  minuteOf,
  RECORDS_FOLDER,
  type RunIdentity,
  RunRecord,
  readRecord,
  recordFile,
} from "./record";
import {
  type FleetCommand,
  type FleetResult,
  readResult,
  resultJson,
  type StackResult,
} from "./result";
import { packsText } from "./resultNames";
import { namesText } from "./resultText";
import { tenants } from "./resultWords";
import { configHash, type FleetRun, runStacks, type Voice } from "./run";
import { showResult } from "./showResult";
import { type Stops, watchStops } from "./signals";
import { backendAddress, type FleetStack } from "./stacks";

/** Waits of a cancellation: a write takes seconds, and a request that gets no answer is given up after 100. */
const PATIENCE = { finishMs: 120_000, saveMs: 10_000 };

/**
 * Runs an operation on the stacks of a fleet, and prints the result.
 *
 * @throws TypeError if an option is not what it may be.
 * @throws CommandFailure if nothing could be run.
 */
export async function runFleet(command: FleetCommand, given: object): Promise<void> {
  const copies = mkdtempSync(join(tmpdir(), "office-configuration-fleet-"));
  const voice: Voice = { say };
  const stops = watchStops((line) => voice.say(line));
  try {
    await fleet(command, checkedOptions(fleetOptionsSchema, given), { copies, stops, voice });
  } catch (error) {
    if (error instanceof TypeError || error instanceof CommandFailure) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(message, FAILED, { cause: error });
  } finally {
    stops.end();
    rmSync(copies, { recursive: true, force: true });
  }
}

interface Surroundings {
  readonly copies: string;
  readonly stops: Stops;
  readonly voice: Voice;
}

async function fleet(
  command: FleetCommand,
  options: FleetOptions,
  { copies, stops, voice }: Surroundings,
): Promise<void> {
  const ask = asker();
  checkTogether(command, options, ask !== undefined);
  const project = readFleetProject(options.cwd);
  const saved = options.preview === undefined ? undefined : savedPreview(options.preview, project);
  const policyPacks = policyPacksOf(options.policyPack, options.policyPackConfig);
  refuseMissingPacks(saved, policyPacks, options);
  const refresh = saved?.refreshed ?? options.refresh;
  const [all, address] = await Promise.all([
    chosenStacks(project, options),
    backendAddress(project.folder),
    startPacks(policyPacks, { folder: project.folder, temporary: copies }),
  ]);
  refuseStrangeCanaries(all, options);
  const identity: RunIdentity = {
    command,
    project: project.name,
    backend: hashOf(address),
    program: programHash(project.folder),
    refreshed: refresh,
    policyPacks: packsHash(policyPacks),
  };
  const file = options.record ?? recordFile(project.folder, command);
  const { stacks, done } = leftToRun(all, { identity, file, project, options });
  const logs = join(project.folder, RECORDS_FOLDER, "logs", command);
  makeFolder(join(project.folder, RECORDS_FOLDER));
  makeFolder(logs);
  const { glossary } = openCatalogue({ file: options.catalogue, out: project.folder });
  const run: FleetRun = {
    stacks,
    done,
    canaries: options.canary,
    parallel: options.parallel,
    stopAfter: options.stopAfter,
    shard: options.shard === undefined ? null : `${options.shard.index}/${options.shard.of}`,
    stop: stops.stop,
    screen: process.stderr,
    voice,
    operations: {
      project,
      cli: await automation().PulumiCommand.get(),
      glossary,
      refresh,
      policyPacks,
      logs,
      copies,
      patience: PATIENCE,
      timeLimitMs: options.timeLimit,
      cancel: stops.cancel,
    },
  };
  const work = await agreedWork(command, run, { options, saved, ask });
  const isGoingOn = options.resume || options.only !== undefined;
  const record = isGoingOn
    ? RunRecord.goOn(file)
    : RunRecord.begin(file, identity, new Date().toISOString());
  const result = await runStacks(command, run, { work, record });
  if (options.save !== undefined) writeFileSync(options.save, `${resultJson(result)}\n`);
  showResult(result, options);
  if (result.stacks.some(({ error }) => error !== undefined)) say(`Logs of the stacks: ${logs}`);
  const isInterrupted = stops.stop.aborted;
  const code = exitCodeOf(result, { ...options, isInterrupted });
  if (code !== 0) process.exitCode = code;
}

/** @throws TypeError if options contradict each other, or nobody can agree. */
function checkTogether(command: FleetCommand, options: FleetOptions, isAsked: boolean): void {
  if (options.resume && options.only !== undefined) {
    throw new TypeError(
      "--resume and --only exclude each other: --resume runs failed stacks again",
    );
  }
  if (isAsked) return;
  const isAgreed = options.yes || options.preview !== undefined;
  if ((command === "up" && !isAgreed) || (command === "refresh" && !options.yes)) {
    const or =
      command === "up" ? ", or the preview that somebody has looked at: --preview <file>" : "";
    throw new TypeError(`there is no terminal to ask on: give --yes${or}`);
  }
}

function savedPreview(file: string, project: FleetProject): FleetResult {
  const saved = readResult(file);
  if (saved.command !== "preview") {
    throw new TypeError(
      `${file} is the result of \`fleet ${saved.command}\`, not of \`fleet preview\``,
    );
  }
  if (saved.project === project.name) return saved;
  throw new TypeError(
    `${file} is a preview of another project: ${oneLine(saved.project, 100)}, and this is ${project.name}`,
  );
}

/** @throws TypeError if the preview was judged by policy packs, and the update would not be. */
function refuseMissingPacks(
  saved: FleetResult | undefined,
  { named }: PolicyPacks,
  { preview }: FleetOptions,
): void {
  const before = saved?.policyPacks ?? [];
  if (before.length <= named.length) return;
  throw new TypeError(
    `${preview} was made with ${packsText(before.length)} (${namesText(before)}), and this update has ${packsText(named.length)}: give --policy-pack as in the preview`,
  );
}

/** @throws TypeError if a canary is not among the stacks. */
function refuseStrangeCanaries(stacks: readonly FleetStack[], options: FleetOptions): void {
  for (const canary of options.canary) {
    if (stacks.some(({ name }) => name === canary)) continue;
    throw new TypeError(`the canary ${oneLine(canary, 100)} is not among the stacks of this run`);
  }
}

interface LastRunFacts {
  readonly identity: RunIdentity;
  readonly file: string;
  readonly project: FleetProject;
  readonly options: FleetOptions;
}

/** The stacks of this run, and the results of an earlier one that stand. */
function leftToRun(
  all: readonly FleetStack[],
  { identity, file, project, options }: LastRunFacts,
): Pick<FleetRun, "stacks" | "done"> {
  const nothing = new Map<string, StackResult>();
  if (!options.resume && options.only === undefined) return { stacks: all, done: nothing };
  const last = readRecord(file, identity);
  if (options.only !== undefined) {
    const failed = new Set(failedStacks(last));
    const stacks = all.filter(({ name }) => failed.has(name));
    say(`${tenants(stacks.length)} failed in the run of ${minuteOf(last.startedAt)}.`);
    return { stacks, done: nothing };
  }
  const byName = new Map(all.map((stack) => [stack.name, stack]));
  const configOf = (name: string) =>
    configHash({ project }, byName.get(name) ?? { name, isNew: false });
  const done = doneStacks(last, identity, all, configOf);
  say(
    `Going on with the run of ${minuteOf(last.startedAt)}: ${tenants(done.size)} done, ${tenants(all.length - done.size)} to run.`,
  );
  return { stacks: all, done };
}
