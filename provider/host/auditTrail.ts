/**
 * The tenant's audit log, as far as a run asks it who has made a change: once, for all resources, within a limit of time,
 * and never so that the run fails.
 *
 * @module
 */

import type { AuditedChange } from "../api/auditedChanges";
import {
  type AuditQuery,
  auditedBy,
  auditFailure,
  beginAuditQuery,
  getAuditQuery,
} from "../api/auditLog";
import { type Clock, type CloudName, type GraphClient, isNotFound } from "../graph";
import { configKey, environmentNames } from "../graph/config/settingSources";
import type { AuditQueryRecord } from "./auditQueryRecord";

/** Time for which an answer counts as new, in milliseconds: the service takes its time to write a record. */
const NEW_MS = 10 * 60_000;

/** Longest run of a query before a new one is begun, in milliseconds. */
const STUCK_MS = 60 * 60_000;

const KEY = configKey("auditLogWaitSeconds");
/** A refresh has the configuration of the last update, but the environment of its own run. */
const [VARIABLE = KEY] = environmentNames("auditLogWaitSeconds", "own");

/** Parts of a run that the log needs. */
export interface AuditTrailParts {
  readonly graph: GraphClient;
  readonly cloud: CloudName;
  readonly clock: Clock;
  /** Cancels the run. */
  readonly signal: AbortSignal | undefined;
  /** Longest wait of a run in all. 0: it does not ask. Undefined: it does not ask, and nobody has decided that. */
  readonly waitSeconds: number | undefined;
  /** Time by which the tool that runs Pulumi needs the answer, in milliseconds since the epoch. @default it can wait */
  readonly untilMs?: number | undefined;
  /** Shows a line to the user. */
  readonly say: (line: string) => void;
  /** The tenant's last query on this machine. */
  readonly record: (tenantId: string) => AuditQueryRecord;
}

/** Answer of the log. */
export interface AuditAnswer {
  /** Undefined if there is no answer. */
  readonly changes?: readonly AuditedChange[];
  /** A line for the user: why there is no answer. */
  readonly note?: string;
}

/** Answer to a query, and when the query was begun. */
interface Dated extends AuditAnswer {
  readonly atMs?: number;
}

/** The audit log of a run's tenant. */
export class AuditTrail {
  #untilMs: number | undefined;
  #limit = "";
  #earlier: Promise<Dated> | undefined;
  #new: Promise<Dated> | undefined;

  constructor(private readonly parts: AuditTrailParts) {}

  /**
   * The changes that the log has. Asks it once a run, unless the answer to this machine's last query is enough. Never
   * rejects.
   *
   * @param isEnough - Whether an earlier answer has what is sought.
   */
  async changes(
    tenantId: string | undefined,
    isEnough: (changes: readonly AuditedChange[]) => boolean,
  ): Promise<AuditAnswer> {
    const { waitSeconds, cloud, clock } = this.parts;
    if (waitSeconds === undefined) return { note: WOULD_SHOW };
    if (waitSeconds === 0) return {};
    if (cloud !== "public") {
      return { note: `${NOT_KNOWN}: Microsoft has no queries of the audit log in this cloud.` };
    }
    this.#untilMs ??= this.#endOf(waitSeconds);
    const record = tenantId === undefined ? undefined : this.parts.record(tenantId);
    this.#earlier ??= this.#safely(() => this.#askedBefore(record));
    const earlier = await this.#earlier;
    const { changes, atMs = 0, note } = earlier;
    if (note !== undefined) return earlier;
    if (changes !== undefined && (clock.now() - atMs < NEW_MS || isEnough(changes))) return earlier;
    this.#new ??= this.#safely(() => this.#askedNow(record));
    const now = await this.#new;
    return now.changes === undefined ? { ...earlier, ...now } : now;
  }

  /** The answer to the last query of this machine; empty if there is none to wait for. */
  async #askedBefore(record: AuditQueryRecord | undefined): Promise<Dated> {
    const { graph, clock } = this.parts;
    const begun = await record?.read(clock.now());
    if (begun === undefined) return {};
    const query = await getAuditQuery(graph, begun.id, this.#wait).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
    const isStuck = query?.state === "running" && clock.now() - begun.atMs > STUCK_MS;
    if (query !== undefined && query.state !== "failed" && !isStuck) {
      return this.#answer(query, begun.atMs);
    }
    await record?.drop();
    return {};
  }

  async #askedNow(record: AuditQueryRecord | undefined): Promise<Dated> {
    const { graph, clock, say } = this.parts;
    const atMs = clock.now();
    const query = await beginAuditQuery(graph, this.#wait);
    await record?.write({ id: query.id, atMs });
    if (query.state === "running") {
      say(`Asking the tenant's audit log who made the changes, for ${this.#limit} at most.`);
    }
    return this.#answer(query, atMs);
  }

  async #answer(query: AuditQuery, atMs: number): Promise<Dated> {
    const changes = await auditedBy(this.parts.graph, query, this.#wait);
    return changes === undefined ? { note: this.#late } : { changes, atMs };
  }

  get #wait() {
    const { clock, signal } = this.parts;
    return { untilMs: this.#untilMs ?? clock.now(), clock, signal };
  }

  /** The end of all waits, which begin now. */
  #endOf(waitSeconds: number): number {
    const { clock, untilMs = Number.POSITIVE_INFINITY } = this.parts;
    const leftMs = Math.max(0, Math.min(waitSeconds * 1_000, untilMs - clock.now()));
    this.#limit = `${Math.round(leftMs / 1_000)} s`;
    return clock.now() + leftMs;
  }

  get #late(): string {
    const { waitSeconds = 0, untilMs } = this.parts;
    const isCut = untilMs !== undefined && this.#limit !== `${waitSeconds} s`;
    const which = isCut ? WAIT_OF_FLEET : `${KEY} says how long a run waits.`;
    return `${NOT_KNOWN} yet: the audit log has not answered within ${this.#limit}. A run on this machine within a day reads the answer; ${which}`;
  }

  /** The answer, or the reason for which there is none. */
  async #safely(ask: () => Promise<Dated>): Promise<Dated> {
    try {
      return await ask();
    } catch (error) {
      if (this.parts.signal?.aborted === true) return {};
      const { status, code } = error as { status?: number; code?: string };
      if (code === "DEADLINE") return { note: this.#late };
      const orNot = status === 403 ? `, or set ${KEY} to 0` : "";
      return { note: `${NOT_KNOWN}: ${auditFailure(error)}${orNot}.` };
    }
  }
}

const NOT_KNOWN = "Who made the changes is not known";

const WAIT_OF_FLEET = "a fleet waits until half of a stack's --time-limit is over.";

const WOULD_SHOW = `To see who made the changes, set ${VARIABLE}=60 for a run (0 hides this line).`;

/** Says that the log does not have a change. */
export const NO_RECORD = `${NOT_KNOWN}: the audit log has no record of it. A record may appear there hours after its change; a later run finds it then.`;
