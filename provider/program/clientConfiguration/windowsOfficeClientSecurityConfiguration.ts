import type * as pulumi from "@pulumi/pulumi";
import { isOfType, resourceType, resourceWith } from "../dynamicResource";
import type { OfficeClientConfigurationArgs } from "./args.generated";
import { noteDeclared, type OfficeClientConfigurationOutputs, policyOf } from "./resource";

/**
 * A security policy for Microsoft 365 Apps on Windows (Graph: windowsOfficeClientSecurityConfiguration).
 *
 * Needs the permission DeviceManagementConfiguration.ReadWrite.All, delegated or application.
 *
 * @example
 * The smallest one:
 * ```typescript
 * new WindowsOfficeClientSecurityConfiguration("macros", { displayName: "Macro security" });
 * ```
 *
 * @example
 * With settings that the user cannot change, for the members of one group:
 * ```typescript
 * new WindowsOfficeClientSecurityConfiguration("macros", {
 *   displayName: "Macro security",
 *   priority: 0,
 *   policies: [{ settingId: "excel16;L_BlockMacroExecutionFromInternet", value: "1" }],
 *   assignments: ["11111111-2222-3333-4444-555555555555"],
 * });
 * ```
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-windowsofficeclientsecurityconfiguration?view=graph-rest-beta
 */
export class WindowsOfficeClientSecurityConfiguration extends resourceWith<OfficeClientConfigurationOutputs>() {
  /** Pulumi's name of this type, by which policy packs match it. */
  static readonly __pulumiType = resourceType("WindowsOfficeClientSecurityConfiguration");

  /** Whether an object is a resource of this class, from this package or from another copy of it. */
  static override isInstance(value: unknown): value is WindowsOfficeClientSecurityConfiguration {
    return isOfType(value, WindowsOfficeClientSecurityConfiguration.__pulumiType);
  }

  /** Looks a policy up by Graph's id, without managing it; an error if there is none. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): WindowsOfficeClientSecurityConfiguration {
    return new WindowsOfficeClientSecurityConfiguration(name, {} as OfficeClientConfigurationArgs, {
      ...options,
      id,
    });
  }

  constructor(
    name: string,
    args: OfficeClientConfigurationArgs,
    options?: pulumi.CustomResourceOptions,
  ) {
    const registration = policyOf("WindowsOfficeClientSecurityConfiguration", name, args, options);
    try {
      super(...registration.args);
    } catch (error) {
      throw registration.traced(error);
    }
    registration.done();
    noteDeclared(this, registration, args);
  }
}
