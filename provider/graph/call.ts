import { randomUUID } from "node:crypto";
import type { Context, MiddlewareOptions } from "@microsoft/microsoft-graph-client";
import { callerOf } from "./caller";
import { type Clock, LONGEST_TIMER_MS } from "./clock";
import { GraphNoAnswerError } from "./errors/graphNoAnswerError";
import type { RequestFacts } from "./errors/requestFacts";
import { type MicrosoftsApp, microsoftsAppOf } from "./microsoftsApps";
import { redact } from "./redact";
import { type TimeLimit, timeLimit } from "./timeLimit";
import type { GraphCallOptions } from "./types";

/** Default time limit of a call, waits included, in milliseconds. */
export const DEFAULT_CALL_MS = 30 * 60_000;

/** Subject of a call. */
export interface CallRequest {
  readonly method: string;
  readonly url: URL;
  /** For messages: from the root of the API version, without the query. */
  readonly path: string;
  /** Whether it may travel with others in one `$batch`. @default false */
  readonly mayJoin?: boolean;
  /** Address of the object that a DELETE reads first. */
  readonly look?: URL | undefined;
}

/** One call of a client method: shared by the middleware of all its attempts. */
export class GraphCall implements MiddlewareOptions {
  readonly method: string;
  readonly url: URL;
  readonly path: string;
  readonly mayJoin: boolean;
  readonly look: URL | undefined;
  /** The object as an attempt's look found it. */
  looked: Response | undefined;
  readonly clientRequestId = randomUUID();
  readonly deadlineMs: number;
  /** Whether sending it twice has the same effect as sending it once. */
  readonly isSafeToRepeat: boolean;
  readonly repeatsAfter500: boolean;
  readonly finalCodes: readonly string[];
  /** Whether its throttling is its own. */
  readonly isThrottledAlone: boolean;
  /** Whether Graph may have carried out an attempt without an answer that says so. */
  isAmbiguous = false;
  /** The middleware's error; the library wraps it in one of its own. */
  failure: unknown;
  readonly #limit: TimeLimit;
  #secrets: readonly string[] = [];

  constructor(
    { method, url, path, mayJoin = false, look }: CallRequest,
    private readonly options: GraphCallOptions,
    clock: Clock,
  ) {
    this.method = method;
    this.url = url;
    this.path = path;
    this.mayJoin = mayJoin;
    this.look = look;
    this.isSafeToRepeat = options.safeToRepeat ?? method !== "POST";
    this.repeatsAfter500 = options.repeatsAfter500 ?? false;
    this.finalCodes = options.finalCodes ?? [];
    this.isThrottledAlone = options.isThrottledAlone ?? false;
    this.deadlineMs = options.deadlineMs ?? clock.now() + DEFAULT_CALL_MS;
    const leftMs = Math.min(Math.max(this.deadlineMs - clock.now(), 0), LONGEST_TIMER_MS);
    this.#limit = timeLimit(leftMs, options.signal);
  }

  /** Aborts if the caller aborts, or at the deadline. */
  get signal(): AbortSignal {
    return this.#limit.signal;
  }

  /** Call it at the end of the call. */
  close(): void {
    this.#limit.release();
  }

  /** Whether it changes something, so that without an answer its outcome is unknown. */
  get isWrite(): boolean {
    return this.method !== "GET";
  }

  /** The facts about the call that errors show. */
  facts(requestId?: string): RequestFacts {
    const { subject, action } = this.options;
    return {
      method: this.method,
      path: this.path,
      clientRequestId: this.clientRequestId,
      ...(requestId !== undefined && { requestId }),
      ...(subject !== undefined && { subject }),
      ...(action !== undefined && { action }),
      isAmbiguous: this.isAmbiguous,
    };
  }

  /** The error of a call ended by its caller or its deadline. */
  ended(): GraphNoAnswerError {
    const isAborted = this.options.signal?.aborted === true;
    const reason = isAborted ? "it was stopped" : "its time is up";
    return new GraphNoAnswerError(reason, {
      ...this.facts(),
      code: isAborted ? "ABORTED" : "DEADLINE",
    });
  }

  /** Remembers the secret that the call was sent with, so that no message repeats it. */
  keepSecret(secret: string): void {
    this.#secrets = [...this.#secrets, secret];
  }

  /** Expiry of the last token that the call was sent with; empty if it has not, or does not say. */
  expiry(nowMs: number): { readonly expiredAtMs?: number } {
    const { expiresAtMs } = callerOf(this.#secrets.at(-1) ?? "");
    return expiresAtMs !== undefined && expiresAtMs <= nowMs ? { expiredAtMs: expiresAtMs } : {};
  }

  /** The app that asked for the last token that the call was sent with, if it is one of Microsoft's. */
  sender(): { readonly microsoftsApp?: MicrosoftsApp } {
    const app = microsoftsAppOf(this.#secrets.at(-1) ?? "");
    return app === undefined ? {} : { microsoftsApp: app };
  }

  /** Foreign text without the call's secrets. */
  redact(text: string): string {
    return redact(text, this.#secrets);
  }
}

/** The calls of requests that this package makes itself, below the library. */
const calls = new WeakMap<Context, GraphCall>();

/** A context for a request that this package makes itself, not a caller of the library. */
export function contextOf(call: GraphCall, options: NonNullable<Context["options"]>): Context {
  const context: Context = { request: call.url.href, options };
  calls.set(context, call);
  return context;
}

/** The call that a request of the library belongs to. */
export function callOf(context: Context): GraphCall {
  const call = calls.get(context) ?? context.middlewareControl?.getMiddlewareOptions(GraphCall);
  if (!(call instanceof GraphCall)) throw new TypeError("a request without its call");
  return call;
}

/** Waits for shared work, but no longer than the call lasts. */
export async function within<T>(call: GraphCall, work: Promise<T>): Promise<T> {
  if (call.signal.aborted) throw call.ended();
  let stop = () => {};
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(call.ended());
    call.signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    call.signal.removeEventListener("abort", stop);
  }
}
