/**
 * Differences in words, for a reviewer: each line that a preview, a refresh or an update says about a
 * change is made here.
 *
 * @module
 */
import type { Difference, DifferenceForm } from "./differences";
import { isEmpty } from "./differences";
import { isPlainObject, UNKNOWN } from "./json";
import { SECRET_CHANGED, show, showPair } from "./show";
import { BYTES_KEY, isStoredSettings, JSON_KEY, settingOf, TEXT_KEY } from "./stored";

/** The headline of all drift that a run finds. */
export const DRIFT_HEADLINE = "Drift found. An update puts back what the program gives:";

/** A change that somebody made in the tenant since the state was written. */
export interface TenantDifference extends Difference {
  /** Kept as it is, or replaced by the program's value. */
  readonly isKept: boolean;
}

/**
 * Differences in words, a line each, with secrets masked: `Baseline: office16;L_VBAWarningsPolicy "2" => "4"`,
 * `Baseline: + office16;L_X "1"`, `Baseline: - office16;L_Y "0"`.
 *
 * @param label - How lines name the resource.
 */
export function inWords(label: string, differences: readonly Difference[]): string[] {
  const replacement = differences.find(({ replaces }) => replaces === true);
  const told = replacement === undefined ? differences : [replacement];
  const groups = groupedBy(told, ({ path: [name] }) => name);
  const lines = groups.flatMap((group) => {
    const [{ form, becomes, path }] = group;
    if (becomes !== undefined) return [`${path[0]} ${FATES[becomes]}`];
    return form === "secrets" && groups.length > 1 ? [] : WORDS[form](path[0], group);
  });
  return lines.map((line) => `${label}: ${line}`);
}

/**
 * A creation in words: that the object is new, and a line for each setting and property that it gets.
 *
 * @param differences - The differences between an object without properties and the inputs.
 */
export function creationInWords(label: string, differences: readonly Difference[]): string[] {
  const told = differences.filter(
    ({ form, path: [name] }) => form !== "secrets" && name !== "displayName",
  );
  return [`${label}: is new`, ...inWords(label, told)];
}

/** Drift in words: the differences between the outputs in the state and what a refresh has found. */
export function driftInWords(label: string, differences: readonly Difference[]): string[] {
  return inWords(label, differences).map((line) => `${withoutMark(line)} (changed in the tenant)`);
}

/** Changes that somebody made between the last look at a policy and its update, in words. */
export function tenantChangesInWords(
  label: string,
  differences: readonly TenantDifference[],
): string[] {
  return differences.map((each) => {
    const { path, old, new: now, isSecret, isKept } = each;
    const [name, key] = path;
    if (each.form === "groups") {
      const group = isSecret ? "[secret]" : String(now);
      return `${label}: ${name} ${group} ${KEPT}`;
    }
    if (key === undefined) return `${label}: ${name} ${changedTo(old, now, isSecret)}`;
    const setting = `${label}: ${prefixOf(name)}${String(key)}`;
    const [was, is] = [settingValue(key, old), settingValue(key, now)];
    if (isKept) return `${setting} ${show(is, isSecret)} ${KEPT}`;
    return `${setting} ${changedTo(was, is, isSecret)}`;
  });
}

const KEPT = "was added in the tenant since, and is kept; a refresh shows it";

function changedTo(before: unknown, after: unknown, isSecret: boolean): string {
  const change = `${show(before, isSecret)} => ${show(after, isSecret)}`;
  return `was changed in the tenant since, ${change}; the program's value is written`;
}

/** Fates of properties that the program gives no more. */
const FATES: Readonly<Record<NonNullable<Difference["becomes"]>, string>> = {
  restored: "is put back as it was found",
  kept: "is left as it is",
};

/** Differences of one property, or of one setting: at least one. */
type Group = readonly [Difference, ...Difference[]];

/** The words for the differences of one property, by its form. */
const WORDS: Readonly<Record<DifferenceForm, (name: string, group: Group) => string[]>> = {
  value: (name, [{ old, new: next, isSecret }]) => {
    const [was, is] = showPair(old, next, isSecret);
    return [`${name} ${was} => ${is}`];
  },
  settings: payloadLines,
  groups: (name, group) => [`${name} ${groupsLine(group)}`],
  order: (_, group) => orderLines(group),
  report: (name, [{ new: next, isSecret }]) => [`${name} => ${show(next, isSecret)}`],
  option: (name, [{ new: next }]) => [`${name} ${show(next)}`],
  // That a value became a secret, or is none any more, is a change only where nothing else is.
  secrets: () => ["only the marks of secrets change, no value does"],
  policy: () => ["is removed, and made again for another policy"],
  tenant: (_, [{ old, new: next }]) => [
    `is recreated in ${String(next)}; what is in ${String(old)} stays there`,
  ],
  timeouts: () => [],
};

