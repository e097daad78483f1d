import type * as pulumi from "@pulumi/pulumi";
import { ORIGINAL_KEY, SECRETS_KEY } from "../../settings/keys";
import { isOfType, Registration, resourceType, resourceWith } from "../dynamicResource";
import { secretNames } from "../payloadInput";
import type { CopilotPolicySettingArgs } from "./args.generated";

const PROPERTIES = ["setting", "value", "policyId", "resolvedPolicyId"];

/** The outputs of one of Copilot's settings. */
interface CopilotPolicySettingOutputs {
  readonly setting: pulumi.Output<string>;
  /** The tenant's value; undefined if the setting has none. */
  readonly value: pulumi.Output<string | undefined>;
  /** The policy that Graph reads the setting from; undefined unless the program gives one. */
  readonly policyId: pulumi.Output<string | undefined>;
  /** The policy that Graph reads the setting from; undefined if the tenant has none. */
  readonly resolvedPolicyId: pulumi.Output<string | undefined>;
}

/**
 * One of Copilot's settings for the whole tenant, which Cloud Policy or Intune manages. The resource keeps the value
 * that it finds, encrypted in the state. It puts it back when it is deleted, unless somebody has changed the setting
 * since.
 *
 * Needs the delegated permission CopilotPolicySettings.ReadWrite: Microsoft documents it for users only. An app on its
 * own gets a warning, and what Graph answers.
 *
 * Settings and values that are known; any other is passed on:
 * - microsoft.copilot.allowinadmincenters: "0" not available; "1" available
 * - microsoft.copilot.allowwebsearch: "0" on everywhere; "1" off everywhere; "2" off in Copilot's work mode, on in Copilot Chat
 * - microsoft.copilot.blockaccesstoopenfiles: "0" not blocked; "1" blocked
 * - microsoft.copilot.copilotchatpinning: "0" not pinned; "1" pinned
 * - microsoft.copilot.imagegeneration: "0" on; "1" off
 *
 * @example
 * No web search, in the whole tenant:
 * ```typescript
 * new CopilotPolicySetting("web-search", {
 *   setting: "microsoft.copilot.allowwebsearch",
 *   value: "1",
 * });
 * ```
 *
 * @example
 * In a policy of your choice:
 * ```typescript
 * new CopilotPolicySetting("images", {
 *   setting: "microsoft.copilot.imagegeneration",
 *   value: "1", // off: of this setting, 0 is on
 *   policyId: "13a5ac73-ac73-13a5-73ac-a51373aca513",
 * });
 * ```
 *
 * @see https://learn.microsoft.com/microsoft-365/copilot/extensibility/api/admin-settings/resources/copilotpolicysetting
 */
export class CopilotPolicySetting extends resourceWith<CopilotPolicySettingOutputs>() {
  /** Pulumi's name of this type, by which policy packs match it. */
  static readonly __pulumiType = resourceType("CopilotPolicySetting");

  /** Whether an object is a resource of this class, from this package or from another copy of it. */
  static override isInstance(value: unknown): value is CopilotPolicySetting {
    return isOfType(value, CopilotPolicySetting.__pulumiType);
  }

  /**
   * Reads a setting without managing it.
   *
   * @param setting - Its id: `microsoft.copilot.allowwebsearch`.
   */
  static get(
    name: string,
    setting: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): CopilotPolicySetting {
    return new CopilotPolicySetting(name, {} as CopilotPolicySettingArgs, {
      ...options,
      id: setting,
    });
  }

  constructor(
    name: string,
    args: CopilotPolicySettingArgs,
    options?: pulumi.CustomResourceOptions,
  ) {
    const registration = new Registration({
      kind: "CopilotPolicySetting",
      name,
      inputs: { ...args, [SECRETS_KEY]: secretNames({ ...args }) },
      properties: PROPERTIES,
      secretOutputs: [ORIGINAL_KEY],
      options,
      advice: {
        import:
          "A setting needs no import: declare it, and it remembers the value that it finds. To only read it, use CopilotPolicySetting.get.",
      },
    });
    try {
      super(...registration.args);
    } catch (error) {
      throw registration.traced(error);
    }
    registration.done();
  }
}
