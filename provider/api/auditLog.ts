/**
 * The tenant's audit log: a query is begun, answered by the service in its own time, and its records are read in pages.
 *
 * @see https://learn.microsoft.com/graph/api/resources/security-auditlogquery?view=graph-rest-1.0
 * @module
 */
import { z } from "zod";
import {
  type Clock,
  GraphAnswerError,
  type GraphClient,
  GraphHttpError,
  OfficeConfigurationError,
} from "../graph";
import { withLimit } from "../graph/index";
import type { GraphCallOptions, GraphResponse } from "../graph/types";
import { oneLine } from "../text/messageText";
import { type AuditedChange, auditedChanges } from "./auditedChanges";
import { paths } from "./paths";

/** Permission that queries the records of all services. Cloud Policy has none of its own. */
export const AUDIT_PERMISSION = "AuditLogsQuery.Read.All";

/**
 * Greatest distance between the clock of the log and that of this machine, and between a record and its change, in milliseconds.
 */
export const CLOCK_DIFFERENCE_MS = 5 * 60_000;

/** Span of a query, in milliseconds: thirty days. */
const LOOK_BACK_MS = 30 * 24 * 60 * 60_000;

/** Waits between two looks at a query, in milliseconds; the last one for ever. */
const LOOKS_MS = [2_000, 3_000, 5_000, 10_000, 20_000] as const;

/** A query of the tenant's audit log. */
export interface AuditQuery {
  readonly id: string;
  /** Whether its records can be read. `failed`: they never can. */
  readonly state: "running" | "succeeded" | "failed";
}

/** Limits of waiting for an answer. */
export interface AuditWait {
  /** When it is given up, in milliseconds since the epoch. */
  readonly untilMs: number;
  readonly clock: Clock;
  /** Ends it early. @default never */
  readonly signal?: AbortSignal | undefined;
}

const CALL: GraphCallOptions = {
  action: "Asking",
  subject: "the audit log",
  isThrottledAlone: true,
};

/** Cloud Policy's records: by their type, or by the service that writes them. */
const FILTERS = [
  { recordTypeFilters: ["CPSOperation"] },
  { serviceFilters: ["CloudPolicyService"] },
] as const;

const querySchema = z.looseObject({ id: z.string().min(1), status: z.string().nullish() });

/**
 * Begins a query for the changes of Cloud Policy in the last thirty days.
 *
 * @throws GraphHttpError with status 403 without the permission {@link AUDIT_PERMISSION}.
 */
export async function beginAuditQuery(graph: GraphClient, wait: AuditWait): Promise<AuditQuery> {
  const { clock } = wait;
  const now = clock.now();
  const begin = (filter: object) => {
    const body = {
      "@odata.type": "#microsoft.graph.security.auditLogQuery",
      displayName: "pulumi-office-configuration: changes of Cloud Policy",
      filterStartDateTime: new Date(now - LOOK_BACK_MS).toISOString(),
      filterEndDateTime: new Date(now + CLOCK_DIFFERENCE_MS).toISOString(),
      ...filter,
    };
    return within(graph, wait).post(paths.auditLogQueries, body, CALL);
  };
  return queryIn(
    "POST",
    paths.auditLogQueries,
    await begin(FILTERS[0]).catch((error: unknown) => {
      // The pages of Graph's record types do not list that of Cloud Policy.
      if (GraphHttpError.isInstance(error) && error.status === 400) return begin(FILTERS[1]);
      throw error;
    }),
  );
}

/** Looks at a query that was begun before. @throws GraphHttpError with status 404 if it is gone. */
export async function getAuditQuery(
  graph: GraphClient,
  id: string,
  wait: AuditWait,
): Promise<AuditQuery> {
  const path = paths.auditLogQuery(id);
  return queryIn("GET", path, await within(graph, wait).get(path, CALL));
}

/**
 * Waits until a query is answered, and reads what it found.
 *
 * @returns undefined if it is not answered in time.
 * @throws OfficeConfigurationError if it never will be.
 */
export async function auditedBy(
  graph: GraphClient,
  query: AuditQuery,
  wait: AuditWait,
): Promise<readonly AuditedChange[] | undefined> {
  const { clock, untilMs, signal } = wait;
  let { state } = query;
  for (let look = 0; state === "running"; look += 1) {
    const leftMs = Math.max(0, untilMs - clock.now());
    await clock.sleep(Math.min(leftMs, LOOKS_MS[look] ?? LOOKS_MS[4]), signal);
    if (clock.now() >= untilMs) return undefined;
    ({ state } = await getAuditQuery(graph, query.id, wait));
  }
  if (state === "failed") {
    throw new OfficeConfigurationError("The audit log could not carry out the query.");
  }
  const records = await within(graph, wait).list(paths.auditLogRecords(query.id), CALL);
  return auditedChanges(records);
}

/** The reason for which the log does not answer, as the end of a sentence without its full stop. */
export function auditFailure(error: unknown): string {
  if (GraphHttpError.isInstance(error) && error.status === 403) {
    return `the audit log answers 403. Grant the app the Graph permission ${AUDIT_PERMISSION} with admin consent`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return oneLine(reason).replace(/\.$/, "");
}

function within(graph: GraphClient, { untilMs, signal }: AuditWait): GraphClient {
  return withLimit(graph, { deadlineMs: untilMs, signal });
}

/** A status that no page names counts as running: the service may add some. */
function queryIn(method: string, path: string, response: GraphResponse): AuditQuery {
  const { data } = querySchema.safeParse(response.body);
  if (data === undefined) {
    const { status, requestId } = response;
    throw new GraphAnswerError("is no query of the audit log: it has no id", {
      ...{ method, path, status, action: "Asking", subject: "the audit log" },
      ...(requestId !== undefined && { requestId }),
    });
  }
  const { id, status } = data;
  if (status === "succeeded") return { id, state: "succeeded" };
  return { id, state: status === "failed" || status === "cancelled" ? "failed" : "running" };
}
