/**
 * The collection of client configurations, as typed functions.
 *
 * @module
 */
import { type ConfigurationAnswer, readConfiguration } from "../clientConfiguration/wire";
import { type GraphCallOptions, type GraphClient, isNotFound, paths } from "../graph";

/**
 * Deletes a policy, and looks at it just before: in one round trip where Graph has batches, shared with
 * other deletions of the same moment.
 *
 * @returns the policy as it was found, with its groups; undefined where it was gone already, and where
 *   it could be deleted but not read.
 */
export async function deleteConfiguration(
  graph: GraphClient,
  id: string,
  call: GraphCallOptions,
): Promise<ConfigurationAnswer | undefined> {
  const path = paths.clientConfiguration(id);
  try {
    const lookFirst = `${path}?$expand=assignments`;
    return readConfiguration((await graph.delete(path, { ...call, lookFirst })).body);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
