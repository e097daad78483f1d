import type * as pulumi from "@pulumi/pulumi";
import { SECRETS_KEY } from "../../settings/keys";
import type { PolicyTarget } from "../../settings/policyTargets";
import { isOfType, Registration, resourceType, resourceWith } from "../dynamicResource";
import { secretNames, storePayloadInput } from "../payloadInput";
import type { StoredOfficePayload } from "../settings/args.generated";
import { noteGivenSettings } from "../shownSettings";
import type { IntuneOfficePolicyArgs } from "./args.generated";

const PROPERTIES = [
  "name",
  "description",
  "policies",
  "assignments",
  "roleScopeTagIds",
  "policyId",
];

/** The outputs of a policy of Intune's. */
interface IntuneOfficePolicyOutputs {
  readonly name: pulumi.Output<string>;
  readonly description: pulumi.Output<string | undefined>;
  /** Keyed by setting id: `{ "office16;L_SendFeedback": "0" }`. */
  readonly policies: pulumi.Output<StoredOfficePayload>;
  readonly assignments: pulumi.Output<PolicyTarget[] | undefined>;
  readonly roleScopeTagIds: pulumi.Output<string[] | undefined>;
  /** Graph's id of the policy, the same as `id`. */
  readonly policyId: pulumi.Output<string>;
}

/**
 * A policy of Intune's settings catalogue with settings of Office (Graph: deviceManagementConfigurationPolicy). It reaches
 * users of Windows computers that Intune manages, and has no priority: of two policies that disagree, none wins.
 *
 * The catalogue of settings beside Pulumi.yaml must have Intune's definitions, from `catalogue build --intune`. Needs the permission DeviceManagementConfiguration.ReadWrite.All, delegated or application.
 *
 * @example
 * Settings for the members of one group:
 * ```typescript
 * new IntuneOfficePolicy("macros", {
 *   name: "Macros",
 *   policies: [{ settingId: "excel16;L_BlockMacroExecutionFromInternet", value: "1" }],
 *   assignments: ["11111111-2222-3333-4444-555555555555"],
 * });
 * ```
 *
 * @example
 * For all users but a group, on the devices of a filter:
 * ```typescript
 * new IntuneOfficePolicy("macros", {
 *   name: "Macros",
 *   policies: [{ settingId: "excel16;L_BlockMacroExecutionFromInternet", value: "1" }],
 *   assignments: [
 *     { all: "users", filter: { include: "22222222-2222-4222-8222-222222222222" } },
 *     { excludedGroupId: "11111111-2222-3333-4444-555555555555" },
 *   ],
 * });
 * ```
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfigv2-devicemanagementconfigurationpolicy?view=graph-rest-beta
 */
export class IntuneOfficePolicy extends resourceWith<IntuneOfficePolicyOutputs>() {
  /** Pulumi's name of this type, by which policy packs match it. */
  static readonly __pulumiType = resourceType("IntuneOfficePolicy");

  /** Whether an object is a resource of this class, from this package or from another copy of it. */
  static override isInstance(value: unknown): value is IntuneOfficePolicy {
    return isOfType(value, IntuneOfficePolicy.__pulumiType);
  }

  /** Looks a policy up by Graph's id, without managing it; an error if there is none. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): IntuneOfficePolicy {
    return new IntuneOfficePolicy(name, {} as IntuneOfficePolicyArgs, { ...options, id });
  }

  constructor(name: string, args: IntuneOfficePolicyArgs, options?: pulumi.CustomResourceOptions) {
    const inputs = { ...args, policies: storePayloadInput(args.policies) };
    const registration = new Registration({
      kind: "IntuneOfficePolicy",
      name,
      inputs: { ...inputs, [SECRETS_KEY]: secretNames(inputs) },
      properties: PROPERTIES,
      options,
      advice: {
        import: 'Give the input adopt, `{ id: "…" }` or `{ name: "…" }`, instead.',
        storedByKey: ["policies"],
        otherInputs: ["adopt"],
      },
    });
    try {
      super(...registration.args);
    } catch (error) {
      throw registration.traced(error);
    }
    registration.done();
    // In the preview of an edit the engine knows the id, and no other output.
    Object.assign(this, { policyId: this.id });
    if (options?.id === undefined) noteGivenSettings(this, registration.given);
  }
}
