/**
 * Whether a setting is the same on both sides.
 *
 * Effects are brought into a form that is equal exactly if every user gets the same value: of each group only the first
 * value counts, and groups that follow each other with one value count together.
 *
 * @module
 */
import { canonicalJson, type PlainObject } from "../../provider/settings/json";
import { type Effect, effectsOf, isOrderKnown } from "./effects";
import type { Entry } from "./entries";
import type { BySide } from "./side";

/** Attributes of a setting that change what it does. They count if every policy that sets it gives them. */
const ATTRIBUTES = ["allowOverride", "type"];

/** Options of a comparison. */
export interface SamenessOptions {
  /** Whether groups can be compared: not those of two tenants. */
  readonly haveSameGroups: boolean;
  /** Whether policies overrule each other: not known of payloads that are no settings. */
  readonly doOverrule: boolean;
}

/** Whether a setting that both sides have is the same. */
export function areSame(
  { left, right }: BySide<readonly Entry[]>,
  { haveSameGroups, doOverrule }: SamenessOptions,
): boolean {
  const isOrdered = doOverrule && isOrderKnown(left) && isOrderKnown(right);
  const effects = [left, right].map((entries) => effectsOf(entries, isOrdered));
  const reaching = effects.map((side) => side.filter(({ fate }) => fate === "wins"));
  const all = reaching.flat();
  const isOneIdle = reaching.some((side) => side.length === 0);
  // Where one side does not say who gets its policies, it may be nobody.
  if (isOneIdle && !all.every(isOpen)) return false;
  const compared = reaching.map((side, index) =>
    isOneIdle && side.length === 0 ? (effects[index] ?? []) : side,
  );
  const attributes = sharedAttributes([...left, ...right]);
  const haveGroups = haveSameGroups && all.every(({ groups }) => groups !== undefined);
  const [a, b] = compared.map((side) => {
    const runs = side.map((effect) => runOf(effect, { attributes, haveGroups }));
    return canonicalJson(isOrdered && !isOneIdle ? neighboursMerged(runs) : merged(runs));
  });
  return a === b;
}

/** Whether none of the policies that set a setting has a group. */
export function isIdle(entries: readonly Entry[]): boolean {
  return effectsOf(entries, false).every(({ fate }) => fate === "idle");
}

/** Whether a policy does not say who gets it. */
function isOpen({ entry }: Effect): boolean {
  return ["source", "unsaid", "unknown"].includes(entry.policy.audience.kind);
}

/** The attributes that count besides the value. */
export function sharedAttributes(entries: readonly Entry[]): string[] {
  return ATTRIBUTES.filter((name) => entries.every(({ setting }) => Object.hasOwn(setting, name)));
}

/** A value, and the groups that get it. */
interface Run {
  readonly value: string;
  readonly groups: readonly string[];
}

function runOf(
  { entry, groups = [] }: Effect,
  {
    attributes,
    haveGroups,
  }: { readonly attributes: readonly string[]; readonly haveGroups: boolean },
): Run {
  return { value: valueKey(entry.setting, attributes), groups: haveGroups ? groups : [] };
}

/** A text that is the same for values that mean the same. */
export function valueKey(setting: PlainObject, attributes: readonly string[]): string {
  const { value = null, enabled } = setting;
  return canonicalJson([value, enabled !== false, attributes.map((name) => setting[name])]);
}

/** Runs of which no two that follow each other have the same value. */
function neighboursMerged(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last?.value !== run.value) result.push(run);
    else result.splice(-1, 1, together([last, run]));
  }
  return result;
}

/** Runs by their values, whatever their order. */
function merged(runs: readonly Run[]): Run[] {
  return [...Map.groupBy(runs, ({ value }) => value).values()]
    .map(together)
    .sort((a, b) => (a.value < b.value ? -1 : 1));
}

function together(runs: readonly Run[]): Run {
  const groups = new Set(runs.flatMap((run) => run.groups));
  return { value: runs[0]?.value ?? "", groups: [...groups].sort() };
}
