/**
 * Authors of changes of policies, by the tenant's audit log: for a report of drift.
 *
 * @module
 */
import {
  type AuditWait,
  auditedBy,
  auditFailure,
  beginAuditQuery,
} from "../../provider/api/auditLog";
import { authorOf, type ChangeAuthor, type SoughtChange } from "../../provider/api/changeAuthor";
import type { GraphClient } from "../../provider/graph";

/** Authors of changes. */
export interface ChangeAuthors {
  /** One for each change, in their order; undefined if the log has nothing about it. */
  readonly authors: readonly (ChangeAuthor | undefined)[];
  /** The reason for which the log does not answer, as a sentence. Undefined if it does. */
  readonly problem: string | undefined;
}

/**
 * Asks the audit log once who has made some changes. Never throws, and waits no longer than it is told to.
 *
 * @param changes - With the time after which they were made, if it is known.
 */
export async function whoChanged(
  graph: GraphClient,
  changes: readonly SoughtChange[],
  wait: AuditWait,
): Promise<ChangeAuthors> {
  const nobody = changes.map(() => undefined);
  if (changes.length === 0) return { authors: [], problem: undefined };
  try {
    const found = await auditedBy(graph, await beginAuditQuery(graph, wait), wait);
    return found === undefined
      ? { authors: nobody, problem: "The audit log has not answered in time." }
      : { authors: changes.map((each) => authorOf(each, found)), problem: undefined };
  } catch (error) {
    return { authors: nobody, problem: `Not asked: ${auditFailure(error)}.` };
  }
}
