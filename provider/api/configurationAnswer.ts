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

/** An id in one spelling: a service may answer a GUID in upper case here and in lower case there. */
const idAnswer = z.string().transform(idKey);

/** A type in one spelling, `#microsoft.graph.x`: services leave out the `#`, or the namespace. */
const typeAnswer = z.string().transform((type) => `#microsoft.graph.${shortType(type)}`);

const assignmentAnswer = z.looseObject({
  id: z.string().nullish(),
  target: z.looseObject({ groupId: idAnswer.nullish() }).nullish(),
});

/** Properties that are one text or number, by the inputs that stand for them. */
const scalars = Object.fromEntries(
  SCALAR_FIELDS.map(({ property, form }) => [
    property,
    form === "text" ? z.string().nullish() : z.int().nullish(),
  ]),
);

/** The properties that an answer must have to be understood; services may add what they like. */
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
 * Reads an answer as a client configuration. The API's pages show a single object wrapped in
 * `value`, its metadata shows it bare: both are read.
 *
 * @returns undefined if it is none.
 */
export function readConfiguration(body: unknown): ConfigurationAnswer | undefined {
  const wrapped = isPlainObject(body) && !("id" in body) && isPlainObject(body.value);
  const result = configurationAnswer.safeParse(wrapped ? body.value : body);
  return result.success ? result.data : undefined;
}

/** The kind of a policy; undefined where the service names no type, or another. */
export function kindOf(found: ConfigurationAnswer): ConfigurationKind | undefined {
  return CONFIGURATION_KINDS.find((kind) => CONFIGURATION_TYPES[kind] === found["@odata.type"]);
}

/** A property that is one text or number; undefined where the policy has none. */
export function scalarOf(
  found: ConfigurationAnswer,
  { property }: Pick<GraphField, "property">,
): string | number | undefined {
  const value = found[property];
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

/** The group ids of assignments as Graph answered them; other targets than groups have none. */
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

/** A payload as a JSON body holds it: standard base64, as Microsoft's SDKs write an Edm.Stream. */
export function payloadBody(stored: StoredPayload): string {
  return payloadBytes(stored).toString("base64");
}

/** The bytes of a payload that stood in a JSON body. What is no base64 is kept as the text it is. */
export function inlineBytes(inline: string): Buffer {
  return decodeBase64(inline) ?? Buffer.from(inline, "utf8");
}

/** The name of a type without its namespace: `windowsOfficeClientConfiguration`. */
export function shortType(type: string): string {
  return type.replace(/^#?(?:microsoft\.graph\.)?/, "");
}

/** An id in the spelling in which ids are compared: a service may answer a GUID in either case. */
export function idKey(id: string): string {
  return GUID.test(id) ? id.toLowerCase() : id;
}
