/**
 * Whether two policies can reach the same user, as far as their assignments tell.
 *
 * Nobody's membership is read. So two groups may have a member in common, and a filter or an excluded group may leave
 * nobody: that is "may".
 *
 * @module
 */
import { isPlainObject } from "../../../provider/settings/json";
import type { Audience } from "../side";

/** `yes`: they reach the same users. `may`: that depends on who is in groups. `no`: no user gets both. */
export type Overlap = "yes" | "may" | "no";

/** Whoever gets a policy, as sets. */
interface Reach {
  readonly included: readonly Included[];
  /** Ids of groups in lower case. */
  readonly excluded: ReadonlySet<string>;
}

interface Included {
  /** Id of a group in lower case, all users, or all who use a computer that Intune manages. */
  readonly who: string;
  /** Whether some of them may not get it all the same. */
  readonly isFiltered: boolean;
}

const ALL_USERS = "all users";
const ALL_DEVICES = "all devices";

/** Whether two policies can reach the same user. */
export function overlapOf(a: Audience, b: Audience): Overlap {
  const [left, right] = [reachOf(a), reachOf(b)];
  if (left?.included.length === 0 || right?.included.length === 0) return "no";
  if (left === undefined || right === undefined) return "may";
  const pairs = left.included.flatMap((x) =>
    right.included.map((y) => pairOverlap(x, y, left.excluded, right.excluded)),
  );
  return pairs.includes("yes") ? "yes" : pairs.includes("may") ? "may" : "no";
}

/** Sets that can be compared; undefined if it is not told who gets a policy. */
function reachOf(audience: Audience): Reach | undefined {
  if (audience.kind === "groups") {
    const included = audience.ids.map((id) => ({ who: id.toLowerCase(), isFiltered: false }));
    return { included, excluded: new Set() };
  }
  if (audience.kind !== "targets" || audience.unread > 0) return undefined;
  const excluded = new Set<string>();
  const included: Included[] = [];
  for (const target of audience.targets) {
    if ("excludedGroupId" in target) {
      excluded.add(target.excludedGroupId.toLowerCase());
      continue;
    }
    const who = "all" in target ? `all ${target.all}` : target.groupId.toLowerCase();
    included.push({ who, isFiltered: isPlainObject(target.filter) });
  }
  // A group that is excluded as well gets nothing.
  return { included: included.filter(({ who }) => !excluded.has(who)), excluded };
}

/**
 * Overlap of one part of each audience. Intune lets an exclusion win over an inclusion of the same kind, and does not
 * compare groups of users with groups of devices.
 *
 * @see https://learn.microsoft.com/mem/intune/configuration/device-profile-assign#exclude-groups-from-a-policy-assignment
 */
function pairOverlap(
  x: Included,
  y: Included,
  excludedFromX: ReadonlySet<string>,
  excludedFromY: ReadonlySet<string>,
): Overlap {
  if (isTakenOut(x, y, excludedFromY) || isTakenOut(y, x, excludedFromX)) return "no";
  const isOfAll = isAll(x) || isAll(y);
  if (!isOfAll && x.who !== y.who) return "may";
  if (x.isFiltered || y.isFiltered) return "may";
  // Of a group, all members may be excluded; of all users, some are left.
  const hasExclusions = excludedFromX.size > 0 || excludedFromY.size > 0;
  return hasExclusions && !(isAll(x) && isAll(y)) ? "may" : "yes";
}

/** Whether a policy leaves out the whole group that another one is for. */
function isTakenOut(group: Included, other: Included, excluded: ReadonlySet<string>): boolean {
  if (isAll(group) || !excluded.has(group.who)) return false;
  return other.who === ALL_USERS || other.who === group.who;
}

function isAll({ who }: Included): boolean {
  return who === ALL_USERS || who === ALL_DEVICES;
}
