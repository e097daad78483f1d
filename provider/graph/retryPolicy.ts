/**
 * When a request is sent again, and after how long: a pure decision, for a table of tests.
 *
 * @see https://learn.microsoft.com/graph/throttling
 * @module
 */

/** An attempt that Graph, or something before it, refused. */
interface Answered {
  readonly status: number;
  readonly retryAfterMs?: number;
}

/** Outcome of an attempt that did not succeed. */
export type Outcome =
  | Answered
  | {
      /** The system's code: `ECONNRESET`. */
      readonly code: string;
      /** Whether the request may have reached Graph. */
      readonly wasSent: boolean;
    };

/** An attempt that may be repeated. */
export interface FailedAttempt {
  /** 1 for the first. */
  readonly number: number;
  /** Whether sending the request twice does what sending it once does. */
  readonly isSafeToRepeat: boolean;
  readonly outcome: Outcome;
}

/** Bounds of repeating. */
export interface RetryBounds {
  readonly maxRetries: number;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

const BACKOFF_BASE_MS = 1_000;
const BACKOFF_MAX_MS = 60_000;

/** So that all who wait for one moment do not come back in that one moment. */
const JITTER_MAX_MS = 1_000;
const JITTER_PART = 0.1;

/** A host that does not answer is given up sooner than one that asks for patience. */
const MAX_CONNECTION_RETRIES = 4;

/** Something between may have given up while Graph was at work. */
const UNCLEAR: ReadonlySet<number> = new Set([502, 503, 504]);

/** Failures that pass; the others (a wrong name, a wrong certificate) stay as they are. */
const PASSING: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
  "TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_SOCKET",
]);

/**
 * How long to wait before a request is sent again.
 *
 * @returns Milliseconds, or undefined if it is not to be sent again.
 */
export function delayBeforeRepeat(
  { number, isSafeToRepeat, outcome }: FailedAttempt,
  { maxRetries, random }: RetryBounds,
): number | undefined {
  if (number > maxRetries) return undefined;
  if ("code" in outcome) {
    const mayRepeat = PASSING.has(outcome.code) && (isSafeToRepeat || !outcome.wasSent);
    return mayRepeat && number <= MAX_CONNECTION_RETRIES ? backoffMs(number, random()) : undefined;
  }
  const { status, retryAfterMs } = outcome;
  if (!isNotCarriedOut(outcome) && !(isSafeToRepeat && UNCLEAR.has(status))) return undefined;
  if (retryAfterMs === undefined) return backoffMs(number, random());
  return retryAfterMs + random() * Math.min(JITTER_MAX_MS, retryAfterMs * JITTER_PART);
}

/** Whether a write that ended so may have been carried out all the same. */
export function isUnclear(outcome: Outcome): boolean {
  if ("code" in outcome) return outcome.wasSent;
  return outcome.status >= 500 && outcome.status !== 501 && !isNotCarriedOut(outcome);
}

/**
 * Whether Graph says that it has not carried the request out, so that repeating is safe for every method.
 * A 503 with Retry-After is Graph's throttling; one without may be a gateway's, with Graph at work behind.
 */
function isNotCarriedOut({ status, retryAfterMs: waitMs }: Answered): boolean {
  return status === 429 || (status === 503 && waitMs !== undefined);
}

/**
 * Wait that a Retry-After header asks for, in milliseconds from now: seconds, with a fraction too, or a
 * date. A date in the past asks for nothing; undefined stands for a header that says nothing.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000);
  // Date.parse reads much that is no date: "-5" is the year 2001 to it.
  const dateMs = /^[a-z]{3,9},? /i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

function backoffMs(number: number, random: number): number {
  const fullMs = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** (number - 1));
  return fullMs * (0.5 + random / 2);
}
