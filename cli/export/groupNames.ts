import { GROUP_PERMISSION, readGroupNames } from "../../provider/api/groups";
import {
  type GraphClient,
  GraphHttpError,
  isGuid,
  OfficeConfigurationError,
} from "../../provider/graph";
import { oneLine } from "./comment";

/** Names of groups by their ids in lower case. */
export type GroupNames = ReadonlyMap<string, string>;

/** Names of groups, and what is missing of them. */
export interface FoundGroupNames {
  readonly names: GroupNames;
  /** A line if some names could not be read. */
  readonly notes: readonly string[];
}

/**
 * Groups that exist in no directory: Intune assigns to them.
 *
 * @see https://learn.microsoft.com/intune/intune-service/fundamentals/groups-add
 */
const VIRTUAL_GROUPS: GroupNames = new Map([
  ["acacacac-9df4-4c7d-9d50-4ef0226f57a9", "All users"],
  ["adadadad-808e-44e2-905a-0b7873a8a531", "All devices"],
]);

/** Most groups whose names are asked for: 20 requests. */
const MOST_GROUPS = 300;

/** Time for all names, in milliseconds: an export is complete without them. */
const TIME_LIMIT_MS = 60_000;

/** The names of groups, as far as Graph tells them. Never fails: names are for comments. */
export async function groupNames(
  graph: GraphClient,
  ids: Iterable<string>,
): Promise<FoundGroupNames> {
  const others = [...new Set(ids)].filter((id) => isGuid(id) && !VIRTUAL_GROUPS.has(id));
  const asked = others.sort().slice(0, MOST_GROUPS);
  const more = others.length - asked.length;
  try {
    const names = await readGroupNames(graph, asked, {
      action: "Reading",
      subject: "the names of groups",
      deadlineMs: graph.clock.now() + TIME_LIMIT_MS,
    });
    return {
      names: new Map([...VIRTUAL_GROUPS, ...names]),
      notes: more > 0 ? [`${more} groups are without names: ${MOST_GROUPS} are asked for`] : [],
    };
  } catch (error) {
    if (!OfficeConfigurationError.isInstance(error)) throw error;
    return { names: VIRTUAL_GROUPS, notes: [`groups are without names: ${reason(error)}`] };
  }
}

function reason(error: OfficeConfigurationError): string {
  return GraphHttpError.isInstance(error) && error.status === 403
    ? `reading them needs the permission ${GROUP_PERMISSION} too`
    : oneLine(error.message.split("\n", 1)[0] ?? "");
}
