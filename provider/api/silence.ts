/**
 * Properties that an answer of Graph leaves out. Request them: a missing property is not an empty one.
 *
 * @module
 */
import type { ConfigurationAnswer } from "./configurationAnswer";

/** The properties of Graph that hold payloads. */
export type PayloadProperty = "policyPayload" | "userPreferencePayload";

/**
 * Largest number of members that Graph is known to expand in a collection. That many members may be all of
 * them, or only the first ones.
 *
 * @see https://learn.microsoft.com/graph/query-parameters#expand-parameter
 */
const EXPANDED_MOST = 20;

/**
 * Whether a list does not tell a payload: large properties may be null or missing there. A link to the
 * payload's stream does tell it: read the stream.
 */
export function isSilentInList(found: ConfigurationAnswer, property: PayloadProperty): boolean {
  if (typeof found[property] === "string") return false;
  return typeof found[`${property}@odata.mediaReadLink`] !== "string";
}

/**
 * The assignments in an answer; undefined if the answer does not tell them.
 *
 * @param expected - The groups that the policy should have: an empty list is then checked by one more
 *   request.
 */
export function expandedAssignments(
  found: ConfigurationAnswer,
  expected: readonly string[] = [],
): (ConfigurationAnswer["assignments"] & object) | undefined {
  const { assignments, "assignments@odata.nextLink": more } = found;
  if (assignments == null || more != null) return undefined;
  if (assignments.length >= EXPANDED_MOST) return undefined;
  return assignments.length === 0 && expected.length > 0 ? undefined : assignments;
}
