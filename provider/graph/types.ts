/**
 * Requests and answers of the Graph client, as its callers see them.
 *
 * @module
 */

import type { Caller } from "./caller";

/** Says something to whoever runs the update: one line, never with a secret in it. */
export type Log = (line: string) => void;

/** Options of one call. */
export interface GraphCallOptions {
  /** Stops the call, in flight or while it waits. */
  readonly signal?: AbortSignal;
  /**
   * Moment in milliseconds since the epoch after which the call is given up; a wait that would end
   * later is not begun.
   *
   * @default 30 minutes from the start of the call
   */
  readonly deadlineMs?: number;
  /** Object of the work, for messages: `client configuration "Baseline"`. */
  readonly subject?: string;
  /** Action on it, for messages: `Updating`. */
  readonly action?: string;
  /**
   * Whether sending it twice does what sending it once does. True by itself for every method but
   * POST.
   */
  readonly safeToRepeat?: boolean;
  /** Further request headers. The session's own (Authorization, client-request-id) stay. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Options of a PUT. */
export interface GraphPutOptions extends GraphCallOptions {
  /** @default "application/octet-stream" */
  readonly contentType?: string;
}

/** Options of a DELETE. */
export interface GraphDeleteOptions extends GraphCallOptions {
  /**
   * Path of the same object, with its query, to read just before it is deleted: one round trip where
   * Graph has batches, two where it has none. The answer's body is then the object as it was; undefined
   * where it could not be read.
   *
   * @default nothing is read
   */
  readonly lookFirst?: string;
}

/** Options of one page of a collection. */
export interface GraphPageOptions extends GraphCallOptions {
  /** Leads to the page: `next` of the page before it. @default the first page */
  readonly link?: URL;
  /**
   * Whether it may travel with other reads of the same moment, in one `$batch`. A page with a `link` never
   * does: that may lead anywhere on the host, where no batch reaches.
   *
   * @default false for a page, true for another GET
   */
  readonly joins?: boolean;
}

/** A page of a collection. */
export interface GraphPage {
  readonly items: readonly unknown[];
  /** Leads to the page after it; undefined for the last. */
  readonly next?: URL;
}

/** Graph's answer to a request that it carried out (2xx). */
export interface GraphResponse {
  readonly status: number;
  /** The parsed JSON; undefined when Graph sent none, as with 204, and where bytes were asked for. */
  readonly body: unknown;
  /** The bytes of a stream, where they were asked for. */
  readonly bytes?: Uint8Array;
  readonly headers: Headers;
  /** Graph's name of the request, to quote to its support. */
  readonly requestId?: string;
  /** Our name of the request, sent as `client-request-id`. */
  readonly clientRequestId?: string;
}

/** One request to Graph. */
export interface GraphRequest extends GraphPutOptions, GraphDeleteOptions, GraphPageOptions {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** From the root of the API version (`/officeConfiguration/…`), with a query where one is wanted. */
  readonly path: string;
  /** JSON value that a POST or a PATCH carries. */
  readonly body?: unknown;
  /** Bytes that a PUT carries. */
  readonly bytes?: Uint8Array;
  /** Form of the answer. @default "json" */
  readonly accepts?: "json" | "bytes";
}

/**
 * A tenant's Graph: one way to send a request. Time limits, and what is forgotten because of a write,
 * are wrapped around that one function; `GraphClient` has the verbs.
 */
export interface Graph {
  /** Scheme, host and port of this Graph: `https://graph.microsoft.com`. */
  readonly origin: string;
  /** Who the requests come from, by the session's token, which is fetched if there is none yet. */
  caller(options?: GraphCallOptions): Promise<Caller>;
  /**
   * Sends a request, and repeats it where that is safe.
   *
   * @throws GraphHttpError when Graph refuses, GraphNoAnswerError when no answer came, GraphAnswerError
   *   when the answer cannot be understood, and CredentialError when there is no token.
   */
  send(request: GraphRequest): Promise<GraphResponse>;
}
