/**
 * The words of a result: by change, by tenant, and by the cause of failures.
 *
 * @module
 */
import type { Difference, DifferenceForm } from "../../provider/settings/differences";
import type { Glossary, SettingWords } from "../../provider/settings/glossary";
import { canonicalJson, UNKNOWN } from "../../provider/settings/json";
import { PAYLOAD_NAMES } from "../../provider/settings/names";
import { settingOf } from "../../provider/settings/stored";
import { inWords } from "../../provider/settings/words";
import { oneLine } from "../../provider/text/messageText";
import type { FleetAuthor, FleetChange, FleetCommand, FleetResult, StackResult } from "./result";
import { limited, MAX_NAME, many, shownName } from "./resultNames";
import { advisoryRules, failedRules } from "./rules";

export { shownName } from "./resultNames";

/** Same change in some tenants. */
export interface ChangeGroup {
  /** The change in one line: `Macro security: excel16;L_X "1" => "0"`. */
  readonly title: string;
  /** Lines below it: what a new policy has. */
  readonly details: readonly string[];
  readonly stacks: readonly string[];
  /** The authors of drift in these tenants, in their order; undefined where none is known. */
  readonly authors: readonly (FleetAuthor | undefined)[];
  /** Whether the policy was deleted. */
  readonly isDeletion: boolean;
}

/** Same failure in some tenants. */
export interface FailureGroup {
  readonly cause: string;
  /** Lines below it: the violations of a rule. */
  readonly details: readonly string[];
  readonly next: string | undefined;
  /** The whole message of the first of them. */
  readonly message: string;
  readonly stacks: readonly string[];
}

/** Longest warning in a report. JSON has all of it. */
const MAX_WARNING = 500;

/** All changes, each once, those in the most tenants first. */
export function changeGroups({ command, stacks }: FleetResult): ChangeGroup[] {
  const units = stacks.flatMap(({ stack, changes }) =>
    unitsOf(changes).map((unit) => {
      const author = unit.find((change) => change.author !== undefined)?.author;
      const all = unit.map(({ author: _, ...change }): FleetChange => change);
      const { type, resource, op, policy } = all[0] ?? {};
      const same = all.filter((change) => !isOfTenant(change));
      const key = canonicalJson({ type, resource, op, policy, same });
      return { stack: shownName(stack), author, changes: all, key };
    }),
  );
  return [...Map.groupBy(units, ({ key }) => key).values()]
    .map((some) => ({
      ...sharedWords(
        some.map(({ changes }) => changes),
        command,
      ),
      stacks: some.map(({ stack }) => stack),
      authors: some.map(({ author }) => author),
      isDeletion: some[0]?.changes[0]?.op === "delete",
    }))
    .sort((a, b) => b.stacks.length - a.stacks.length || a.title.localeCompare(b.title, "en"));
}

/** Failures by cause, those of the most tenants first. A stack that violates several rules is in the group of each. */
export function failureGroups({ stacks }: FleetResult): FailureGroup[] {
  const rules = failedRules(stacks);
  const ofRules = new Set(rules.map(({ cause }) => cause));
  const failed = stacks.flatMap(({ stack, error }) =>
    error === undefined || ofRules.has(error.cause) ? [] : [{ stack: shownName(stack), error }],
  );
  const others = [...Map.groupBy(failed, ({ error }) => error.cause).entries()].map(
    ([cause, some]): FailureGroup => ({
      cause,
      details: [],
      next: some.find(({ error }) => error.next !== undefined)?.error.next,
      message: some[0]?.error.message ?? cause,
      stacks: some.map(({ stack }) => stack),
    }),
  );
  return [...rules, ...others].sort(
    (a, b) => b.stacks.length - a.stacks.length || a.cause.localeCompare(b.cause, "en"),
  );
}

/** One reason or warning for some tenants. */
export interface TextGroup {
  readonly text: string;
  /** Lines below it: the violations of a rule. */
  readonly details?: readonly string[];
  readonly next?: string | undefined;
  readonly stacks: readonly string[];
}

