/**
 * The audit logs of a report's tenants: one is asked only if its tenant has drift and somebody has said how long that may
 * take, and once, however many stacks share the tenant.
 *
 * @module
 */
import { environmentNames } from "../../../provider/graph/config/settingSources";
import { timeLimit } from "../../../provider/graph/timeLimit";
import { type AuditAnswer, askAuditLog } from "../../audit/auditLog";
import type { OpenTenant } from "../../compare/sides/tenant";
import type { AuditReading } from "../authors";

/** Variable that says how long a run may wait. */
const [WAIT_VARIABLE = ""] = environmentNames("auditLogWaitSeconds", "own");

const HINT =
  "To see who made the changes, make the report with --audit-wait 60 (0 hides this line).";

const NOT_KNOWN = "Who made the changes is not known";

const OTHER_CLOUD = "Microsoft has no queries of the audit log in this cloud";

/** Bounds of asking the log of one tenant. */
export interface AskOptions {
  /** Longest wait in seconds, whatever the session says. @default the session's */
  readonly auditWaitSeconds: number | undefined;
  /** Time for the tenant in all, in seconds, and when it is over, in milliseconds since the epoch. */
  readonly timeoutSeconds: number;
  readonly endMs: number;
  /** Aborts at that moment. */
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** The audit logs of all tenants of a report. */
export class AuditLogs {
  readonly #asked = new Map<string, Promise<AuditAnswer>>();

  /**
   * Reads the log of a tenant that has drift. Never rejects, and ends in time.
   *
   * @returns undefined if nobody wants to know.
   */
  async read(
    tenantId: string | undefined,
    { graph, config }: OpenTenant,
    { auditWaitSeconds, timeoutSeconds, endMs, signal, log }: AskOptions,
  ): Promise<AuditReading | undefined> {
    const { clock } = graph;
    const waitSeconds = auditWaitSeconds ?? config.auditLogWaitSeconds;
    const untilMs = clock.now();
    if (waitSeconds === undefined) return { untilMs, note: HINT };
    if (waitSeconds === 0) return undefined;
    const unknown = (why: string) => {
      const note = `${NOT_KNOWN}: ${why}.`;
      log(note);
      return { untilMs, note };
    };
    if (config.cloud !== "public") return unknown(OTHER_CLOUD);
    const waitMs = Math.min(waitSeconds * 1_000, endMs - untilMs);
    const wait = { untilMs: untilMs + waitMs, clock, signal };
    const answer = await within(waitMs, signal, () =>
      this.#answer(tenantId, () => {
        log(
          `asking the audit log who made the changes, for ${Math.ceil(waitMs / 1_000)} s at most`,
        );
        return askAuditLog(graph, wait);
      }),
    );
    switch (answer.state) {
      case "answered":
        return { untilMs, changes: answer.changes };
      case "late":
        return unknown(lateWords(waitSeconds, waitMs, timeoutSeconds));
      case "refused":
        return unknown(`${answer.reason}, or do without: --audit-wait 0`);
      case "failed":
        return unknown(answer.reason);
    }
  }

  /** The answer to the tenant's one query. Where one app was refused, another one may be let in. */
  #answer(tenantId: string | undefined, ask: () => Promise<AuditAnswer>): Promise<AuditAnswer> {
    if (tenantId === undefined) return ask();
    const asked =
      this.#asked.get(tenantId)?.then((answer) => (answer.state === "refused" ? ask() : answer)) ??
      ask();
    this.#asked.set(tenantId, asked);
    return asked;
  }
}

/** An answer that comes within a time: another stack of the tenant may wait longer than this one. */
async function within(
  ms: number,
  signal: AbortSignal,
  ask: () => Promise<AuditAnswer>,
): Promise<AuditAnswer> {
  const limit = timeLimit(Math.max(0, ms), signal);
  const late = new Promise<AuditAnswer>((resolve) => {
    const end = () => resolve({ state: "late" });
    limit.signal.addEventListener("abort", end, { once: true });
    if (limit.signal.aborted) end();
  });
  try {
    return await Promise.race([late, ask()]);
  } finally {
    limit.release();
  }
}

function lateWords(waitSeconds: number, waitMs: number, timeoutSeconds: number): string {
  const late = "the audit log has not answered within";
  return waitMs < waitSeconds * 1_000
    ? `${late} the time of a tenant, ${timeoutSeconds} s: give --timeout a longer time`
    : `${late} ${waitSeconds} s: give --audit-wait a longer time`;
}

/**
 * The environment of a stack's session with the wait of all stacks, unless the stack has one of its own: it is no part of a
 * sign-in, and holds beside variables that are for one stack.
 *
 * @param env - Environment of all stacks.
 */
export function withAuditWait(own: NodeJS.ProcessEnv, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const wait = env[WAIT_VARIABLE];
  return wait === undefined ? own : { [WAIT_VARIABLE]: wait, ...own };
}
