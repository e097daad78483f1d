/**
 * Policies of Intune's that give a setting different values.
 *
 * @see https://learn.microsoft.com/mem/intune/configuration/device-profile-troubleshoot#if-multiple-policies-are-assigned-to-the-same-user-or-device-how-do-i-know-which-settings-gets-applied
 * @module
 */
import type { Entry } from "../entries";
import { valueKey } from "../sameness";
import { policyName } from "../side";
import { type Overlap, overlapOf } from "./overlap";

/** Most pairs of policies that remarks name. */
const MOST_PAIRS = 3;

/** Whether an entry is of a policy of Intune's. */
export function isOfIntune({ policy }: Entry): boolean {
  return policy.road === "intune";
}

/** Two policies that disagree, and whether a user gets both. */
interface Conflict {
  readonly entries: readonly [Entry, Entry];
  readonly overlap: Overlap;
}

/** Pairs of policies that give different values, and that can reach the same user. */
export function conflictsOf(entries: readonly Entry[]): Conflict[] {
  return entries
    .flatMap((a, place) =>
      entries.slice(place + 1).map(
        (b): Conflict => ({
          entries: [a, b],
          overlap: overlapOf(a.policy.audience, b.policy.audience),
        }),
      ),
    )
    .filter(({ overlap, entries: [a, b] }) => overlap !== "no" && !haveSameValue(a, b));
}

/** A clause for each of the first pairs of policies in a conflict. */
export function conflictRemarks(entries: readonly Entry[]): string[] {
  const conflicts = conflictsOf(entries);
  const more = conflicts.length - MOST_PAIRS;
  return [
    ...conflicts.slice(0, MOST_PAIRS).map(({ entries: [a, b], overlap }) => {
      const both = `${policyName(a.policy)} and ${policyName(b.policy)}`;
      const may = overlap === "yes" ? "reach" : "may reach";
      return `${both} disagree and ${may} the same users: a conflict in Intune`;
    }),
    ...(more > 0 ? [`${more.toLocaleString("en")} more conflicts in Intune`] : []),
  ];
}

/** Whether two policies give a setting the same value. Of values that are not known, they do not. */
export function haveSameValue(a: Entry, b: Entry): boolean {
  return a.isKnown && b.isKnown && valueKey(a.setting, []) === valueKey(b.setting, []);
}
