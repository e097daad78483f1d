/**
 * Policies of Intune's settings catalogue, in a program's form.
 *
 * @module
 */
import { templateOf } from "../../../api/configurationPolicies";
import type { WholePolicy } from "../../../api/configurationPolicyReader";
import { readTarget } from "../../../api/policyTargets";
import { parseDefinitionId } from "../../../intune/definitionId";
import type { IntuneSettings } from "../../../intune/intuneSettings";
import { type IntuneLine, readInstances } from "../../../intune/reading";
import { targetText } from "../../../settings/policyTargets";
import type { OfficeSetting } from "../payloadContent";
import type { GetIntuneOfficePolicyResult, OtherIntuneSetting } from "../types";
import { reported } from "./result";

/** A policy in a program's form, and the lines that it was read from. */
export interface ReadIntunePolicy {
  readonly result: GetIntuneOfficePolicyResult;
  readonly lines: readonly IntuneLine[];
}

/** A policy with its settings told apart: each value is in `policies` or in `otherSettings`. */
export function intuneResult(
  { id, policy, instances, targets }: WholePolicy,
  settings: IntuneSettings,
): ReadIntunePolicy {
  const lines = readInstances(instances, settings);
  const { policies, otherSettings } = toldApart(lines);
  const read = targets.map((json) => readTarget(json) ?? json["@odata.type"]);
  const result = reported<GetIntuneOfficePolicyResult>({
    id,
    name: policy.name ?? "",
    description: policy.description,
    policies,
    otherSettings,
    assignments: read.filter((target) => typeof target !== "string").sort(byText(targetText)),
    otherAssignments: read.filter((target) => typeof target === "string").sort(),
    roleScopeTagIds: policy.roleScopeTagIds,
    platforms: policy.platforms,
    template: templateOf(policy),
    lastModifiedDateTime: policy.lastModifiedDateTime,
  });
  return { result, lines };
}

/** Whether a policy has a setting of Office's templates, be it known to the catalogue, or readable, or not. */
export function hasOffice(lines: readonly IntuneLine[]): boolean {
  return lines.some(({ definitionId }) => parseDefinitionId(definitionId) !== undefined);
}

function toldApart(
  lines: readonly IntuneLine[],
): Pick<GetIntuneOfficePolicyResult, "policies" | "otherSettings"> {
  const values = new Map<string, string>();
  const otherSettings: OtherIntuneSetting[] = [];
  for (const line of lines) {
    const { definitionId } = line;
    if (!("value" in line)) {
      const { reason, candidates } = line;
      otherSettings.push({
        definitionId,
        reason,
        ...(candidates && { settingIds: [...candidates] }),
      });
      continue;
    }
    const { settingId, value } = line;
    const known = values.get(settingId);
    if (known === undefined) values.set(settingId, value);
    else if (known !== value) {
      const reason = "the policy has the setting once more, with another value";
      otherSettings.push({ definitionId, reason, settingIds: [settingId] });
    }
  }
  const policies = [...values].map(([settingId, value]): OfficeSetting => ({ settingId, value }));
  return {
    policies: policies.sort(byText(({ settingId }) => settingId)),
    otherSettings: otherSettings.sort(byText((other) => other.definitionId)),
  };
}

/** An order by a text, independent of the machine's language. */
function byText<T>(textOf: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [one, other] = [textOf(a), textOf(b)];
    return one < other ? -1 : Number(one > other);
  };
}
