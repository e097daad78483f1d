/**
 * The tenant's audit log, as commands ask it who has made changes.
 *
 * @module
 */
import type { AuditedChange } from "../../provider/api/auditedChanges";
import {
  type AuditWait,
  auditedBy,
  auditFailure,
  beginAuditQuery,
} from "../../provider/api/auditLog";
import { type GraphClient, GraphHttpError } from "../../provider/graph";

/**
 * Answer of the log.
 *
 * - `late`: none in time.
 * - `refused`: this app may not ask.
 */
export type AuditAnswer =
  | { readonly state: "answered"; readonly changes: readonly AuditedChange[] }
  | { readonly state: "late" }
  /** The reason is the end of a sentence, without its full stop. */
  | { readonly state: "refused" | "failed"; readonly reason: string };

/** Asks the log once for the changes of Cloud Policy. Never rejects, and waits no longer than it is told to. */
export async function askAuditLog(graph: GraphClient, wait: AuditWait): Promise<AuditAnswer> {
  try {
    const changes = await auditedBy(graph, await beginAuditQuery(graph, wait), wait);
    return changes === undefined ? { state: "late" } : { state: "answered", changes };
  } catch (error) {
    const isOver = (error as { code?: unknown }).code === "DEADLINE";
    if (isOver || wait.signal?.aborted === true) return { state: "late" };
    const isRefused = GraphHttpError.isInstance(error) && error.status === 403;
    return { state: isRefused ? "refused" : "failed", reason: auditFailure(error) };
  }
}
