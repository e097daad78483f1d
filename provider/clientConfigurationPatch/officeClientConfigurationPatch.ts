import type * as pulumi from "@pulumi/pulumi";
import type { StoredOfficePayload } from "../clientConfiguration/resource";
import { SECRETS_KEY } from "../clientConfiguration/secretsKey";
import { DynamicResource } from "../engine/dynamicResource";
import { secretNames, storePayloadInput } from "../payload/program";
import type { OfficeClientConfigurationPatchArgs } from "./args.generated";
import { ORIGINAL_KEY, PATCHABLE } from "./names";

/**
 * Named properties of a client configuration that something else owns, of either type. What was
 * found is remembered, encrypted in the state, and put back when the patch is deleted or no longer
 * names a property, unless somebody has changed it since.
 *
 * Needs the permission DeviceManagementConfiguration.ReadWrite.All, delegated or application.
 *
 * @example
 * The description of a policy that was made in the portal:
 * ```typescript
 * new OfficeClientConfigurationPatch("reviewed", {
 *   configurationId: "13a5ac73-ac73-13a5-73ac-a51373aca513",
 *   description: "Reviewed by security",
 * });
 * ```
 *
 * @example
 * Its settings, found by its name:
 * ```typescript
 * new OfficeClientConfigurationPatch("macros", {
 *   configurationId: getOfficeClientConfigurationOutput({ displayName: "Macros" }).id,
 *   policies: [{ settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: "4" }],
 * });
 * ```
 *
 * @see The API page "Update clientConfigurations": `PATCH /officeConfiguration/clientConfigurations`
 */
export class OfficeClientConfigurationPatch extends DynamicResource {
  declare readonly configurationId: pulumi.Output<string>;
  declare readonly displayName: pulumi.Output<string | undefined>;
  declare readonly description: pulumi.Output<string | undefined>;
  declare readonly priority: pulumi.Output<number | undefined>;
  declare readonly policies: pulumi.Output<StoredOfficePayload | undefined>;
  declare readonly userPreferences: pulumi.Output<StoredOfficePayload | undefined>;
  /** Graph's type of the policy, without its namespace: `windowsOfficeClientConfiguration`. */
  declare readonly kind: pulumi.Output<string | undefined>;

  /**
   * @param name - The name of the resource in the program.
   * @param args - Which properties of which policy.
   * @param options - Pulumi's options for resources.
   */
  constructor(
    name: string,
    args: OfficeClientConfigurationPatchArgs,
    options?: pulumi.CustomResourceOptions,
  ) {
    const inputs = {
      ...args,
      policies: storePayloadInput(args.policies),
      userPreferences: storePayloadInput(args.userPreferences),
    };
    super(
      "OfficeClientConfigurationPatch",
      name,
      { ...inputs, [SECRETS_KEY]: secretNames(inputs) },
      ["configurationId", ...PATCHABLE, "kind"],
      {
        ...options,
        additionalSecretOutputs: [ORIGINAL_KEY, ...(options?.additionalSecretOutputs ?? [])],
      },
    );
  }
}
