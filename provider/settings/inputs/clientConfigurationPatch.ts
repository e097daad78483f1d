import { z } from "zod";
import type { InputProblem } from "../inputProblem";
import { type PlainObject, UNKNOWN } from "../json";
import { PATCHABLE, type PatchableName } from "../names";
import { clientConfigurationSchema } from "./clientConfiguration";
import { issueProblems, payloadProblems } from "./problems";
import { timeoutsField } from "./timeouts";

const policy = clientConfigurationSchema.shape;

/**
 * The inputs of a patch: the only place where they are described. The properties are those of a
 * policy, as the API page "Update clientConfigurations" lists them; check-in data is the service's.
 */
export const patchSchema = z.strictObject({
  configurationId: z
    .string({ error: "must be the id of a client configuration" })
    .min(1, { error: "must be the id of a client configuration" })
    .meta({
      description: "Id of the policy. Another id makes another patch, and undoes this one.",
    }),
  displayName: policy.displayName.optional(),
  description: policy.description,
  priority: policy.priority.meta({
    description:
      "Rank among the tenant's policies, unique in the tenant: a whole number, 0 wins over all others.",
  }),
  policies: policy.policies,
  userPreferences: policy.userPreferences,
  timeouts: timeoutsField,
});

/** The properties that inputs name. */
export function namedIn(inputs: PlainObject): PatchableName[] {
  return PATCHABLE.filter((name) => inputs[name] !== undefined);
}

/** Every problem of the inputs at once; none where a value is not known yet. */
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
