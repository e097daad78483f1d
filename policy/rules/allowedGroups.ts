import type { PolicyTarget } from "../../provider/settings/policyTargets";
import { forEachKnown } from "../validate";
import { policyRule } from "./rule";

interface Settings {
  readonly groups?: readonly string[];
}

export const onlyAllowedGroups = policyRule<Settings>({
  name: "only-allowed-groups",
  description: "Policies name groups of a list only.",
  remedy: "Choose one of the groups in the pack's configuration, or add the group there.",
  settings: {
    groups: {
      type: "array",
      items: { type: "string" },
      description:
        'Ids of the groups that a policy may name, and "all users" and "all devices". The rule does nothing without it.',
    },
  },
  check(policy, report, { groups }, args) {
    if (groups === undefined) return args.notApplicable("No groups are configured.");
    const allowed = new Set(groups.map((group) => group.trim().toLowerCase()));
    const parts = policy.assignmentParts() ?? [];
    forEachKnown(parts.entries(), ([place, part]) => {
      const target = part();
      if (allowed.has(nameOf(target))) return;
      report(
        `assignments[${place}] is ${wordsOf(target)}.\nChoose another, or add it to the groups of this rule.`,
      );
    });
  },
});

function nameOf(target: PolicyTarget): string {
  if ("all" in target) return `all ${target.all}`;
  return String("groupId" in target ? target.groupId : target.excludedGroupId).toLowerCase();
}

/** A target in words, without the id of a group, which may be secret. */
function wordsOf(target: PolicyTarget): string {
  if ("all" in target) return `all ${target.all}, which the list of allowed groups does not have`;
  const kind = "groupId" in target ? "a group" : "an excluded group";
  return `${kind} that is not in the list of allowed groups`;
}
