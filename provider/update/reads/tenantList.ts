import { mayRefuseExpanding } from "../../api/clientConfigurations";
import type { ConfigurationAnswer } from "../../api/configurationAnswer";
import type { Freshness } from "../../api/configurationReader";
import { isRun, type PageStart, readListPage } from "../../api/listPages";
import { isSilentInList, type PayloadProperty } from "../../api/silence";
import type { GraphCallOptions, GraphClient } from "../../graph";
import { beforeDeadline } from "./beforeDeadline";
import type { Turns } from "./turns";

/** Number of recent requests for policies that makes reading a list worthwhile. */
const LEAST_FOR_A_LIST = 4;

/**
 * Number of recent requests, for each page read so far, that makes a further page worthwhile. A long list
 * does not pay if a stack has few of a tenant's policies.
 */
const ASKED_PER_PAGE = 20;

/** The same for several small pages at once: as many as an engine on two cores works on. */
const LEAST_FOR_A_RUN = 8;

/** Window in which a read counts as recent, in milliseconds. */
const LATELY_MS = 10_000;

/**
 * After this many policies in a row for which the list lacked what was needed, pages are not read again for
 * such policies.
 */
const SILENCES_TO_STOP = 3;

/** A requested policy, and how fresh it must be. */
export type Wanted = Freshness & { readonly id: string };

/** A page of the list. If it is read again, its earlier contents are forgotten. */
interface ListPage {
  readonly start: PageStart;
  reading?: Promise<void> | undefined;
  /** Whether it has so few policies that reading it again does not pay. */
  isSmall?: boolean;
}

/** A policy of the list. */
interface Listed {
  readonly answer: ConfigurationAnswer;
  /** Undefined in a list that was read as a whole. */
  readonly page: ListPage | undefined;
  /** When its page was requested, in milliseconds since the epoch. */
  readonly askedMs: number;
  /** The turn of that request, to compare it with writes. */
  readonly turn: number;
}

/** A list of the tenant's policies, as far as it has been read. */
interface Listing {
  readonly isExpanded: boolean;
  readonly items: Map<string, Listed>;
  /** The first unread page; undefined if all have been read, or if reading on does not pay. */
  unread: ListPage | undefined;
  /** Number of pages read, without small ones; several read at once count as one. */
  pagesRead: number;
}

/** The list of the tenant's policies. Its pages are read as policies are requested. */
export class TenantList {
  #listing: Listing | undefined;
  /** Whether this Graph expands the groups of a list, as far as it is known. */
  #isExpanded = true;
  /** Times of recent requests for policies, the oldest first. */
  readonly #asked: number[] = [];
  /** Number of policies in a row for which the list lacked what was needed. */
  #silences = 0;

  constructor(
    private readonly now: () => number,
    private readonly turns: Turns,
  ) {}

  /** Notes a request for a policy: many requests make the list worthwhile. */
  ask(): void {
    this.#asked.push(this.now());
  }

  /** Takes a list that was read as a whole, with its groups. */
  take(
    policies: readonly ConfigurationAnswer[],
    { askedMs, turn }: Pick<Listed, "askedMs" | "turn">,
  ): void {
    const items = policies.map((answer) => {
      return [answer.id, { answer, page: undefined, askedMs, turn }] as const;
    });
    this.#listing = { isExpanded: true, items: new Map(items), unread: undefined, pagesRead: 0 };
  }

  /** The answer from the pages read so far, if it suffices. */
  known({ id, maxAgeMs, needs }: Wanted): ConfigurationAnswer | undefined {
    const found = this.#listing?.items.get(id);
    if (found === undefined || this.#isOlder(found, maxAgeMs)) return undefined;
    if (this.turns.isWrittenSince(id, found.turn)) return undefined;
    if (needs.length === 0) return found.answer;
    const isSilent = leavesOpen(found, needs);
    this.#silences = isSilent ? this.#silences + 1 : 0;
    return isSilent ? undefined : found.answer;
  }

  /**
   * A policy of the list. Reads further pages if that pays.
   *
   * @returns undefined if the list does not say.
   */
  async find(
    graph: GraphClient,
    wanted: Wanted,
    call: GraphCallOptions,
  ): Promise<ConfigurationAnswer | undefined> {
    const read = new Set<ListPage>();
    for (;;) {
      this.#listing ??= this.#newListing();
      const listing = this.#listing;
      const page = this.#pageToRead(listing, wanted);
      // A page may be too old by the time it arrives.
      if (page === undefined || read.has(page)) return this.known(wanted);
      read.add(page);
      page.reading ??= this.#read(graph.unlimited, call, listing, page);
      if (!(await this.#hasRead(listing, page.reading, graph))) return undefined;
    }
  }

  /** The policies on the pages read so far that lack what is needed, in the order of the list. */
  silentOn(needs: readonly PayloadProperty[]): string[] {
    const items = [...(this.#listing?.items ?? [])];
    return items.flatMap(([id, found]) => (leavesOpen(found, needs) ? [id] : []));
  }

  #isOlder({ askedMs }: Listed, maxAgeMs: number): boolean {
    return this.now() - askedMs > maxAgeMs;
  }

  /** Number of policies requested recently. */
  get #askedLately(): number {
    const sinceMs = this.now() - LATELY_MS;
    while ((this.#asked[0] ?? sinceMs) < sinceMs) this.#asked.shift();
    return this.#asked.length;
  }

  #newListing(): Listing {
    const unread = { start: "first" } as const;
    return { isExpanded: this.#isExpanded, items: new Map(), unread, pagesRead: 0 };
  }

  /** The page to read before the list can give a policy; undefined if none would help or pay. */
  #pageToRead(
    { items, unread, pagesRead }: Listing,
    { id, maxAgeMs, needs }: Wanted,
  ): ListPage | undefined {
    const found = items.get(id);
    if (found !== undefined && !this.#isOlder(found, maxAgeMs)) return undefined;
    // Further pages at least show which other policies exist.
    const isSilent = needs.length > 0 && this.#silences >= SILENCES_TO_STOP;
    if (isSilent && found !== undefined) return undefined;
    const page = found === undefined ? unread : found.page;
    if (page === undefined || page.isSmall === true) return undefined;
    const least = isRun(page.start) ? LEAST_FOR_A_RUN : LEAST_FOR_A_LIST;
    const further = page === unread ? ASKED_PER_PAGE * pagesRead : 0;
    return this.#askedLately >= Math.max(least, further) ? page : undefined;
  }

  /** Waits for a page. @returns false if there is none: then the caller sends its own request. */
  async #hasRead(listing: Listing, reading: Promise<void>, graph: GraphClient): Promise<boolean> {
    try {
      const done = reading.then(() => true);
      return (await beforeDeadline(graph, done)) === true;
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
    const [askedMs, turn] = [this.now(), this.turns.next()];
    const { policies, next, isSmall } = await readListPage(
      graph,
      { ...call, action: "Reading", subject: "the tenant's client configurations" },
      { start: page.start, withGroups: listing.isExpanded },
    );
    page.reading = undefined;
    page.isSmall = isSmall;
    for (const [id, listed] of listing.items) if (listed.page === page) listing.items.delete(id);
    for (const answer of policies) listing.items.set(answer.id, { answer, page, askedMs, turn });
    if (page !== listing.unread) return;
    if (!isSmall) listing.pagesRead += 1;
    listing.unread = next && { start: next };
  }
}

function leavesOpen({ answer }: Listed, needs: readonly PayloadProperty[]): boolean {
  return needs.some((name) => isSilentInList(answer, name));
}
