import { z } from "zod";
import type { InputProblem } from "../inputProblem";
import { type PlainObject, UNKNOWN } from "../json";
import { issueProblems } from "./problems";
import { timeoutsField } from "./timeouts";

const idAllowed = "must be the id of a client configuration";
const idsAllowed = "must be a list of at least one id of a client configuration";

/**
 * The inputs of an order of priorities, described once: argument types and the reference are generated.
 *
 * @see https://learn.microsoft.com/graph/api/intune-cirrus-officeclientconfiguration-updatepriorities?view=graph-rest-beta
 */
export const prioritiesSchema = z
  .strictObject({
    configurationIds: z
      .array(z.string({ error: idAllowed }).min(1, { error: idAllowed }), { error: idsAllowed })
      .min(1, { error: idsAllowed })
      .meta({
        description:
          "Ids of the policies, the winning one first, each once. They exchange the priorities that they have; all other policies keep theirs.",
        tsType: "pulumi.Input<readonly pulumi.Input<string>[]>",
      }),
    timeouts: timeoutsField,
  })
  .meta({
    folder: "priorities",
    description: "An order of policies, the winning one first.",
    about:
      "An order of policies. The output `configurations` has their names and priorities. Deleting it changes nothing in the tenant.",
  });

/** All problems of the inputs; none for values that are not known yet. */
export function prioritiesProblems(inputs: PlainObject): InputProblem[] {
  const result = prioritiesSchema.safeParse(inputs);
  const issues = result.success ? [] : result.error.issues;
  const known = Object.keys(prioritiesSchema.shape);
  return [
    ...issues.flatMap((issue) => issueProblems([], inputs, issue, known)),
    ...repeatedIds(inputs.configurationIds),
  ];
}

function repeatedIds(ids: unknown): InputProblem[] {
  if (!Array.isArray(ids)) return [];
  return ids.flatMap((id: unknown, index) => {
    const first = ids.indexOf(id);
    if (typeof id !== "string" || id === UNKNOWN || first === index) return [];
    const reason = `is the same policy as configurationIds[${first}]; each may be given once`;
    return [{ path: ["configurationIds", index], reason }];
  });
}
