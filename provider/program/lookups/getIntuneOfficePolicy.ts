import type * as pulumi from "@pulumi/pulumi";
import { lookUp } from "./lookUp";
import type { LookupOptions, LookupOutputOptions } from "./options";
import { lookUpOutput } from "./outputForm";
import type { GetIntuneOfficePolicyResult } from "./types";

/** The policy to look up: by Graph's id, or by its exact name if one policy for Windows has it. */
export type GetIntuneOfficePolicyArgs =
  | { readonly id: string; readonly name?: undefined }
  | { readonly name: string; readonly id?: undefined };

/** The same for the Output form. */
export type GetIntuneOfficePolicyOutputArgs =
  | { readonly id: pulumi.Input<string>; readonly name?: undefined }
  | { readonly name: pulumi.Input<string>; readonly id?: undefined };

/**
 * Looks up a policy of Intune's settings catalogue without managing it, with all its settings and targets.
 *
 * It asks the tenant while the program runs, even in a preview, and so needs a credential there. Settings are told apart
 * by the project's catalogue, which must have Intune's definitions.
 *
 * @example
 * By its name:
 * ```typescript
 * const { policies } = await getIntuneOfficePolicy({ name: "Macros" });
 * ```
 *
 * @example
 * By Graph's id:
 * ```typescript
 * const policy = await getIntuneOfficePolicy({ id: "13a5ac73-ac73-13a5-73ac-a51373aca513" });
 * ```
 *
 * @param args - The policy, by exactly one of `id` and `name`.
 * @throws LookupError if no policy or several match, if there is no catalogue with Intune's definitions, or if the tenant
 *   could not be asked.
 */
export function getIntuneOfficePolicy(
  args: GetIntuneOfficePolicyArgs,
  options?: LookupOptions,
): Promise<GetIntuneOfficePolicyResult> {
  return lookUp("getIntuneOfficePolicy", { args, options });
}

/**
 * The Output form of {@link getIntuneOfficePolicy}. It takes Outputs, and waits until their resources and those of
 * `dependsOn` exist. If one does not exist yet in a preview, the result is unknown and no request is sent.
 *
 * @example
 * ```typescript
 * const found = getIntuneOfficePolicyOutput({ name: "Macros" });
 * export const changed = found.lastModifiedDateTime;
 * ```
 */
export function getIntuneOfficePolicyOutput(
  args: pulumi.Input<GetIntuneOfficePolicyOutputArgs>,
  options?: LookupOutputOptions,
): pulumi.Output<GetIntuneOfficePolicyResult> {
  return lookUpOutput("getIntuneOfficePolicy", args, options);
}
