import {
  type GraphClient,
  GraphHttpError,
  type GraphRequest,
  OfficeConfigurationError,
} from "../../../provider/graph";
import { isPlainObject, type PlainObject } from "../../../provider/settings/json";
import { objectsOf } from "./forms";

/** An answer, or the status of a refusal. */
export interface Read {
  readonly status: number;
  readonly body: unknown;
}

/** Most pages of a list that are read. */
const MOST_PAGES = 5;

/** Statuses that say something about the moment, and nothing about manners. */
const PASSING: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * Reads that find manners out: one after the other, with one time limit for all. After a failure that says nothing about
 * manners nothing more is read, and what is left is not seen.
 */
export class Reads {
  #isOver = false;
  readonly #deadlineMs: number;

  constructor(
    private readonly graph: GraphClient,
    limitMs: number,
  ) {
    this.#deadlineMs = graph.clock.now() + limitMs;
  }

  /** The answer to a GET; undefined if it says nothing about manners. */
  get(path: string): Promise<Read | undefined> {
    return this.#send({ method: "GET", path });
  }

  /** The objects of a list, from its first page and a few more. */
  async objects(path: string, first: unknown): Promise<PlainObject[]> {
    const found = objectsOf(first);
    let link = this.#nextLink(first);
    for (let pages = 1; link !== undefined && pages < MOST_PAGES; pages += 1) {
      const read = await this.#send({ method: "GET", path, link });
      if (!isSuccess(read)) break;
      found.push(...objectsOf(read.body));
      link = this.#nextLink(read.body);
    }
    return found;
  }

  /** The answer to a batch of GETs. */
  batch(body: unknown): Promise<Read | undefined> {
    return this.#send({ method: "POST", path: "/$batch", body, safeToRepeat: true });
  }

  /** The bytes of a stream; undefined if there are none. */
  async bytes(path: string): Promise<Uint8Array | undefined> {
    if (this.#isOver) return undefined;
    try {
      const bytes = await this.graph.getBytes(path, { deadlineMs: this.#deadlineMs });
      return bytes === undefined || bytes.length === 0 ? undefined : bytes;
    } catch (error) {
      return this.#failed(error) && undefined;
    }
  }

  /** The link to the next page, if it leads to the same host: the request carries the token. */
  #nextLink(body: unknown): URL | undefined {
    const link = isPlainObject(body) ? body["@odata.nextLink"] : undefined;
    const url = typeof link === "string" && URL.canParse(link) ? new URL(link) : undefined;
    const isSafe = url?.origin === this.graph.origin && url.username === "" && url.password === "";
    return isSafe ? url : undefined;
  }

  async #send(request: GraphRequest): Promise<Read | undefined> {
    if (this.#isOver) return undefined;
    try {
      const sent = { ...request, joins: false, deadlineMs: this.#deadlineMs };
      const { status, body } = await this.graph.send(sent);
      return { status, body };
    } catch (error) {
      return this.#failed(error);
    }
  }

  #failed(error: unknown): Read | undefined {
    if (!OfficeConfigurationError.isInstance(error)) throw error;
    if (GraphHttpError.isInstance(error) && isRefusal(error.status)) {
      return { status: error.status, body: undefined };
    }
    this.#isOver = true;
    return undefined;
  }
}

/** Whether a status tells that a service does not take a request: not that it has failed, nor that it may take it later. */
export function isRefusal(status: number): boolean {
  const isClear = (status >= 400 && status < 500) || status === 501;
  return isClear && !PASSING.has(status);
}

/** Whether a read was a success. */
export function isSuccess(read: Read | undefined): read is Read {
  return read !== undefined && read.status < 300;
}

/** Treatment of a part of a query: the service refuses it, or answers with or without what it asked for. */
export function treatment(
  read: Read | undefined,
  isThere: boolean | undefined,
): "honoured" | "ignored" | "refused" | undefined {
  if (read === undefined) return undefined;
  if (!isSuccess(read)) return "refused";
  if (isThere === undefined) return undefined;
  return isThere ? "honoured" : "ignored";
}
