import { z } from "zod";
import type { InputProblem } from "../inputProblem";
import type { PlainObject } from "../json";
import { issueProblems } from "./problems";
import { timeoutsField } from "./timeouts";

/** The largest Edm.Int32, the type of the counts in the API's metadata. */
const MAX_INT32 = 2_147_483_647;

const text = (description: string) =>
  z.string({ error: "must be a text" }).optional().meta({ description });

const count = (description: string) =>
  z
    .int({ error: "must be a whole number" })
    .min(0, { error: "must not be negative" })
    .max(MAX_INT32, { error: `must be at most ${MAX_INT32}` })
    .meta({ description });

const odataType = z
  .string()
  .optional()
  .meta({ description: "Graph's name of the type; accepted and ignored." });

/**
 * Numbers of users that check-ins have reached.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-officeusercheckinsummary?view=graph-rest-beta
 */
export const userCheckinSummarySchema = z.strictObject({
  "@odata.type": odataType,
  succeededUserCount: count("Users whose last check-in succeeded."),
  failedUserCount: count("Users whose last check-in failed."),
});

/**
 * The last check-in of one user's Office on one device.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-officeclientcheckinstatus?view=graph-rest-beta
 */
export const checkinStatusSchema = z.strictObject({
  "@odata.type": odataType,
  userId: z.string({ error: "must be a text" }).meta({ description: "Id of the user." }),
  userPrincipalName: text("Name that the user signs in with."),
  deviceName: text("Name of the device."),
  devicePlatform: text("Platform of the device."),
  devicePlatformVersion: text("Version of that platform."),
  wasSuccessful: z
    .boolean({ error: "must be true or false" })
    .meta({ description: "Whether the check-in succeeded." }),
  checkinDateTime: z.iso
    .datetime({ offset: true, error: "must be an ISO 8601 time with an offset" })
    .meta({ description: "Time of the check-in, ISO 8601 with an offset." }),
  errorMessage: text("Error message of the check-in."),
  appliedPolicies: z
    .array(z.string({ error: "must be a text" }), { error: "must be a list of texts" })
    .optional()
    .meta({ description: "Policies that were applied." }),
  lastTaskName: text("Name of the last task."),
});

/**
 * The inputs of the tenant's singleton: the only place where they are described.
 *
 * @see https://learn.microsoft.com/graph/api/intune-cirrus-officeconfiguration-update?view=graph-rest-beta
 */
export const officeConfigurationSchema = z.strictObject({
  tenantUserCheckinSummary: userCheckinSummarySchema.optional().meta({
    tsType: "pulumi.Input<OfficeUserCheckinSummaryArgs>",
    description:
      "Users reached by check-ins. Written when it is new in the program or changes there. The tenant's own value changes by itself, and that is not drift.",
  }),
  tenantCheckinStatuses: z
    .array(checkinStatusSchema, { error: "must be a list of check-in statuses" })
    .optional()
    .meta({
      tsType: "pulumi.Input<readonly pulumi.Input<OfficeClientCheckinStatusArgs>[]>",
      description: "Check-ins by user and device. Written like `tenantUserCheckinSummary`.",
    }),
  includeCheckinStatuses: z.boolean({ error: "must be true or false" }).optional().meta({
    description:
      "Whether to read `tenantCheckinStatuses` and keep them in the outputs. Default: false.",
  }),
  timeouts: timeoutsField,
});

/** All problems of the inputs; none for values that are not known yet. */
export function officeConfigurationProblems(inputs: PlainObject): InputProblem[] {
  const result = officeConfigurationSchema.safeParse(inputs);
  const issues = result.success ? [] : result.error.issues;
  const known = Object.keys(officeConfigurationSchema.shape);
  return issues.flatMap((issue) => issueProblems([], inputs, issue, known));
}