/** Stacks that did not run, by the reason. */
export function notRunGroups({ notRun }: FleetResult): TextGroup[] {
  return textGroups(notRun.map(({ stack, why }) => ({ stack, text: why })));
}

/** Warnings, each once: violations of advisory rules, and what Pulumi and its providers say. */
export function warningGroups({ stacks }: FleetResult): TextGroup[] {
  const rules = advisoryRules(stacks).map(({ cause, ...group }) => ({ text: cause, ...group }));
  const others = textGroups(
    stacks.flatMap(({ stack, warnings }) =>
      [...new Set(warnings)].map((text) => ({ stack, text: oneLine(text, MAX_WARNING) })),
    ),
  );
  return [...rules, ...others];
}

/** Reasons for which changes have no author, each once. */
export function authorNoteGroups({ stacks }: FleetResult): TextGroup[] {
  return textGroups(
    stacks.flatMap(({ stack, authorNotes = [] }) =>
      authorNotes.map((text) => ({ stack, text: oneLine(text, MAX_WARNING) })),
    ),
  );
}

function textGroups(
  lines: readonly { readonly stack: string; readonly text: string }[],
): TextGroup[] {
  return [...Map.groupBy(lines, ({ text }) => text).entries()].map(([text, some]) => ({
    text,
    stacks: some.map(({ stack }) => shownName(stack)),
  }));
}

/** Number of stacks of each outcome. */
export function outcomeCounts({ stacks }: FleetResult): Record<StackResult["result"], number> {
  const counts = { failed: 0, changed: 0, drifted: 0, same: 0 };
  for (const { result } of stacks) counts[result] += 1;
  return counts;
}

/** Words for an outcome, after a number of tenants. */
const OUTCOMES: Readonly<Record<StackResult["result"], (command: FleetCommand) => string>> = {
  failed: () => "failed",
  drifted: () => "drifted",
  changed: (command) =>
    command === "preview" ? "to change" : command === "destroy" ? "destroyed" : "changed",
  same: (command) => (command === "drift" || command === "refresh" ? "without drift" : "unchanged"),
};

