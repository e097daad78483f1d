/**
 * Results of the lookups.
 *
 * @module
 */
import type {
  OfficeClientCheckinStatus,
  OfficeUserCheckinSummary,
} from "../clientConfiguration/resource";
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
