import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import { errorCodes } from "./answer";
import { callOf, type GraphCall } from "./call";
import type { Clock } from "./clock";
import { GraphNoAnswerError } from "./errors/graphNoAnswerError";
import type { Gate } from "./gate";
import { delayBeforeRepeat, isUnclear, type Outcome, retryAfterMs } from "./retryPolicy";
import { TransportFailure } from "./sendMiddleware";
import type { Log } from "./types";
import { ANNOUNCED_WAIT_MS, announcement, waitOrEnd } from "./waiting";
import type { WritePace } from "./writePace";

/** Parts of the session that repeating needs. */
export interface RetryOptions {
  readonly gate: Gate;
  readonly pace: WritePace;
  readonly clock: Clock;
  readonly log: Log;
  readonly maxRetries: number;
}

/** Statuses whose Retry-After applies to all requests of the app. */
const THROTTLED: ReadonlySet<number> = new Set([429, 503]);

/**
 * Sends a request again if that is safe and may help.
 *
 * The library's own RetryHandler is unsuitable. It cuts every Retry-After at 180 seconds, makes 3 retries
 * and at most 10, and ignores aborts and deadlines while it waits. It repeats a POST after 504, which may
 * make a second object, gives up at the first reset connection, never repeats a stream, and does not
 * coordinate with other requests.
 */
export class RetryMiddleware implements Middleware {
  #next: Middleware | undefined;

  constructor(private readonly options: RetryOptions) {}

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const call = callOf(context);
    // Use exactly the caller's URL: the library reorders and merges queries, and takes a host out of the
    // middle of a filter. A nextLink must be followed as it is.
    context.request = call.url.href;
    try {
      await this.#repeat(context, call);
    } catch (error) {
      call.failure = error;
      throw error;
    }
  }

  async #repeat(context: Context, call: GraphCall): Promise<void> {
    const { maxRetries, clock } = this.options;
    for (let number = 1; ; number += 1) {
      const result = await this.#attempt(context, call);
      if (result === undefined) return;
      const { isSafeToRepeat, repeatsAfter500 } = call;
      const { outcome, failure } = result;
      if (call.isWrite && isUnclear(outcome)) call.isAmbiguous = true;
      const isNews = call.isThrottledAlone || this.#holdOthers(outcome);
      if (call.signal.aborted) throw call.ended();
      const bounds = { maxRetries, random: () => clock.random() };
      const delayMs = delayBeforeRepeat(
        { number, isSafeToRepeat, repeatsAfter500, outcome },
        bounds,
      );
      const isInTime = delayMs !== undefined && clock.now() + delayMs <= call.deadlineMs;
      if (!isInTime) {
        if (failure !== undefined) throw noAnswer(call, failure);
        // The refusal stays in the context: the client turns it into an error.
        return;
      }
      if (delayMs > ANNOUNCED_WAIT_MS && isNews) this.#announce(call, outcome, delayMs);
      await waitOrEnd(call, clock, delayMs);
    }
  }

  async #attempt(context: Context, call: GraphCall): Promise<FailedResult | undefined> {
    const { gate, pace, clock } = this.options;
    await gate.outwait(call);
    const isPaced = call.isWrite && !call.isThrottledAlone;
    const ended = isPaced ? await pace.admit(call) : undefined;
    let isRefused = false;
    try {
      await this.#next?.execute(context);
      isRefused = context.response?.status === 429;
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      return { outcome: error, failure: error };
    } finally {
      ended?.(isRefused);
    }
    const { response } = context;
    if (response === undefined || response.status < 400) return undefined;
    const waitMs = retryAfterMs(response.headers.get("retry-after"), clock.now());
    const { status } = response;
    const isFinal = call.finalCodes.length > 0 && (await hasCode(response, call.finalCodes));
    return {
      outcome: {
        status,
        ...(waitMs !== undefined && { retryAfterMs: waitMs }),
        ...(isFinal && { isFinal }),
      },
    };
  }

  /** Holds the other requests back, even if this one ends: Graph throttles the app, not the request. */
  #holdOthers(outcome: Outcome): boolean {
    if (!("status" in outcome) || !THROTTLED.has(outcome.status)) return true;
    if (outcome.retryAfterMs === undefined) return true;
    return this.options.gate.pauseUntil(this.options.clock.now() + outcome.retryAfterMs);
  }

  #announce(call: GraphCall, outcome: Outcome, delayMs: number): void {
    const why = "status" in outcome ? `Graph answered ${outcome.status}` : outcome.code;
    this.options.log(announcement(call, this.options.clock, delayMs, why));
  }
}

interface FailedResult {
  readonly outcome: Outcome;
  readonly failure?: TransportFailure;
}

/** Whether an error has one of some codes. Leaves the response to be read again. */
async function hasCode(response: Response, codes: readonly string[]): Promise<boolean> {
  return errorCodes(await response.clone().text()).some((code) => codes.includes(code));
}

function noAnswer(call: GraphCall, failure: TransportFailure): GraphNoAnswerError {
  return new GraphNoAnswerError(call.redact(failure.message), {
    ...call.facts(),
    code: failure.code,
  });
}
