import type { GraphObject } from "../graph/api";
import { expandedCollection } from "../graph/pages";
import type { EmulatorMode } from "../modes";
import { scalarsOf } from "./scalars";
import type { StoredAssignment, StoredConfiguration } from "./store";

/** A client configuration in Graph's JSON. */
export function configurationObject(
  stored: StoredConfiguration,
  mode: EmulatorMode,
  { graphUrl, withAssignments }: { readonly graphUrl: string; readonly withAssignments: boolean },
): GraphObject {
  return {
    "@odata.type": stored.type,
    ...(mode.etags && { "@odata.etag": etagOf(stored) }),
    id: stored.id,
    ...scalarsOf(stored),
    ...payloadProperties(stored, mode, graphUrl),
    userCheckinSummary: stored.userCheckinSummary,
    checkinStatuses: stored.checkinStatuses,
    ...(mode.lastModifiedDateTime && { lastModifiedDateTime: stored.lastModifiedDateTime }),
    ...(withAssignments &&
      expandedCollection("assignments", stored.assignments.map(assignmentObject), mode, {
        link: `${graphUrl}/officeConfiguration/clientConfigurations/${stored.id}/assignments`,
      })),
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
      mode.payloads === "stream"
        ? [
            `${name}@odata.mediaReadLink`,
            `${graphUrl}/officeConfiguration/clientConfigurations/${stored.id}/${name}`,
          ]
        : [name, mode.payloads === "null" ? null : (stored[name]?.toString("base64") ?? null)],
    ),
  );
}

/** The ETag of an object's current version. */
export function etagOf({ id, version }: StoredConfiguration): string {
  return `W/"${id}-${version}"`;
}

/** A group assignment in Graph's JSON. */
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
