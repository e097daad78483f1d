/**
 * The program's side of group assignments: what a resource class does with them before the engine
 * sees them.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-officeclientconfigurationassignment?view=graph-rest-beta
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import { isPlainObject } from "../payload/json";
import { isDeferred } from "../payload/program";

/** The keys of an assignment as Graph has it. */
const ASSIGNMENT_KEYS: ReadonlySet<string> = new Set(["@odata.type", "id", "target"]);

/** The keys of the target of an assignment. */
const TARGET_KEYS: ReadonlySet<string> = new Set(["@odata.type", "groupId"]);

/** The one kind of target that there is. */
const GROUP_TARGET = /^#?microsoft\.graph\.officeConfigurationGroupAssignmentTarget$/;

/**
 * Assignments as they are stored: a list of group ids. What is no assignment is left as it is, for
 * `check` to name.
 */
export function storeAssignments(input: unknown): unknown {
  if (input === undefined || input === null) return undefined;
  if (isDeferred(input)) return pulumi.output(input as object).apply(storeAssignments);
  return Array.isArray(input) ? input.map(storeAssignment) : input;
}

function storeAssignment(item: unknown): unknown {
  if (isDeferred(item)) return pulumi.output(item as object).apply(storeAssignment);
  if (!isPlainObject(item)) return item;
  const keys = Object.keys(item);
  if (keys.length === 1 && "groupId" in item) return item.groupId;
  if (!("target" in item) || !keys.every((key) => ASSIGNMENT_KEYS.has(key))) return item;
  const { target } = item;
  if (isDeferred(target)) {
    return pulumi.output(target as object).apply((known: unknown) => groupOf(known) ?? item);
  }
  return groupOf(target) ?? item;
}

function groupOf(target: unknown): unknown {
  if (!isPlainObject(target)) return undefined;
  const { "@odata.type": type } = target;
  const isGroup = type === undefined || (typeof type === "string" && GROUP_TARGET.test(type));
  const isKnown = Object.keys(target).every((key) => TARGET_KEYS.has(key));
  return isGroup && isKnown ? target.groupId : undefined;
}
