/**
 * Effect of a setting that several policies set: whose value wins, and for whom.
 *
 * Of the policies that reach a user, the one with the lowest priority wins. So policies for different groups overrule
 * each other only for a user who is in both.
 *
 * @see https://learn.microsoft.com/microsoft-365-apps/admin-center/overview-cloud-policy
 * @module
 */
import { targetText } from "../../provider/settings/policyTargets";
import type { Entry } from "./entries";
import { type Audience, isAudienceTold } from "./side";

/** A policy's value of a setting, and what becomes of it. */
export interface Effect {
  readonly entry: Entry;
  /**
   * - `wins`: for a user whom no earlier effect reaches.
   * - `overruled`: earlier effects reach everybody whom it reaches.
   * - `idle`: the policy has no group.
   */
  readonly fate: "wins" | "overruled" | "idle";
  /**
   * Groups for which it wins, in lower case, or Intune's targets in words; undefined if the policy does not name them
   * all.
   */
  readonly groups: readonly string[] | undefined;
}

/** Stands for whoever the sources of a side apply to. No group has this id. */
const EVERYBODY = "*";

/**
 * The effects of a setting, the one that wins first.
 *
 * @param isOrdered - Whether it is known which policy wins over which. If not, none is overruled.
 */
export function effectsOf(entries: readonly Entry[], isOrdered = isOrderKnown(entries)): Effect[] {
  const ordered = isOrdered ? entries.toSorted(byRank) : entries;
  const taken = new Set<string>();
  return ordered.map((entry) => {
    const reached = reachedBy(entry);
    if (reached === undefined) return { entry, fate: "wins", groups: undefined };
    if (reached.length === 0) return { entry, fate: "idle", groups: [] };
    const won = isOrdered ? reached.filter((id) => !taken.has(id)) : reached;
    for (const id of won) taken.add(id);
    const isNamed = isAudienceTold(entry.policy.audience);
    return {
      entry,
      fate: won.length > 0 ? "wins" : "overruled",
      groups: isNamed ? won : undefined,
    };
  });
}

/** Audience of a policy, as sets that can be compared; undefined if they cannot. */
function reachedBy({ policy: { audience } }: Entry): string[] | undefined {
  if (audience.kind === "source") return [EVERYBODY];
  if (audience.kind === "targets") return targetsReached(audience);
  if (audience.kind !== "groups") return undefined;
  return [...new Set(audience.ids.map((id) => id.toLowerCase()))].sort();
}

/** Targets of Intune's in words. Exclusions alone reach nobody. */
function targetsReached({ targets, unread }: Extract<Audience, { kind: "targets" }>) {
  if (unread > 0) return undefined;
  const isSomebody = targets.some((target) => !("excludedGroupId" in target));
  return isSomebody ? [...new Set(targets.map(targetText))].sort() : [];
}

/** Whether it is known of each two policies which one wins. */
export function isOrderKnown(entries: readonly Entry[]): boolean {
  if (entries.length < 2) return true;
  const ranks = entries.map(({ policy }) => policy.rank);
  const [scale] = ranks.map((rank) => rank?.scale);
  const places = new Set(ranks.map((rank) => rank?.place));
  return (
    scale !== undefined &&
    ranks.every((rank) => rank?.scale === scale) &&
    places.size === ranks.length
  );
}

function byRank(a: Entry, b: Entry): number {
  return (a.policy.rank?.place ?? 0) - (b.policy.rank?.place ?? 0);
}
