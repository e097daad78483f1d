import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import type { RequestInit, Response as UndiciResponse } from "undici";
import { requestIdOf } from "./answer";
import { callOf, type GraphCall } from "./call";
import { GraphAnswerError } from "./errors/graphAnswerError";
import type { Gate } from "./gate";
import { timeLimit } from "./timeLimit";
import type { Transport } from "./transport";

/** Longest answer that is read, in bytes: many times the largest page of policies. */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

const MAX_REDIRECTS = 5;

/** Statuses whose answers have no body, even if a service sends one. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** Failures that happen before a request is sent. */
const BEFORE_SENDING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|UND_ERR_CLOSED|UND_ERR_INVALID_ARG|ERR_TLS_\w+|CERT_\w+|UNABLE_TO_\w+|SELF_SIGNED_\w+|DEPTH_ZERO_\w+|PROXY)$/;

/** An attempt ended without an answer. Internal: callers see GraphNoAnswerError. */
export class TransportFailure extends Error {
  override name = "TransportFailure" as const;

  constructor(
    message: string,
    readonly code: string,
    readonly wasSent: boolean,
  ) {
    super(message);
  }
}

/** Parts of the session that sending needs. */
export interface SendOptions {
  readonly transport: Transport;
  /** Limits the number of requests in flight. */
  readonly gate: Gate;
  /** Scheme, host and port of the session's Graph. */
  readonly origin: string;
  readonly timeoutMs: number;
}

/**
 * The end of the chain: sends one attempt and reads its whole answer, within one time limit.
 *
 * The library's HTTPMessageHandler calls Node's fetch, which ignores proxies. Its RedirectHandler follows
 * to any host, and turns a write into a GET.
 */
export class SendMiddleware implements Middleware {
  constructor(private readonly options: SendOptions) {}

  async execute(context: Context): Promise<void> {
    const call = callOf(context);
    const { gate } = this.options;
    await gate.enter(call);
    try {
      await this.#send(context, call);
    } finally {
      gate.leave();
    }
  }

  async #send(context: Context, call: GraphCall): Promise<void> {
    const limit = timeLimit(this.options.timeoutMs, call.signal);
    const { signal } = limit;
    const headers = {
      ...(context.options?.headers as Record<string, string> | undefined),
      // The library's TelemetryHandler drops it for unknown hosts.
      "client-request-id": call.clientRequestId,
    };
    const init = { ...context.options, headers, redirect: "manual", signal } as RequestInit;
    try {
      const response = await this.#follow(call, init);
      refuseOddStatus(call, response);
      const bytes = await readAll(call, response);
      // The library's types require Node's Response; undici's is another class of the same shape.
      const responseHeaders = new Headers([...response.headers]);
      const hasBody = bytes.length > 0 && !BODILESS.has(response.status);
      context.response = new Response(hasBody ? bytes : null, {
        status: response.status,
        headers: responseHeaders,
      });
    } catch (error) {
      if (error instanceof GraphAnswerError) throw error;
      throw transportFailure(error, limit.isUp(), this.options);
    } finally {
      limit.release();
    }
  }

  async #follow(call: GraphCall, init: RequestInit): Promise<UndiciResponse> {
    let url = call.url;
    for (let hops = 0; ; hops += 1) {
      const response = await this.options.transport.fetch(url, init);
      const location = response.headers.get("location");
      const isRedirect = response.status >= 300 && response.status < 400 && location !== null;
      if (!isRedirect) return response;
      await response.body?.cancel();
      const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
      const refusal = this.#whyNot(call, target, hops);
      if (refusal !== undefined || target === undefined) {
        throw new GraphAnswerError(`redirects ${refusal}`, {
          ...call.facts(requestIdOf(call, response.headers)),
          status: response.status,
        });
      }
      url = target;
    }
  }

  #whyNot(call: GraphCall, target: URL | undefined, hops: number): string | undefined {
    if (target === undefined) return "to something that is no address";
    if (target.username !== "" || target.password !== "") {
      return "to an address with a user or a password in it";
    }
    if (target.origin !== this.options.origin) {
      return `to another host, ${target.origin}: no token is sent there`;
    }
    if (call.isWrite) return `a ${call.method}: a write is not sent to a second address`;
    return hops >= MAX_REDIRECTS ? `more than ${MAX_REDIRECTS} times` : undefined;
  }
}

function refuseOddStatus(call: GraphCall, { status, headers }: UndiciResponse): void {
  if (status >= 200 && status <= 599) return;
  if (call.isWrite) call.isAmbiguous = true;
  const facts = { ...call.facts(requestIdOf(call, headers)), status };
  throw new GraphAnswerError(`has the status ${status}, which HTTP does not know`, facts);
}

async function readAll(
  call: GraphCall,
  response: UndiciResponse,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) {
      if (call.isWrite) call.isAmbiguous = true;
      throw new GraphAnswerError(`is longer than ${MAX_ANSWER_BYTES} bytes`, {
        ...call.facts(requestIdOf(call, response.headers)),
        status: response.status,
      });
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function transportFailure(
  error: unknown,
  isTimeout: boolean,
  { origin, timeoutMs }: SendOptions,
): TransportFailure {
  if (isTimeout) {
    return new TransportFailure(`no answer within ${timeoutMs / 1_000} s`, "TIMEOUT", true);
  }
  const { code, message } = rootCause(error);
  return new TransportFailure(
    `no answer from ${origin}: ${message}`,
    code,
    !BEFORE_SENDING.test(code),
  );
}

/** undici hides the cause one or two levels deep; several addresses make an AggregateError. */
function rootCause(error: unknown): { code: string; message: string } {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    const inner =
      current instanceof AggregateError ? (current.errors[0] as unknown) : current.cause;
    if (!(inner instanceof Error)) break;
    current = inner;
  }
  if (!(current instanceof Error)) return { code: "UNKNOWN", message: "an unknown failure" };
  // A proxy refused the tunnel: Graph has seen nothing.
  if (/proxy response/i.test(current.message)) return { code: "PROXY", message: current.message };
  const code = "code" in current && typeof current.code === "string" ? current.code : current.name;
  return { code, message: current.message || code };
}
