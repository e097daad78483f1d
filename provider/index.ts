/**
 * Microsoft 365 Apps client policies (Microsoft Graph beta, `/officeConfiguration`) as Pulumi
 * resources.
 *
 * Exports only, after a look at Node's version. Schemas, the Graph client and the provider's runtime are not part of the public
 * surface.
 *
 * @module
 */

import "./text/requireNode";

export { CredentialError } from "./graph/errors/credentialError";
export { GraphAnswerError } from "./graph/errors/graphAnswerError";
export { GraphHttpError } from "./graph/errors/graphHttpError";
export { GraphNoAnswerError } from "./graph/errors/graphNoAnswerError";
export { OfficeConfigurationError } from "./graph/errors/officeConfigurationError";
export { OperationEndedError } from "./graph/errors/operationEndedError";
export { SessionConfigError } from "./graph/errors/sessionConfigError";
export type {
  OfficeAssignmentArgs,
  OfficeClientConfigurationArgs,
  /** Arguments of a {@link WindowsOfficeClientConfiguration}. */
  OfficeClientConfigurationArgs as WindowsOfficeClientConfigurationArgs,
  /** Arguments of a {@link WindowsOfficeClientSecurityConfiguration}. */
  OfficeClientConfigurationArgs as WindowsOfficeClientSecurityConfigurationArgs,
} from "./program/clientConfiguration/args.generated";
export type {
  OfficeClientCheckinStatus,
  OfficeUserCheckinSummary,
} from "./program/clientConfiguration/resource";
export { WindowsOfficeClientConfiguration } from "./program/clientConfiguration/windowsOfficeClientConfiguration";
export { WindowsOfficeClientSecurityConfiguration } from "./program/clientConfiguration/windowsOfficeClientSecurityConfiguration";
export type { OfficeClientConfigurationPatchArgs } from "./program/clientConfigurationPatch/args.generated";
export { OfficeClientConfigurationPatch } from "./program/clientConfigurationPatch/officeClientConfigurationPatch";
export type {
  CopilotPolicySettingArgs,
  CopilotSettingOptions,
} from "./program/copilotPolicySetting/args.generated";
export { CopilotPolicySetting } from "./program/copilotPolicySetting/copilotPolicySetting";
export { withEnvironment } from "./program/environment";
export type { IntuneOfficePolicyArgs } from "./program/intuneOfficePolicy/args.generated";
export { IntuneOfficePolicy } from "./program/intuneOfficePolicy/intuneOfficePolicy";
export {
  type GetIntuneOfficePoliciesArgs,
  type GetIntuneOfficePoliciesOutputArgs,
  getIntuneOfficePolicies,
  getIntuneOfficePoliciesOutput,
} from "./program/lookups/getIntuneOfficePolicies";
export {
  type GetIntuneOfficePolicyArgs,
  type GetIntuneOfficePolicyOutputArgs,
  getIntuneOfficePolicy,
  getIntuneOfficePolicyOutput,
} from "./program/lookups/getIntuneOfficePolicy";
export {
  type GetOfficeClientConfigurationArgs,
  type GetOfficeClientConfigurationOutputArgs,
  getOfficeClientConfiguration,
  getOfficeClientConfigurationOutput,
} from "./program/lookups/getOfficeClientConfiguration";
export {
  type GetOfficeClientConfigurationsArgs,
  type GetOfficeClientConfigurationsOutputArgs,
  getOfficeClientConfigurations,
  getOfficeClientConfigurationsOutput,
} from "./program/lookups/getOfficeClientConfigurations";
export {
  type GetOfficeConfigurationArgs,
  getOfficeConfiguration,
  getOfficeConfigurationOutput,
} from "./program/lookups/getOfficeConfiguration";
export { LookupError, type LookupErrorCode } from "./program/lookups/lookupError";
export type { LookupOptions, LookupOutputOptions } from "./program/lookups/options";
export type { OfficePayloadContent, OfficeSetting } from "./program/lookups/payloadContent";
export type {
  GetIntuneOfficePolicyResult,
  GetOfficeClientConfigurationResult,
  GetOfficeConfigurationResult,
  OfficeClientConfigurationKind,
  OtherIntuneSetting,
} from "./program/lookups/types";
export type {
  OfficeClientCheckinStatusArgs,
  OfficeConfigurationArgs,
  OfficeUserCheckinSummaryArgs,
} from "./program/officeConfiguration/args.generated";
export { OfficeConfiguration } from "./program/officeConfiguration/officeConfiguration";
export type { OfficeClientConfigurationPrioritiesArgs } from "./program/priorities/args.generated";
export {
  OfficeClientConfigurationPriorities,
  type OfficeConfigurationPriority,
} from "./program/priorities/officeClientConfigurationPriorities";
export type {
  JsonInput,
  KnownOfficeSettings,
  OfficeSettingOptions,
  StoredOfficePayload,
  UncheckedOfficePayload,
  UncheckedOfficeSettingArgs,
} from "./program/settings/args.generated";
// All of it, not name by name: only so can a user's office-settings.d.ts add to OfficeSettings.
export * from "./program/settings/officeSettings";
export { type ResourceWithSettings, shownSettings } from "./program/shownSettings";
export type {
  PolicyTarget as IntunePolicyTarget,
  TargetFilter as IntuneTargetFilter,
} from "./settings/policyTargets";
