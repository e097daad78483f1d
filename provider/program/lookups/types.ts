/**
 * What the lookups give back.
 *
 * @module
 */
import type * as pulumi from "@pulumi/pulumi";
import type { JsonValue } from "../../settings/json";
import type { OfficeSettingArgs } from "../clientConfiguration/args.generated";
import type {
  OfficeClientCheckinStatus,
  OfficeUserCheckinSummary,
} from "../clientConfiguration/resource";

/** The two kinds of client configuration policy, named as their resource classes are. */
export type OfficeClientConfigurationKind =
  | "WindowsOfficeClientConfiguration"
  | "WindowsOfficeClientSecurityConfiguration";

/** One setting of a policy, as it is in the tenant. */
export type OfficeSetting = pulumi.Unwrap<OfficeSettingArgs>;

/**
 * A payload as a program writes it: given to a resource's `policies` or `userPreferences`, it makes
 * the same content. A list of settings, in the order of their ids; or a JSON object; or what is
 * neither as `{ $json }` (other JSON values), `{ $text }` (no JSON) or `{ $base64 }` (no text).
 */
export type OfficePayloadContent = OfficeSetting[] | { readonly [key: string]: JsonValue };

/** A client configuration policy as the tenant holds it. What the service does not give is undefined. */
export interface GetOfficeClientConfigurationResult {
  /** Graph's id. */
  readonly id: string;
  /** Undefined where the service names no type, or none of these two. */
  readonly kind?: OfficeClientConfigurationKind | undefined;
  /** Name as administrators see it; empty where the policy has none. */
  readonly displayName: string;
  readonly description?: string | undefined;
  /** Rank among the tenant's policies; 0 wins over all others. */
  readonly priority?: number | undefined;
  /** Settings that the user cannot change. */
  readonly policies?: OfficePayloadContent | undefined;
  /** Settings that the user can override. */
  readonly userPreferences?: OfficePayloadContent | undefined;
  /** Ids of the Microsoft Entra groups that the policy is for. */
  readonly assignments: string[];
  /** When the policy was last changed, ISO 8601. */
  readonly lastModifiedDateTime?: string | undefined;
  /** How many users the policy has reached; changes by itself. */
  readonly userCheckinSummary?: OfficeUserCheckinSummary | undefined;
  /** The last check-ins of users' devices; changes by itself. */
  readonly checkinStatuses?: OfficeClientCheckinStatus[] | undefined;
}

/** The tenant's singleton. What the service does not give is undefined. */
export interface GetOfficeConfigurationResult {
  /** The API's metadata has none since September 2020. */
  readonly id?: string | undefined;
  /** How many users of the tenant have checked in; changes by itself. */
  readonly tenantUserCheckinSummary?: OfficeUserCheckinSummary | undefined;
  /** The last check-ins of the tenant's devices; changes by itself. */
  readonly tenantCheckinStatuses?: OfficeClientCheckinStatus[] | undefined;
}
