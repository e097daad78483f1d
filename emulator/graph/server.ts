import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import type { EmulatorMode } from "../modes";
import type { Fault, RequestLogEntry, Throttle } from "../types";
import { admit } from "./access";
import { as } from "./actor";
import { CALLER_HEADER, type EmulatedApi, TENANT_HEADER, type Vocabulary } from "./api";
import { answerBatch } from "./batch";
import { type Connection, cut, readBytes, truncate, unlessBroken } from "./connection";
import {
  badRequest,
  errorBody,
  GraphError,
  IntuneError,
  intuneMessage,
  notServed,
  type RequestIds,
  tooLarge,
} from "./errors";
import { Faults, faultyAnswer, ThrottleGate } from "./faults";
import { normalize, servedMethods } from "./paths";
import { shownError } from "./shown";
import type { TokenFacts, Tokens } from "./tokens";

const BATCH_PATH = "/beta/$batch";

interface GraphServerOptions {
  readonly mode: EmulatorMode;
  readonly latencyMs: number;
  readonly throttle: Throttle | undefined;
  readonly clock: () => Date;
}

/** The emulated Graph: common behaviour first, then the routes. */
export class GraphServer {
  readonly faults = new Faults();
  readonly requests: RequestLogEntry[] = [];
  readonly #routes = new Hono();
  readonly #apis: readonly EmulatedApi[];
  readonly #vocabularies: readonly Vocabulary[];
  readonly #mode: EmulatorMode;
  readonly #tokens: Tokens;
  readonly #options: GraphServerOptions;
  readonly #gate: ThrottleGate | undefined;

  constructor(apis: readonly EmulatedApi[], tokens: Tokens, options: GraphServerOptions) {
    this.#apis = apis;
    this.#vocabularies = apis.map(({ vocabulary }) => vocabulary);
    this.#mode = options.mode;
    this.#tokens = tokens;
    this.#options = options;
    this.#gate = options.throttle && new ThrottleGate(options.throttle, options.clock);
    for (const api of apis) api.routes(this.#routes);
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
  async answer(
    request: Request,
    connection: Connection,
    { viaBatch = false } = {},
  ): Promise<Response> {
    const startedAtMs = performance.now();
    const ids: RequestIds = {
      requestId: randomUUID(),
      clientRequestId: request.headers.get("client-request-id") ?? undefined,
      at: this.#options.clock(),
    };
    const url = new URL(request.url);
    const path = `${url.pathname.replace(/^\/beta/, "")}${readableQuery(url)}`;
    const bytes = await readBytes(request);
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
      startedAtMs,
      endedAtMs: undefined,
      viaBatch,
      fault: undefined,
    };
    this.requests.push(entry);
    const work = { request, url, bytes, ids, entry, connection };
    const { latencyMs } = this.#options;
    try {
      // The parts of a batch wait together. The timers of waiting requests do not keep a closed emulator
      // alive.
      if (latencyMs > 0 && !viaBatch) await sleep(latencyMs, undefined, { ref: false });
      entry.fault = this.faults.take(request.method, path, bytes?.toString("utf8"));
      return await this.#withFault(entry.fault, work);
    } finally {
      entry.endedAtMs = performance.now();
    }
  }

  async #withFault(fault: Fault | undefined, work: Work): Promise<Response> {
    if (fault?.delayMs !== undefined) await sleep(fault.delayMs, undefined, { ref: false });
    if (fault?.drop === "before") return cut(work.connection);
    const response = (fault && faultyAnswer(fault, work.ids)) ?? (await this.#carryOut(work));
    if (fault?.drop === "after") return cut(work.connection);
    work.entry.status = response.status;
    const answer = withManners(response, work.ids);
    return fault?.truncate ? truncate(work.connection, answer) : answer;
  }

  async #carryOut(work: Work): Promise<Response> {
    try {
      return await this.#dispatch(work);
    } catch (error) {
      const known = error instanceof GraphError ? error : ownMistake(error);
      const { message } = known;
      const words = known instanceof IntuneError ? intuneMessage(message, work.ids) : message;
      const body = errorBody(known.code, words, work.ids, known.innerCode);
      return Response.json(shownError(body, this.#mode), {
        status: known.status,
        headers: known.headers,
      });
    }
  }

  async #dispatch({ request, url, bytes, ids, entry, connection }: Work): Promise<Response> {
    if (bytes === undefined) throw tooLarge();
    const caller = this.#tokens.authenticate(request.headers.get("authorization") ?? undefined);
    entry.tenantId = caller.tenantId;
    const plain = normalize(url, this.#vocabularies);
    const { pathname } = plain;
    const isBatch = pathname === BATCH_PATH;
    const waitSeconds = isBatch ? undefined : this.#gate?.refuse(request.method);
    if (waitSeconds !== undefined) {
      throw new GraphError(429, "TooManyRequests", "Please retry again later.", {
        "Retry-After": String(waitSeconds),
      });
    }
    const asked = { method: request.method, path: pathname, caller };
    for (const { access } of this.#apis) if (access !== undefined) admit(access, asked);
    const allowed = isBatch ? ["POST"] : servedMethods(this.#routes, pathname);
    if (!allowed.includes(request.method)) {
      throw notServed(request.method, url.pathname, allowed);
    }
    const inner = innerRequest(request, plain, bytes, caller);
    if (!isBatch) return as(caller, () => this.#routes.fetch(inner));
    if (entry.viaBatch) throw badRequest("A batch cannot hold a batch.");
    const carry = (item: Request) => this.answer(item, connection, { viaBatch: true });
    return unlessBroken(connection, await answerBatch(inner, ids, carry, this.#mode));
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Work {
  readonly request: Request;
  readonly url: URL;
  /** Undefined if the body was too large. */
  readonly bytes: Buffer | undefined;
  readonly ids: RequestIds;
  readonly entry: Mutable<RequestLogEntry>;
  readonly connection: Connection;
}

function innerRequest(request: Request, url: URL, bytes: Buffer, caller: TokenFacts): Request {
  const headers = new Headers(request.headers);
  headers.set(CALLER_HEADER, caller.kind);
  headers.set(TENANT_HEADER, caller.tenantId);
  headers.delete("content-length");
  const hasBody = bytes.length > 0 && request.method !== "GET";
  return new Request(url, {
    method: request.method,
    headers,
    ...(hasBody && { body: new Uint8Array(bytes) }),
  });
}

/** Adds the headers of every Graph answer. */
function withManners(response: Response, ids: RequestIds): Response {
  const headers = new Headers(response.headers);
  headers.set("request-id", ids.requestId);
  headers.set("client-request-id", ids.clientRequestId ?? ids.requestId);
  headers.set("OData-Version", "4.0");
  headers.set("Date", ids.at.toUTCString());
  return new Response(response.body, { status: response.status, headers });
}

/** A bug of the emulator: shown to its developer, and to the client as Graph would. */
function ownMistake(error: unknown): GraphError {
  console.error("The emulator failed:", error);
  return new GraphError(500, "generalException", String(error));
}

/** A body in the log: parsed if it is JSON, otherwise base64. */
function parsed(bytes: Buffer | undefined): unknown {
  if (bytes === undefined || bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return bytes.toString("base64");
  }
}

/** The query in readable form: decoded, with spaces for plus signs. */
function readableQuery({ searchParams }: URL): string {
  const parts = [...searchParams].map(([name, value]) => `${name}=${value}`);
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}
