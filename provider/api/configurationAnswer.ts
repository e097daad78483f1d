/**
 * A client configuration as Graph sends and takes it.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-officeclientconfiguration?view=graph-rest-beta
 * @module
 */
import { z } from "zod";
import { SCALAR_FIELDS } from "../settings/inputs/clientConfiguration";
import type { GraphField } from "../settings/inputs/graphFields";
import { isPlainObject, type PlainObject } from "../settings/json";
import {
  CONFIGURATION_KINDS,
  CONFIGURATION_TYPES,
  type ConfigurationKind,
} from "../settings/names";
import type { StoredPayload } from "../settings/stored";
import { decodeBase64, payloadBytes } from "../settings/wire";

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An id in lower case: a service may answer the same GUID in upper case or lower case. */
const idAnswer = z.string().transform(idKey);

/** A type in one spelling, `#microsoft.graph.x`: services may leave out the `#` or the namespace. */
const typeAnswer = z.string().transform((type) => `#microsoft.graph.${shortType(type)}`);

const assignmentAnswer = z.looseObject({
  id: z.string().nullish(),
  target: z.looseObject({ groupId: idAnswer.nullish() }).nullish(),
});

/** Properties that hold one text or number, by the inputs that set them. */
const scalars = Object.fromEntries(
  SCALAR_FIELDS.map(({ property, form }) => [
    property,
    form === "text" ? z.string().nullish() : z.int().nullish(),
  ]),
);

/** The properties that an answer must have. Services may add others. */
const configurationAnswer = z.looseObject({
  "@odata.type": typeAnswer.nullish(),
  "@odata.etag": z.string().nullish(),
  id: idAnswer.refine((id) => id !== ""),
  displayName: z.string().nullish(),
  priority: z.int().nullish(),
  ...scalars,
  policyPayload: z.string().nullish(),
  userPreferencePayload: z.string().nullish(),
  assignments: z.array(assignmentAnswer).nullish(),
  lastModifiedDateTime: z.string().nullish(),
  userCheckinSummary: z.json().nullish(),
  checkinStatuses: z.json().nullish(),
});

/** A client configuration as Graph answered it. */
export type ConfigurationAnswer = z.infer<typeof configurationAnswer>;

/**
 * Reads an answer as a client configuration. Reads it bare, as in the API's metadata, and wrapped in
 * `value`, as on the API's pages.
 *
 * @returns undefined if it is not one.
 */
export function readConfiguration(body: unknown): ConfigurationAnswer | undefined {
  const wrapped = isPlainObject(body) && !("id" in body) && isPlainObject(body.value);
  const result = configurationAnswer.safeParse(wrapped ? body.value : body);
  return result.success ? result.data : undefined;
}

/** The kind of a policy; undefined if the service names no type, or an unknown one. */
export function kindOf(found: ConfigurationAnswer): ConfigurationKind | undefined {
  return CONFIGURATION_KINDS.find((kind) => CONFIGURATION_TYPES[kind] === found["@odata.type"]);
}

/** The value of a property that holds one text or number; undefined if the policy has none. */
export function scalarOf(
  found: ConfigurationAnswer,
  { property }: Pick<GraphField, "property">,
): string | number | undefined {
  const value = found[property];
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

/** The group ids of assignments as Graph answered them. Targets other than groups are left out. */
export function groupIdsOf(assignments: unknown): string[] {
  if (!Array.isArray(assignments)) return [];
  return assignments.flatMap(
    (item) => assignmentAnswer.safeParse(item).data?.target?.groupId ?? [],
  );
}

/** Assignments to groups, as POST and `assign` take them. */
export function assignmentsBody(groupIds: readonly string[]): PlainObject[] {
  return groupIds.map((groupId) => ({
    "@odata.type": "#microsoft.graph.officeClientConfigurationAssignment",
    target: {
      "@odata.type": "#microsoft.graph.officeConfigurationGroupAssignmentTarget",
      groupId,
    },
  }));
}

/** A payload for a JSON body: standard base64, as Microsoft's SDKs write an Edm.Stream. */
export function payloadBody(stored: StoredPayload): string {
  return payloadBytes(stored).toString("base64");
}

/** The bytes of a payload from a JSON body. Text that is not base64 is kept as it is. */
export function inlineBytes(inline: string): Buffer {
  return decodeBase64(inline) ?? Buffer.from(inline, "utf8");
}

/** The name of a type without its namespace: `windowsOfficeClientConfiguration`. */
export function shortType(type: string): string {
  return type.replace(/^#?(?:microsoft\.graph\.)?/, "");
}

/** An id in lower case, for comparison: a service may answer the same GUID in either case. */
export function idKey(id: string): string {
  return GUID.test(id) ? id.toLowerCase() : id;
}
