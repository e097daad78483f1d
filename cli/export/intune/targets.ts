import { type PolicyTarget, targetText } from "../../../provider/settings/policyTargets";
import { type CodeValue, Commented } from "../code";
import type { GroupNames } from "../groupNames";

/** Ids of the groups that targets name. */
export function groupsOf(targets: readonly PolicyTarget[]): string[] {
  return targets.flatMap((target) => groupOf(target) ?? []);
}

function groupOf(target: PolicyTarget): string | undefined {
  if ("excludedGroupId" in target) return target.excludedGroupId;
  return "groupId" in target ? target.groupId : undefined;
}

/** Targets as code, in one order, with the names of groups as comments. */
export function targetsCode(
  targets: readonly PolicyTarget[],
  groupNames: GroupNames = new Map(),
): CodeValue {
  const inOrder = [...targets].sort((a, b) => (targetText(a) < targetText(b) ? -1 : 1));
  return inOrder.map((target) => {
    const name = groupNames.get(groupOf(target)?.toLowerCase() ?? "");
    const code = targetCode(target);
    return name === undefined ? code : new Commented(code, name);
  });
}

/** A group by its id alone, as a person would write it, if it has no filter. */
function targetCode(target: PolicyTarget): CodeValue {
  if ("excludedGroupId" in target) return { excludedGroupId: target.excludedGroupId };
  const { filter } = target;
  const filtered: [string, CodeValue][] =
    filter === undefined ? [] : [["filter", new Map(Object.entries(filter))]];
  if ("all" in target) return new Map<string, CodeValue>([["all", target.all], ...filtered]);
  return filter === undefined
    ? target.groupId
    : new Map<string, CodeValue>([["groupId", target.groupId], ...filtered]);
}
