import type { Client, Middleware, ResponseType } from "@microsoft/microsoft-graph-client";
import { type RawAnswer, readBytes, readJson, refusal } from "./answer";
import { AuthenticationMiddleware } from "./authenticationMiddleware";
import { BatchMiddleware } from "./batchMiddleware";
import { DEFAULT_CALL_MS, GraphCall, within } from "./call";
import { type Caller, callerOf } from "./caller";
import { type Clock, systemClock } from "./clock";
import { cloudOf, scopeOf } from "./config/clouds";
import type { SessionConfig } from "./config/sessionTypes";
import { isNotFound } from "./errors/graphHttpError";
import { Gate } from "./gate";
import { type FetchedPage, readPage, readPages } from "./pages";
import { RetryMiddleware } from "./retryMiddleware";
import { SendMiddleware } from "./sendMiddleware";
import { TokenCache, type TokenSource } from "./tokenCache";
import { createTransport, type Transport } from "./transport";
import type {
  GraphCallOptions,
  GraphClient,
  GraphDeleteOptions,
  GraphPage,
  GraphPageOptions,
  GraphPutOptions,
  GraphResponse,
  Log,
} from "./types";
import { WritePace } from "./writePace";

const API_VERSION = "beta";

/** Lets the library hand answers over as they are. */
const RAW = "raw" as ResponseType;

/** Options of a client besides its settings. */
export interface GraphClientOptions {
  /** Says why nothing happens for a while. @default Says nothing. */
  readonly log?: Log;
  /** @default The system's time and chance. */
  readonly clock?: Clock;
  /** @default A transport of its own, which is then never closed. */
  readonly transport?: Transport;
}

/**
 * Makes the client of a tenant's Graph: Microsoft's Graph client with this package's middleware
 * for repeating, tokens and sending.
 */
export function createGraphClient(
  config: SessionConfig,
  credential: TokenSource,
  options: GraphClientOptions = {},
): GraphClient {
  return new MicrosoftGraphClient(config, credential, options);
}

/** Body of a request. */
interface Payload {
  readonly content: string | Buffer;
  readonly contentType: string;
}

class MicrosoftGraphClient implements GraphClient {
  readonly origin: string;
  readonly #clock: Clock;
  readonly #tokens: TokenCache;
  readonly #connect: () => Promise<Client>;
  #client: Promise<Client> | undefined;

