/**
 * A policy of Intune's as inputs of a resource.
 *
 * @module
 */
import type { WholePolicy } from "../../../provider/api/configurationPolicyReader";
import { readTarget } from "../../../provider/api/policyTargets";
import { problemLine } from "../../../provider/settings/inputProblem";
import { intuneOfficePolicyProblems } from "../../../provider/settings/inputs/intuneOfficePolicy";
import type { PolicyTarget } from "../../../provider/settings/policyTargets";
import { sortedSettings } from "../../sortedSettings";
import { whyNotCarried } from "../carried";
import type { CodeValue } from "../code";
import { oneLine } from "../comment";
import { payloadCode, whyNoCode } from "../payloadCode";
import type { IntuneKnowledge } from "./program";
import { targetsCode } from "./targets";

/** Inputs of a resource. */
export interface PolicyInputs {
  readonly name: string;
  readonly assignments: readonly PolicyTarget[];
  /** Clauses about inputs that are left out. */
  readonly notes: readonly string[];
  /** The arguments of the resource. @param values - Settings of the policy. */
  readonly args: (
    values: ReadonlyMap<string, string>,
    knowledge: IntuneKnowledge,
  ) => Map<string, CodeValue>;
}

/** The inputs of a policy; a clause if the provider would refuse it. */
export function inputsOf({ id, policy, targets }: WholePolicy): PolicyInputs | string {
  const { name, description, roleScopeTagIds } = policy;
  const refusal = problemOf("id", id) ?? problemOf("name", name ?? "");
  if (refusal !== undefined) return refusal;
  const read = targets.map((target) => readTarget(target));
  const assignments = read.filter((target) => target !== undefined);
  const optional = {
    ...(description && { description }),
    ...(roleScopeTagIds?.length && { roleScopeTagIds }),
    assignments,
  };
  const problems = Object.entries(optional).flatMap(([input, value]) => {
    const problem = problemOf(input, value);
    return problem === undefined ? [] : [[input, problem] as const];
  });
  const isLeft = new Set<string>(problems.map(([input]) => input));
  const kept = Object.entries(optional).filter(([input]) => !isLeft.has(input));
  return {
    name: name ?? "",
    assignments,
    notes: [
      ...problems.map(
        ([input, problem]) => `${input} stays as it is in the tenant, because ${oneLine(problem)}`,
      ),
      ...unreadTargets(targets.filter((_, index) => read[index] === undefined)),
    ],
    args: (values, knowledge) =>
      new Map<string, CodeValue>([
        ["adopt", { id }],
        ["name", name ?? ""],
        ...kept.map(([input, value]): [string, CodeValue] => [
          input,
          input === "assignments"
            ? targetsCode(assignments, knowledge.groupNames)
            : (value as CodeValue),
        ]),
        ["policies", settingsCode(values, knowledge)],
      ]),
  };
}

/** Why the provider would not take an input, or Pulumi not keep it; undefined if both do. */
function problemOf(input: string, value: unknown): string | undefined {
  const lost = whyNotCarried(value);
  if (lost !== undefined) return `${input} ${lost}, which Pulumi would not keep`;
  if (input === "id") return undefined;
  const given = { name: "any", policies: {}, [input]: value };
  const [problem] = intuneOfficePolicyProblems(given);
  return problem === undefined ? undefined : problemLine(problem);
}

/** The provider leaves such targets alone, whatever the program says. */
function unreadTargets(targets: readonly { readonly "@odata.type": string }[]): string[] {
  const types = [...new Set(targets.map((target) => oneLine(target["@odata.type"])))];
  return types.map(
    (type) =>
      `the assignment to ${type} stays as it is in the tenant, because a program cannot write it`,
  );
}

function settingsCode(
  values: ReadonlyMap<string, string>,
  { settings, catalogue }: IntuneKnowledge,
): CodeValue {
  const list = [...values].map(([settingId, value]) => ({ settingId, value }));
  const bytes = Buffer.from(JSON.stringify(sortedSettings(list, settings.known)));
  const code = payloadCode(bytes, catalogue);
  // Each of them was judged alone, and no two are the same.
  if (code === undefined) throw new Error(`no program can have the settings: ${whyNoCode(bytes)}`);
  return code;
}
