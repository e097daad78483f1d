/**
 * The emulator's own rules for bodies. The names and types of the properties are from Microsoft's metadata.
 *
 * @module
 */
import { z } from "zod";
import { int32, strictBody } from "../graph/body";
import { badRequest } from "../graph/errors";
import { SCALARS } from "./scalars";

const target = z.looseObject({
  "@odata.type": z.string().optional(),
  groupId: z.string().nullish(),
});

/** An assignment in a body. */
export const assignmentBody = z.looseObject({
  "@odata.type": z.string().optional(),
  id: z.string().optional(),
  target: target.nullish(),
});

const checkinSummary = z.looseObject({
  succeededUserCount: int32.optional(),
  failedUserCount: int32.optional(),
});

const checkinStatus = z.looseObject({
  userId: z.string().optional(),
  wasSuccessful: z.boolean().optional(),
  checkinDateTime: z.string().optional(),
  appliedPolicies: z.array(z.string()).nullish(),
});

const shape = {
  "@odata.type": z.string().optional(),
  id: z.string().nullish(),
  ...SCALARS,
  policyPayload: z.string().nullish(),
  userPreferencePayload: z.string().nullish(),
  assignments: z.array(assignmentBody).nullish(),
  lastModifiedDateTime: z.string().nullish(),
  userCheckinSummary: checkinSummary.nullish(),
  checkinStatuses: z.array(checkinStatus).nullish(),
};

/** A client configuration in a body; unknown properties are refused. */
export const strictConfiguration = strictBody(shape);

/** A client configuration in a body; unknown properties are ignored. */
export const laxConfiguration = z.object(shape);

/** A client configuration, as parsed from a body. */
export type ConfigurationBody = z.infer<typeof laxConfiguration>;

/** Target of an assignment in a body. */
export type AssignmentTarget = z.infer<typeof assignmentBody>["target"];

/** The body of `assign`. */
export const assignBody = z.looseObject({
  officeConfigurationAssignments: z.array(assignmentBody),
});

/** The body of `updatePriorities`. */
export const prioritiesBody = z.looseObject({
  officeConfigurationPolicyIds: z.array(z.string()),
  officeConfigurationPriorities: z.array(int32),
});

const singletonShape = {
  "@odata.type": z.string().optional(),
  id: z.string().nullish(),
  tenantCheckinStatuses: z.array(checkinStatus).nullish(),
  tenantUserCheckinSummary: checkinSummary.nullish(),
};

/** The body of a PATCH of the singleton; unknown properties are refused. */
export const strictSingleton = strictBody(singletonShape);

/** The body of a PATCH of the singleton; unknown properties are ignored. */
export const laxSingleton = z.object(singletonShape);

/** Placeholders for a stream's bytes on the API's pages. */
const DOCUMENTATION_PLACEHOLDERS = ["<Unknown Primitive Type Edm.Stream>", "Stream"];

/** The bytes of a payload in a JSON body: base64 of either alphabet, padded or not. */
export function payloadOf(text: string): Buffer {
  if (DOCUMENTATION_PLACEHOLDERS.includes(text)) return Buffer.from(text, "utf8");
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) {
    throw badRequest("Cannot convert a value to type 'Edm.Stream': it is not base64.");
  }
  return Buffer.from(text, "base64");
}
