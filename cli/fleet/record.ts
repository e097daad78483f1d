/**
 * The record of the last run of each command, from which `--resume` and `--only failed` go on. It is a file of lines, so
 * that a run that is killed leaves all that was done. It has results, and so no secret.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { oneLine } from "../../provider/text/messageText";
import { jsonOf } from "../jsonOf";
import type { ListedStack } from "../pulumi";
import { FLEET_COMMANDS, type FleetCommand, type StackResult, stackResultSchema } from "./result";

/** Folder of records and logs, beside Pulumi.yaml. */
export const RECORDS_FOLDER = ".fleet";

/** Facts that two runs must have in common to be one. */
export interface RunIdentity {
  readonly command: FleetCommand;
  readonly project: string;
  /** Hash of the backend's address, which may hold a password. */
  readonly backend: string;
  /** Hash of the program's files. */
  readonly program: string;
  readonly refreshed: boolean;
  /** Hash of the policy packs and their configuration; empty without any. */
  readonly policyPacks: string;
}

const headSchema = z.object({
  form: z.literal(1),
  command: z.enum(FLEET_COMMANDS),
  project: z.string(),
  backend: z.string(),
  program: z.string(),
  refreshed: z.boolean(),
  policyPacks: z.string().default(""),
  startedAt: z.string(),
});

const lineSchema = z.object({
  result: stackResultSchema,
  /** Time of the stack's last update before the run. */
  lastUpdate: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  /** Hash of the stack's configuration. */
  config: z.string(),
});

/** A stack that a run has done. */
type DoneStack = z.infer<typeof lineSchema>;

/** The last run of a command. */
export interface LastRun {
  readonly startedAt: string;
  readonly program: string;
  readonly refreshed: boolean;
  readonly policyPacks: string;
  readonly stacks: ReadonlyMap<string, DoneStack>;
}

/** File of a command's record. */
export function recordFile(folder: string, command: FleetCommand): string {
  return join(folder, RECORDS_FOLDER, `${command}.jsonl`);
}

/** A hash for comparisons, which does not tell what it is of. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

/**
 * Reads the record of a command's last run.
 *
 * @throws TypeError if there is none, it cannot be read, or it is of another project, backend or command.
 */
export function readRecord(file: string, run: RunIdentity): LastRun {
  if (!existsSync(file)) {
    throw new TypeError(
      `there is no record of an earlier \`fleet ${run.command}\` here (${file}). If that run was on another machine, copy its file and name it with --record; else run without --resume and --only`,
    );
  }
  const [first = "", ...lines] = readFileSync(file, "utf8").split("\n");
  const { data: head } = headSchema.safeParse(jsonOf(first));
  if (head === undefined) {
    throw new TypeError(`${file} is no record of a fleet's run, or is of another version`);
  }
  for (const [what, was, is] of [
    ["command", head.command, run.command],
    ["project", head.project, run.project],
  ] as const) {
    if (was === is) continue;
    throw new TypeError(
      `${file} is of another ${what}: ${oneLine(was, 100)}, and this is ${oneLine(is, 100)}`,
    );
  }
  if (head.backend !== run.backend) {
    throw new TypeError(
      `${file} is of stacks in another backend than Pulumi is signed in to here. \`pulumi login\` changes it`,
    );
  }
  const stacks = new Map<string, DoneStack>();
  for (const line of lines) {
    // The last line of a killed run may be a half.
    const { data } = lineSchema.safeParse(jsonOf(line));
    if (data !== undefined) stacks.set(data.result.stack, data);
  }
  return { ...head, stacks };
}

/**
 * The results of stacks that need not run again: they succeeded, and neither their configuration nor their state has
 * changed since.
 *
 * @throws TypeError if the program or a policy pack has changed: the stacks that are done have the old one.
 */
export function doneStacks(
  last: LastRun,
  run: RunIdentity,
  stacks: readonly ListedStack[],
  configOf: (stack: string) => string,
): Map<string, StackResult> {
  const changed = changedSince(last, run);
  if (changed !== undefined) {
    throw new TypeError(
      `${changed} of ${minuteOf(last.startedAt)}: stacks that it has done are of that run. Run without --resume, or give --only failed`,
    );
  }
  const done = stacks.flatMap((stack) => {
    const found = last.stacks.get(stack.name);
    if (found === undefined || found.result.result === "failed") return [];
    const isSame = found.config === configOf(stack.name) && isStateOf(found, stack);
    return isSame ? [[stack.name, found.result] as const] : [];
  });
  return new Map(done);
}

function changedSince(last: LastRun, run: RunIdentity): string | undefined {
  if (last.program !== run.program) return "the program has changed since the run";
  if (last.refreshed !== run.refreshed) return "--refresh was given differently in the run";
  if (last.policyPacks === run.policyPacks) return undefined;
  return last.policyPacks === "" || run.policyPacks === ""
    ? "--policy-pack was given differently in the run"
    : "a policy pack or its configuration has changed since the run";
}

/** The stacks that failed in a run. */
export function failedStacks(last: LastRun): string[] {
  return [...last.stacks].flatMap(([name, { result }]) =>
    result.result === "failed" ? [name] : [],
  );
}

/** Whether nobody but that run has updated the stack: its last update is of before, or of that very time. */
function isStateOf({ lastUpdate, from, to }: DoneStack, stack: ListedStack): boolean {
  const now = stack.lastUpdate ?? null;
  return now === lastUpdate || (now !== null && now >= from && now <= to);
}

/** A time to the minute: `2026-11-25 17:02 UTC`. */
export function minuteOf(time: string): string {
  return `${time.slice(0, 16).replace("T", " ")} UTC`;
}

/** Writes a record while a run goes on. */
export class RunRecord {
  private constructor(private readonly file: string) {}

  /** Begins a record; the one before is lost. */
  static begin(file: string, run: RunIdentity, startedAt: string): RunRecord {
    makeFolder(dirname(file));
    writeFileSync(file, `${JSON.stringify({ form: 1, ...run, startedAt })}\n`, { mode: 0o600 });
    return new RunRecord(file);
  }

  /** Goes on with a record. */
  static goOn(file: string): RunRecord {
    // After a half line, if the run before was killed.
    appendFileSync(file, "\n");
    return new RunRecord(file);
  }

  /** Adds a stack that is done. A later line of the same stack replaces an earlier one. */
  add(done: DoneStack): void {
    appendFileSync(this.file, `${JSON.stringify(done)}\n`);
  }
}

/** Makes a folder for records and logs, which git ignores. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, ".gitignore"), "*\n");
}
