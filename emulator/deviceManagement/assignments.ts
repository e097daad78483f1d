import type { GraphObject } from "../graph/api";
import { IntuneError } from "../graph/errors";
import type { PolicyTarget, StoredPolicy } from "./policyStore";

/** The targets that Intune's admin centre offers: their types, with the group that stands for all in ids. */
const TARGETS: ReadonlyMap<string, string | undefined> = new Map([
  ["microsoft.graph.groupAssignmentTarget", undefined],
  ["microsoft.graph.exclusionGroupAssignmentTarget", undefined],
  ["microsoft.graph.allLicensedUsersAssignmentTarget", "acacacac-9df4-4c7d-9d50-4ef0226f57a9"],
  ["microsoft.graph.allDevicesAssignmentTarget", "adadadad-808e-44e2-905a-0b7873a8a531"],
]);

const EXCLUSION = "microsoft.graph.exclusionGroupAssignmentTarget";

/** Refuses targets that the service does not take. Throws Graph's 400. */
export function refuseWrongTargets(targets: readonly PolicyTarget[]): void {
  const seen = new Set<string>();
  for (const target of targets) {
    const type = typeOf(target);
    if (!TARGETS.has(type)) throw wrong(`The target type '${target["@odata.type"]}' is unknown.`);
    const group = groupOf(target);
    if (group === "") throw wrong(`A target of type '${type}' needs a groupId.`);
    if (seen.has(group)) throw wrong(`The group '${group}' is a target more than once.`);
    seen.add(group);
    const isFiltered = (target.deviceAndAppManagementAssignmentFilterType ?? "none") !== "none";
    if (isFiltered && type === EXCLUSION) throw wrong("An excluded group cannot have a filter.");
    if (isFiltered === (target.deviceAndAppManagementAssignmentFilterId == null)) {
      throw wrong("The id of a filter and its type must stand together.");
    }
  }
}

/** An assignment in Graph's JSON, with what the service adds. */
export function assignmentObject({ id }: StoredPolicy, target: PolicyTarget): GraphObject {
  const { groupId, deviceAndAppManagementAssignmentFilterId: filter } = target;
  return {
    "@odata.type": "#microsoft.graph.deviceManagementConfigurationPolicyAssignment",
    id: `${id}_${groupOf(target)}`,
    source: "direct",
    sourceId: id,
    target: {
      "@odata.type": `#${typeOf(target)}`,
      deviceAndAppManagementAssignmentFilterId: filter ?? null,
      deviceAndAppManagementAssignmentFilterType:
        target.deviceAndAppManagementAssignmentFilterType ?? "none",
      ...(groupId != null && { groupId }),
    },
  };
}

function typeOf(target: PolicyTarget): string {
  return target["@odata.type"].replace(/^#/, "");
}

function groupOf(target: PolicyTarget): string {
  return TARGETS.get(typeOf(target)) ?? target.groupId ?? "";
}

function wrong(message: string): IntuneError {
  return new IntuneError(400, "BadRequest", message);
}
