/**
 * Every Graph path that this package uses. The API is beta: if its paths change, change them here only.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-officeconfiguration?view=graph-rest-beta
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfigv2-devicemanagementconfigurationsettingdefinition?view=graph-rest-beta
 * @see https://learn.microsoft.com/graph/api/group-list?view=graph-rest-beta
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfigv2-devicemanagementconfigurationpolicy?view=graph-rest-beta
 * @see https://learn.microsoft.com/microsoft-365/copilot/extensibility/api/admin-settings/resources/copilotpolicysetting
 * @see https://learn.microsoft.com/graph/api/resources/security-auditlogquery?view=graph-rest-1.0
 * @module
 */
import { OfficeConfigurationError } from "../graph/errors/officeConfigurationError";

const OFFICE_CONFIGURATION = "/officeConfiguration";
const CLIENT_CONFIGURATIONS = `${OFFICE_CONFIGURATION}/clientConfigurations`;
const AUDIT_LOG_QUERIES = "/v1.0/security/auditLog/queries";
const CONFIGURATION_POLICIES = "/deviceManagement/configurationPolicies";

function clientConfiguration(id: string): string {
  return `${CLIENT_CONFIGURATIONS}/${segment(id, "client configuration")}`;
}

function configurationPolicy(id: string): string {
  return `${CONFIGURATION_POLICIES}/${segment(id, "policy of Intune's")}`;
}

function auditLogQuery(id: string): string {
  return `${AUDIT_LOG_QUERIES}/${segment(id, "query of the audit log")}`;
}

/** Paths from the root of beta, or with another version; ids are encoded. */
export const paths = {
  /** The tenant's singleton. */
  officeConfiguration: OFFICE_CONFIGURATION,
  /** The collection of client configurations. */
  clientConfigurations: CLIENT_CONFIGURATIONS,
  /** Those of one type, by a cast: OData's way to leave the other type out. */
  clientConfigurationsOf: (type: "client" | "security"): string =>
    `${CLIENT_CONFIGURATIONS}/microsoft.graph.windowsOfficeClient${type === "client" ? "" : "Security"}Configuration`,
  /** One client configuration. */
  clientConfiguration,
  /** Settings that users cannot change, as a stream. */
  policyPayload: (id: string): string => `${clientConfiguration(id)}/policyPayload`,
  /** Settings that users can override, as a stream. */
  userPreferencePayload: (id: string): string => `${clientConfiguration(id)}/userPreferencePayload`,
  /** The groups a client configuration applies to. */
  assignments: (id: string): string => `${clientConfiguration(id)}/assignments`,
  /** The action that replaces those groups. */
  assign: (id: string): string => `${clientConfiguration(id)}/assign`,
  /** The action that reorders client configurations. */
  updatePriorities: `${CLIENT_CONFIGURATIONS}/updatePriorities`,
  /** Definitions of Intune's settings catalogue. */
  settingDefinitions: "/deviceManagement/configurationSettings",
  /** Groups of Microsoft Entra. */
  groups: "/groups",
  /** Policies of Intune's settings catalogue. */
  configurationPolicies: CONFIGURATION_POLICIES,
  /** One of them. */
  configurationPolicy,
  /** Its settings, in pages. */
  configurationPolicySettings: (id: string): string => `${configurationPolicy(id)}/settings`,
  /** Its assignments. */
  configurationPolicyAssignments: (id: string): string => `${configurationPolicy(id)}/assignments`,
  /** The action that replaces those assignments. */
  assignConfigurationPolicy: (id: string): string => `${configurationPolicy(id)}/assign`,
  /** A setting of Copilot that Cloud Policy or Intune manages, such as `microsoft.copilot.allowwebsearch`. */
  copilotPolicySetting: (id: string): string =>
    `/copilot/admin/policySettings/${segment(id, "setting of Copilot's")}`,
  /** Queries of the tenant's audit log. */
  auditLogQueries: AUDIT_LOG_QUERIES,
  /** One of them. */
  auditLogQuery,
  /** The records that it found, in pages. */
  auditLogRecords: (id: string): string => `${auditLogQuery(id)}/records`,
  /** The tenant itself, as a list of one. */
  organization: "/organization",
} as const;

/** @throws OfficeConfigurationError if a path cannot name the id. @param kind - Kind of the object, for the message. */
function segment(id: string, kind: string): string {
  // A URL drops "." and ".." even if they are encoded: the request would go to another object.
  if (id === "" || id === "." || id === "..") {
    throw new OfficeConfigurationError(`"${id}" cannot be the id of a ${kind}.`);
  }
  // A lone surrogate, half of a UTF-16 pair, cannot be encoded.
  if (/\p{Surrogate}/u.test(id)) {
    throw new OfficeConfigurationError(`A text that is no Unicode cannot be the id of a ${kind}.`);
  }
  return encodeURIComponent(id);
}
