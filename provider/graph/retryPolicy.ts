/**
 * Whether a request is sent again, and after how long: a pure function, easy to test with a table.
 *
 * @see https://learn.microsoft.com/graph/throttling
 * @module
 */

/** An attempt that Graph, or something in front of it, refused. */
interface Answered {
  readonly status: number;
  readonly retryAfterMs?: number;
  /** Whether Graph's code says that no waiting changes the refusal. @default false */
  readonly isFinal?: boolean;
}

/** Outcome of a failed attempt. */
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
  /** Whether sending the request twice has the same effect as sending it once. */
  readonly isSafeToRepeat: boolean;
  /** Whether a 500 is repeated as a 503 is. @default false */
  readonly repeatsAfter500?: boolean;
  readonly outcome: Outcome;
}

/** Limits of repeating. */
export interface RetryBounds {
  readonly maxRetries: number;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

const BACKOFF_BASE_MS = 1_000;
const BACKOFF_MAX_MS = 60_000;

/** Random extra wait, in milliseconds, so that waiting requests do not all return at the same moment. */
const JITTER_MAX_MS = 1_000;
const JITTER_PART = 0.1;

/** Fewer than for refusals: a host that does not answer is given up sooner than one that asks to wait. */
const MAX_CONNECTION_RETRIES = 4;

/** Statuses after which Graph may still be at work: a gateway may have given up. */
const UNCLEAR: ReadonlySet<number> = new Set([502, 503, 504]);

/** Temporary failures. The others, such as a wrong name or certificate, do not go away. */
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
 * Wait before a request is sent again.
 *
 * @returns Milliseconds, or undefined if the request must not be sent again.
 */
export function delayBeforeRepeat(
  { number, isSafeToRepeat, repeatsAfter500 = false, outcome }: FailedAttempt,
  { maxRetries, random }: RetryBounds,
): number | undefined {
  if (number > maxRetries) return undefined;
  if ("code" in outcome) {
    const mayRepeat = PASSING.has(outcome.code) && (isSafeToRepeat || !outcome.wasSent);
    return mayRepeat && number <= MAX_CONNECTION_RETRIES ? backoffMs(number, random()) : undefined;
  }
  const { status, retryAfterMs, isFinal = false } = outcome;
  if (isFinal) return undefined;
  const isPassing = UNCLEAR.has(status) || (repeatsAfter500 && status === 500);
  if (!isNotCarriedOut(outcome) && !(isSafeToRepeat && isPassing)) return undefined;
  if (retryAfterMs === undefined) return backoffMs(number, random());
  return retryAfterMs + random() * Math.min(JITTER_MAX_MS, retryAfterMs * JITTER_PART);
}

/** Whether a write with this outcome may have been carried out. */
export function isUnclear(outcome: Outcome): boolean {
  if ("code" in outcome) return outcome.wasSent;
  if (outcome.isFinal === true) return false;
  return outcome.status >= 500 && outcome.status !== 501 && !isNotCarriedOut(outcome);
}

/**
 * Whether Graph says that it has not carried the request out, so that repeating is safe for every method. A
 * 503 with Retry-After is Graph's throttling; one without may come from a gateway while Graph is at work.
 */
function isNotCarriedOut({ status, retryAfterMs: waitMs }: Answered): boolean {
  return status === 429 || (status === 503 && waitMs !== undefined);
}

/**
 * Wait of a Retry-After header, in milliseconds from now. Reads seconds, also with a fraction, and dates; 0
 * for a date in the past, undefined for an unreadable header.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000);
  // Date.parse accepts too much: it reads "-5" as the year 2001.
  const dateMs = /^[a-z]{3,9},? /i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

function backoffMs(number: number, random: number): number {
  const fullMs = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** (number - 1));
  return fullMs * (0.5 + random / 2);
}
