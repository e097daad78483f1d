/**
 * Targets of Intune's assignments in Graph's JSON.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-shared-deviceandappmanagementassignmenttarget?view=graph-rest-beta
 * @module
 */
import type { PolicyTarget, TargetFilter } from "../settings/policyTargets";
import type { TargetJson } from "./configurationPolicies";

const TYPE = "#microsoft.graph.";
const ALL = { users: "allLicensedUsersAssignmentTarget", devices: "allDevicesAssignmentTarget" };
const FILTER_ID = "deviceAndAppManagementAssignmentFilterId";
const FILTER_TYPE = "deviceAndAppManagementAssignmentFilterType";

/** A target as a body has it. */
export function targetJson(target: PolicyTarget): TargetJson {
  if ("excludedGroupId" in target) {
    const { excludedGroupId: groupId } = target;
    return { "@odata.type": `${TYPE}exclusionGroupAssignmentTarget`, groupId };
  }
  const filter = filterJson(target.filter);
  return "all" in target
    ? { "@odata.type": TYPE + ALL[target.all], ...filter }
    : { "@odata.type": `${TYPE}groupAssignmentTarget`, groupId: target.groupId, ...filter };
}

function filterJson(filter: TargetFilter | undefined): Record<string, string> {
  if (filter === undefined) return {};
  return "include" in filter
    ? { [FILTER_ID]: filter.include, [FILTER_TYPE]: "include" }
    : { [FILTER_ID]: filter.exclude, [FILTER_TYPE]: "exclude" };
}

/** A target of an answer; undefined for one that a program cannot write. */
export function readTarget(json: TargetJson): PolicyTarget | undefined {
  const { groupId } = json;
  const filter = readFilter(json);
  if (filter === "unknown") return undefined;
  const filtered = filter === undefined ? {} : { filter };
  switch (json["@odata.type"].replace(/^#/, "").replace("microsoft.graph.", "")) {
    case "groupAssignmentTarget":
      return typeof groupId === "string" ? { groupId, ...filtered } : undefined;
    case "exclusionGroupAssignmentTarget":
      return typeof groupId === "string" && filter === undefined
        ? { excludedGroupId: groupId }
        : undefined;
    case ALL.users:
      return { all: "users", ...filtered };
    case ALL.devices:
      return { all: "devices", ...filtered };
    default:
      return undefined;
  }
}

/** The service writes type `none`, or null, where there is no filter. */
function readFilter(json: TargetJson): TargetFilter | "unknown" | undefined {
  const { [FILTER_ID]: id, [FILTER_TYPE]: type } = json;
  if (type == null || type === "none") return undefined;
  if (typeof id !== "string") return "unknown";
  return type === "include" ? { include: id } : type === "exclude" ? { exclude: id } : "unknown";
}
