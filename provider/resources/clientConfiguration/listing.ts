/**
 * The tenant's policies as a list, for what goes by their names.
 *
 * @module
 */
import { listClientConfigurations } from "../../api/clientConfigurations";
import type { ConfigurationAnswer } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import type { LifecycleContext } from "../../update/lifecycle";

/** How messages name the list that several resources share. */
const SHARED_CALL = { action: "Listing", subject: "the tenant's client configurations" };

/**
 * One list for all that the update creates: what it does not hold was made after it began.
 *
 * @param withGroups - Whether the groups are wanted too.
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
