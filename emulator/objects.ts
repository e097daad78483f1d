import type { StoredAssignment, StoredConfiguration } from "./store";
import type { EmulatorMode } from "./types";

/** An entity as Graph's JSON has it. */
export type GraphObject = Record<string, unknown>;

/** A client configuration as Graph's JSON has it. */
export function configurationObject(
  stored: StoredConfiguration,
  mode: EmulatorMode,
  { graphUrl, withAssignments }: { readonly graphUrl: string; readonly withAssignments: boolean },
): GraphObject {
  return {
    "@odata.type": stored.type,
    ...(mode.etags && { "@odata.etag": etagOf(stored) }),
    id: stored.id,
    displayName: stored.displayName,
    description: stored.description,
    priority: stored.priority,
    ...payloadProperties(stored, mode, graphUrl),
    userCheckinSummary: stored.userCheckinSummary,
    checkinStatuses: stored.checkinStatuses,
    ...(mode.lastModifiedDateTime && { lastModifiedDateTime: stored.lastModifiedDateTime }),
    ...(withAssignments && { assignments: stored.assignments.map(assignmentObject) }),
  };
}

function payloadProperties(
  stored: StoredConfiguration,
  mode: EmulatorMode,
  graphUrl: string,
): GraphObject {
  const names = ["policyPayload", "userPreferencePayload"] as const;
  return Object.fromEntries(
    names.map((name) =>
      mode.payloads === "inline"
        ? [name, stored[name]?.toString("base64") ?? null]
        : [
            `${name}@odata.mediaReadLink`,
            `${graphUrl}/officeConfiguration/clientConfigurations/${stored.id}/${name}`,
          ],
    ),
  );
}

/** The ETag of an object's present version. */
export function etagOf({ id, version }: StoredConfiguration): string {
  return `W/"${id}-${version}"`;
}

/** A group assignment as Graph's JSON has it. */
export function assignmentObject({ id, groupId }: StoredAssignment): GraphObject {
  return {
    "@odata.type": "#microsoft.graph.officeClientConfigurationAssignment",
    id,
    target: {
      "@odata.type": "#microsoft.graph.officeConfigurationGroupAssignmentTarget",
      groupId,
    },
  };
}
