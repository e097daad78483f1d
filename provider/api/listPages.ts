/**
 * Pages of the list of policies. If a service has small pages and honours `$skip`, many pages are requested
 * at once.
 *
 * @module
 */

import type { GraphCallOptions, GraphClient } from "../graph";
import type { GraphPage } from "../graph/types";
import { type ConfigurationAnswer, readConfiguration } from "./configurationAnswer";
import { paths } from "./paths";

/**
 * Smallest page whose link is followed, in policies: about as many travel at a time when policies are read
 * one by one.
 */
const LEAST_A_PAGE = 16;

/** Number of small pages that are read together, in one batch. */
const PAGES_TOGETHER = 20;

/** Several small pages in a row, in one batch. */
export interface Run {
  /** Number of policies before it. */
  readonly skip: number;
  /** Number of policies on a page. */
  readonly pageSize: number;
}

/** A page of the list: the first one, the one at a link, or several small ones. */
export type PageStart = "first" | URL | Run;

/** Whether it is several pages, which cost as many requests. */
export function isRun(start: PageStart): start is Run {
  return start !== "first" && !(start instanceof URL);
}

/** Contents of one page or several. */
export interface PageRead {
  readonly policies: readonly ConfigurationAnswer[];
  /** The next page; undefined after the last one, and if reading on does not pay. */
  readonly next: PageStart | undefined;
  /** Whether it is not the last page and has so few policies that reading it again does not pay. */
  readonly isSmall: boolean;
}

/** Reads a page, or several at once. */
export async function readListPage(
  graph: GraphClient,
  call: GraphCallOptions,
  { start, withGroups }: { readonly start: PageStart; readonly withGroups: boolean },
): Promise<PageRead> {
  const path = listPath(withGroups);
  if (isRun(start)) return readRun(graph, call, path, start);
  const link = start === "first" ? {} : { link: start };
  const page = await graph.page(path, { ...call, ...link });
  const { items, next } = page;
  const isSmall = isSmallPage(page);
  const mayRun = isSmall && start === "first" && items.length > 0;
  const small = mayRun ? { skip: 0, pageSize: items.length } : undefined;
  return { policies: policiesOf(items), next: isSmall ? small : next, isSmall };
}

/**
 * Never rejects: pages that cannot be read this way are requested separately, and that request reports the
 * error.
 */
async function readRun(
  graph: GraphClient,
  call: GraphCallOptions,
  path: string,
  run: Run,
): Promise<PageRead> {
  const pages = await readTogether(graph, call, path, run);
  const policies = pages.map((page) => policiesOf(page?.items ?? []));
  if (!isSkipping(policies)) return { policies: [], next: undefined, isSmall: true };
  const goesOn = pages.at(-1)?.next !== undefined;
  return {
    policies: policies.flat(),
    next: goesOn ? nextRun(run) : undefined,
    isSmall: false,
  };
}

/** The pages of a run; undefined for those that cannot be read. Never rejects. */
export async function readTogether(
  graph: GraphClient,
  call: GraphCallOptions,
  path: string,
  { skip, pageSize }: Run,
): Promise<(GraphPage | undefined)[]> {
  const separator = path.includes("?") ? "&" : "?";
  const reads = Array.from({ length: PAGES_TOGETHER }, (_, place) => {
    const skipped = `${path}${separator}$skip=${skip + place * pageSize}`;
    return graph.page(skipped, { ...call, joins: true });
  });
  const results = await Promise.allSettled(reads);
  return results.map((result) => (result.status === "fulfilled" ? result.value : undefined));
}

/** The run that follows another. */
export function nextRun({ skip, pageSize }: Run): Run {
  return { skip: skip + PAGES_TOGETHER * pageSize, pageSize };
}

/** The path of the list. */
export function listPath(withGroups: boolean): string {
  return `${paths.clientConfigurations}${withGroups ? "?$expand=assignments" : ""}`;
}

/** Whether a page is not the last one, and so small that others are better read several at once. */
export function isSmallPage({ items, next }: GraphPage): boolean {
  return next !== undefined && items.length < LEAST_A_PAGE;
}

/** Whether the pages differ: a service may ignore `$skip` and return its first page every time. */
function isSkipping([
  first = [],
  second = [],
]: readonly (readonly ConfigurationAnswer[])[]): boolean {
  return first[0]?.id !== second[0]?.id;
}

function policiesOf(items: readonly unknown[]): ConfigurationAnswer[] {
  return items.flatMap((item) => readConfiguration(item) ?? []);
}
