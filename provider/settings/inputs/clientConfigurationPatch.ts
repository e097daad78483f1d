import { z } from "zod";
import type { InputProblem } from "../inputProblem";
import { type PlainObject, UNKNOWN } from "../json";
import { clientConfigurationSchema, PATCHABLE_FIELDS } from "./clientConfiguration";
import { issueProblems, payloadProblems } from "./problems";
import { timeoutsField } from "./timeouts";

const policy: Readonly<Record<string, z.ZodType>> = clientConfigurationSchema.shape;

/** Descriptions that differ from a policy's: a patch creates nothing. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  priority:
    "Rank among the tenant's policies, unique in the tenant: a whole number, 0 wins over all others.",
};

/** The properties that a patch may have, in the order in which changes are shown. */
export const PATCHABLE = PATCHABLE_FIELDS.map(({ name }) => name);

const patchable = Object.fromEntries(
  PATCHABLE_FIELDS.map(({ name }) => {
    const { [name]: field = z.unknown() } = policy;
    const { description = field.description } = { description: DESCRIPTIONS[name] };
    return [name, field.optional().meta({ ...field.meta(), description })];
  }),
);

/**
 * The inputs of a patch. The properties are those of a policy, as the API page "Update
 * clientConfigurations" lists them. Check-in data is excluded: the service writes it.
 */
export const patchSchema = z
  .strictObject({
    configurationId: z
      .string({ error: "must be the id of a client configuration" })
      .min(1, { error: "must be the id of a client configuration" })
      .meta({
        description: "Id of the policy. A change of the id undoes this patch and makes a new one.",
      }),
    ...patchable,
    timeouts: timeoutsField,
  })
  .meta({
    folder: "clientConfigurationPatch",
    description: "A policy and the properties to patch: at least one.",
    about:
      "Some properties of a policy, of either type, that somebody else manages. Deleting the patch puts the old values back, unless\nsomebody has changed them since. A policy of the same stack cannot be patched: set the property in its own resource.",
    outputs: {
      "`kind`": "Graph's type of the policy, without its namespace",
      "every input": "the value in the tenant; payloads as objects keyed by setting id",
    },
    note: "A property that the patch no longer names is put back in the same way. The state keeps the old values, always encrypted.",
  });

/** The properties that the inputs contain. */
export function namedIn(inputs: PlainObject): string[] {
  return PATCHABLE.filter((name) => inputs[name] !== undefined);
}

/** All problems of the inputs; none for values that are not known yet. */
export function patchProblems(inputs: PlainObject): InputProblem[] {
  const result = patchSchema.safeParse(inputs);
  const issues = result.success ? [] : result.error.issues;
  const known = Object.keys(patchSchema.shape);
  const isEmpty = namedIn(inputs).length === 0 && inputs.configurationId !== UNKNOWN;
  const nothing = `names no property of ${String(inputs.configurationId)} to patch: give at least one of ${PATCHABLE.join(", ")}`;
  return [
    ...issues.flatMap((issue) => issueProblems([], inputs, issue, known)),
    ...(isEmpty ? [{ path: [], reason: nothing }] : []),
    ...payloadProblems("policies", inputs.policies),
    ...payloadProblems("userPreferences", inputs.userPreferences),
  ];
}
