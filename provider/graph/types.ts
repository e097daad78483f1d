/**
 * Requests and answers of the Graph client, as its callers see them.
 *
 * @module
 */

import type { Caller } from "./caller";

/** Shows one line to the user who runs the update; never with a secret. */
export type Log = (line: string) => void;

/** Options of one call. */
export interface GraphCallOptions {
  /** Stops the call, in flight or while it waits. */
  readonly signal?: AbortSignal;
  /**
   * Moment in milliseconds since the epoch at which the call is given up. A wait that would end later is
   * not begun.
   *
   * @default 30 minutes from the start of the call
   */
  readonly deadlineMs?: number;
  /** Object of the work, for messages: `client configuration "Baseline"`. */
  readonly subject?: string;
  /** Action on it, for messages: `Updating`. */
  readonly action?: string;
  /**
   * Whether sending it twice has the same effect as sending it once. Always true for methods other than
   * POST.
   */
  readonly safeToRepeat?: boolean;
  /**
   * Whether it is sent again after a 500 too, if that is safe: for services known for 500s that pass.
   *
   * @default false
   */
  readonly repeatsAfter500?: boolean;
  /**
   * Codes of refusals that no waiting changes, whatever their status: Graph's own, or those of its inner error. A
   * request that gets one has not been carried out, and is not sent again.
   *
   * @default none
   */
  readonly finalCodes?: readonly string[];
  /**
   * Whether throttling is this API's own: a 429 or a 503 neither holds other requests back nor slows writes down, and
   * the request is no write of policies.
   *
   * @default false
   */
  readonly isThrottledAlone?: boolean;
  /** Further request headers. They do not override the session's own (Authorization, client-request-id). */
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
   * Path of the same object, with its query, to read just before it is deleted: one round trip if Graph has
   * batches, otherwise two. The answer's body is then the object as it was, or undefined if it could not be
   * read.
   *
   * @default nothing is read
   */
  readonly lookFirst?: string;
}

/** Options of one page of a collection. */
export interface GraphPageOptions extends GraphCallOptions {
  /** Link to the page: `next` of the page before it. @default the first page */
  readonly link?: URL;
  /**
   * Whether it may travel with other reads of the same moment in one `$batch`. A page with a `link` never
   * does: the link may lead to a path that no batch reaches.
   *
   * @default false for a page, true for another GET
   */
  readonly joins?: boolean;
}

/** A page of a collection. */
export interface GraphPage {
  readonly items: readonly unknown[];
  /** Link to the next page; undefined for the last. */
  readonly next?: URL;
}

/** Graph's answer to a request that it carried out (2xx). */
export interface GraphResponse {
  readonly status: number;
  /** The parsed JSON; undefined if Graph sent none (204), or if bytes were requested. */
  readonly body: unknown;
  /** The bytes of a stream, if they were requested. */
  readonly bytes?: Uint8Array;
  readonly headers: Headers;
  /** Graph's id of the request, to quote to Microsoft's support. */
  readonly requestId?: string;
  /** This package's id of the request, sent as `client-request-id`. */
  readonly clientRequestId?: string;
}

/** One request to Graph. */
export interface GraphRequest extends GraphPutOptions, GraphDeleteOptions, GraphPageOptions {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** From the root of beta (`/officeConfiguration/…`), or with another version (`/v1.0/…`); with its query if any. */
  readonly path: string;
  /** JSON value of a POST or a PATCH. */
  readonly body?: unknown;
  /** Bytes of a PUT. */
  readonly bytes?: Uint8Array;
  /** Form of the answer. @default "json" */
  readonly accepts?: "json" | "bytes";
}

/**
 * A tenant's Graph: one function that sends a request. Time limits and the cache's invalidation wrap that
 * function; `GraphClient` has the verbs.
 */
export interface Graph {
  /** Scheme, host and port of this Graph: `https://graph.microsoft.com`. */
  readonly origin: string;
  /** The sender of the requests, from the session's token. Fetches the token if there is none. */
  caller(options?: GraphCallOptions): Promise<Caller>;
  /**
   * Sends a request, and repeats it if that is safe.
   *
   * @throws GraphHttpError if Graph refuses, GraphNoAnswerError if no answer comes, GraphAnswerError if the
   *   answer is unreadable, and CredentialError if there is no token.
   */
  send(request: GraphRequest): Promise<GraphResponse>;
}
