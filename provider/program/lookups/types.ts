/**
 * Results of the lookups.
 *
 * @module
 */

import type { PolicyTarget } from "../../settings/policyTargets";
import type {
  OfficeClientCheckinStatus,
  OfficeUserCheckinSummary,
} from "../clientConfiguration/resource";
import type { OfficeSetting } from "./payloadContent";
import type { OfficeClientConfigurationContent } from "./results.generated";

/** The two kinds of client configuration policy, named like their resource classes. */
export type OfficeClientConfigurationKind =
  | "WindowsOfficeClientConfiguration"
  | "WindowsOfficeClientSecurityConfiguration";

/**
 * A client configuration policy as the tenant has it. Undefined: the service does not give the property.
 */
export interface GetOfficeClientConfigurationResult extends OfficeClientConfigurationContent {
  /** Graph's id. */
  readonly id: string;
  /** Undefined if the service names no type, or neither of these two. */
  readonly kind?: OfficeClientConfigurationKind | undefined;
  /** When the policy was last changed, ISO 8601. */
  readonly lastModifiedDateTime?: string | undefined;
  /** Number of users that the policy has reached; changes by itself. */
  readonly userCheckinSummary?: OfficeUserCheckinSummary | undefined;
  /** The last check-ins of users' devices; changes by itself. */
  readonly checkinStatuses?: OfficeClientCheckinStatus[] | undefined;
}

/** The tenant's singleton. Undefined: the service does not give the property. */
export interface GetOfficeConfigurationResult {
  /** The API's metadata has had none since September 2020. */
  readonly id?: string | undefined;
  /** Number of the tenant's users that have checked in; changes by itself. */
  readonly tenantUserCheckinSummary?: OfficeUserCheckinSummary | undefined;
  /** The last check-ins of the tenant's devices; changes by itself. */
  readonly tenantCheckinStatuses?: OfficeClientCheckinStatus[] | undefined;
}

/** A setting of an Intune policy that is not among its `policies`. */
export interface OtherIntuneSetting {
  /** Id of Intune's definition; empty if the policy does not name it. */
  readonly definitionId: string;
  /** Why it is not among them: `it is no setting of Office's templates`. */
  readonly reason: string;
  /** Ids of the settings of Office that it is, or may be. */
  readonly settingIds?: string[] | undefined;
}

/** A policy of Intune's settings catalogue as the tenant has it. Undefined: the service does not give the property. */
export interface GetIntuneOfficePolicyResult {
  /** Graph's id. */
  readonly id: string;
  /** Name that administrators see. */
  readonly name: string;
  /** Purpose of the policy. */
  readonly description?: string | undefined;
  /** Settings of Office that the catalogue knows, by their ids: `policies` of an `IntuneOfficePolicy` takes them. */
  readonly policies: OfficeSetting[];
  /** All other settings of the policy: of other products, of computers, or unknown to the catalogue. */
  readonly otherSettings: OtherIntuneSetting[];
  /** Assignments of the policy: `assignments` of an `IntuneOfficePolicy` takes them. */
  readonly assignments: PolicyTarget[];
  /** Graph's types of the targets that a program cannot write. */
  readonly otherAssignments: string[];
  /** Ids of Intune's scope tags. */
  readonly roleScopeTagIds?: string[] | undefined;
  /** Graph's names of its platforms: `windows10`. */
  readonly platforms?: string | undefined;
  /** Name, or else id, of the template that the policy was made from. */
  readonly template?: string | undefined;
  /** When the policy was last changed, ISO 8601. */
  readonly lastModifiedDateTime?: string | undefined;
}
