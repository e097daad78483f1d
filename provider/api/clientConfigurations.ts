/**
 * The collection of client configurations, as typed functions.
 *
 * @module
 */

import { type GraphCallOptions, type GraphClient, GraphHttpError, isNotFound } from "../graph";
import { type ConfigurationAnswer, readConfiguration } from "./configurationAnswer";
import { paths } from "./paths";

/** Options of a list. */
export interface ListQuery {
  /** A `$filter` of Graph. @default all policies */
  readonly filter?: string | undefined;
  /** Whether to ask for the groups too. A service may still leave them out. @default false */
  readonly withGroups?: boolean;
}

/** Result of a list. */
export interface Listed {
  readonly policies: ConfigurationAnswer[];
  /** Number of objects that are not policies: they have no id, or a property has an unexpected type. */
  readonly unreadable: number;
}

/** The policies of the tenant, from all pages. Payloads and groups may be missing. */
export async function listClientConfigurations(
  graph: GraphClient,
  call: GraphCallOptions,
  { filter, withGroups = false }: ListQuery = {},
): Promise<Listed> {
  const filtered = filter === undefined ? [] : [`$filter=${encodeURIComponent(filter)}`];
  const list = (query: readonly string[]) =>
    graph.list(
      `${paths.clientConfigurations}${query.length > 0 ? "?" : ""}${query.join("&")}`,
      call,
    );
  const items = await (withGroups
    ? orWithoutGroups(list(["$expand=assignments", ...filtered]), () => list(filtered))
    : list(filtered));
  const policies = items.flatMap((item) => readConfiguration(item) ?? []);
  return { policies, unreadable: items.length - policies.length };
}

/** Whether a service may have refused a list because it cannot expand groups in it. */
export function mayRefuseExpanding(error: unknown): boolean {
  return GraphHttpError.isInstance(error) && [400, 501].includes(error.status);
}

async function orWithoutGroups<T>(list: Promise<T>, without: () => Promise<T>): Promise<T> {
  try {
    return await list;
  } catch (error) {
    if (!mayRefuseExpanding(error)) throw error;
    return without();
  }
}

/**
 * Reads a policy, then deletes it. Uses one round trip if Graph has batches, shared with other deletions of
 * the same moment.
 *
 * @returns the policy as it was found, with its groups; undefined if it was already gone, or if it could be
 *   deleted but not read.
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
