/**
 * The program's side of group assignments: Outputs and promises may stand for the list, for an
 * assignment, and for its target.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import { groupOf, isAssignment, storeAssignment } from "../settings/assignments";
import { isPlainObject } from "../settings/json";
import { isDeferred } from "./payloadInput";

/** Assignments as they are stored: a list of group ids, known now or later. */
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
