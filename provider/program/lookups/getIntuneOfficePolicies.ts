import type * as pulumi from "@pulumi/pulumi";
import { lookUp } from "./lookUp";
import type { LookupOptions, LookupOutputOptions } from "./options";
import { lookUpOutput } from "./outputForm";
import type { GetIntuneOfficePolicyResult } from "./types";

/** The policies to look up. */
export interface GetIntuneOfficePoliciesArgs {
  /**
   * An OData `$filter`, sent to Graph unchanged: `startswith(name, 'Macro')`.
   *
   * @default All policies.
   * @see https://learn.microsoft.com/graph/filter-query-parameter
   */
  readonly filter?: string | undefined;
  /** Id of a setting that the policies must have; filtered by this package, not by Graph. @default Any setting of Office. */
  readonly settingId?: string | undefined;
}

/** The same for the Output form. */
export interface GetIntuneOfficePoliciesOutputArgs {
  /** An OData `$filter`, sent to Graph unchanged. @default All policies. */
  readonly filter?: pulumi.Input<string> | undefined;
  /** Id of a setting that the policies must have; filtered by this package, not by Graph. @default Any setting of Office. */
  readonly settingId?: pulumi.Input<string> | undefined;
}

/**
 * Lists the policies of Intune's settings catalogue that have a setting of Office, by name and then by id.
 *
 * It reads the settings of all policies for Windows that the filter leaves: a filter saves requests. It asks the tenant
 * while the program runs, even in a preview, and so needs a credential there.
 *
 * @example
 * ```typescript
 * const all = await getIntuneOfficePolicies();
 * ```
 *
 * @example
 * Policies that have a certain setting:
 * ```typescript
 * const found = await getIntuneOfficePolicies({ settingId: "excel16;L_BlockMacroExecutionFromInternet" });
 * ```
 *
 * @throws LookupError if there is no catalogue with Intune's definitions, if the tenant could not be asked, or if Graph
 *   refuses the filter.
 */
export function getIntuneOfficePolicies(
  args: GetIntuneOfficePoliciesArgs = {},
  options?: LookupOptions,
): Promise<GetIntuneOfficePolicyResult[]> {
  return lookUp("getIntuneOfficePolicies", { args, options });
}

/**
 * The Output form of {@link getIntuneOfficePolicies}: takes Outputs, and waits like {@link
 * getIntuneOfficePolicyOutput}.
 *
 * @example
 * ```typescript
 * export const names = getIntuneOfficePoliciesOutput({ filter: "startswith(name, 'Macro')" })
 *   .apply((policies) => policies.map(({ name }) => name));
 * ```
 */
export function getIntuneOfficePoliciesOutput(
  args: pulumi.Input<GetIntuneOfficePoliciesOutputArgs> = {},
  options?: LookupOutputOptions,
): pulumi.Output<GetIntuneOfficePolicyResult[]> {
  return lookUpOutput("getIntuneOfficePolicies", args, options);
}
