/**
 * The tenant's policies as a list, for what goes by their names.
 *
 * @module
 */
import { listClientConfigurations } from "../api/clientConfigurations";
import type { Claims } from "../claims";
import type { LifecycleContext } from "../lifecycle";
import type { ConfigurationReader } from "./reader";
import type { ConfigurationAnswer } from "./wire";

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
  return (await listClientConfigurations(graph, reader.call("Looking for"))).policies;
}
