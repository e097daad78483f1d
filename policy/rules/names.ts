import { patternOf } from "./pattern";
import { policyRule } from "./rule";

interface Settings {
  readonly pattern?: string;
}

export const policyNames = policyRule<Settings>({
  name: "policy-names",
  description: "The names of policies follow a pattern.",
  remedy: "Rename the policy, or change the pattern in the pack's configuration.",
  settings: {
    pattern: {
      type: "string",
      description:
        "Regular expression that the name of each policy must match. The rule does nothing without it.",
    },
  },
  check(policy, report, { pattern }, args) {
    if (pattern === undefined) return args.notApplicable("No pattern is configured.");
    const { regExp, problem } = patternOf("pattern", pattern);
    if (regExp === undefined) return report(problem);
    const { displayName } = policy;
    if (displayName === undefined || regExp.test(displayName)) return;
    report(`Its name does not match ${pattern}.\nRename the policy.`);
  },
});
