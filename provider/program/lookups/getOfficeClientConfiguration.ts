import type * as pulumi from "@pulumi/pulumi";
import { lookUp } from "./lookUp";
import type { LookupOptions, LookupOutputOptions } from "./options";
import { lookUpOutput } from "./outputForm";
import type { GetOfficeClientConfigurationResult, OfficeClientConfigurationKind } from "./types";

/** The policy to look up: by Graph's id, or by its exact display name. */
export type GetOfficeClientConfigurationArgs = {
  /** Kind that the policy must have. @default Either kind. */
  readonly kind?: OfficeClientConfigurationKind | undefined;
} & (
  | { readonly id: string; readonly displayName?: undefined }
  | { readonly displayName: string; readonly id?: undefined }
);

/** The same for the Output form. */
export type GetOfficeClientConfigurationOutputArgs = {
  /** Kind that the policy must have. @default Either kind. */
  readonly kind?: pulumi.Input<OfficeClientConfigurationKind> | undefined;
} & (
  | { readonly id: pulumi.Input<string>; readonly displayName?: undefined }
  | { readonly displayName: pulumi.Input<string>; readonly id?: undefined }
);

/**
 * Looks up a client configuration policy without managing it.
 *
 * It asks the tenant while the program runs, even in a preview, and so needs a credential there.
 *
 * @example
 * By Graph's id:
 * ```typescript
 * const policy = await getOfficeClientConfiguration({ id: "13a5ac73-ac73-13a5-73ac-a51373aca513" });
 * ```
 *
 * @example
 * By its name, of one kind, within a minute:
 * ```typescript
 * const policy = await getOfficeClientConfiguration(
 *   { displayName: "Macro security", kind: "WindowsOfficeClientSecurityConfiguration" },
 *   { signal: AbortSignal.timeout(60_000) },
 * );
 * ```
 *
 * @param args - The policy, by exactly one of `id` and `displayName`.
 * @throws LookupError if no policy or several match, if the policy is of another kind, or if the tenant
 *   could not be asked.
 */
export function getOfficeClientConfiguration(
  args: GetOfficeClientConfigurationArgs,
  options?: LookupOptions,
): Promise<GetOfficeClientConfigurationResult> {
  return lookUp("getOfficeClientConfiguration", { args, options });
}

/**
 * The Output form of {@link getOfficeClientConfiguration}. It takes Outputs, and waits until their
 * resources and those of `dependsOn` exist. If one does not exist yet in a preview, the result is unknown
 * and no request is sent.
 *
 * @example
 * Look up a policy that the same program creates:
 * ```typescript
 * const macros = new WindowsOfficeClientSecurityConfiguration("macros", { displayName: "Macro security" });
 * const found = getOfficeClientConfigurationOutput({ displayName: "Macro security" }, { dependsOn: macros });
 * export const changed = found.lastModifiedDateTime;
 * ```
 */
export function getOfficeClientConfigurationOutput(
  args: pulumi.Input<GetOfficeClientConfigurationOutputArgs>,
  options?: LookupOutputOptions,
): pulumi.Output<GetOfficeClientConfigurationResult> {
  return lookUpOutput("getOfficeClientConfiguration", args, options);
}
