import { beforeDeadline } from "../api/beforeDeadline";
import { listClientConfigurations, mayRefuseExpanding } from "../api/clientConfigurations";
import { Creations } from "../api/creations";
import { PlannedReads } from "../api/plannedReads";
import { isSilentInList, type PayloadProperty } from "../api/silence";
import { type GraphCallOptions, type GraphClient, paths } from "../graph";
import { type Clock, systemClock } from "../graph/clock";
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

/** Smallest page worth reading on from: policies that are read one by one travel about as many at a time. */
const LEAST_A_PAGE = 16;

/** Policies in a row of which the list left open what was needed, after which no page is read for such. */
const SILENCES_TO_STOP = 3;

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
  /** Undefined in a list that was read as a whole. */
  readonly page: ListPage | undefined;
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
  /** Whether pages are so small that reading on does not pay. */
  #hasSmallPages = false;
  /** Policies in a row of which the list left open what was needed. */
  #silences = 0;
  #whole: Promise<readonly ConfigurationAnswer[]> | undefined;
  readonly #planned: PlannedReads;
  /** The creations of this update. */
  readonly creations: Creations;
  #askers = 0;
  #gathering: Promise<void> | undefined;
  #turn = 0;
  /** The turns in which policies were written; infinite while a write is on its way. */
  readonly #written = new Map<string, number>();

  constructor(
    private readonly now: () => number = Date.now,
    private readonly sleep: Clock["sleep"] = systemClock.sleep,
  ) {
    this.#planned = new PlannedReads(now);
    this.creations = new Creations({ now, sleep });
  }

  /** A policy is going to be updated: it is read together with others. */
  plan(id: string): void {
    this.#planned.plan(idKey(id));
  }

  /**
   * All policies, by one list for all that ask in this update: what it does not hold was made after it began.
   *
   * @param withGroups - Whether the groups are wanted too, if nobody has asked before.
   */
  all(
    graph: GraphClient,
    call: GraphCallOptions,
    withGroups: boolean,
  ): Promise<readonly ConfigurationAnswer[]> {
    if (this.#whole !== undefined) return this.#whole;
    const whole = this.#readWhole(graph.unlimited ?? graph, call, withGroups);
    this.#whole = whole;
    // A list that failed is asked for again by the next resource.
    whole.catch(() => {
      this.#whole = undefined;
    });
    return whole;
  }

  async #readWhole(
    graph: GraphClient,
    call: GraphCallOptions,
    withGroups: boolean,
  ): Promise<readonly ConfigurationAnswer[]> {
    this.#turn += 1;
    const [askedMs, turn] = [this.now(), this.#turn];
    const { policies } = await listClientConfigurations(graph, call, { withGroups });
    if (withGroups) {
      const items = policies.map((answer) => {
        return [answer.id, { answer, page: undefined, askedMs, turn }] as const;
      });
      this.#listing = { isExpanded: true, items: new Map(items), unread: undefined, pagesRead: 0 };
    }
    return policies;
  }

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
    return (await this.#listed(graph, wanted, call)) ?? this.#planned.find(graph, wanted, call);
  }

  /** Does a write, and forgets what was read of those policies before it ended. */
  async during<T>(ids: readonly string[], write: () => Promise<T>): Promise<T> {
    const keys = ids.map(idKey);
    for (const key of keys) this.#planned.forget(key);
    for (const key of keys) this.#written.set(key, Number.POSITIVE_INFINITY);
    try {
      return await write();
    } finally {
      this.#turn += 1;
      for (const key of keys) {
        this.#planned.forget(key);
        this.#written.set(key, this.#turn);
      }
    }
  }

  /** What the list says already, if it is good enough. */
  #known({ id, maxAgeMs, needs }: Wanted): ConfigurationAnswer | undefined {
    const found = this.#listing?.items.get(id);
    if (found === undefined || this.#isOlder(found, maxAgeMs)) return undefined;
    if ((this.#written.get(id) ?? 0) >= found.turn) return undefined;
    if (needs.length === 0) return found.answer;
    const isSilent = needs.some((name) => isSilentInList(found.answer, name));
    this.#silences = isSilent ? this.#silences + 1 : 0;
    return isSilent ? undefined : found.answer;
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
    { id, maxAgeMs, needs }: Wanted,
  ): ListPage | undefined {
    const found = items.get(id);
    if (found !== undefined && !this.#isOlder(found, maxAgeMs)) return undefined;
    if (this.#hasSmallPages) return undefined;
    if (needs.length > 0 && this.#silences >= SILENCES_TO_STOP) return undefined;
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
      const done = reading.then(() => true);
      return (await beforeDeadline(deadlineMs, done)) === true;
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
    this.#hasSmallPages = next !== undefined && items.length < LEAST_A_PAGE;
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
