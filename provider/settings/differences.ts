/**
 * Differences between two states of a resource, as data. An adapter turns them into property paths,
 * `words.ts` into lines for a reviewer.
 *
 * @module
 */
import { isPlainObject, ownValue, type PlainObject, sameJson, UNKNOWN } from "./json";
import { isStoredSettings, settingOf } from "./stored";

/**
 * Forms of the properties of resources. The form decides how a difference is worded:
 *
 * | form | property |
 * | --- | --- |
 * | `value` | one text, number or flag |
 * | `settings` | a payload: settings by their keys, or another JSON value |
 * | `groups` | a list of groups; its order means nothing |
 * | `order` | a list of policies; only its order matters |
 * | `report` | an object that the program writes and that then changes by itself |
 * | `option` | a flag that controls what is read |
 * | `secrets` | which properties are secret |
 * | `policy` | the id of the policy that a patch changes |
 * | `tenant` | the tenant of a resource |
 * | `timeouts` | the time limits of operations; their changes are not shown |
 */
export type DifferenceForm =
  | "value"
  | "settings"
  | "groups"
  | "order"
  | "report"
  | "option"
  | "secrets"
  | "policy"
  | "tenant"
  | "timeouts";

/** One difference between two states of a resource. */
export interface Difference {
  /** Path of the property: `["policies", "office16;L_X", "value"]`. */
  readonly path: readonly [string, ...PropertyKey[]];
  readonly form: DifferenceForm;
  readonly kind: "add" | "remove" | "update";
  /** Value before; undefined if there is none, or it is not known. */
  readonly old?: unknown;
  /** Value afterwards; may be the engine's unknown value. Undefined if there is none. */
  readonly new?: unknown;
  /** Whether both values must be hidden. */
  readonly isSecret: boolean;
  /** Display names of the policies whose ids are the values, as far as they are known. */
  readonly names?: { readonly old: string | undefined; readonly new: string | undefined };
  /** Meanings of the values, as far as they are known. */
  readonly meanings?: { readonly old: string | undefined; readonly new: string | undefined };
  /** Whether this change needs a new object. @default false */
  readonly replaces?: boolean;
  /** Fate of a property that the program no longer gives. @default it is emptied */
  readonly becomes?: "restored" | "kept";
}

/** Whether the value of the setting with this key must be hidden; `""` stands for the whole payload. */
export type IsSecret = (key: string) => boolean;

/** The names of the properties that differ, each once. */
export function namesOf(differences: readonly Difference[]): string[] {
  return [...new Set(differences.map(({ path: [name] }) => name))];
}

/** The properties whose change needs a new object. */
export function replacing(differences: readonly Difference[]): string[] {
  return namesOf(differences.filter(({ replaces }) => replaces === true));
}

/** The difference of a whole value that is known to differ. */
export function difference(
  path: Difference["path"],
  form: DifferenceForm,
  { old, next, isSecret = false }: { old: unknown; next: unknown; isSecret?: boolean },
): Difference {
  const kind = old === undefined ? "add" : next === undefined ? "remove" : "update";
  return { path, form, kind, old, new: next, isSecret };
}

/** The difference of a whole value; none if both are the same JSON. */
export function valueDifferences(
  name: string,
  form: DifferenceForm,
  values: { old: unknown; next: unknown; isSecret?: boolean },
): Difference[] {
  return sameJson(values.old, values.next) ? [] : [difference([name], form, values)];
}

/**
 * The differences of a stored payload: one for each added or removed setting, one for each changed
 * attribute of a setting, or one for the whole payload if it is not a list of settings.
 */
export function payloadDifferences(
  name: string,
  old: unknown,
  next: unknown,
  isSecret: IsSecret,
): Difference[] {
  if (sameJson(old, next)) return [];
  const whole = difference([name], "settings", { old, next, isSecret: isSecret("") });
  const [before, after] = [old ?? {}, next ?? {}];
  const areBoth = next !== UNKNOWN && isStoredSettings(before) && isStoredSettings(after);
  if (!areBoth || (isEmpty(before) && isEmpty(after))) return [whole];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    const [was, is] = [ownValue(before, key), ownValue(after, key)];
    if (sameJson(was, is)) return [];
    const isHidden = isSecret(key);
    const isBoth = Object.hasOwn(before, key) && Object.hasOwn(after, key);
    return isBoth
      ? attributeDifferences([name, key], settingOf(key, was), settingOf(key, is), isHidden)
      : [difference([name, key], "settings", { old: was, next: is, isSecret: isHidden })];
  });
}

/** The value first, then the other attributes. */
function attributeDifferences(
  [name, key]: readonly [string, string],
  old: PlainObject,
  next: PlainObject,
  isSecret: boolean,
): Difference[] {
  const attributes = [...new Set(["value", ...Object.keys(old), ...Object.keys(next)])];
  return attributes.flatMap((attribute) => {
    const [was, is] = [ownValue(old, attribute), ownValue(next, attribute)];
    if (sameJson(was, is)) return [];
    return [difference([name, key, attribute], "settings", { old: was, next: is, isSecret })];
  });
}

/** The differences of a list of groups: one for each added or removed group. Ignores order and spelling. */
export function groupDifferences(
  name: string,
  old: unknown,
  next: unknown,
  isSecret: boolean,
): Difference[] {
  if (sameGroups(old, next)) return [];
  const [before, after] = [groupKeys(old), groupKeys(next)];
  const added = after.flatMap((id, place) =>
    before.includes(id)
      ? []
      : [difference([name, place], "groups", { old: undefined, next: id, isSecret })],
  );
  const removed = before.flatMap((id, place) =>
    after.includes(id)
      ? []
      : [difference([name, place], "groups", { old: id, next: undefined, isSecret })],
  );
  const isWhole = next === UNKNOWN || added.length + removed.length === 0;
  return isWhole ? [difference([name], "groups", { old, next, isSecret })] : [...added, ...removed];
}

/** Whether two lists name the same groups. Ignores order and spelling. */
export function sameGroups(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return sameJson(normalGroups(a), normalGroups(b));
}

function normalGroups(groups: unknown): unknown {
  return Array.isArray(groups) ? groupKeys(groups).sort() : groups;
}

function groupKeys(groups: unknown): string[] {
  return Array.isArray(groups) ? groups.map((id) => String(id).toLowerCase()) : [];
}

/** Whether a stored payload is empty. */
export function isEmpty(stored: unknown): boolean {
  return isPlainObject(stored) && Object.keys(stored).length === 0;
}