  constructor(config: SessionConfig, credential: TokenSource, options: GraphClientOptions) {
    const root = new URL(config.endpoint ?? cloudOf(config.cloud).graph);
    this.origin = root.origin;
    this.#clock = options.clock ?? systemClock;
    this.#tokens = new TokenCache(credential, scopeOf(config.cloud), this.#clock);
    const chainOptions = { ...options, clock: this.#clock, root };
    this.#connect = () => connect(config, this.#tokens, chainOptions);
  }

  async caller(options: GraphCallOptions = {}): Promise<Caller> {
    const request = { method: "GET", url: this.#url(""), path: "Microsoft Graph" };
    const call = new GraphCall(request, { action: "Signing in for", ...options }, this.#clock);
    try {
      return callerOf(await within(call, this.#tokens.get()));
    } finally {
      call.close();
    }
  }

  get(path: string, options: GraphCallOptions = {}): Promise<GraphResponse> {
    return this.#json("GET", path, options);
  }

  post(path: string, body: unknown, options: GraphCallOptions = {}): Promise<GraphResponse> {
    return this.#json("POST", path, options, json(body));
  }

  patch(path: string, body: unknown, options: GraphCallOptions = {}): Promise<GraphResponse> {
    return this.#json("PATCH", path, options, json(body));
  }

  put(path: string, bytes: Uint8Array, options: GraphPutOptions = {}): Promise<GraphResponse> {
    const { contentType = "application/octet-stream" } = options;
    // A Buffer, because the library sends the whole memory behind any other view.
    return this.#json("PUT", path, options, { content: Buffer.from(bytes), contentType });
  }

  async delete(
    path: string,
    { lookFirst, ...options }: GraphDeleteOptions = {},
  ): Promise<GraphResponse> {
    if (lookFirst === undefined) return this.#json("DELETE", path, options);
    const url = this.#url(path);
    const look = this.#url(lookFirst);
    const request = { method: "DELETE", url, path: this.#pathOf(url), mayJoin: true, look };
    const call = new GraphCall(request, options, this.#clock);
    const answer = await this.#send(call, options.headers);
    try {
      return readJson(call, answer);
    } catch {
      // It is deleted, whatever the look has brought.
      return { status: answer.status, headers: answer.headers, body: undefined };
    }
  }

  async getBytes(path: string, options: GraphCallOptions = {}): Promise<Uint8Array | undefined> {
    const headers = { accept: "application/octet-stream, */*", ...options.headers };
    const call = this.#call("GET", path, options);
    try {
      const answer = await this.#send(call, headers);
      return readBytes(call, answer);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async list(path: string, options: GraphCallOptions = {}): Promise<unknown[]> {
    // One time limit for all pages.
    const deadlineMs = this.#clock.now() + DEFAULT_CALL_MS;
    // A link to a further page may lead anywhere on the host, where no batch reaches.
    const bounded = { deadlineMs, ...options, joins: true };
    const items: unknown[] = [];
    const first = this.#url(path);
    const pages = readPages(first, (url) => this.#fetchPage(first, url, bounded));
    // One by one: a call takes no hundred thousand arguments.
    for await (const page of pages) for (const item of page) items.push(item);
    return items;
  }

  async page(path: string, { link, ...options }: GraphPageOptions = {}): Promise<GraphPage> {
    const first = this.#url(path);
    return readPage(await this.#fetchPage(first, link ?? first, options), first);
  }

  async #fetchPage(
    first: URL,
    url: URL,
    { joins = false, ...options }: GraphCallOptions & { joins?: boolean },
  ): Promise<FetchedPage> {
    // Messages name the collection: what stands in a link to a page is not ours to repeat.
    const mayJoin = joins && url === first;
    const request = { method: "GET", url, path: this.#pathOf(first), mayJoin };
    const call = new GraphCall(request, options, this.#clock);
    return { call, response: readJson(call, await this.#send(call, options.headers)) };
  }

  async #json(
    method: string,
    path: string,
    options: GraphCallOptions,
    payload?: Payload,
  ): Promise<GraphResponse> {
    const call = this.#call(method, path, options);
    return readJson(call, await this.#send(call, options.headers, payload));
  }

  #call(method: string, path: string, options: GraphCallOptions): GraphCall {
    const url = this.#url(path);
    const request = { method, url, path: this.#pathOf(url), mayJoin: method === "GET" };
    return new GraphCall(request, options, this.#clock);
  }

  #url(path: string): URL {
    return new URL(`${this.origin}/${API_VERSION}/${path.replace(/^\/+/, "")}`);
  }

  #pathOf({ pathname }: URL): string {
    const root = `/${API_VERSION}`;
    return pathname.startsWith(`${root}/`) ? pathname.slice(root.length) : pathname;
  }

  async #send(
    call: GraphCall,
    headers: Readonly<Record<string, string>> = {},
    payload?: Payload,
  ): Promise<RawAnswer> {
    this.#client ??= this.#connect();
    const request = (await this.#client)
      .api(call.path)
      .responseType(RAW)
      .middlewareOptions([call])
      .headers({ accept: "application/json", ...withoutOwn(headers) });
    if (payload !== undefined) request.header("content-type", payload.contentType);
    let response: Response;
    try {
      response = (await sending(request, call.method, payload?.content)) as Response;
    } catch (error) {
      throw call.failure ?? error;
    } finally {
      call.close();
    }
    const { status } = response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    const answer = { status, headers: response.headers, bytes };
    if (!response.ok) throw refusal(call, answer, this.#clock.now());
    return answer;
  }
}

/** Headers that are the session's own, however a caller spells them. */
const OWN_HEADERS: ReadonlySet<string> = new Set(["authorization", "client-request-id", "host"]);

function withoutOwn(headers: Readonly<Record<string, string>>): Record<string, string> {
  const others = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return Object.fromEntries(others.filter(([name]) => !OWN_HEADERS.has(name)));
}

type GraphRequest = ReturnType<Client["api"]>;

function sending(
  request: GraphRequest,
  method: string,
  content: string | Buffer | undefined,
): Promise<unknown> {
  switch (method) {
    case "POST":
      return request.post(content);
    case "PATCH":
      return request.patch(content);
    case "PUT":
      return request.put(content);
    case "DELETE":
      return request.delete();
    default:
      return request.get();
  }
}

function json(body: unknown): Payload {
  return { content: JSON.stringify(body), contentType: "application/json" };
}

interface ChainOptions extends GraphClientOptions {
  readonly clock: Clock;
  readonly root: URL;
}

/** Microsoft's client with our middleware. Loaded with the first request: a preview sends none. */
async function connect(
  config: SessionConfig,
  tokens: TokenCache,
  options: ChainOptions,
): Promise<Client> {
  const { Client, TelemetryHandler } = await import("@microsoft/microsoft-graph-client");
  return Client.initWithMiddleware({
    baseUrl: `${options.root.origin}/`,
    defaultVersion: API_VERSION,
    // The library's own first, as it adds to its header every time a request passes.
    middleware: [new TelemetryHandler(), ...chain(config, tokens, options)],
  });
}

function chain(
  config: SessionConfig,
  tokens: TokenCache,
  { log = () => {}, clock, transport, root }: ChainOptions,
): Middleware[] {
  const { maxRetries, maxRequestsInFlight, requestTimeoutSeconds, writeLimit } = config;
  const gate = new Gate(maxRequestsInFlight, clock);
  const pace = new WritePace({ limit: writeLimit, clock, log });
  const batch = new URL(`/${API_VERSION}/$batch`, root);
  return [
    new RetryMiddleware({ gate, pace, clock, log, maxRetries }),
    new AuthenticationMiddleware(tokens, root.origin),
    new BatchMiddleware(batch, clock),
    new SendMiddleware({
      gate,
      transport: transport ?? createTransport(root),
      origin: root.origin,
      timeoutMs: requestTimeoutSeconds * 1_000,
    }),
  ];
}
