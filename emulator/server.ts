import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import { errorBody, GraphError, notImplemented, type RequestIds } from "./errors";
import { Faults, faultyAnswer, ThrottleGate } from "./faults";
import { normalize } from "./paths";
import { assignmentRoutes } from "./routes/assignments";
import { answerBatch } from "./routes/batch";
import { clientConfigurationRoutes } from "./routes/clientConfigurations";
import { CALLER_HEADER, officeConfigurationRoutes } from "./routes/officeConfiguration";
import { streamRoutes } from "./routes/streams";
import type { Tenant } from "./tenant";
import type { TokenFacts, Tokens } from "./tokens";
import type { Fault, RequestLogEntry, Throttle } from "./types";

/** Largest body of a request, in bytes. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The connection behind a request, for faults that break it. */
export interface Connection {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

interface GraphServerOptions {
  readonly latencyMs: number;
  readonly throttle: Throttle | undefined;
  readonly clock: () => Date;
}

/** Graph as the emulator plays it: manners first, then the routes. */
export class GraphServer {
  readonly faults = new Faults();
  readonly requests: RequestLogEntry[] = [];
  readonly #routes = new Hono();
  readonly #tokens: Tokens;
  readonly #options: GraphServerOptions;
  readonly #gate: ThrottleGate | undefined;

  constructor(tenant: Tenant, tokens: Tokens, options: GraphServerOptions) {
    this.#tokens = tokens;
    this.#options = options;
    this.#gate = options.throttle && new ThrottleGate(options.throttle, options.clock);
    officeConfigurationRoutes(this.#routes, tenant);
    // Before the routes with an id: `$count` and the actions are no ids.
    assignmentRoutes(this.#routes, tenant);
    streamRoutes(this.#routes, tenant);
    clientConfigurationRoutes(this.#routes, tenant);
    this.#routes.notFound((c) => {
      throw notImplemented(c.req.method, new URL(c.req.url).pathname);
    });
    this.#routes.onError((error) => {
      throw error;
    });
  }

  reset(): void {
    this.requests.length = 0;
    this.faults.clear();
    this.#gate?.reset();
  }

  /** Answers one request to Graph, and logs it. */
  async answer(request: Request, connection?: Connection): Promise<Response> {
    const ids: RequestIds = {
      requestId: randomUUID(),
      clientRequestId: request.headers.get("client-request-id") ?? undefined,
      at: this.#options.clock(),
    };
    const url = new URL(request.url);
    const path = `${url.pathname.replace(/^\/beta/, "")}${decodeQuery(url.search)}`;
    const bytes = Buffer.from(await request.arrayBuffer());
    const entry: Mutable<RequestLogEntry> = {
      index: this.requests.length,
      method: request.method,
      path,
      status: 0,
      body: parsed(bytes),
      clientRequestId: ids.clientRequestId,
      requestId: ids.requestId,
      tenantId: undefined,
      at: ids.at.toISOString(),
      viaBatch: connection === undefined,
    };
    this.requests.push(entry);
    const work = { request, url, bytes, ids, entry };
    if (this.#options.latencyMs > 0) await sleep(this.#options.latencyMs);
    const fault = this.faults.take(request.method, path);
    const response = await this.#withFault(fault, work, connection);
    entry.status = response.status;
    return withManners(response, ids);
  }

  async #withFault(
    fault: Fault | undefined,
    work: Work,
    connection: Connection | undefined,
  ): Promise<Response> {
    if (fault?.drop === "before") return cut(connection);
    const faulty = fault && (await faultyAnswer(fault, work.ids));
    if (faulty !== undefined) return faulty;
    const response = await this.#carryOut(work);
    if (fault?.drop === "after") return cut(connection);
    return fault?.truncate ? truncated(response) : response;
  }

  async #carryOut(work: Work): Promise<Response> {
    try {
      return await this.#dispatch(work);
    } catch (error) {
      const known =
        error instanceof GraphError
          ? error
          : new GraphError(500, "generalException", String(error));
      return Response.json(errorBody(known.code, known.message, work.ids), {
        status: known.status,
        headers: known.headers,
      });
    }
  }

  async #dispatch({ request, url, bytes, ids, entry }: Work): Promise<Response> {
    if (bytes.length > MAX_BODY_BYTES) {
      throw new GraphError(413, "RequestEntityTooLarge", "The request body is too large.");
    }
    const caller = this.#tokens.authenticate(request.headers.get("authorization") ?? undefined);
    entry.tenantId = caller.tenantId;
    const isBatch = url.pathname === "/beta/$batch";
    const waitSeconds = isBatch ? undefined : this.#gate?.refuse(request.method);
    if (waitSeconds !== undefined) {
      throw new GraphError(429, "TooManyRequests", "Please retry again later.", {
        "Retry-After": String(waitSeconds),
      });
    }
    const inner = innerRequest(request, url, bytes, caller);
    if (!isBatch) return this.#routes.fetch(inner);
    if (request.method !== "POST") throw notImplemented(request.method, url.pathname);
    return answerBatch(inner, ids, (item) => this.answer(item));
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Work {
  readonly request: Request;
  readonly url: URL;
  readonly bytes: Buffer;
  readonly ids: RequestIds;
  readonly entry: Mutable<RequestLogEntry>;
}

function innerRequest(request: Request, url: URL, bytes: Buffer, caller: TokenFacts): Request {
  const headers = new Headers(request.headers);
  headers.set(CALLER_HEADER, caller.kind);
  headers.delete("content-length");
  const hasBody = bytes.length > 0 && request.method !== "GET" && request.method !== "HEAD";
  return new Request(normalize(url), {
    method: request.method,
    headers,
    ...(hasBody && { body: new Uint8Array(bytes) }),
  });
}

/** The headers that every answer of Graph has. */
function withManners(response: Response, ids: RequestIds): Response {
  const headers = new Headers(response.headers);
  headers.set("request-id", ids.requestId);
  headers.set("client-request-id", ids.clientRequestId ?? ids.requestId);
  headers.set("OData-Version", "4.0");
  headers.set("Date", ids.at.toUTCString());
  return new Response(response.body, { status: response.status, headers });
}

function cut(connection: Connection | undefined): Response {
  connection?.incoming.socket.destroy();
  return new Response(null, { status: 500 });
}

/** Half of the body under the length of the whole: the connection ends in the middle. */
async function truncated(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set("Content-Length", String(bytes.length));
  const half = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, bytes.length / 2));
      controller.error(new Error("The emulator cut the answer."));
    },
  });
  return new Response(half, { status: response.status, headers });
}

function parsed(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return bytes.toString("base64");
  }
}

function decodeQuery(search: string): string {
  try {
    return decodeURIComponent(search);
  } catch {
    return search;
  }
}
