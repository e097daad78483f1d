import type * as pulumi from "@pulumi/pulumi";
import { SECRETS_KEY } from "../../settings/keys";
import type { ConfigurationKind } from "../../settings/names";
import { storeAssignmentsInput } from "../assignments";
import { Registration } from "../dynamicResource";
import { noteOwnPolicy } from "../ownPolicies";
import { secretNames, storePayloadInput } from "../payloadInput";
import { noteGivenSettings, type ResourceWithSettings } from "../shownSettings";
import {
  type OfficeClientConfigurationArgs,
  type OfficeClientConfigurationProperties,
  POLICY_PROPERTIES,
} from "./args.generated";

/** Numbers of users that the policy has reached, as the service counts them. */
export interface OfficeUserCheckinSummary {
  readonly succeededUserCount: number;
  readonly failedUserCount: number;
}

/**
 * The last check-in of one user's Office on one device.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-officeclientcheckinstatus?view=graph-rest-beta
 */
export interface OfficeClientCheckinStatus {
  readonly userPrincipalName?: string;
  readonly deviceName?: string;
  readonly devicePlatform?: string;
  readonly devicePlatformVersion?: string;
  readonly wasSuccessful: boolean;
  readonly userId: string;
  /** Time of the check-in, ISO 8601 with an offset. */
  readonly checkinDateTime: string;
  readonly errorMessage?: string;
  readonly appliedPolicies?: readonly string[];
  /** Name of the last task; the API's pages have it in the tenant's own statuses. */
  readonly lastTaskName?: string;
}

/** The inputs that are stored by the ids of settings. */
const PAYLOADS = ["policies", "userPreferences"];

const PROPERTIES = [
  ...POLICY_PROPERTIES,
  "configurationId",
  "lastModifiedDateTime",
  "userCheckinSummary",
  "checkinStatuses",
];

/** The outputs of both kinds of client configuration. */
export interface OfficeClientConfigurationOutputs extends OfficeClientConfigurationProperties {
  /** Graph's id of the policy, the same as `id`. */
  readonly configurationId: pulumi.Output<string>;
  /** When the policy was last changed, ISO 8601; undefined if the service does not say. */
  readonly lastModifiedDateTime: pulumi.Output<string | undefined>;
  /** Undefined unless `includeCheckinData` is true; null if the service has none. */
  readonly userCheckinSummary: pulumi.Output<OfficeUserCheckinSummary | null | undefined>;
  /** Undefined unless `includeCheckinData` is true. */
  readonly checkinStatuses: pulumi.Output<OfficeClientCheckinStatus[] | undefined>;
}

/** Prepares the registration of a policy with the engine. */
export function policyOf(
  kind: ConfigurationKind,
  name: string,
  args: OfficeClientConfigurationArgs,
  options: pulumi.CustomResourceOptions | undefined,
): Registration {
  return new Registration({
    kind,
    name,
    inputs: storedInputs(args),
    properties: PROPERTIES,
    options,
    advice: {
      import: 'Give the input adopt, `{ id: "…" }` or `{ displayName: "…" }`, instead.',
      storedByKey: PAYLOADS,
      otherInputs: ["adopt", "allowDuplicateName", "includeCheckinData"],
    },
  });
}

/** Completes a policy that has just been constructed, and remembers it if the program manages it. */
export function noteDeclared(
  policy: ResourceWithSettings & { configurationId: pulumi.Output<string> },
  { given }: Registration,
  { priority }: OfficeClientConfigurationArgs,
): void {
  // In the preview of an edit the engine knows the id, and no other output.
  policy.configurationId = policy.id;
  if (given.options?.id === undefined) {
    noteOwnPolicy(policy, { name: given.name, hasPriority: priority !== undefined });
    noteGivenSettings(policy, given);
  }
}

/** The arguments of a program as the engine gets them. */
function storedInputs(args: OfficeClientConfigurationArgs): Record<string, unknown> {
  const inputs = {
    ...args,
    policies: storePayloadInput(args.policies),
    userPreferences: storePayloadInput(args.userPreferences),
    assignments: storeAssignmentsInput(args.assignments),
  };
  return { ...inputs, [SECRETS_KEY]: secretNames(inputs) };
}
