/**
 * A POST that makes one object, not two.
 *
 * Graph has no key by which a repeated POST would be known as the same. So the tenant is looked at
 * before the first POST, for what an update that was killed has left, and again after an answer was
 * lost, before anything is sent again.
 *
 * @module
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type GraphClient, isAmbiguous, isGraphHttpError, isNotFound, paths } from "../graph";
import type { LifecycleContext } from "../lifecycle";
import type { PlainObject } from "../payload/json";
import type { ConfigurationReader } from "./reader";
import { type ConfigurationAnswer, readConfiguration } from "./wire";

/** How often a POST is sent at the most when its answers are lost. */
const MAX_POSTS = 3;

/** Waits before each look for what a lost answer made, in milliseconds: a list may lag behind. */
const LOOK_DELAYS_MS = [0, 1_000, 3_000];

/**
 * Waits before each further try to reach a new object, in milliseconds: half a minute in all. Graph
 * is eventually consistent; that this API is too is assumed.
 */
export const VISIBLE_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/** What is to be created, and how to know it again. */
export interface Creation {
  readonly body: PlainObject;
  readonly reader: ConfigurationReader;
  /** Says if an object of the same type and name is what this creation would make. */
  readonly isSame: (found: ConfigurationAnswer) => Promise<boolean>;
}

/** Creates the object, or finds the one that an earlier, interrupted creation made. */
export async function createOnce(
  context: LifecycleContext,
  creation: Creation,
): Promise<ConfigurationAnswer> {
  const left = await findTwin(context, creation, await sharedListing(context.graph, creation));
  if (left !== undefined) {
    context.log(
      `${creation.reader.subject}: taken over ${left.id}, which an interrupted update made`,
    );
    return left;
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      const call = creation.reader.call("Creating");
      const { body } = await context.graph.post(paths.clientConfigurations, creation.body, call);
      const created = readConfiguration(body) ?? (await lookAgain(context, creation));
      if (created !== undefined) return claim(context, created);
      throw creation.reader.notUnderstood("Creating", "POST", paths.clientConfigurations);
    } catch (error) {
      if (!isAmbiguous(error)) throw error;
      const made = await lookAgain(context, creation);
      if (made !== undefined) return made;
      if (attempt >= MAX_POSTS) throw error;
      await sleep(isGraphHttpError(error) ? error.retryAfterMs : 0);
    }
  }
}

/** Works on an object that was just made, and tries again for a while where it is not visible yet. */
export async function untilVisible<T>(work: () => Promise<T>): Promise<T> {
  for (const delayMs of VISIBLE_DELAYS_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await sleep(delayMs);
    }
  }
  return work();
}

function claim({ claims }: LifecycleContext, found: ConfigurationAnswer): ConfigurationAnswer {
  claims.take(found.id);
  return found;
}

/** One list serves all that the process creates: what it does not hold was made after it began. */
const listings = new WeakMap<GraphClient, Promise<ConfigurationAnswer[]>>();

function sharedListing(graph: GraphClient, creation: Creation): Promise<ConfigurationAnswer[]> {
  const running = listings.get(graph);
  if (running !== undefined) return running;
  const listing = list(graph, creation);
  listings.set(graph, listing);
  // A list that failed is asked for again by the next resource.
  listing.catch(() => listings.delete(graph));
  return listing;
}

async function list(graph: GraphClient, { reader }: Creation): Promise<ConfigurationAnswer[]> {
  const items = await graph.list(paths.clientConfigurations, reader.call("Looking for"));
  return items.flatMap((item) => readConfiguration(item) ?? []);
}

async function lookAgain(
  context: LifecycleContext,
  creation: Creation,
): Promise<ConfigurationAnswer | undefined> {
  for (const delayMs of LOOK_DELAYS_MS) {
    await sleep(delayMs);
    const found = await findTwin(context, creation, await list(context.graph, creation));
    if (found === undefined) continue;
    context.log(`${creation.reader.subject}: the answer was lost, ${found.id} is what it made`);
    return found;
  }
  return undefined;
}

async function findTwin(
  context: LifecycleContext,
  { body, reader, isSame }: Creation,
  listing: readonly ConfigurationAnswer[],
): Promise<ConfigurationAnswer | undefined> {
  for (const candidate of listing) {
    if (candidate.displayName !== body.displayName || context.claims.has(candidate.id)) continue;
    if (candidate["@odata.type"] !== body["@odata.type"]) continue;
    const current = await reader.find(candidate.id);
    if (current === undefined || !(await isSame(current))) continue;
    // Asked again: another resource may have taken it in the meantime.
    if (!context.claims.has(current.id)) return claim(context, current);
  }
  return undefined;
}
