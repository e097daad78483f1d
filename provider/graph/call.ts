import { randomUUID } from "node:crypto";
import type { Context, MiddlewareOptions } from "@microsoft/microsoft-graph-client";
import { callerOf } from "./caller";
import { type Clock, LONGEST_TIMER_MS } from "./clock";
import { GraphNoAnswerError } from "./errors/graphNoAnswerError";
import type { RequestFacts } from "./errors/requestFacts";
import { redact } from "./redact";
import { type TimeLimit, timeLimit } from "./timeLimit";
import type { GraphCallOptions } from "./types";

/** How long a call may take, waits included, when its caller names no deadline. */
export const DEFAULT_CALL_MS = 30 * 60_000;

/** Subject of a call. */
export interface CallRequest {
  readonly method: string;
  readonly url: URL;
  /** For messages: from the root of the API version, without the query. */
  readonly path: string;
  /** Whether it may travel together with others, in one `$batch`. @default false */
  readonly mayJoin?: boolean;
  /** Where a DELETE looks at its object first. */
  readonly look?: URL | undefined;
}

/** One call of a client method: what the middleware of all its attempts knows of it. */
export class GraphCall implements MiddlewareOptions {
  readonly method: string;
  readonly url: URL;
  readonly path: string;
  readonly mayJoin: boolean;
  readonly look: URL | undefined;
  /** The object as the look of any attempt found it. */
  looked: Response | undefined;
  readonly clientRequestId = randomUUID();
  readonly deadlineMs: number;
  /** Whether sending it twice does what sending it once does. */
  readonly isSafeToRepeat: boolean;
  /** Whether an attempt may have been carried out without our learning of it. */
  isAmbiguous = false;
  /** The error of the middleware, which the library wraps in one of its own. */
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
    this.deadlineMs = options.deadlineMs ?? clock.now() + DEFAULT_CALL_MS;
    const leftMs = Math.min(Math.max(this.deadlineMs - clock.now(), 0), LONGEST_TIMER_MS);
    this.#limit = timeLimit(leftMs, options.signal);
  }

  /** Aborts when the caller does, or at the deadline. */
  get signal(): AbortSignal {
    return this.#limit.signal;
  }

  /** To be called when it has come to its end. */
  close(): void {
    this.#limit.release();
  }

  /** Whether it changes something, so that a lost answer leaves a question. */
  get isWrite(): boolean {
    return this.method !== "GET";
  }

  /** The call as errors tell of it. */
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

  /** The error of a call that its caller, or its deadline, ended. */
  ended(): GraphNoAnswerError {
    const isAborted = this.options.signal?.aborted === true;
    const reason = isAborted ? "it was stopped" : "its time is up";
    return new GraphNoAnswerError(reason, {
      ...this.facts(),
      code: isAborted ? "ABORTED" : "DEADLINE",
    });
  }

  /** Says which secret the call was sent with, so that no message repeats it. */
  keepSecret(secret: string): void {
    this.#secrets = [...this.#secrets, secret];
  }

  /** When the token that the call was sent with last expired, if it says so and has by now. */
  expiry(nowMs: number): { readonly expiredAtMs?: number } {
    const { expiresAtMs } = callerOf(this.#secrets.at(-1) ?? "");
    return expiresAtMs !== undefined && expiresAtMs <= nowMs ? { expiredAtMs: expiresAtMs } : {};
  }

  /** Foreign text without the call's secrets. */
  redact(text: string): string {
    return redact(text, this.#secrets);
  }
}

/** The calls of requests that this package makes by itself, beneath the library. */
const calls = new WeakMap<Context, GraphCall>();

/** A request to Graph that no caller of the library has made. */
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

/** Waits for something shared, but no longer than a call lasts. */
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
