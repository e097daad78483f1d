/**
 * The tenant's policies as a list, for what goes by their names.
 *
 * @module
 */
import type { Claims } from "../claims";
import { paths } from "../graph";
import type { LifecycleContext } from "../lifecycle";
import type { ConfigurationReader } from "./reader";
import { type ConfigurationAnswer, readConfiguration } from "./wire";

const listings = new WeakMap<Claims, Promise<ConfigurationAnswer[]>>();

/** One list for all that the process creates: what it does not hold was made after it began. */
export function sharedListing(
  context: LifecycleContext,
  reader: ConfigurationReader,
): Promise<ConfigurationAnswer[]> {
  const { claims } = context;
  const running = listings.get(claims);
  if (running !== undefined) return running;
  const listing = freshListing(context, reader);
  listings.set(claims, listing);
  // A list that failed is asked for again by the next resource.
  listing.catch(() => listings.delete(claims));
  return listing;
}

/** The list as it is now. */
export async function freshListing(
  { graph }: LifecycleContext,
  reader: ConfigurationReader,
): Promise<ConfigurationAnswer[]> {
  const items = await graph.list(paths.clientConfigurations, reader.call("Looking for"));
  return items.flatMap((item) => readConfiguration(item) ?? []);
}
