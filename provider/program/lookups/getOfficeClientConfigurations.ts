import type * as pulumi from "@pulumi/pulumi";
import { lookUp } from "./lookUp";
import type { LookupOptions, LookupOutputOptions } from "./options";
import { lookUpOutput } from "./outputForm";
import type { GetOfficeClientConfigurationResult, OfficeClientConfigurationKind } from "./types";

/** The policies to look up. */
export interface GetOfficeClientConfigurationsArgs {
  /**
   * An OData `$filter`, sent to Graph unchanged: `startswith(displayName, 'Macro')`.
   *
   * @default All policies.
   * @see https://learn.microsoft.com/graph/filter-query-parameter
   */
  readonly filter?: string | undefined;
  /** Kind of the policies; filtered by this package, not by Graph. @default Both kinds. */
  readonly kind?: OfficeClientConfigurationKind | undefined;
}

/** The same for the Output form. */
export interface GetOfficeClientConfigurationsOutputArgs {
  /** An OData `$filter`, sent to Graph unchanged. @default All policies. */
  readonly filter?: pulumi.Input<string> | undefined;
  /** Kind of the policies; filtered by this package, not by Graph. @default Both kinds. */
  readonly kind?: pulumi.Input<OfficeClientConfigurationKind> | undefined;
}

/**
 * Lists all of the tenant's client configuration policies, by priority and then by id.
 *
 * It asks the tenant while the program runs, even in a preview, and so needs a credential there.
 *
 * @example
 * ```typescript
 * const all = await getOfficeClientConfigurations();
 * ```
 *
 * @example
 * Policies whose names begin alike:
 * ```typescript
 * const macros = await getOfficeClientConfigurations({ filter: "startswith(displayName, 'Macro')" });
 * ```
 *
 * @throws LookupError if the tenant could not be asked, or Graph refuses the filter.
 */
export function getOfficeClientConfigurations(
  args: GetOfficeClientConfigurationsArgs = {},
  options?: LookupOptions,
): Promise<GetOfficeClientConfigurationResult[]> {
  return lookUp("getOfficeClientConfigurations", { args, options });
}

/**
 * The Output form of {@link getOfficeClientConfigurations}: takes Outputs, and waits like {@link
 * getOfficeClientConfigurationOutput}.
 *
 * @example
 * ```typescript
 * export const names = getOfficeClientConfigurationsOutput({ kind: "WindowsOfficeClientConfiguration" })
 *   .apply((policies) => policies.map(({ displayName }) => displayName));
 * ```
 */
export function getOfficeClientConfigurationsOutput(
  args: pulumi.Input<GetOfficeClientConfigurationsOutputArgs> = {},
  options?: LookupOutputOptions,
): pulumi.Output<GetOfficeClientConfigurationResult[]> {
  return lookUpOutput("getOfficeClientConfigurations", args, options);
}
