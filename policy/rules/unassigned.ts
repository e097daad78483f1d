import { forEachKnown } from "../validate";
import type { OfficePolicy } from "../view/officePolicy";
import { stackRule } from "./rule";

interface Settings {
  readonly days?: number;
}

const DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;

/** @param now - The time, for tests. */
export const noPolicyLeftUnassigned = (now: () => number) =>
  stackRule<Settings>({
    name: "no-policy-left-unassigned",
    description: "No policy stays without assignments.",
    remedy: "Assign the policy to a group, or remove it.",
    level: "advisory",
    settings: {
      days: {
        type: "integer",
        minimum: 0,
        default: DAYS,
        description:
          "Days for which a policy may have no assignments, counted from its last change. 0: none, whenever it was changed.",
      },
    },
    checkAll(policies, report, { days = DAYS }) {
      forEachKnown(policies.filter(isAssignable), (policy) => {
        const problem = problemOf(policy, days, now());
        if (problem !== undefined) report(problem, policy.urn);
      });
    },
  });

function isAssignable({ kind }: OfficePolicy): boolean {
  return kind !== "CopilotPolicySetting" && kind !== "OfficeClientConfigurationPatch";
}

function problemOf(policy: OfficePolicy, days: number, now: number): string | undefined {
  const { assignments } = policy;
  if (assignments !== undefined && assignments.length > 0) return undefined;
  const whom =
    assignments === undefined ? "The program assigns it to nobody" : "It is assigned to nobody";
  const remedy = "Assign the policy to a group, or remove it.";
  if (days === 0) return `${whom}.\n${remedy}`;
  const changed = Date.parse(policy.lastModifiedDateTime ?? "");
  const age = Math.floor((now - changed) / DAY_MS);
  // Without a time, the policy is new, or the service does not say how old it is.
  if (Number.isNaN(age) || age < days) return undefined;
  const date = new Date(changed).toISOString().slice(0, 10);
  return `${whom}, and it was last changed ${age} days ago (${date}).\n${remedy}`;
}
