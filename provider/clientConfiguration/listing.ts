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

/** How messages name the list that several resources share. */
const SHARED_CALL = { action: "Listing", subject: "the tenant's client configurations" };

/** One list for all that the process creates: what it does not hold was made after it began. */
export function sharedListing(
  { claims, graph, until }: LifecycleContext,
  reader: ConfigurationReader,
): Promise<ConfigurationAnswer[]> {
  const doing = `Looking for ${reader.subject}`;
  const running = listings.get(claims);
  if (running !== undefined) return until(running, doing);
  // Neither the limit nor the name of the resource that asks first is the others'.
  const listing = freshListing({ graph: graph.unlimited ?? graph }, { call: () => SHARED_CALL });
  listings.set(claims, listing);
  // A list that failed is asked for again by the next resource.
  listing.catch(() => listings.delete(claims));
  return until(listing, doing);
}

/** The list as it is now. */
export async function freshListing(
  { graph }: Pick<LifecycleContext, "graph">,
  reader: Pick<ConfigurationReader, "call">,
): Promise<ConfigurationAnswer[]> {
  return (await listClientConfigurations(graph, reader.call("Looking for"))).policies;
}
