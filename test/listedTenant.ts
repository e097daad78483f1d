/**
 * A tenant whose policies are read in pages of a list, or one by one, without HTTP.
 *
 * @module
 */
import { setImmediate as endOfMoment } from "node:timers/promises";
import { paths } from "../provider/api/paths";
import type { GraphRequest } from "../provider/graph";
import { fakeGraph } from "./fakeGraph";

/** A policy as that tenant has it, besides its id. */
export type ListedPolicy = Readonly<Record<string, unknown>>;

/** The ids `id-<first>`, `id-<first + 1>`, … */
export function numbered(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, place) => `id-${first + place}`);
}

/** A tenant, what it was asked, and a time that moves when a test says so. */
export class ListedTenant {
  nowMs = 1_000_000;
  /** In the order of the list. */
  readonly policies = new Map<string, ListedPolicy>();
  /** Throws for a request that the tenant refuses. */
  refuse: (request: GraphRequest) => void = () => {};
  readonly #graph = fakeGraph((request) => this.#answer(request));

  constructor(
    count: number,
    private readonly pageSize = 100,
  ) {
    for (const id of numbered(0, count)) this.policies.set(id, { displayName: id });
  }

  get graph() {
    return this.#graph.graph;
  }

  get sent(): readonly GraphRequest[] {
    return this.#graph.sent;
  }

  /**
   * The requests since this was asked last: `list` and `list without groups` for the first page,
   * `link 100` and `skip 7` for others, else the id.
   */
  async asked(): Promise<string[]> {
    // Guesses are sent at the end of a moment.
    await endOfMoment();
    await endOfMoment();
    return this.#graph.sent.splice(0).map(nameOf);
  }

  /** Gives every policy some properties. */
  patchAll(properties: ListedPolicy): void {
    for (const [id, policy] of this.policies) this.policies.set(id, { ...policy, ...properties });
  }

  #answer(request: GraphRequest): unknown {
    this.refuse(request);
    const id = idIn(request);
    if (id !== undefined) return { id, ...this.policies.get(id) };
    const skip = skippedIn(request) ?? 0;
    const all = [...this.policies].map(([each, policy]) => ({ id: each, ...policy }));
    const end = skip + this.pageSize;
    const next = `https://graph.test/beta${paths.clientConfigurations}?from=${end}`;
    return {
      value: all.slice(skip, end),
      ...(end < all.length && { "@odata.nextLink": next }),
    };
  }
}

function idIn({ path }: GraphRequest): string | undefined {
  return /clientConfigurations\/([^/?]+)/.exec(path)?.[1];
}

function skippedIn({ path, link }: GraphRequest): number | undefined {
  const from = /from=(\d+)/.exec(link?.href ?? "") ?? /skip=(\d+)/.exec(path);
  return from?.[1] === undefined ? undefined : Number(from[1]);
}

function nameOf(request: GraphRequest): string {
  const skip = skippedIn(request);
  if (skip !== undefined) return `${request.link ? "link" : "skip"} ${skip}`;
  const isExpanded = request.path.endsWith("?$expand=assignments");
  return idIn(request) ?? (isExpanded ? "list" : "list without groups");
}
