import { z } from "zod";
import type { InputProblem } from "../inputProblem";
import { type PlainObject, UNKNOWN } from "../json";
import { PAYLOADS, type PayloadName } from "../names";
import { type GraphField, type GraphMeta, graphFieldsOf } from "./graphFields";
import { issueProblems, payloadProblems } from "./problems";
import { timeoutsField } from "./timeouts";

/** Longest display name, in characters. Assumed: the API's pages name no limit. */
const MAX_DISPLAY_NAME_CHARACTERS = 256;

/** Longest description, in characters. Assumed: the API's pages name no limit. */
const MAX_DESCRIPTION_CHARACTERS = 2048;

/** The largest Edm.Int32, the type of `priority` in the API's metadata. */
const MAX_INT32 = 2_147_483_647;

const displayNameAllowed = `must be a text of 1 to ${MAX_DISPLAY_NAME_CHARACTERS} characters that is not only white space`;
const descriptionAllowed = `must be a text of at most ${MAX_DESCRIPTION_CHARACTERS} characters`;
const priorityAllowed = `must be a whole number from 0 (evaluated first) to ${MAX_INT32}`;
const groupIdAllowed =
  "must be a Microsoft Entra group: its id, a GUID such as 11111111-2222-3333-4444-555555555555, or { groupId }, or Graph's { target: { groupId } }";
const adoptAllowed =
  "must be { id } or { displayName } of the policy to take over, and nothing else";

/** `tsType` is the type in programs; the engine's side of a payload is validated separately. */
const payload = (name: PayloadName, description: string) =>
  z
    .unknown()
    .optional()
    .meta({
      description,
      tsType: "OfficePayload",
      graph: { form: "settings", property: PAYLOADS[name] } satisfies GraphMeta,
    });

/**
 * The inputs of a client configuration policy, described once. Bodies, differences, outputs, patches,
 * lookups, exports, argument types and the reference all use this schema.
 *
 * @see https://learn.microsoft.com/graph/api/intune-cirrus-windowsofficeclientconfiguration-create?view=graph-rest-beta
 */
export const clientConfigurationSchema = z.strictObject({
  displayName: z
    .string({ error: displayNameAllowed })
    .max(MAX_DISPLAY_NAME_CHARACTERS, { error: displayNameAllowed })
    .refine((name) => name.trim() !== "", { error: displayNameAllowed })
    .meta({
      description: "Name that administrators see: 1 to 256 characters.",
      graph: { form: "text" } satisfies GraphMeta,
    }),
  description: z
    .string({ error: descriptionAllowed })
    .max(MAX_DESCRIPTION_CHARACTERS, { error: descriptionAllowed })
    .optional()
    .meta({
      description: "Purpose of the policy: at most 2048 characters.",
      graph: { form: "text" } satisfies GraphMeta,
    }),
  priority: z
    .int({ error: priorityAllowed })
    .min(0, { error: priorityAllowed })
    .max(MAX_INT32, { error: priorityAllowed })
    .optional()
    .meta({
      description:
        "Rank among the tenant's policies, unique in the tenant: a whole number; 0 wins over all others. Without it the service chooses one, and the provider leaves that as it is.",
      graph: { form: "number" } satisfies GraphMeta,
    }),
  policies: payload(
    "policies",
    "Settings that the user cannot change (`policyPayload`): a list of settings, an object keyed by setting id (the form of the outputs), any other JSON value, or JSON text. The order of settings has no meaning.",
  ),
  userPreferences: payload(
    "userPreferences",
    "Settings that the user can override (`userPreferencePayload`), in the same forms as `policies`.",
  ),
  assignments: z
    .array(z.guid({ error: groupIdAllowed }), { error: "must be a list of groups" })
    .optional()
    .meta({
      description:
        "Microsoft Entra groups that get the policy, each once: ids (GUIDs), `{ groupId }`, or Graph's assignment objects. The order has no meaning. The list replaces all groups of the policy.",
      tsType: "pulumi.Input<readonly pulumi.Input<string | OfficeAssignmentArgs>[]>",
      graph: { form: "groups", isPatchable: false } satisfies GraphMeta,
    }),
  adopt: z
    .union(
      [
        z.strictObject({ id: z.string().min(1, { error: "must not be empty" }) }),
        z.strictObject({ displayName: z.string().min(1, { error: "must not be empty" }) }),
      ],
      { error: adoptAllowed },
    )
    .optional()
    .meta({
      description:
        "Existing policy to take over instead of creating one: `{ id }`, or `{ displayName }` if exactly one policy has that name. It must be of the resource's type. Only differences are sent. After the first `pulumi up` you can keep this input or remove it.",
      tsType:
        "pulumi.Input<{ readonly id: pulumi.Input<string> } | { readonly displayName: pulumi.Input<string> }>",
    }),
  allowDuplicateName: z.boolean({ error: "must be true or false" }).optional().meta({
    description:
      "Whether to create the policy even if the tenant or the program has another one of the same type and name. Default: false: the creation is refused, even if the two are identical, and the error offers `adopt`.",
  }),
  includeCheckinData: z.boolean({ error: "must be true or false" }).optional().meta({
    description:
      "Whether to read `userCheckinSummary` and `checkinStatuses` and keep them in the state. They change by themselves and never make a diff. Default: false.",
  }),
  timeouts: timeoutsField,
});

/** The inputs that set properties of a policy in Graph. */
export const GRAPH_FIELDS: readonly GraphField[] = graphFieldsOf(clientConfigurationSchema);

/** The inputs that set one text or number. */
export const SCALAR_FIELDS = GRAPH_FIELDS.filter(
  ({ form }) => form === "text" || form === "number",
);

/** The inputs that a patch may have. */
export const PATCHABLE_FIELDS = GRAPH_FIELDS.filter(({ isPatchable }) => isPatchable);

const byName = new Map(GRAPH_FIELDS.map((field) => [field.name, field]));

/** The field of an input; undefined if the input sets no property of Graph. */
export function graphField(name: string): GraphField | undefined {
  return byName.get(name);
}

/** The inputs that a program may give. */
export const INPUT_NAMES: readonly string[] = Object.keys(clientConfigurationSchema.shape);

/** All problems of the inputs; none for values that are not known yet. */
export function inputProblems(inputs: PlainObject): InputProblem[] {
  const result = clientConfigurationSchema.safeParse(inputs);
  const issues = result.success ? [] : result.error.issues;
  return [
    ...issues.flatMap((issue) => issueProblems([], inputs, issue, INPUT_NAMES)),
    ...repeatedGroups(inputs.assignments),
    ...payloadProblems("policies", inputs.policies),
    ...payloadProblems("userPreferences", inputs.userPreferences),
  ];
}

function repeatedGroups(assignments: unknown): InputProblem[] {
  if (!Array.isArray(assignments)) return [];
  const groups = assignments.map((id) => (typeof id === "string" ? id.toLowerCase() : undefined));
  return groups.flatMap((id, index) => {
    const first = groups.indexOf(id);
    if (id === undefined || id === UNKNOWN || first === index) return [];
    const reason = `is the same group as assignments[${first}]; each group may be given once`;
    return [{ path: ["assignments", index], reason }];
  });
}
