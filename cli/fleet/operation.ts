/**
 * One operation on one stack, by Pulumi's Automation API.
 *
 * @module
 */
import { join } from "node:path";
import type { EngineEvent, PulumiCommand } from "@pulumi/pulumi/automation";
import type { Glossary } from "../../provider/settings/glossary";
import { oneLine } from "../../provider/text/messageText";
import { automation } from "./automation";
import { stackError } from "./causes";
import { type OperationOutcome, StackEvents } from "./changes";
import { AuthorReport } from "./driftAuthors";
import type { FleetProject } from "./fleetFile";
import { givenPacks, type PolicyPacks } from "./policyPacks";
import { type Patience, PulumiFailure, stackCommand } from "./pulumiProcess";
import type { FleetCommand, StackResult } from "./result";
import { prepareStackFile } from "./stackFiles";
import type { FleetStack } from "./stacks";

/** Everything that the operations of a run have in common. */
export interface Operations {
  readonly project: FleetProject;
  readonly cli: PulumiCommand;
  readonly glossary: Glossary;
  readonly refresh: boolean;
  readonly policyPacks: PolicyPacks;
  /** Folder of the logs. */
  readonly logs: string;
  /** Folder of configurations for this run only. */
  readonly copies: string;
  /** Waits of a cancellation of an operation that writes. */
  readonly patience: Patience;
  /** Time that a stack may take, in milliseconds. */
  readonly timeLimitMs: number;
  /** Once aborted, running stacks are cancelled. */
  readonly cancel: AbortSignal;
  /** Receives the name of a configuration that was made for a new stack. */
  readonly onMade: (file: string) => void;
  /** Receives what a stack works on at the moment. */
  readonly onStep: (stack: string, step: string) => void;
}

/** Reason of an end from outside. */
interface Ended {
  readonly cause: string;
  readonly next: string;
}

/** Runs an operation on a stack. Never rejects: a failure is a result. */
export async function operate(
  command: FleetCommand,
  stack: FleetStack,
  run: Operations,
): Promise<StackResult> {
  const startedAtMs = performance.now();
  const events = new StackEvents(command, run.glossary);
  const watch = watched(command, run);
  const authors = AuthorReport.begin(command, run);
  let output = "";
  let failure: unknown;
  try {
    const { signal } = watch;
    await perform(command, { stack, run, signal, onEvent: events.see, envVars: authors.env });
  } catch (error) {
    failure = error;
    output = error instanceof PulumiFailure ? error.output : messageOf(error);
  } finally {
    watch.end();
  }
  const outcome = events.outcome(authors.end());
  const seconds = Math.round(performance.now() - startedAtMs) / 1_000;
  const { name } = stack;
  if (failure === undefined) return succeeded(command, name, { outcome, seconds });
  const { errors, violations } = outcome;
  const facts = { stack: name, errors, violations, output, ended: watch.ended() };
  return {
    stack: name,
    result: "failed",
    changes: [...outcome.changes],
    error: stackError(facts),
    ...notesOf(outcome),
    settings: null,
    seconds,
  };
}

function succeeded(
  command: FleetCommand,
  stack: string,
  { outcome, seconds }: { readonly outcome: OperationOutcome; readonly seconds: number },
): StackResult {
  const { changes, settings } = outcome;
  const isDrift = command === "drift" || command === "refresh";
  const result = changes.length === 0 ? "same" : isDrift ? "drifted" : "changed";
  return {
    stack,
    result,
    changes: [...changes],
    ...notesOf(outcome),
    settings,
    seconds,
  };
}

/** Violations and notes of an operation, beside its changes. Most stacks have neither violations nor notes. */
function notesOf({ warnings, violations, authorNotes }: OperationOutcome) {
  return {
    warnings: [...warnings],
    ...(violations.length > 0 && { violations: [...violations] }),
    ...(authorNotes.length > 0 && { authorNotes: [...authorNotes] }),
  };
}

interface Performance {
  readonly stack: FleetStack;
  readonly run: Operations;
  readonly signal: AbortSignal;
  readonly onEvent: (event: EngineEvent) => void;
  readonly envVars: Record<string, string>;
}

