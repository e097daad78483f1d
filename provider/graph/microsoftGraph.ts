import type { Client, Middleware, ResponseType } from "@microsoft/microsoft-graph-client";
import { API_VERSION, addressOf, namesVersion, shownPath } from "./address";
import { type RawAnswer, readBytes, readJson, refusal } from "./answer";
import { AuthenticationMiddleware } from "./authenticationMiddleware";
import { BatchMiddleware } from "./batchMiddleware";
import { GraphCall, within } from "./call";
import { type Caller, callerOf } from "./caller";
import { GraphClient } from "./client";
import { type Clock, systemClock } from "./clock";
import { cloudOf, scopeOf } from "./config/clouds";
import type { SessionConfig } from "./config/sessionTypes";
import { Gate } from "./gate";
import { RetryMiddleware } from "./retryMiddleware";
import { SendMiddleware } from "./sendMiddleware";
import { TokenCache, type TokenSource } from "./tokenCache";
import { createTransport, type Transport } from "./transport";
import type { Graph, GraphCallOptions, GraphRequest, GraphResponse, Log } from "./types";
import { WritePace } from "./writePace";

/** Makes the library return raw answers. */
const RAW = "raw" as ResponseType;

/** Options of a client besides its settings. */
export interface GraphClientOptions {
  /** Says why nothing happens for a while. @default Says nothing. */
  readonly log?: Log;
  /** @default The system's time and chance. */
  readonly clock?: Clock;
  /** @default A transport of its own, which is never closed. */
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
  const { clock = systemClock } = options;
  return new GraphClient(new MicrosoftGraph(config, credential, { ...options, clock }), { clock });
}

/** The body of a request over HTTP. */
interface Content {
  readonly content: string | Buffer;
  readonly contentType: string;
}

class MicrosoftGraph implements Graph {
  readonly origin: string;
  readonly #clock: Clock;
  readonly #tokens: TokenCache;
  readonly #connect: () => Promise<Client>;
  #client: Promise<Client> | undefined;

  constructor(
    config: SessionConfig,
    credential: TokenSource,
    options: GraphClientOptions & { readonly clock: Clock },
  ) {
    const root = new URL(config.endpoint ?? cloudOf(config.cloud).graph);
    this.origin = root.origin;
    this.#clock = options.clock;
    this.#tokens = new TokenCache(credential, scopeOf(config.cloud), this.#clock);
    this.#connect = () => connect(config, this.#tokens, { ...options, root });
  }

  async caller(options: GraphCallOptions = {}): Promise<Caller> {
    const request = { method: "GET", url: addressOf(this.origin, ""), path: "Microsoft Graph" };
    const call = new GraphCall(request, { action: "Signing in for", ...options }, this.#clock);
    try {
      return callerOf(await within(call, this.#tokens.get()));
    } finally {
      call.close();
    }
  }

  async send(request: GraphRequest): Promise<GraphResponse> {
    const { lookFirst, accepts = "json", headers } = request;
    const call = this.#call(request);
    const accept = accepts === "bytes" ? "application/octet-stream, */*" : "application/json";
    const answer = await this.#send(call, { accept, ...headers }, contentOf(request));
    const { clientRequestId } = call;
    if (accepts === "bytes") {
      const { status, headers: received } = answer;
      const bytes = readBytes(call, answer);
      return { status, headers: received, body: undefined, bytes, clientRequestId };
    }
    try {
      return { ...readJson(call, answer), clientRequestId };
    } catch (error) {
      if (lookFirst === undefined) throw error;
      // The object is deleted, whatever the look returned.
      return { status: answer.status, headers: answer.headers, body: undefined };
    }
  }

  #call(request: GraphRequest): GraphCall {
    const { method, path, link, lookFirst } = request;
    const first = addressOf(this.origin, path);
    const look = lookFirst === undefined ? undefined : addressOf(this.origin, lookFirst);
    // A batch is of one version.
    const mayJoin = link === undefined && !namesVersion(path);
    const joins = mayJoin && (request.joins ?? method === "GET");
    return new GraphCall(
      {
        method,
        url: link ?? first,
        // Messages name the collection: a page's link may hold what must not be shown.
        path: shownPath(first),
        mayJoin: joins || look !== undefined,
        look,
      },
      request,
      this.#clock,
    );
  }

  async #send(
    call: GraphCall,
    headers: Readonly<Record<string, string>>,
    content: Content | undefined,
  ): Promise<RawAnswer> {
    this.#client ??= this.#connect();
    const request = (await this.#client)
      .api(call.path)
      .responseType(RAW)
      .middlewareOptions([call])
      .headers(withoutOwn(headers));
    if (content !== undefined) request.header("content-type", content.contentType);
    let response: Response;
    try {
      response = (await sending(request, call.method, content?.content)) as Response;
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

/** Headers that only the session sets, however a caller spells them. */
const OWN_HEADERS: ReadonlySet<string> = new Set(["authorization", "client-request-id", "host"]);

function withoutOwn(headers: Readonly<Record<string, string>>): Record<string, string> {
  const others = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return Object.fromEntries(others.filter(([name]) => !OWN_HEADERS.has(name)));
}

function sending(
  request: ReturnType<Client["api"]>,
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

function contentOf({ method, body, bytes, ...options }: GraphRequest): Content | undefined {
  if (bytes !== undefined) {
    const { contentType = "application/octet-stream" } = options;
    // A Buffer: of any other view, the library sends the whole underlying memory.
    return { content: Buffer.from(bytes), contentType };
  }
  const hasJson = method === "POST" || method === "PATCH";
  return hasJson ? { content: JSON.stringify(body), contentType: "application/json" } : undefined;
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
    // The library's own comes first, because it extends its header on every pass.
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
  const batch = addressOf(root.origin, "$batch");
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
