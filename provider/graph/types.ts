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
   * @default false
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
  /** The parsed JSON; undefined when Graph sent none, as with 204. */
  readonly body: unknown;
  readonly headers: Headers;
  /** Graph's name of the request, to quote to its support. */
  readonly requestId?: string;
}

/**
 * A tenant's Graph. Paths are those of `paths`, from the root of the API version
 * (`/officeConfiguration/…`), with a query where one is wanted.
 *
 * Every method throws GraphHttpError when Graph refuses, GraphNoAnswerError when no answer came,
 * GraphAnswerError when the answer cannot be understood, and CredentialError when there is no token.
 */
export interface GraphClient {
  /** Scheme, host and port of this Graph: `https://graph.microsoft.com`. */
  readonly origin: string;
  /** Moment in milliseconds since the epoch at which all calls end, where one was given. */
  readonly deadlineMs?: number;
  /** The same Graph without that moment: for work that several operations share. @default itself */
  readonly unlimited?: GraphClient;
  /** Who the requests come from, by the session's token, which is fetched if there is none yet. */
  caller(options?: GraphCallOptions): Promise<Caller>;
  get(path: string, options?: GraphCallOptions): Promise<GraphResponse>;
  /** Sent again after an unclear failure only if `safeToRepeat` says so. */
  post(path: string, body: unknown, options?: GraphCallOptions): Promise<GraphResponse>;
  patch(path: string, body: unknown, options?: GraphCallOptions): Promise<GraphResponse>;
  put(path: string, bytes: Uint8Array, options?: GraphPutOptions): Promise<GraphResponse>;
  delete(path: string, options?: GraphDeleteOptions): Promise<GraphResponse>;
  /** The bytes of a stream property: none where it is empty (204), undefined where it is not there (404). */
  getBytes(path: string, options?: GraphCallOptions): Promise<Uint8Array | undefined>;
  /** All items of a collection, from all its pages. */
  list(path: string, options?: GraphCallOptions): Promise<unknown[]>;
  /** One page of a collection. */
  page(path: string, options?: GraphPageOptions): Promise<GraphPage>;
}
