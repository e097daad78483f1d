/**
 * Lookups: what a tenant holds, without managing it.
 *
 * A dynamic provider has no functions, so they run in the program's process. Nothing that asks is
 * loaded before the first lookup: a program without any does not pay for it.
 *
 * @module
 */
import type * as pulumi from "@pulumi/pulumi";
import { outputForm } from "./outputForm";
import type {
  GetOfficeClientConfigurationArgs,
  GetOfficeClientConfigurationOutputArgs,
  GetOfficeClientConfigurationResult,
  GetOfficeClientConfigurationsArgs,
  GetOfficeClientConfigurationsOutputArgs,
  GetOfficeConfigurationResult,
  LookupOutputOptions,
} from "./types";

/** `require`, since `import()` wants the extension of the compiled file, which the source lacks. */
function asking(): typeof import("./asking") {
  return require("./asking") as typeof import("./asking");
}

/**
 * Looks one policy up, by its id or its display name.
 *
 * Needs the permission DeviceManagementConfiguration.Read.All, in a preview too.
 *
 * @example
 * ```typescript
 * const macros = await getOfficeClientConfiguration({ displayName: "Macro security" });
 * ```
 *
 * @example
 * Of one kind, by its id:
 * ```typescript
 * const macros = await getOfficeClientConfiguration({
 *   id: "13a5ac73-ac73-13a5-73ac-a51373aca513",
 *   kind: "WindowsOfficeClientSecurityConfiguration",
 * });
 * ```
 *
 * @throws OfficeConfigurationError if there is none, if several have the name, or if it is of another kind.
 * @see https://learn.microsoft.com/graph/api/intune-cirrus-windowsofficeclientconfiguration-get?view=graph-rest-beta
 */
export function getOfficeClientConfiguration(
  args: GetOfficeClientConfigurationArgs,
): Promise<GetOfficeClientConfigurationResult> {
  return asking().clientConfiguration(args);
}

/**
 * The Output form of {@link getOfficeClientConfiguration}.
 *
 * @example
 * A policy that the same program makes, usable in a preview before it exists:
 * ```typescript
 * const found = getOfficeClientConfigurationOutput({ id: macros.configurationId });
 * const byName = getOfficeClientConfigurationOutput({ displayName: "Macros" }, { dependsOn: macros });
 * ```
 */
export function getOfficeClientConfigurationOutput(
  args: GetOfficeClientConfigurationOutputArgs,
  options: LookupOutputOptions = {},
): pulumi.Output<GetOfficeClientConfigurationResult> {
  return outputForm(getOfficeClientConfiguration, args, options);
}

/**
 * Looks policies up: all of the tenant, or those that a filter picks, to the last page.
 *
 * Needs the permission DeviceManagementConfiguration.Read.All, in a preview too.
 *
 * @example
 * ```typescript
 * const all = await getOfficeClientConfigurations();
 * const some = await getOfficeClientConfigurations({ filter: "priority lt 10" });
 * ```
 *
 * @see https://learn.microsoft.com/graph/api/intune-cirrus-officeclientconfiguration-list?view=graph-rest-beta
 */
export function getOfficeClientConfigurations(
  args: GetOfficeClientConfigurationsArgs = {},
): Promise<GetOfficeClientConfigurationResult[]> {
  return asking().clientConfigurations(args);
}

/** The Output form of {@link getOfficeClientConfigurations}. */
export function getOfficeClientConfigurationsOutput(
  args: GetOfficeClientConfigurationsOutputArgs = {},
  options: LookupOutputOptions = {},
): pulumi.Output<GetOfficeClientConfigurationResult[]> {
  return outputForm(getOfficeClientConfigurations, args, options);
}

/**
 * Looks the tenant's singleton up: how many users have checked in, and how.
 *
 * Needs the permission DeviceManagementConfiguration.Read.All, in a preview too.
 *
 * @example
 * ```typescript
 * const { tenantUserCheckinSummary } = await getOfficeConfiguration();
 * ```
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-officeconfiguration?view=graph-rest-beta
 */
export function getOfficeConfiguration(): Promise<GetOfficeConfigurationResult> {
  return asking().officeConfiguration();
}

/** The Output form of {@link getOfficeConfiguration}. */
export function getOfficeConfigurationOutput(
  options: LookupOutputOptions = {},
): pulumi.Output<GetOfficeConfigurationResult> {
  return outputForm(() => getOfficeConfiguration(), {}, options);
}
