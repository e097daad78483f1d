/**
 * Groups of Microsoft Entra, as far as their names go.
 *
 * @see https://learn.microsoft.com/graph/api/group-list?view=graph-rest-beta
 * @module
 */
import { z } from "zod";
import type { GraphCallOptions, GraphClient } from "../graph";
import { paths } from "./paths";

/** Permission that reads groups with the fewest rights. `DeviceManagementConfiguration.*` does not. */
export const GROUP_PERMISSION = "GroupMember.Read.All";

/**
 * Most values of an `in` in a filter of directory objects.
 *
 * @see https://developer.microsoft.com/graph/known-issues/?search=13635
 */
const MOST_VALUES = 15;

/** Graph gives null for what a permission does not show. */
const groupSchema = z.looseObject({ id: z.string(), displayName: z.string().nullish() });

/**
 * Names of groups by their ids in lower case. Groups that are gone, or whose name Graph does not show, are missing.
 *
 * The first request is sent alone: whoever may not read groups is told so by one request.
 *
 * @param ids - GUIDs, in either case.
 * @throws GraphHttpError with status 403 without the permission {@link GROUP_PERMISSION}.
 */
export async function readGroupNames(
  graph: GraphClient,
  ids: readonly string[],
  call: GraphCallOptions,
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
  const parts = Array.from({ length: Math.ceil(wanted.length / MOST_VALUES) }, (_, index) =>
    wanted.slice(index * MOST_VALUES, (index + 1) * MOST_VALUES),
  );
  const read = (part: readonly string[]) => graph.list(groupsPath(part), call);
  const first = await Promise.all(parts.slice(0, 1).map(read));
  const others = await Promise.all(parts.slice(1).map(read));
  return new Map([...first, ...others].flat().flatMap(nameIn));
}

function groupsPath(ids: readonly string[]): string {
  const filter = `id in (${ids.map((id) => `'${id}'`).join(",")})`;
  return `${paths.groups}?$filter=${encodeURIComponent(filter)}&$select=id,displayName`;
}

function nameIn(item: unknown): [id: string, name: string][] {
  const { data } = groupSchema.safeParse(item);
  return data?.displayName ? [[data.id.toLowerCase(), data.displayName]] : [];
}
