import { addressOf, shownPath } from "./address";
import { DEFAULT_CALL_MS } from "./call";
import type { Caller } from "./caller";
import { type Clock, systemClock } from "./clock";
import { isNotFound } from "./errors/graphHttpError";
import { type FetchedPage, readPage, readPages } from "./pages";
import type {
  Graph,
  GraphCallOptions,
  GraphDeleteOptions,
  GraphPage,
  GraphPageOptions,
  GraphPutOptions,
  GraphRequest,
  GraphResponse,
} from "./types";

/** Properties of a client besides its Graph. */
export interface ClientFacts {
  /** @default the system's */
  readonly clock?: Clock | undefined;
  /** Moment in milliseconds since the epoch at which all calls end. @default none */
  readonly deadlineMs?: number | undefined;
  /** The same Graph without that deadline. @default the client itself */
  readonly unlimited?: GraphClient | undefined;
}

/** Runs something around each request of a Graph. */
export type AroundRequest = (
  request: GraphRequest,
  send: (request: GraphRequest) => Promise<GraphResponse>,
) => Promise<GraphResponse>;

/** The verbs of a tenant's Graph. All of them use the one `send` of that Graph, and throw its errors. */
export class GraphClient implements Graph {
  readonly origin: string;
  readonly clock: Clock;
  /** Moment in milliseconds since the epoch at which all calls end; undefined if there is none. */
  readonly deadlineMs: number | undefined;
  readonly #graph: Graph;
  readonly #unlimited: GraphClient | undefined;

  constructor(graph: Graph, { clock = systemClock, deadlineMs, unlimited }: ClientFacts = {}) {
    this.origin = graph.origin;
    this.clock = clock;
    this.deadlineMs = deadlineMs;
    this.#graph = graph;
    this.#unlimited = unlimited;
  }

  /** The same Graph without a deadline for all calls: for work that several operations share. */
  get unlimited(): GraphClient {
    return this.#unlimited ?? this;
  }

  /** The same Graph, with `around` run around each request. */
  around(around: AroundRequest): GraphClient {
    const { origin, clock, deadlineMs } = this;
    return new GraphClient(
      {
        origin,
        caller: (options) => this.caller(options),
        send: (request) => around(request, (next) => this.send(next)),
      },
      { clock, deadlineMs, unlimited: this.#unlimited?.around(around) },
    );
  }

  caller(options?: GraphCallOptions): Promise<Caller> {
    return this.#graph.caller(options);
  }

  send(request: GraphRequest): Promise<GraphResponse> {
    return this.#graph.send(request);
  }

  get(path: string, options?: GraphCallOptions): Promise<GraphResponse> {
    return this.send({ ...options, method: "GET", path });
  }

  /** Repeated after an unclear failure only if `safeToRepeat` says so. */
  post(path: string, body: unknown, options?: GraphCallOptions): Promise<GraphResponse> {
    return this.send({ ...options, method: "POST", path, body });
  }

  patch(path: string, body: unknown, options?: GraphCallOptions): Promise<GraphResponse> {
    return this.send({ ...options, method: "PATCH", path, body });
  }

  put(path: string, bytes: Uint8Array, options?: GraphPutOptions): Promise<GraphResponse> {
    return this.send({ ...options, method: "PUT", path, bytes });
  }

  delete(path: string, options?: GraphDeleteOptions): Promise<GraphResponse> {
    return this.send({ ...options, method: "DELETE", path });
  }

  /** The bytes of a stream property: empty for 204, undefined for 404. */
  async getBytes(path: string, options?: GraphCallOptions): Promise<Uint8Array | undefined> {
    try {
      const { bytes } = await this.send({ ...options, method: "GET", path, accepts: "bytes" });
      return bytes ?? new Uint8Array();
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** All items of a collection, from all its pages. */
  async list(path: string, options?: GraphCallOptions): Promise<unknown[]> {
    // One time limit for all pages.
    const deadlineMs = this.clock.now() + DEFAULT_CALL_MS;
    const bounded = { deadlineMs, ...options, joins: true };
    const items: unknown[] = [];
    const first = addressOf(this.origin, path);
    const pages = readPages(first, (url) => {
      return this.#fetchPage(path, url === first ? bounded : { ...bounded, link: url });
    });
    // One by one: a call cannot take a hundred thousand arguments.
    for await (const page of pages) for (const item of page.items) items.push(item);
    return items;
  }

  /** The pages of a collection one by one, each in a time of its own. @param options - `link` leads to the first. */
  pages(path: string, options: GraphPageOptions = {}): AsyncGenerator<GraphPage, undefined> {
    const first = addressOf(this.origin, path);
    const { link, ...rest } = { joins: false, ...options };
    const fetch = (url: URL) =>
      this.#fetchPage(path, url === first ? rest : { ...rest, link: url });
    return readPages(first, fetch, link);
  }

  /** One page of a collection. */
  async page(path: string, options: GraphPageOptions = {}): Promise<GraphPage> {
    const first = addressOf(this.origin, path);
    return readPage(await this.#fetchPage(path, { joins: false, ...options }), first);
  }

  async #fetchPage(path: string, options: GraphPageOptions): Promise<FetchedPage> {
    const { subject, action } = options;
    const response = await this.send({ ...options, method: "GET", path });
    const request = {
      method: "GET",
      path: shownPath(addressOf(this.origin, path)),
      ...(subject !== undefined && { subject }),
      ...(action !== undefined && { action }),
    };
    return { request, response };
  }
}
