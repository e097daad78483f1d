import { setTimeout as timer } from "node:timers/promises";
import { mayRefuseExpanding } from "../api/clientConfigurations";
import { isSilentInList, type PayloadProperty } from "../api/silence";
import { type GraphCallOptions, type GraphClient, paths } from "../graph";
import { type Clock, LONGEST_TIMER_MS, systemClock } from "../graph/clock";
import { isPlainObject, type PlainObject } from "../payload/json";
import { type ConfigurationAnswer, idKey, readConfiguration } from "./wire";

/** So many policies must be asked for lately before a list is read for them. */
const LEAST_FOR_A_LIST = 4;

/**
 * A further page is read once so many policies were asked for lately on account of each one before: a
 * long list does not pay where a stack has few of a tenant's policies.
 */
const ASKED_PER_PAGE = 20;

/** What was asked for so long ago is not late any more, in milliseconds. */
const LATELY_MS = 10_000;

/** Those that ask are counted when nobody new has asked for so long, in milliseconds. */
const GATHER_QUIET_MS = 4;

/** And after so many of these waits in any case. */
const GATHER_MOST_WAITS = 5;

/** What a reader of one policy wants of the list. */
export interface Wanted {
  readonly id: string;
  /** How old the answer may be, in milliseconds. */
  readonly maxAgeMs: number;
  /** The payloads that must be there. */
  readonly needs: readonly PayloadProperty[];
}

/** A page of the list, which may be read again: what it held is then forgotten. */
interface ListPage {
  /** Leads to it; undefined for the first. */
  readonly link: URL | undefined;
  reading: Promise<void> | undefined;
}

/** A policy of the list. */
interface Listed {
  readonly answer: ConfigurationAnswer;
  readonly page: ListPage;
  /** When its page was asked for. */
  readonly askedMs: number;
  /** The place of that question among the writes. */
  readonly turn: number;
}

/** A list of the tenant's policies, as far as it has been read. */
interface Listing {
  readonly isExpanded: boolean;
  readonly items: Map<string, Listed>;
  /** The first page that has not been read; undefined where all have been. */
  unread: ListPage | undefined;
  pagesRead: number;
}

/**
 * What the resources of an update read of the tenant, read together: policies that are asked for one
 * by one, as the engine does, come from one list. Nothing that was read before a policy was written is
 * given after it.
 */
export class TenantReads {
  #listing: Listing | undefined;
  /** Whether this Graph expands the groups of a list, as far as is known. */
  #isExpanded = true;
  /** When policies were asked for lately, the oldest first. */
  readonly #asked: number[] = [];
  #askers = 0;
  #gathering: Promise<void> | undefined;
  #turn = 0;
  /** The turns in which policies were written; infinite while a write is on its way. */
  readonly #written = new Map<string, number>();

  constructor(
    private readonly now: () => number = Date.now,
    private readonly sleep: Clock["sleep"] = systemClock.sleep,
  ) {}

  /**
   * A policy as the list of the tenant has it.
   *
   * @returns undefined if the list does not say: then the policy itself has to be asked for.
   */
  async find(
    graph: GraphClient,
    { id, ...how }: Wanted,
    call: GraphCallOptions,
  ): Promise<ConfigurationAnswer | undefined> {
    const wanted = { ...how, id: idKey(id) };
    this.#asked.push(this.now());
    const known = this.#known(wanted);
    if (known !== undefined) return known;
    await this.#gathered();
    return this.#listed(graph, wanted, call);
  }

  /** Does a write, and forgets what was read of those policies before it ended. */
  async during<T>(ids: readonly string[], write: () => Promise<T>): Promise<T> {
    const keys = ids.map(idKey);
    for (const key of keys) this.#written.set(key, Number.POSITIVE_INFINITY);
    try {
      return await write();
    } finally {
      this.#turn += 1;
      for (const key of keys) this.#written.set(key, this.#turn);
    }
  }

