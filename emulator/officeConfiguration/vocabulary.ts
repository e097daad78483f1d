import type { Vocabulary } from "../graph/api";
import { SCALAR_NAMES } from "./scalars";

/** Names of this API, by Microsoft's metadata and the API's pages. */
export const VOCABULARY: Vocabulary = {
  properties: [
    "id",
    ...SCALAR_NAMES,
    "policyPayload",
    "userPreferencePayload",
    "userCheckinSummary",
    "checkinStatuses",
    "lastModifiedDateTime",
    "assignments",
    "target",
    "tenantCheckinStatuses",
    "tenantUserCheckinSummary",
    "clientConfigurations",
    "@odata.type",
  ],
  types: [
    "windowsOfficeClientConfiguration",
    "windowsOfficeClientSecurityConfiguration",
    "officeClientConfiguration",
  ],
  baseType: "officeClientConfiguration",
  actions: ["assign", "updatePriorities"],
  forms: {
    groupId: "id",
    policyPayload: "stream",
    userPreferencePayload: "stream",
    assignments: "objects",
    clientConfigurations: "objects",
    target: "object",
    userCheckinSummary: "object",
    checkinStatuses: "objects",
    tenantUserCheckinSummary: "object",
    tenantCheckinStatuses: "objects",
  },
};
