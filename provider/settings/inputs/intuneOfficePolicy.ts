import { z } from "zod";
import type { InputProblem } from "../inputProblem";
import { isPlainObject, type PlainObject, UNKNOWN } from "../json";
import { targetKey } from "../policyTargets";
import { isStoredSettings, settingOf } from "../stored";
import { issueProblems, payloadProblems } from "./problems";
import { timeoutsField } from "./timeouts";

/** Longest name, in characters. Assumed: the API's pages name no limit. */
const MAX_NAME_CHARACTERS = 256;

/** Longest description, in characters. Assumed: the API's pages name no limit. */
const MAX_DESCRIPTION_CHARACTERS = 1000;

const nameAllowed = `must be a text of 1 to ${MAX_NAME_CHARACTERS} characters that is not only white space`;
const descriptionAllowed = `must be a text of at most ${MAX_DESCRIPTION_CHARACTERS} characters`;
const targetAllowed =
  'must be the id of a group (a GUID), { groupId }, { excludedGroupId }, { all: "users" } or { all: "devices" }; all but an excluded group with filter: { include } or { exclude }, the id of a filter, if wanted';
const tagAllowed = 'must be the id of a scope tag, such as "0"';
const adoptAllowed = "must be { id } or { name } of the policy to take over, and nothing else";

const guid = z.guid({
  error: "must be an id: a GUID such as 11111111-2222-3333-4444-555555555555",
});

const filter = z
  .union([z.strictObject({ include: guid }), z.strictObject({ exclude: guid })])
  .optional();

const target = z.union(
  [
    z.strictObject({ groupId: guid, filter }),
    z.strictObject({ excludedGroupId: guid }),
    z.strictObject({
      all: z.enum(["users", "devices"], { error: 'must be "users" or "devices"' }),
      filter,
    }),
  ],
  { error: targetAllowed },
);

/** Types in programs: what a filter is, and who may have one. */
const FILTER =
  "pulumi.Input<{ readonly include: pulumi.Input<string> } | { readonly exclude: pulumi.Input<string> }>";
const TARGET = [
  "string",
  `{ readonly groupId: pulumi.Input<string>; readonly filter?: ${FILTER} }`,
  "{ readonly excludedGroupId: pulumi.Input<string> }",
  `{ readonly all: pulumi.Input<"users" | "devices">; readonly filter?: ${FILTER} }`,
].join(" | ");

/**
 * The inputs of a policy of Intune's settings catalogue, described once: argument types and the reference are generated.
 *
 * @see https://learn.microsoft.com/graph/api/intune-deviceconfigv2-devicemanagementconfigurationpolicy-create?view=graph-rest-beta
 */
export const intuneOfficePolicySchema = z
  .strictObject({
    name: z
      .string({ error: nameAllowed })
      .max(MAX_NAME_CHARACTERS, { error: nameAllowed })
      .refine((name) => name.trim() !== "", { error: nameAllowed })
      .meta({ description: "Name that administrators see: 1 to 256 characters." }),
    description: z
      .string({ error: descriptionAllowed })
      .max(MAX_DESCRIPTION_CHARACTERS, { error: descriptionAllowed })
      .optional()
      .meta({ description: "Purpose of the policy: at most 1000 characters." }),
    policies: z.unknown().meta({
      description:
        "Settings of Office, as `policies` of a Cloud Policy has them: a list of `{ settingId, value }`, or an object keyed by setting id (the form of the outputs). Settings that Intune cannot have are refused before anything is sent.",
      tsType: "OfficePayload",
    }),
    assignments: z
      .array(target, { error: "must be a list of targets" })
      .optional()
      .meta({
        description:
          'Who gets the policy, each once: ids of Microsoft Entra groups (GUIDs), `{ groupId }`, `{ excludedGroupId }`, `{ all: "users" }`, `{ all: "devices" }`. All but excluded groups may have a `filter`: `{ include }` or `{ exclude }` with the id of a filter. The order has no meaning. The list replaces all targets of the policy that a program can write.',
        tsType: `pulumi.Input<readonly pulumi.Input<${TARGET}>[]>`,
      }),
    roleScopeTagIds: z
      .array(z.string({ error: tagAllowed }).min(1, { error: tagAllowed }), {
        error: "must be a list of ids of scope tags",
      })
      .min(1, { error: "must have at least one scope tag; leave it out to let the service choose" })
      .optional()
      .meta({
        description:
          "Ids of Intune's scope tags. The order has no meaning. Without it the service chooses them, and the provider leaves them as they are.",
        tsType: "pulumi.Input<readonly pulumi.Input<string>[]>",
      }),
    adopt: z
      .union(
        [
          z.strictObject({ id: z.string().min(1, { error: "must not be empty" }) }),
          z.strictObject({ name: z.string().min(1, { error: "must not be empty" }) }),
        ],
        { error: adoptAllowed },
      )
      .optional()
      .meta({
        description:
          "Existing policy to take over instead of creating one: `{ id }`, or `{ name }` if exactly one policy for Windows has that name. Policies made from a template are refused. What the program does not name stays in the policy. After the first `pulumi up` you can keep this input or remove it.",
        tsType:
          "pulumi.Input<{ readonly id: pulumi.Input<string> } | { readonly name: pulumi.Input<string> }>",
      }),
    timeouts: timeoutsField,
  })
  .meta({
    folder: "intuneOfficePolicy",
    description: "A policy of Intune's settings catalogue with settings of Office.",
    imports: ['import type { OfficePayload } from "../settings/officeSettings";'],
    about:
      "A policy of Intune's settings catalogue with the settings of a Cloud Policy ([which road to choose](roads.md)). The catalogue of settings must have\nIntune's definitions ([catalogue](catalogue.md#fetch)).",
    outputs: {
      "`id`, `policyId`": "Graph's id of the policy",
      "every input": "the value in the tenant; settings as an object keyed by setting id",
    },
    note: "The resource manages the settings that it names. All other settings of the policy stay as they are: those of other products, of devices,\nand those of Office that the program does not name. Deleting the resource deletes the whole policy.\n[Lookups](lookups.md) read such policies without managing them.",
  });

