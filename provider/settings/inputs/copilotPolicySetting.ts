import { z } from "zod";
import { nearestName } from "../../text/nearestName";
import { COPILOT_SETTINGS, copilotSetting } from "../copilotSettings";
import type { InputProblem } from "../inputProblem";
import { type PlainObject, UNKNOWN } from "../json";
import { secretsOf } from "../label";
import { show } from "../show";
import { issueProblems } from "./problems";
import { timeoutsField } from "./timeouts";

/** Longest value, in characters. */
const MAX_VALUE_CHARACTERS = 65_536;

const idAllowed = "must be the id of a setting, such as microsoft.copilot.allowwebsearch";
const valueAllowed = 'must be a text, such as "1"';
const policyAllowed = "must be the id of a policy";

/** The known settings and their values, as rows of the reference. */
const rows = Object.entries(COPILOT_SETTINGS).map(([id, { name, values }]) => {
  const meanings = Object.entries(values).map(([value, meaning]) => `\`"${value}"\` ${meaning}`);
  return `| \`${id}\` | ${name} | ${meanings.join("; ")} |`;
});

/**
 * The inputs of one of Copilot's settings, described once: argument types and the reference are generated.
 *
 * @see https://learn.microsoft.com/microsoft-365/copilot/extensibility/api/admin-settings/copilotpolicysetting-update
 */
export const copilotPolicySettingSchema = z
  .strictObject({
    setting: z
      .string({ error: idAllowed })
      .max(256, { error: "must be at most 256 characters" })
      .refine((id) => id === UNKNOWN || /^\w+(?:[.-]\w+)*$/.test(id), { error: idAllowed })
      .meta({
        description:
          "Id of the setting. A change of the id puts this setting back as it was found, and sets the other one.",
      }),
    value: z
      .string({ error: valueAllowed })
      .min(1, { error: "must not be empty: to clear the setting, remove the resource" })
      .max(MAX_VALUE_CHARACTERS, {
        error: `must be at most ${MAX_VALUE_CHARACTERS} characters`,
      })
      .meta({
        description:
          "Value of the setting: always a text. Which texts mean what depends on the setting: a digit, a URL, XML or JSON.",
      }),
    policyId: z.string({ error: policyAllowed }).min(1, { error: policyAllowed }).optional().meta({
      description:
        "Id of the policy for the whole tenant to set it in. Default: Graph takes the first policy that fits.",
    }),
    timeouts: timeoutsField,
  })
  .meta({
    folder: "copilotPolicySetting",
    description: "One of Copilot's settings, and its value.",
    about:
      "One of Copilot's settings for the whole tenant, which Cloud Policy or Intune manages. Microsoft documents the API for users only, not for apps\non their own. Deleting the resource puts back the value that it found, unless somebody has changed it since ([more](copilot.md)).",
    outputs: {
      "`value`": "the value in the tenant; undefined if the setting has none",
      "`policyId`": "the policy that Graph reads it from, if the program gives a `policyId`",
      "`resolvedPolicyId`": "the policy that Graph reads it from; undefined if the tenant has none",
    },
    note: [
      'Microsoft documents these ids, not their values. The values are those that others have seen to work; note that `"1"` turns image generation off:',
      ["| setting | name | values |", "| --- | --- | --- |", ...rows].join("\n"),
      "Other ids and values are passed on; a preview warns of values that are not in this table, and of ids that look misspelt.",
    ].join("\n\n"),
  });

/** All problems of the inputs; none for values that are not known yet. */
export function copilotSettingProblems(inputs: PlainObject): InputProblem[] {
  const result = copilotPolicySettingSchema.safeParse(inputs);
  const issues = result.success ? [] : result.error.issues;
  const known = Object.keys(copilotPolicySettingSchema.shape);
  return issues.flatMap((issue) => issueProblems([], inputs, issue, known));
}

/** Doubts about inputs that have no problems, in words. */
export function copilotSettingDoubts(inputs: PlainObject): string[] {
  const { setting, value } = inputs;
  if (typeof setting !== "string" || setting === UNKNOWN) return [];
  const known = copilotSetting(setting);
  const secrets = secretsOf(inputs);
  if (known === undefined) {
    const nearest = nearestName(setting, Object.keys(COPILOT_SETTINGS));
    if (nearest === undefined || secrets.includes("setting")) return [];
    return [`${show(setting)} is no setting that is known; did you mean "${nearest}"?`];
  }
  if (typeof value !== "string" || value === UNKNOWN || Object.hasOwn(known.values, value)) {
    return [];
  }
  const meanings = Object.entries(known.values).map(([each, meaning]) => `"${each}" (${meaning})`);
  const shown = secrets.includes("value") ? "the value" : `the value ${show(value)}`;
  return [`${shown} is none that is known for this setting: ${meanings.join(", ")}`];
}
