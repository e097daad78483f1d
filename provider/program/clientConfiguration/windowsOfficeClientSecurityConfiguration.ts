import type * as pulumi from "@pulumi/pulumi";
import { isOfType, resourceType, resourceWith } from "../dynamicResource";
import { noteOwnPolicy } from "../ownPolicies";
import { noteGivenSettings } from "../shownSettings";
import type { OfficeClientConfigurationArgs } from "./args.generated";
import { clientConfiguration, type OfficeClientConfigurationOutputs } from "./resource";

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

  declare readonly configurationId: pulumi.Output<string>;

  constructor(
    name: string,
    args: OfficeClientConfigurationArgs,
    options?: pulumi.CustomResourceOptions,
  ) {
    const registration = clientConfiguration(
      "WindowsOfficeClientSecurityConfiguration",
      name,
      args,
      options,
    );
    try {
      super(...registration.args);
    } catch (error) {
      throw registration.traced(error);
    } finally {
      registration.done();
    }
    // In the preview of an edit the engine knows the id, and no other output.
    this.configurationId = this.id;
    if (options?.id === undefined) {
      noteOwnPolicy(this, { name, hasPriority: args.priority !== undefined });
      noteGivenSettings(this, registration.given);
    }
  }

  /** Whether an object is a resource of this class, be it of another copy of this package. */
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
}
