/**
 * Assignments of a policy to groups, in the forms that a program may give.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-officeclientconfigurationassignment?view=graph-rest-beta
 * @module
 */
import { isPlainObject } from "./json";

/** The keys of an assignment in Graph. */
const ASSIGNMENT_KEYS: ReadonlySet<string> = new Set(["@odata.type", "id", "target"]);

/** The keys of the target of an assignment. */
const TARGET_KEYS: ReadonlySet<string> = new Set(["@odata.type", "groupId"]);

/** The only kind of target. */
const GROUP_TARGET = /^#?microsoft\.graph\.officeConfigurationGroupAssignmentTarget$/;

/**
 * The stored form of assignments: a list of group ids. Anything that is not an assignment stays unchanged,
 * so that `check` reports it.
 */
export function storeAssignments(given: unknown): unknown {
  if (given === undefined || given === null) return undefined;
  return Array.isArray(given) ? given.map(storeAssignment) : given;
}

/** The stored form of one assignment: the group's id. */
export function storeAssignment(item: unknown): unknown {
  if (!isPlainObject(item)) return item;
  if (Object.keys(item).length === 1 && "groupId" in item) return item.groupId;
  return isAssignment(item) ? (groupOf(item.target) ?? item) : item;
}

/** Whether an object has the keys of Graph's assignments. */
export function isAssignment(item: object): item is { readonly target: unknown } {
  return "target" in item && Object.keys(item).every((key) => ASSIGNMENT_KEYS.has(key));
}

/** The id of the group that a target names; undefined if it is not the target of a group. */
export function groupOf(target: unknown): unknown {
  if (!isPlainObject(target)) return undefined;
  const { "@odata.type": type } = target;
  const isGroup = type === undefined || (typeof type === "string" && GROUP_TARGET.test(type));
  const isKnown = Object.keys(target).every((key) => TARGET_KEYS.has(key));
  return isGroup && isKnown ? target.groupId : undefined;
}
