/**
 * Targets of a policy of Intune's: their forms in programs and states, and their words.
 *
 * @module
 */
import { isPlainObject, type PlainObject, UNKNOWN } from "./json";

/** A filter of Intune's by its id: only the devices that match it, or only the others. */
export type TargetFilter = { readonly include: string } | { readonly exclude: string };

/** Target of an assignment, as states have it. */
export type PolicyTarget =
  | { readonly groupId: string; readonly filter?: TargetFilter }
  | { readonly excludedGroupId: string }
  | { readonly all: "users" | "devices"; readonly filter?: TargetFilter };

/** The stored form of a target: a text is the id of a group. */
export function storeTarget(given: unknown): unknown {
  return typeof given === "string" && given !== UNKNOWN ? { groupId: given } : given;
}

/** The stored form of a list of targets; anything else stays as it is. */
export function storeTargets(given: unknown): unknown {
  return Array.isArray(given) ? given.map(storeTarget) : given;
}

/** The targets in inputs or outputs; undefined if there is no list. */
export function targetsOf({ assignments }: PlainObject): PolicyTarget[] | undefined {
  return Array.isArray(assignments) ? (assignments as PolicyTarget[]) : undefined;
}

/**
 * A target in words, the same for all spellings of the same target: `11111111-…`, `all users`, `not 11111111-…`,
 * `all devices (filter 22222222-…)`.
 */
export function targetText(target: unknown): string {
  if (!isPlainObject(target)) return String(target);
  const { groupId, excludedGroupId, all, filter } = target;
  if ([groupId, excludedGroupId, all, filter].includes(UNKNOWN)) return UNKNOWN;
  if (excludedGroupId !== undefined) return `not ${idText(excludedGroupId)}`;
  const who = all === undefined ? idText(groupId) : `all ${String(all)}`;
  return `${who}${filterText(filter)}`;
}

function filterText(filter: unknown): string {
  if (!isPlainObject(filter)) return "";
  const { include, exclude } = filter;
  return include === undefined
    ? ` (without filter ${idText(exclude)})`
    : ` (filter ${idText(include)})`;
}

function idText(id: unknown): string {
  return id === UNKNOWN ? "(known after apply)" : String(id).toLowerCase();
}

/** Audience of a target, whatever its filter: a policy can name each once. */
export function targetKey(target: PlainObject): string {
  const { filter: _, excludedGroupId, ...rest } = target;
  return targetText(excludedGroupId === undefined ? rest : { groupId: excludedGroupId });
}
