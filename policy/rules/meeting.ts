import { sameJson } from "../../provider/settings/json";
import type { PolicyTarget } from "../../provider/settings/policyTargets";
import { forEachKnown, known } from "../validate";
import type { OfficePolicy } from "../view/officePolicy";

type Included = Exclude<PolicyTarget, { readonly excludedGroupId: string }>;

/**
 * Whether some users certainly get both policies of Intune's: by the same group, or as all users or devices. Different
 * groups may have members in common, and different filters devices: nobody can tell here.
 *
 * @throws Pulumi's error if a target that is not known yet decides.
 */
export function certainlyMeet(first: OfficePolicy, second: OfficePolicy): boolean {
  const [own, others] = [knownTargets(first), knownTargets(second)];
  const isExcluded = (target: Included) =>
    "groupId" in target && [own, others].some(({ excluded }) => excluded.has(idOf(target.groupId)));
  const [mine, theirs] = [own, others].map(({ included }) =>
    included.filter((target) => !isExcluded(target)),
  ) as [Included[], Included[]];
  const doMeet = mine.some((target) => theirs.some((other) => isShared(target, other)));
  const unknown = own.unknown ?? others.unknown;
  // An exclusion that is not known yet may part them, too.
  if (unknown !== undefined && own.hasTargets && others.hasTargets) throw unknown;
  return doMeet;
}

interface Targets {
  readonly included: readonly Included[];
  /** Ids of groups. */
  readonly excluded: ReadonlySet<string>;
  readonly hasTargets: boolean;
  readonly unknown: Error | undefined;
}

function knownTargets(policy: OfficePolicy): Targets {
  const targets: PolicyTarget[] = [];
  const parts = policy.assignmentParts() ?? [];
  const { unknown } = known(() =>
    forEachKnown(parts, (part) => {
      targets.push(part());
    }),
  );
  return {
    included: targets.filter((target): target is Included => !("excludedGroupId" in target)),
    excluded: new Set(
      targets.flatMap((target) =>
        "excludedGroupId" in target ? idOf(target.excludedGroupId) : [],
      ),
    ),
    hasTargets: parts.length > 0,
    unknown,
  };
}

function isShared(first: Included, second: Included): boolean {
  const [a, b] = [first.filter, second.filter];
  if (a !== undefined && b !== undefined && !sameJson(a, b)) return false;
  if ("all" in first || "all" in second) return true;
  return idOf(first.groupId) === idOf(second.groupId);
}

function idOf(group: string): string {
  return group.toLowerCase();
}