/** The numbers of a run in one sentence: `100 tenants: 3 failed, 37 to change, 60 unchanged.` */
export function summary(result: FleetResult): string {
  const { command, stacks, notRun } = result;
  const counts = outcomeCounts(result);
  const told = (Object.keys(counts) as (keyof typeof counts)[])
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${many(counts[outcome])} ${OUTCOMES[outcome](command)}`);
  if (notRun.length > 0) told.push(`${many(notRun.length)} not run`);
  const all = stacks.length + notRun.length;
  return told.length === 0 ? "No tenants." : `${tenants(all)}: ${told.join(", ")}.`;
}

/** A title for a run: `fleet preview of office (shard 2/5)`. */
export function titleOf({ command, project, shard }: FleetResult): string {
  return `fleet ${command} of ${shownName(project)}${shard === null ? "" : ` (shard ${shard})`}`;
}

/** `1 tenant`, `37 tenants`. */
export function tenants(count: number): string {
  return `${many(count)} ${count === 1 ? "tenant" : "tenants"}`;
}

/** `1 change`, `37 changes`. */
export function changesText(count: number): string {
  return `${many(count)} ${count === 1 ? "change" : "changes"}`;
}

/** Changes that are told together: those of a policy that is created or deleted, and any other alone. */
function unitsOf(changes: readonly FleetChange[]): FleetChange[][] {
  const isWhole = ({ op }: FleetChange) => op === "create" || op === "delete";
  const whole = Map.groupBy(changes.filter(isWhole), ({ type, resource, op }) =>
    [type, resource, op].join("\n"),
  );
  return [
    ...whole.values(),
    ...changes.filter((change) => !isWhole(change)).map((change) => [change]),
  ];
}

/** Whether tenants with the same policy differ in this: a group has another id in each. */
function isOfTenant({ op, property }: FleetChange): boolean {
  return (op === "create" || op === "delete") && property === "assignments";
}

/** The words of changes that are the same in some tenants, but for the groups of a policy. */
function sharedWords(units: readonly (readonly FleetChange[])[], command: FleetCommand) {
  const [first = []] = units;
  const groups = new Set(units.map((changes) => canonicalJson(changes.filter(isOfTenant))));
  if (groups.size <= 1) return wordsOf(first, command);
  const { title } = wordsOf(first, command);
  if (first[0]?.op !== "create") return { title, details: [] };
  return { title, details: [...newLines(first.filter((each) => !isOfTenant(each))), OTHER_GROUPS] };
}

const OTHER_GROUPS = "assignments differ between tenants: --format json has all";

/** Settings of a new policy that are listed. JSON has all. */
const MOST_NEW_SETTINGS = 20;

function wordsOf(
  changes: readonly FleetChange[],
  command: FleetCommand,
): Pick<ChangeGroup, "title" | "details"> {
  const [first] = changes;
  if (first === undefined) return { title: "", details: [] };
  const label = shownName(first.policy);
  const settings = changes.filter(({ settingId }) => settingId !== undefined).length;
  if (first.op === "create") {
    return { title: `${label}: is new${withSettings(settings)}`, details: newLines(changes) };
  }
  if (first.op === "delete") {
    const isDrift = command === "drift" || command === "refresh";
    const fate = isDrift ? "is gone from the tenant" : "is deleted";
    return { title: `${label}: ${fate}${withSettings(settings)}`, details: [] };
  }
  const [title = `${label}: ${first.property}`] = linesOf(label, changes);
  return { title: first.op === "replace" ? `${title} (replaced)` : title, details: [] };
}

function withSettings(count: number): string {
  return count === 0 ? "" : `, with ${many(count)} ${count === 1 ? "setting" : "settings"}`;
}

/** Contents of a new policy, a line each. Its name is in the title. */
function newLines(changes: readonly FleetChange[]): string[] {
  const told = changes.filter(({ property }) => property !== "displayName" && property !== "name");
  return limited(
    linesOf("", told).map((line) => line.slice(2)),
    MOST_NEW_SETTINGS,
  );
}

function linesOf(label: string, changes: readonly FleetChange[]): string[] {
  const glossary = glossaryOf(changes);
  return changes.flatMap((change) => inWords(label, [differenceOf(change)], glossary));
}

/** A change in the form that the words of previews are made from. */
function differenceOf(change: FleetChange): Difference {
  const { property, settingId, attribute, isSecret = false, isUnknown = false } = change;
  const old = change.old ?? undefined;
  const next = isUnknown ? UNKNOWN : (change.new ?? undefined);
  const isBoth = old !== undefined && next !== undefined;
  const form = formOf(change);
  return {
    path: [
      property,
      ...(form === "groups" ? [0] : []),
      ...(settingId === undefined ? [] : [settingId]),
      // Without an attribute the words are those of a setting that is added or removed.
      ...(settingId !== undefined && (isBoth || attribute !== undefined)
        ? [attribute ?? "value"]
        : []),
    ],
    form,
    kind: old === undefined ? "add" : next === undefined ? "remove" : "update",
    old,
    new: next,
    isSecret,
  };
}

function formOf({ property, ...change }: FleetChange): DifferenceForm {
  if ((PAYLOAD_NAMES as readonly string[]).includes(property)) return "settings";
  const one = [change.old, change.new].filter((value) => value !== null);
  return property === "assignments" && one.length === 1 && typeof one[0] === "string"
    ? "groups"
    : "value";
}

/** The words of settings that a result brings. */
function glossaryOf(changes: readonly FleetChange[]): Glossary {
  const words = new Map<string, SettingWords>();
  for (const { settingId, name, ...change } of changes) {
    if (settingId === undefined || name === undefined) continue;
    const labels = (["old", "new"] as const).flatMap((side) => {
      const label = change[`${side}Label`];
      const { value } = settingOf(settingId, change[side]);
      return label === undefined ? [] : [[String(value), oneLine(label, MAX_NAME)] as const];
    });
    words.set(settingId, { name: oneLine(name, MAX_NAME), labels: Object.fromEntries(labels) });
  }
  return (id) => words.get(id);
}
