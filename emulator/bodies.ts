/**
 * Rules for bodies, the emulator's own: Microsoft's metadata names the properties and
 * their types.
 *
 * @module
 */
import { z } from "zod";
import { readText } from "./connection";
import { badRequest, GraphError } from "./errors";
import { int32, SCALARS } from "./scalars";

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

/**
 * A client configuration in a body, where unknown properties are refused. Annotations are none:
 * OData lets a client send back those that it does not understand.
 *
 * @see https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html
 */
export const strictConfiguration = z.preprocess(withoutAnnotations, z.strictObject(shape));

/** A client configuration in a body, where unknown properties are left aside. */
export const laxConfiguration = z.object(shape);

/** A client configuration as a body gives it. */
export type ConfigurationBody = z.infer<typeof laxConfiguration>;

function withoutAnnotations(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    Object.entries(body).filter(([key]) => key === "@odata.type" || !key.includes("@")),
  );
}

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

/** The body of a PATCH of the singleton, where unknown properties are refused. */
export const strictSingleton = z.preprocess(withoutAnnotations, z.strictObject(singletonShape));

/** The body of a PATCH of the singleton, where unknown properties are left aside. */
export const laxSingleton = z.object(singletonShape);

const batchItem = z.object({
  id: z.string().min(1),
  method: z
    .string()
    .toUpperCase()
    .pipe(z.enum(["GET", "POST", "PATCH", "PUT", "DELETE"])),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).optional(),
});

/** The body of `$batch`. */
export const batchBody = z.object({ requests: z.array(batchItem).min(1) });

/** One request of a batch. */
export type BatchItem = z.infer<typeof batchItem>;

/** Reads a JSON body by a schema. Throws Graph's 400 naming what is wrong. */
export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) {
    throw new GraphError(415, "UnsupportedMediaType", `The content type '${type}' is not JSON.`);
  }
  const text = await readText(request);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw badRequest("Unable to read JSON request payload.");
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = issue?.path.join(".") ?? "";
  throw badRequest(`Invalid request body${at === "" ? "" : ` at '${at}'`}: ${issue?.message}.`);
}

/** Placeholders that the API's pages have in the place of a stream's bytes. */
const DOCUMENTATION_PLACEHOLDERS = ["<Unknown Primitive Type Edm.Stream>", "Stream"];

/** The bytes behind a payload in a JSON body: base64 of either alphabet, padded or not. */
export function payloadOf(text: string): Buffer {
  if (DOCUMENTATION_PLACEHOLDERS.includes(text)) return Buffer.from(text, "utf8");
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) {
    throw badRequest("Cannot convert a value to type 'Edm.Stream': it is not base64.");
  }
  return Buffer.from(text, "base64");
}