  /** What the list says already, if it is good enough. */
  #known({ id, maxAgeMs, needs }: Wanted): ConfigurationAnswer | undefined {
    const found = this.#listing?.items.get(id);
    if (found === undefined || this.#isOlder(found, maxAgeMs)) return undefined;
    if ((this.#written.get(id) ?? 0) >= found.turn) return undefined;
    return needs.some((name) => isSilentInList(found.answer, name)) ? undefined : found.answer;
  }

  #isOlder({ askedMs }: Listed, maxAgeMs: number): boolean {
    return this.now() - askedMs > maxAgeMs;
  }

  /** How many policies were asked for lately. */
  get #askedLately(): number {
    const sinceMs = this.now() - LATELY_MS;
    while ((this.#asked[0] ?? sinceMs) < sinceMs) this.#asked.shift();
    return this.#asked.length;
  }

  /** Waits until those that ask at this moment are there: all of them, until the same moment. */
  #gathered(): Promise<void> {
    this.#askers += 1;
    this.#gathering ??= this.#gather().finally(() => {
      this.#gathering = undefined;
    });
    return this.#gathering;
  }

  async #gather(): Promise<void> {
    for (let waits = 0; waits < GATHER_MOST_WAITS; waits += 1) {
      const before = this.#askers;
      await this.sleep(GATHER_QUIET_MS);
      if (this.#askers === before) return;
    }
  }

  async #listed(
    graph: GraphClient,
    wanted: Wanted,
    call: GraphCallOptions,
  ): Promise<ConfigurationAnswer | undefined> {
    const read = new Set<ListPage>();
    for (;;) {
      this.#listing ??= this.#newListing();
      const listing = this.#listing;
      const page = this.#pageToRead(listing, wanted);
      // A page may be older than it may be by the time that it is there.
      if (page === undefined || read.has(page)) return this.#known(wanted);
      read.add(page);
      page.reading ??= this.#read(graph.unlimited ?? graph, call, listing, page);
      if (!(await this.#hasRead(listing, page.reading, graph.deadlineMs))) return undefined;
    }
  }

  #newListing(): Listing {
    const unread = { link: undefined, reading: undefined };
    return { isExpanded: this.#isExpanded, items: new Map(), unread, pagesRead: 0 };
  }

  /** The page to read before the list can tell of a policy; undefined where none would help, or pay. */
  #pageToRead(
    { items, unread, pagesRead }: Listing,
    { id, maxAgeMs }: Wanted,
  ): ListPage | undefined {
    const found = items.get(id);
    if (found !== undefined && !this.#isOlder(found, maxAgeMs)) return undefined;
    const asked = this.#askedLately;
    if (asked < LEAST_FOR_A_LIST) return undefined;
    if (found !== undefined) return found.page;
    return asked >= ASKED_PER_PAGE * pagesRead ? unread : undefined;
  }

  /** Waits for a page. @returns false where there is none: whoever asks then asks for itself. */
  async #hasRead(
    listing: Listing,
    reading: Promise<void>,
    deadlineMs: number | undefined,
  ): Promise<boolean> {
    try {
      return await before(deadlineMs, reading);
    } catch (error) {
      if (this.#listing === listing) this.#listing = undefined;
      if (!listing.isExpanded || !mayRefuseExpanding(error)) return false;
      this.#isExpanded = false;
      return true;
    }
  }

  async #read(
    graph: GraphClient,
    call: GraphCallOptions,
    listing: Listing,
    page: ListPage,
  ): Promise<void> {
    this.#turn += 1;
    const [askedMs, turn] = [this.now(), this.#turn];
    const { items, next } = await graph.page(
      `${paths.clientConfigurations}${listing.isExpanded ? "?$expand=assignments" : ""}`,
      {
        ...call,
        action: "Reading",
        subject: "the tenant's client configurations",
        ...(page.link && { link: page.link }),
      },
    );
    page.reading = undefined;
    for (const [id, listed] of listing.items) if (listed.page === page) listing.items.delete(id);
    for (const item of items) {
      const answer = readConfiguration(item);
      if (answer !== undefined) listing.items.set(answer.id, { answer, page, askedMs, turn });
    }
    if (page !== listing.unread) return;
    listing.pagesRead += 1;
    listing.unread = next && { link: next, reading: undefined };
  }
}

/** Waits for some work, but not beyond a moment. @returns whether it was done by then. */
async function before(deadlineMs: number | undefined, work: Promise<void>): Promise<boolean> {
  if (deadlineMs === undefined) return work.then(() => true);
  const waiting = new AbortController();
  const { signal } = waiting;
  const leftMs = Math.min(Math.max(0, deadlineMs - Date.now()), LONGEST_TIMER_MS);
  const isUp = timer(leftMs, false, { signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), isUp]);
  } finally {
    waiting.abort();
  }
}

/** The same Graph, whose writes make the reads forget what they write. */
export function forgetting(graph: GraphClient, reads: TenantReads): GraphClient {
  return {
    origin: graph.origin,
    caller: (options) => graph.caller(options),
    get: (path, options) => graph.get(path, options),
    getBytes: (path, options) => graph.getBytes(path, options),
    list: (path, options) => graph.list(path, options),
    page: (path, options) => graph.page(path, options),
    post: (path, body, options) =>
      reads.during(idsWritten(path, body), () => graph.post(path, body, options)),
    patch: (path, body, options) =>
      reads.during(idsWritten(path, body), () => graph.patch(path, body, options)),
    put: (path, bytes, options) =>
      reads.during(idsWritten(path), () => graph.put(path, bytes, options)),
    delete: (path, options) => reads.during(idsWritten(path), () => graph.delete(path, options)),
  };
}

/** The ids of the policies that a request writes: in its path or in its body. */
function idsWritten(path: string, body?: unknown): string[] {
  const { id, officeConfigurationPolicyIds: ids }: PlainObject = isPlainObject(body) ? body : {};
  if (path === paths.updatePriorities) return Array.isArray(ids) ? ids.map(String) : [];
  if (path === paths.clientConfigurations) return typeof id === "string" ? [id] : [];
  const [, segment] = /\/clientConfigurations\/([^/?]+)/.exec(path) ?? [];
  return segment === undefined ? [] : [decodeURIComponent(segment)];
}
