import type { EmulatorMode } from "./modes";
import { scalarsOf } from "./scalars";
import type { StoredAssignment, StoredConfiguration } from "./store";

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

/** An expanded collection under its name, with a link to what its first page leaves out. */
export function expandedCollection(
  name: string,
  items: readonly GraphObject[],
  { expandedPageSize, expandedNextLink }: EmulatorMode,
  { link }: { readonly link: string },
): GraphObject {
  const isWhole = items.length <= expandedPageSize;
  return {
    [name]: items.slice(0, expandedPageSize),
    ...(!isWhole &&
      expandedNextLink && {
        [`${name}@odata.nextLink`]: `${link}?$skiptoken=${skipToken(expandedPageSize)}`,
      }),
  };
}

/** The token of a page that begins there. */
export function skipToken(offset: number): string {
  return Buffer.from(String(offset)).toString("base64url");
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
