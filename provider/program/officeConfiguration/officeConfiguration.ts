import type * as pulumi from "@pulumi/pulumi";
import { OFFICE_CONFIGURATION_ID, SECRETS_KEY, WRITTEN_KEY } from "../../settings/keys";
import type {
  OfficeClientCheckinStatus,
  OfficeUserCheckinSummary,
} from "../clientConfiguration/resource";
import { isOfType, Registration, resourceType, resourceWith } from "../dynamicResource";
import { secretNames } from "../payloadInput";
import type { OfficeConfigurationArgs } from "./args.generated";

const PROPERTIES = [
  "tenantUserCheckinSummary",
  "tenantCheckinStatuses",
  "includeCheckinStatuses",
  "configurationId",
];

/** The outputs of the tenant's singleton. */
interface OfficeConfigurationOutputs {
  /** The tenant's value; null if the service has none. */
  readonly tenantUserCheckinSummary: pulumi.Output<OfficeUserCheckinSummary | null>;
  /** The tenant's values; undefined unless `includeCheckinStatuses` is true. */
  readonly tenantCheckinStatuses: pulumi.Output<OfficeClientCheckinStatus[] | undefined>;
  readonly includeCheckinStatuses: pulumi.Output<boolean | undefined>;
  /** Id of the singleton; undefined if the service gives none. */
  readonly configurationId: pulumi.Output<string | undefined>;
}

/**
 * The tenant's singleton (Graph: officeConfiguration). A stack can have one of this resource. Deleting the
 * resource leaves the tenant as it is.
 *
 * Reading needs the permission DeviceManagementConfiguration.Read.All. Writing needs
 * DeviceManagementConfiguration.ReadWrite.All, delegated: an app on its own is refused.
 *
 * @example
 * To read how many users have checked in:
 * ```typescript
 * const tenant = new OfficeConfiguration("tenant");
 * export const summary = tenant.tenantUserCheckinSummary;
 * ```
 *
 * @example
 * To write, with a user's sign-in:
 * ```typescript
 * new OfficeConfiguration("tenant", {
 *   tenantUserCheckinSummary: { succeededUserCount: 0, failedUserCount: 0 },
 *   includeCheckinStatuses: true,
 * });
 * ```
 *
 * @see https://learn.microsoft.com/graph/api/intune-cirrus-officeconfiguration-update?view=graph-rest-beta
 */
export class OfficeConfiguration extends resourceWith<OfficeConfigurationOutputs>() {
  /** Pulumi's name of this type, by which policy packs match it. */
  static readonly __pulumiType = resourceType("OfficeConfiguration");

  /** Whether an object is a resource of this class, from this package or from another copy of it. */
  static override isInstance(value: unknown): value is OfficeConfiguration {
    return isOfType(value, OfficeConfiguration.__pulumiType);
  }

  /** Reads the singleton without managing it. */
  static get(name: string, options?: pulumi.CustomResourceOptions): OfficeConfiguration {
    return new OfficeConfiguration(name, {}, { ...options, id: OFFICE_CONFIGURATION_ID });
  }

  constructor(
    name: string,
    args: OfficeConfigurationArgs = {},
    options?: pulumi.CustomResourceOptions,
  ) {
    const registration = new Registration({
      kind: "OfficeConfiguration",
      name,
      inputs: { ...args, [SECRETS_KEY]: secretNames({ ...args }) },
      properties: PROPERTIES,
      secretOutputs: [WRITTEN_KEY],
      options,
      advice: {
        import:
          "The singleton needs no import: declare it, or read it with OfficeConfiguration.get.",
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
