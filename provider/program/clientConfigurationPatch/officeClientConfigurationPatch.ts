import type * as pulumi from "@pulumi/pulumi";
import { OfficeConfigurationError } from "../../graph/errors/officeConfigurationError";
import { ORIGINAL_KEY, SECRETS_KEY } from "../../settings/keys";
import { refuseDeclared } from "../declared";
import { isOfType, Registration, resourceType, resourceWith } from "../dynamicResource";
import { ownPolicyOf } from "../ownPolicies";
import { secretNames, storePayloadInput } from "../payloadInput";
import { noteGivenSettings } from "../shownSettings";
import {
  type OfficeClientConfigurationPatchArgs,
  type OfficeClientConfigurationPatchProperties,
  PATCH_PROPERTIES,
} from "./args.generated";

/** The outputs of a patch. */
interface OfficeClientConfigurationPatchOutputs extends OfficeClientConfigurationPatchProperties {
  readonly configurationId: pulumi.Output<string>;
  /** Graph's type of the policy, without its namespace: `windowsOfficeClientConfiguration`. */
  readonly kind: pulumi.Output<string | undefined>;
}

/**
 * Some properties of a client configuration, of either type, that somebody else manages. The patch keeps the
 * values that it finds, encrypted in the state. It puts a value back when the patch is deleted or no longer
 * names the property, unless somebody has changed the property since.
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
export class OfficeClientConfigurationPatch extends resourceWith<OfficeClientConfigurationPatchOutputs>() {
  /** Pulumi's name of this type, by which policy packs match it. */
  static readonly __pulumiType = resourceType("OfficeClientConfigurationPatch");

  /** Whether an object is a resource of this class, from this package or from another copy of it. */
  static override isInstance(value: unknown): value is OfficeClientConfigurationPatch {
    return isOfType(value, OfficeClientConfigurationPatch.__pulumiType);
  }

  constructor(
    name: string,
    args: OfficeClientConfigurationPatchArgs,
    options?: pulumi.CustomResourceOptions,
  ) {
    const own = ownPolicyOf(args.configurationId);
    if (own !== undefined) {
      throw refuseDeclared(
        new OfficeConfigurationError(
          `OfficeClientConfigurationPatch "${name}": the policy "${own.name}" is a resource of this program, and the two would undo each other. Set the properties in that resource.`,
        ),
      );
    }
    const inputs = {
      ...args,
      policies: storePayloadInput(args.policies),
      userPreferences: storePayloadInput(args.userPreferences),
    };
    const registration = new Registration({
      kind: "OfficeClientConfigurationPatch",
      name,
      inputs: { ...inputs, [SECRETS_KEY]: secretNames(inputs) },
      properties: ["configurationId", ...PATCH_PROPERTIES, "kind"],
      secretOutputs: [ORIGINAL_KEY],
      options,
      advice: {
        import: "A patch needs no import: declare it, and it remembers the values that it finds.",
        storedByKey: ["policies", "userPreferences"],
      },
    });
    try {
      super(...registration.args);
    } catch (error) {
      throw registration.traced(error);
    }
    registration.done();
    noteGivenSettings(this, registration.given);
  }
}
