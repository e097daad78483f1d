/**
 * Assignments of Intune's objects.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-shared-deviceandappmanagementassignmenttarget?view=graph-rest-beta
 * @module
 */
import { z } from "zod";
import { readTarget } from "../../../provider/api/policyTargets";
import { intuneOfficePolicyProblems } from "../../../provider/settings/inputs/intuneOfficePolicy";
import type { PolicyTarget } from "../../../provider/settings/policyTargets";
import { oneLine } from "../../../provider/text/messageText";
import type { Source } from "../source";

/** Targets of an object. */
export type Assigned = Pick<Source, "groups" | "targets" | "conditions" | "notes">;

const text = z.string().nullish();

const assignmentSchema = z.object({
  target: z.object({
    "@odata.type": z.string(),
    groupId: text,
    // A tool for backups writes the name in place of the id.
    groupName: text,
    deviceAndAppManagementAssignmentFilterId: text,
    deviceAndAppManagementAssignmentFilterType: text,
  }),
});

const targetSchema = z.object({ target: z.looseObject({ "@odata.type": z.string() }) });

type Target = z.infer<typeof assignmentSchema>["target"];

/** Id of the filter that an assignment without one has. */
const NO_FILTER = "00000000-0000-0000-0000-000000000000";

/** Longest name that a sentence has, in UTF-16 units. */
const MAX_NAME = 80;

/** @param assignments - As Graph's JSON has them; anything else says nothing. */
export function assigned(assignments: unknown): Assigned {
  if (!Array.isArray(assignments)) return { conditions: [], notes: [] };
  const read = assignments.map((item) => assignmentSchema.safeParse(item).data?.target);
  const targets = read.filter((target) => target !== undefined);
  const unread = read.length - targets.length;
  const written = writtenTargets(assignments);
  return {
    ...(written !== undefined && { targets: written }),
    groups: [...new Set(targets.flatMap(groupOf))],
    conditions: [...new Set(targets.flatMap(conditionsOf))],
    notes: [
      ...new Set(targets.flatMap(notesOf)),
      ...(unread > 0 ? [`Assignments that cannot be read: ${unread}`] : []),
    ],
  };
}

/** The targets in the form of programs; undefined unless a program can have all of them. */
function writtenTargets(assignments: readonly unknown[]): PolicyTarget[] | undefined {
  const targets = assignments.map((item) => {
    const json = targetSchema.safeParse(item).data?.target;
    return json && readTarget(json);
  });
  const given = { name: "any", policies: {}, assignments: targets };
  return intuneOfficePolicyProblems(given).length === 0 ? (targets as PolicyTarget[]) : undefined;
}

function typeOf(target: Target): string {
  return target["@odata.type"].replace(/^.*\./, "");
}

function isGroup(target: Target): boolean {
  return typeOf(target) === "groupAssignmentTarget";
}

function groupOf(target: Target): string[] {
  return isGroup(target) && target.groupId ? [oneLine(target.groupId, MAX_NAME)] : [];
}

function conditionsOf(target: Target): string[] {
  const filter = target.deviceAndAppManagementAssignmentFilterId ?? NO_FILTER;
  const mode = target.deviceAndAppManagementAssignmentFilterType ?? "none";
  const isFiltered = filter !== NO_FILTER && filter !== "" && mode !== "none";
  return [
    ...wholeOrExcluded(target),
    ...(isFiltered
      ? [`the assignment filter ${oneLine(filter, MAX_NAME)} (${oneLine(mode, MAX_NAME)})`]
      : []),
  ];
}

function wholeOrExcluded(target: Target): string[] {
  switch (typeOf(target)) {
    case "groupAssignmentTarget":
      return [];
    case "exclusionGroupAssignmentTarget":
      return [`the exclusion of the group ${groupName(target)}`];
    case "allLicensedUsersAssignmentTarget":
      return ["the assignment to all users"];
    case "allDevicesAssignmentTarget":
      return ["the assignment to all devices"];
    default:
      return [`the assignment target ${oneLine(typeOf(target), MAX_NAME)}`];
  }
}

function groupName({ groupId, groupName: name }: Target): string {
  return groupId ? oneLine(groupId, MAX_NAME) : `"${oneLine(name ?? "", MAX_NAME)}"`;
}

function notesOf(target: Target): string[] {
  if (!isGroup(target) || target.groupId) return [];
  return [`It is assigned to the group ${groupName(target)}, whose id the file does not have`];
}
