/**
 * The whole list of policies, in few round trips even if the service has small pages.
 *
 * @module
 */
import type { GraphCallOptions, GraphClient } from "../graph";
import type { GraphPage } from "../graph/types";
import { type Listed, mayRefuseExpanding } from "./clientConfigurations";
import { readConfiguration } from "./configurationAnswer";
import { isSmallPage, listPath, nextRun, type Run, readTogether } from "./listPages";

/** Most policies that are read several pages at once: a service that repeats itself must not do so forever. */
const MOST_BY_SKIPPING = 100_000;

/**
 * All policies of the tenant, with their groups if the service expands them in a list. Payloads may be missing.
 *
 * Pages follow their links. If they are small, they are read many at once by `$skip`, and the result counts
 * only if it shows no gap.
 */
export async function readWholeList(graph: GraphClient, call: GraphCallOptions): Promise<Listed> {
  const items = await orWithoutGroups((withGroups) => readItems(graph, call, listPath(withGroups)));
  const policies = items.flatMap((item) => readConfiguration(item) ?? []);
  return { policies, unreadable: items.length - policies.length };
}

async function orWithoutGroups<T>(read: (withGroups: boolean) => Promise<T>): Promise<T> {
  try {
    return await read(true);
  } catch (error) {
    if (!mayRefuseExpanding(error)) throw error;
    return read(false);
  }
}

async function readItems(
  graph: GraphClient,
  call: GraphCallOptions,
  path: string,
): Promise<unknown[]> {
  const first = await graph.page(path, call);
  const { items, next } = first;
  if (next === undefined) return [...items];
  const mayRun = isSmallPage(first) && items.length > 0;
  const all = mayRun ? await readRuns(graph, call, path, items) : undefined;
  if (all !== undefined) return all;
  const followed = [...items];
  for await (const page of graph.pages(path, { ...call, link: next })) followed.push(...page.items);
  return followed;
}

/** All items, by `$skip` after the first page; undefined if they may not be all. */
async function readRuns(
  graph: GraphClient,
  call: GraphCallOptions,
  path: string,
  first: readonly unknown[],
): Promise<unknown[] | undefined> {
  const pageSize = first.length;
  const items = [...first];
  let run: Run = { skip: pageSize, pageSize };
  while (run.skip < MOST_BY_SKIPPING) {
    for (const page of await readTogether(graph, call, path, run)) {
      if (page === undefined || !isWhole(page, pageSize)) return undefined;
      items.push(...page.items);
      if (page.next === undefined) return areDistinct(items) ? items : undefined;
    }
    run = nextRun(run);
  }
  return undefined;
}

/** Whether a page that is not the last one is full: the next one begins where it ends. */
function isWhole({ items, next }: GraphPage, pageSize: number): boolean {
  return next === undefined ? items.length <= pageSize : items.length === pageSize;
}

/** Whether no policy stands twice: a service that ignores `$skip`, or has no fixed order, repeats some. */
function areDistinct(items: readonly unknown[]): boolean {
  const ids = items.map((item) => readConfiguration(item)?.id);
  return !ids.includes(undefined) && new Set(ids).size === ids.length;
}
