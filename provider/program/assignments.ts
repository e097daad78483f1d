/**
 * The program's side of group assignments: the list, an assignment and its target may each be an Output or
 * a promise.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import { groupOf, isAssignment, storeAssignment } from "../settings/assignments";
import { isPlainObject } from "../settings/json";
import { isDeferred } from "./payloadInput";

/** The stored form of assignments: a list of group ids, known now or later. */
export function storeAssignmentsInput(input: unknown): unknown {
  if (input === undefined || input === null) return undefined;
  if (isDeferred(input)) return pulumi.output(input as object).apply(storeAssignmentsInput);
  return Array.isArray(input) ? input.map(storeAssignmentInput) : input;
}

function storeAssignmentInput(item: unknown): unknown {
  if (isDeferred(item)) return pulumi.output(item as object).apply(storeAssignmentInput);
  if (isPlainObject(item) && isAssignment(item) && isDeferred(item.target)) {
    return pulumi.output(item.target as object).apply((known: unknown) => groupOf(known) ?? item);
  }
  return storeAssignment(item);
}
