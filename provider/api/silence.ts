/**
 * Properties that an answer of Graph leaves out. Ask for them: a missing property is not an empty one.
 *
 * @module
 */
import type { ConfigurationAnswer } from "./configurationAnswer";

/** The properties of Graph that hold payloads. */
export type PayloadProperty = "policyPayload" | "userPreferencePayload";

/**
 * Most members of an expanded collection that Graph is known to give. As many may be all, or the first
 * of more.
 *
 * @see https://learn.microsoft.com/graph/query-parameters#expand-parameter
 */
const EXPANDED_MOST = 20;

/**
 * Whether a list leaves open what a payload is: large properties may be null there, or missing. A link to
 * the payload's stream is an answer: the stream is then to be asked.
 */
export function isSilentInList(found: ConfigurationAnswer, property: PayloadProperty): boolean {
  if (typeof found[property] === "string") return false;
  return typeof found[`${property}@odata.mediaReadLink`] !== "string";
}

/**
 * The assignments that an answer holds; undefined where it leaves open which they are.
 *
 * @param expected - The groups that are thought to be there: an empty list is then asked about once.
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