function payloadLines(name: string, group: Group): string[] {
  const lines = groupedBy(group, ({ path: [, key] }) => key).map((setting) => {
    const [{ path, old, new: next, isSecret }] = setting;
    const [, key, attribute] = path;
    if (key === undefined) return wholePayload(setting[0]);
    if (attribute !== undefined) return `${String(key)} ${setting.map(attributeChange).join(", ")}`;
    return old === undefined
      ? `+ ${String(key)} ${show(settingValue(key, next), isSecret)}`
      : `- ${String(key)} ${show(settingValue(key, old), isSecret)}`;
  });
  return lines.map((line) =>
    line.startsWith("(") ? `${name} ${line}` : `${prefixOf(name)}${line}`,
  );
}

/** Settings of user preferences are told from those of policies, of which there are more. */
function prefixOf(name: string): string {
  return name === "policies" ? "" : `${name} `;
}

function wholePayload({ old, new: next, isSecret }: Difference): string {
  if (next === UNKNOWN) return "(known after apply)";
  const [before, after] = [old ?? {}, next ?? {}];
  if (isEmpty(before) && isEmpty(after)) {
    return old === undefined ? "(given, without settings)" : "(no longer given)";
  }
  if (isEmpty(before)) return show(whole(after), isSecret);
  const [was, is] = showPair(whole(before), whole(after), isSecret);
  return `${was} => ${is}`;
}

/** The value that a payload of another kind than settings holds. */
function whole(stored: unknown): unknown {
  if (!isPlainObject(stored) || isStoredSettings(stored)) return stored;
  return stored[JSON_KEY] ?? stored[TEXT_KEY] ?? stored[BYTES_KEY];
}

/** `"2" => "4"`, and where another attribute of the setting changes, that attribute by name. */
function attributeChange({ path: [, , attribute], old, new: next, isSecret }: Difference): string {
  const [was, is] = showPair(old, next, isSecret);
  return `${attribute === "value" ? "" : `${String(attribute)} `}${was} => ${is}`;
}

/** The value of a setting in its stored form. */
function settingValue(key: PropertyKey, stored: unknown): unknown {
  return stored === undefined ? undefined : settingOf(String(key), stored).value;
}

function groupsLine(group: Group): string {
  const [{ path, old, new: next, isSecret }] = group;
  if (isSecret) return "[secret]";
  if (path.length === 1 && next === UNKNOWN) return show(UNKNOWN);
  if (path.length === 1) return showPair(old, next).join(" => ");
  return group
    .map((each) => (each.kind === "add" ? `+ ${shownId(each.new)}` : `- ${shownId(each.old)}`))
    .join(", ");
}

function shownId(id: unknown): string {
  return id === UNKNOWN ? show(UNKNOWN) : String(id);
}

/** Places are counted from one, as in a list that somebody reads. */
function orderLines(group: Group): string[] {
  if (group[0].path.length === 1) return [show(UNKNOWN)];
  const left = new Map(group.map(({ path: [, place], old }) => [old, Number(place) + 1]));
  const kept = new Set(group.map(({ new: next }) => next));
  const placed = group.flatMap(({ path: [, place], new: next, names }) => {
    if (next === undefined) return [];
    const [name, at, before] = [names?.new ?? next, Number(place) + 1, left.get(next)];
    return [before === undefined ? `+ ${name} at ${at}` : `${name} ${before} => ${at}`];
  });
  const gone = group.flatMap(({ old, names }) =>
    old === undefined || kept.has(old) ? [] : [`- ${names?.old ?? old}`],
  );
  return [...placed, ...gone];
}

function groupedBy(
  differences: readonly Difference[],
  keyOf: (difference: Difference) => unknown,
): Group[] {
  const groups = new Map<unknown, [Difference, ...Difference[]]>();
  for (const each of differences) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return [...groups.values()];
}

/** A line about a changed value, without the mark of one that is secret. */
function withoutMark(line: string): string {
  return line.endsWith(SECRET_CHANGED) ? line.slice(0, -SECRET_CHANGED.length) : line;
}
