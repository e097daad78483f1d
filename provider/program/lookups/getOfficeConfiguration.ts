import type * as pulumi from "@pulumi/pulumi";
import { lookUp } from "./lookUp";
import type { LookupOptions, LookupOutputOptions } from "./options";
import { lookUpOutput } from "./outputForm";
import type { GetOfficeConfigurationResult } from "./types";

/** No arguments: the tenant has one singleton. */
export type GetOfficeConfigurationArgs = Record<string, never>;

/**
 * Reads the tenant's singleton: how many users have checked in, and the last check-ins.
 *
 * It asks the tenant while the program runs, even in a preview, and so needs a credential there.
 *
 * @example
 * ```typescript
 * const { tenantUserCheckinSummary } = await getOfficeConfiguration();
 * ```
 *
 * @throws LookupError if the tenant could not be asked.
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-officeconfiguration?view=graph-rest-beta
 */
export function getOfficeConfiguration(
  args: GetOfficeConfigurationArgs = {},
  options?: LookupOptions,
): Promise<GetOfficeConfigurationResult> {
  return lookUp("getOfficeConfiguration", { args, options });
}

/**
 * The Output form of {@link getOfficeConfiguration}: waits until the resources of `dependsOn` exist.
 *
 * @example
 * ```typescript
 * export const failed = getOfficeConfigurationOutput().tenantUserCheckinSummary.apply(
 *   (summary) => summary?.failedUserCount ?? 0,
 * );
 * ```
 */
export function getOfficeConfigurationOutput(
  args: pulumi.Input<GetOfficeConfigurationArgs> = {},
  options?: LookupOutputOptions,
): pulumi.Output<GetOfficeConfigurationResult> {
  return lookUpOutput("getOfficeConfiguration", args, options);
}
