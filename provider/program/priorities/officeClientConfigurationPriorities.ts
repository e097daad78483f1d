import type * as pulumi from "@pulumi/pulumi";
import { OfficeConfigurationError } from "../../graph/errors/officeConfigurationError";
import { refuseDeclared } from "../declared";
import { isOfType, Registration, resourceType, resourceWith } from "../dynamicResource";
import { ownPoliciesBehind, ownPolicyOf } from "../ownPolicies";
import type { OfficeClientConfigurationPrioritiesArgs } from "./args.generated";

/** A policy and its priority, as the tenant has them. */
export interface OfficeConfigurationPriority {
  readonly configurationId: string;
  readonly displayName: string | null;
  /** 0 wins over all others. */
  readonly priority: number | null;
}

/** The outputs of an order. */
interface OfficeClientConfigurationPrioritiesOutputs {
  /** The ids of the policies, the one that wins first. */
  readonly configurationIds: pulumi.Output<string[]>;
  /** The same policies with their names and priorities. */
  readonly configurations: pulumi.Output<OfficeConfigurationPriority[]>;
}

/**
 * The order of client configurations (Graph: updatePriorities). It changes only the priorities of the policies
 * that it names, and leaves them as they are when it is deleted. A policy in the order must not have a
 * `priority` of its own in the program: the two would undo each other, and are refused.
 *
 * Needs the permission DeviceManagementConfiguration.ReadWrite.All, delegated or application.
 *
 * @example
 * Two policies; the first one wins:
 * ```typescript
 * new OfficeClientConfigurationPriorities("order", {
 *   configurationIds: [macros.configurationId, privacy.configurationId],
 * });
 * ```
 *
 * @example
 * With a policy that somebody else manages:
 * ```typescript
 * new OfficeClientConfigurationPriorities("order", {
 *   configurationIds: ["13a5ac73-ac73-13a5-73ac-a51373aca513", macros.configurationId],
 * });
 * ```
 *
 * @throws Error if one of the policies has a priority of its own in the program.
 * @see https://learn.microsoft.com/graph/api/intune-cirrus-officeclientconfiguration-updatepriorities?view=graph-rest-beta
 */
export class OfficeClientConfigurationPriorities extends resourceWith<OfficeClientConfigurationPrioritiesOutputs>() {
  /** Pulumi's name of this type, by which policy packs match it. */
  static readonly __pulumiType = resourceType("OfficeClientConfigurationPriorities");

  /** Whether an object is a resource of this class, from this package or from another copy of it. */
  static override isInstance(value: unknown): value is OfficeClientConfigurationPriorities {
    return isOfType(value, OfficeClientConfigurationPriorities.__pulumiType);
  }

  constructor(
    name: string,
    args: OfficeClientConfigurationPrioritiesArgs,
    options?: pulumi.CustomResourceOptions,
  ) {
    refuseOwnPriorities(name, args.configurationIds);
    const registration = new Registration({
      kind: "OfficeClientConfigurationPriorities",
      name,
      inputs: { ...args },
      properties: ["configurationIds", "configurations"],
      options,
      advice: { import: "An order needs no import: declare it, and only what differs is changed." },
    });
    try {
      super(...registration.args);
    } catch (error) {
      throw registration.traced(error);
    }
    registration.done();
  }
}

/**
 * Refuses two owners of a priority before either is sent. The provider compares ids, which a first
 * deployment does not know yet.
 */
function refuseOwnPriorities(name: string, ids: unknown): void {
  const named = Array.isArray(ids) ? ids.flatMap((id) => ownPolicyOf(id) ?? []) : [];
  const behind = Array.isArray(ids) ? [] : ownPoliciesBehind(ids);
  const own = [...named, ...behind].find(({ hasPriority }) => hasPriority);
  if (own === undefined) return;
  const advice = Array.isArray(ids)
    ? "or leave it out of configurationIds"
    : "or, if configurationIds does not name it, give the ids one by one";
  throw refuseDeclared(
    new OfficeConfigurationError(
      `OfficeClientConfigurationPriorities "${name}": configurationIds has the policy "${own.name}", which has a priority of its own in the program, and the two would undo each other. ` +
        `Remove priority from "${own.name}", ${advice}.`,
    ),
  );
}
