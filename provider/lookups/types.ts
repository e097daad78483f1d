/**
 * What lookups take and return.
 *
 * @module
 */
import type * as pulumi from "@pulumi/pulumi";
import type {
  OfficeClientCheckinStatus,
  OfficeUserCheckinSummary,
} from "../clientConfiguration/resource";
import type { ConfigurationKind } from "../clientConfiguration/wire";
import type { JsonValue } from "../payload/json";

/** Which policy to look up: by Graph's id, or by its display name. */
export interface GetOfficeClientConfigurationArgs {
  /** Graph's id of the policy. Either this or `displayName`. */
  readonly id?: string | undefined;
  /** Its display name, exactly. Either this or `id`. */
  readonly displayName?: string | undefined;
  /** What it must be; by name, only policies of this kind are looked at. */
  readonly kind?: ConfigurationKind | undefined;
}

/** The same with Inputs. */
export interface GetOfficeClientConfigurationOutputArgs {
  /** Graph's id of the policy. Either this or `displayName`. */
  readonly id?: pulumi.Input<string> | undefined;
  /** Its display name, exactly. Either this or `id`. */
  readonly displayName?: pulumi.Input<string> | undefined;
  /** What it must be; by name, only policies of this kind are looked at. */
  readonly kind?: pulumi.Input<ConfigurationKind> | undefined;
}

/** Which policies to look up. Without any of it: all. */
export interface GetOfficeClientConfigurationsArgs {
  /** OData's `$filter`, passed on to Graph: `startswith(displayName,'Privacy')`. */
  readonly filter?: string | undefined;
  /** Only policies of this kind. */
  readonly kind?: ConfigurationKind | undefined;
}

/** The same with Inputs. */
export interface GetOfficeClientConfigurationsOutputArgs {
  /** OData's `$filter`, passed on to Graph: `startswith(displayName,'Privacy')`. */
  readonly filter?: pulumi.Input<string> | undefined;
  /** Only policies of this kind. */
  readonly kind?: pulumi.Input<ConfigurationKind> | undefined;
}

/** What the Output forms of lookups take besides their arguments. */
export interface LookupOutputOptions {
  /**
   * Resources that must exist before the tenant is asked. While one does not, as in the preview of
   * its creation, the result is not known.
   */
  readonly dependsOn?: pulumi.InvokeOutputOptions["dependsOn"];
}

/** A setting as the tenant holds it, with whatever keys it has there. */
export interface LookedUpSetting {
  readonly settingId: string;
  readonly value: JsonValue;
  readonly [key: string]: JsonValue;
}

/**
 * A payload as a program writes it, so that it can be given to a resource again: a list of settings,
 * a JSON object, or any other JSON as text. What is no JSON is `{ $text }`, and `{ $base64 }` where it
 * is no text; it cannot be given again.
 */
export type LookedUpPayload = LookedUpSetting[] | { readonly [key: string]: JsonValue } | string;

/** A policy as it is in the tenant. What it does not have is undefined. */
export interface GetOfficeClientConfigurationResult {
  readonly id: string;
  /** The class of its resource; undefined for a type that this package does not know. */
  readonly kind: ConfigurationKind | undefined;
  readonly displayName: string;
  readonly description: string | undefined;
  /** 0 wins over all others. */
  readonly priority: number | undefined;
  /** Settings that users cannot change. */
  readonly policies: LookedUpPayload | undefined;
  /** Settings that users can override. */
  readonly userPreferences: LookedUpPayload | undefined;
  /** Ids of the Microsoft Entra groups that it is for. */
  readonly assignments: string[];
  /** When it was last changed, ISO 8601. */
  readonly lastModifiedDateTime: string | undefined;
  /** Check-in data changes by itself. */
  readonly userCheckinSummary: OfficeUserCheckinSummary | undefined;
  readonly checkinStatuses: OfficeClientCheckinStatus[];
}

/** The tenant's singleton as it is. Check-in data changes by itself. */
export interface GetOfficeConfigurationResult {
  /** Undefined where the service gives none: its metadata has no id since 2020. */
  readonly id: string | undefined;
  readonly tenantUserCheckinSummary: OfficeUserCheckinSummary | undefined;
  readonly tenantCheckinStatuses: OfficeClientCheckinStatus[];
}
