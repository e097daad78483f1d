/**
 * Lists of the tenant's policies, to find policies by their names.
 *
 * @module
 */
import { listClientConfigurations } from "../../api/clientConfigurations";
import type { ConfigurationAnswer } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import type { LifecycleContext } from "../../update/lifecycle";

/** The shared list in messages. */
const SHARED_CALL = { action: "Listing", subject: "the tenant's client configurations" };

/**
 * One list for all creations of an update. A policy that is not in it was made after the update began.
 *
 * @param withGroups - Whether to read the groups too.
 */
export function sharedListing(
  { graph, reads, until }: LifecycleContext,
  reader: ConfigurationReader,
  withGroups = false,
): Promise<readonly ConfigurationAnswer[]> {
  return until(reads.all(graph, SHARED_CALL, withGroups), `Looking for ${reader.subject}`);
}

/** The list as it is now. */
export async function freshListing(
  { graph }: Pick<LifecycleContext, "graph">,
  reader: Pick<ConfigurationReader, "call">,
): Promise<ConfigurationAnswer[]> {
  return (await listClientConfigurations(graph, reader.call("Looking for"))).policies;
}