/** The names of the inputs. */
const NAMES = Object.keys(intuneOfficePolicySchema.shape);

/** All problems of the inputs that show without a catalogue; none for values that are not known yet. */
export function intuneOfficePolicyProblems(inputs: PlainObject): InputProblem[] {
  const result = intuneOfficePolicySchema.safeParse(inputs);
  const issues = result.success ? [] : result.error.issues;
  const problems = issues.flatMap((issue) => issueProblems([], inputs, issue, NAMES));
  return [
    // A union names no part of a target that is not known yet.
    ...problems.filter(({ path: [name, place] }) => !isPartlyUnknown(inputs, name, place)),
    ...repeatedTargets(inputs.assignments),
    ...settingsProblems(inputs.policies),
  ];
}

function isPartlyUnknown(inputs: PlainObject, name: unknown, place: unknown): boolean {
  const { assignments, adopt } = inputs;
  if (name === "adopt") return isPlainObject(adopt) && Object.values(adopt).includes(UNKNOWN);
  if (name !== "assignments" || !Array.isArray(assignments)) return false;
  const target: unknown = assignments[Number(place)];
  if (!isPlainObject(target)) return false;
  const { filter } = target;
  const parts = [...Object.values(target), ...(isPlainObject(filter) ? Object.values(filter) : [])];
  return parts.includes(UNKNOWN);
}

function repeatedTargets(assignments: unknown): InputProblem[] {
  if (!Array.isArray(assignments)) return [];
  const keys = assignments.map((each) => (isPlainObject(each) ? targetKey(each) : UNKNOWN));
  return keys.flatMap((key, index) => {
    const first = keys.indexOf(key);
    if (key.includes(UNKNOWN) || key.includes("(known after apply)") || first === index) return [];
    const reason = `names the same as assignments[${first}]; each may be given once`;
    return [{ path: ["assignments", index], reason }];
  });
}

/** Intune takes a value of a setting, and nothing else about it. */
function settingsProblems(policies: unknown): InputProblem[] {
  if (policies === UNKNOWN) return [];
  if (policies === undefined || policies === null) {
    return [{ path: ["policies"], reason: "is required and must be a list of settings" }];
  }
  const problems = payloadProblems("policies", policies);
  if (problems.length > 0) return problems;
  if (!isStoredSettings(policies)) {
    return [{ path: ["policies"], reason: "must be settings: Intune takes no other JSON" }];
  }
  return Object.entries(policies).flatMap(([key, stored]): InputProblem[] => {
    const { settingId: _, value, ...others } = settingOf(key, stored);
    const [other] = Object.keys(others);
    if (other !== undefined) {
      const reason = `has ${other}, and Intune takes the value of a setting only: remove ${other}`;
      return [{ path: ["policies", key], reason }];
    }
    if (typeof value === "string") return [];
    const reason = "must be a text, a number, true or false: Intune takes no other values";
    return [{ path: ["policies", key], reason }];
  });
}
