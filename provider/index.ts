/**
 * Microsoft 365 Apps client policies (Microsoft Graph beta, `/officeConfiguration`) as Pulumi
 * resources.
 *
 * Exports only. Schemas, the Graph client and the provider's runtime are not part of the public
 * surface.
 *
 * @module
 */
export type {
  OfficeAssignmentArgs,
  OfficeClientConfigurationArgs,
  /** What a {@link WindowsOfficeClientConfiguration} takes. */
  OfficeClientConfigurationArgs as WindowsOfficeClientConfigurationArgs,
  /** What a {@link WindowsOfficeClientSecurityConfiguration} takes. */
  OfficeClientConfigurationArgs as WindowsOfficeClientSecurityConfigurationArgs,
  OfficePayload,
  OfficeSettingArgs,
} from "./clientConfiguration/args.generated";
export type {
  OfficeClientCheckinStatus,
  OfficeUserCheckinSummary,
  StoredOfficePayload,
} from "./clientConfiguration/resource";
export { WindowsOfficeClientConfiguration } from "./clientConfiguration/windowsOfficeClientConfiguration";
export { WindowsOfficeClientSecurityConfiguration } from "./clientConfiguration/windowsOfficeClientSecurityConfiguration";
export type { OfficeClientConfigurationPatchArgs } from "./clientConfigurationPatch/args.generated";
export { OfficeClientConfigurationPatch } from "./clientConfigurationPatch/officeClientConfigurationPatch";
export {
  isOfficeConfigurationError,
  OfficeConfigurationError,
} from "./graph/errors/officeConfigurationError";
export {
  type GetOfficeClientConfigurationArgs,
  type GetOfficeClientConfigurationOutputArgs,
  getOfficeClientConfiguration,
  getOfficeClientConfigurationOutput,
} from "./lookups/getOfficeClientConfiguration";
export {
  type GetOfficeClientConfigurationsArgs,
  type GetOfficeClientConfigurationsOutputArgs,
  getOfficeClientConfigurations,
  getOfficeClientConfigurationsOutput,
} from "./lookups/getOfficeClientConfigurations";
export {
  type GetOfficeConfigurationArgs,
  getOfficeConfiguration,
  getOfficeConfigurationOutput,
} from "./lookups/getOfficeConfiguration";
export type { LookupOptions, LookupOutputOptions } from "./lookups/options";
export type {
  GetOfficeClientConfigurationResult,
  GetOfficeConfigurationResult,
  OfficeClientConfigurationKind,
  OfficePayloadContent,
  OfficeSetting,
} from "./lookups/types";
export type {
  OfficeClientCheckinStatusArgs,
  OfficeConfigurationArgs,
  OfficeUserCheckinSummaryArgs,
} from "./officeConfiguration/args.generated";
export { OfficeConfiguration } from "./officeConfiguration/officeConfiguration";
export type { OfficeClientConfigurationPrioritiesArgs } from "./priorities/args.generated";
export {
  OfficeClientConfigurationPriorities,
  type OfficeConfigurationPriority,
} from "./priorities/officeClientConfigurationPriorities";