async function perform(
  command: FleetCommand,
  { stack, run, signal, onEvent, envVars }: Performance,
): Promise<void> {
  // It has nothing yet.
  if (stack.isNew && command !== "preview" && command !== "up") return;
  const { LocalWorkspace, Stack } = automation();
  const { folder, configFolder } = run.project;
  const prepare = () => prepareStackFile(stack, { configFolder, copies: run.copies });
  const { made } = prepare();
  if (made !== undefined) run.onMade(made);
  const workspace = await LocalWorkspace.create({
    workDir: folder,
    // The rules of a policy pack look for their files around it, whatever folder the user is in.
    envVars: { PWD: folder, ...envVars },
    pulumiCommand: stackCommand({
      found: run.cli,
      logFile: logFile(run, stack.name),
      patience: isReading(command)
        ? { ...run.patience, finishMs: run.patience.saveMs }
        : run.patience,
    }),
  });
  const opened = await Stack[stack.isNew ? "create" : "select"](stack.name, workspace);
  // Only now: a new stack has put its salt into its own file.
  const { configFile } = prepare();
  if (configFile !== undefined) {
    workspace.serializeArgsForOp = () => Promise.resolve(["--config-file", configFile]);
  }
  const options = {
    signal,
    onEvent: (event: EngineEvent) => {
      const step = stepOf(event);
      if (step !== undefined) run.onStep(stack.name, step);
      onEvent(event);
    },
  };
  // Without the program, Pulumi reads a tenant with the configuration that the state has: with the secret of last year.
  const current = { ...options, runProgram: true };
  const update = {
    ...(run.refresh ? { ...current, refresh: true } : options),
    ...givenPacks(run.policyPacks),
  };
  switch (command) {
    case "preview":
      return void (await opened.preview(update));
    case "up":
      return void (await opened.up(update));
    case "refresh":
      return void (await opened.refresh(current));
    case "drift":
      return void (await opened.previewRefresh(current));
    case "destroy":
      return void (await opened.destroy({ ...current, refresh: run.refresh }));
  }
}

/** File with what the CLI printed for a stack. */
export function logFile({ logs }: Pick<Operations, "logs">, stack: string): string {
  return join(logs, `${encodeURIComponent(stack)}.log`);
}

/** Whether there is nothing to finish or to save. */
function isReading(command: FleetCommand): boolean {
  return command === "preview" || command === "drift";
}

/** A word for what a stack does: `update macro-security`. */
function stepOf({ resourcePreEvent }: EngineEvent): string | undefined {
  if (resourcePreEvent === undefined) return undefined;
  const { op, urn, type } = resourcePreEvent.metadata;
  if (op === "same" || type.startsWith("pulumi:")) return undefined;
  return oneLine(`${op} ${urn.split("::").slice(3).join("::")}`, 80);
}

/** Ends an operation after its time limit, or when the run is cancelled. */
function watched(command: FleetCommand, { timeLimitMs, cancel }: Operations) {
  const controller = new AbortController();
  let reason: Ended | undefined;
  const end = (why: Ended) => {
    reason ??= why;
    controller.abort();
  };
  const onCancel = () => end(CANCELLED(command));
  const timer = setTimeout(() => end(tooLong(command, timeLimitMs)), timeLimitMs);
  if (cancel.aborted) onCancel();
  cancel.addEventListener("abort", onCancel, { once: true });
  return {
    signal: controller.signal,
    ended: () => reason,
    end: () => {
      clearTimeout(timer);
      cancel.removeEventListener("abort", onCancel);
    },
  };
}

const CANCELLED = (command: FleetCommand): Ended => ({
  cause: "It was cancelled.",
  next: `\`fleet ${command} --resume\` goes on with the stacks that are not done.`,
});

function tooLong(command: FleetCommand, timeLimitMs: number): Ended {
  return {
    cause: `It took longer than its time limit of ${timeText(timeLimitMs)}, and was cancelled.`,
    next: `Look at its log for what it waited for; a longer --time-limit with \`fleet ${command} --only failed\` tries it again.`,
  };
}

function timeText(ms: number): string {
  const seconds = ms / 1_000;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
