/**
 * The common form of the rules.
 *
 * @module
 */
import type {
  EnforcementLevel,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { oneLine } from "../../provider/text/messageText";
import { nearestName } from "../../provider/text/nearestName";
import { validateOfficePolicies, validateOfficePolicy } from "../validate";
import type { OfficePolicy } from "../view/officePolicy";

/** A rule of the pack. */
export type OfficeRule = ResourceValidationPolicy | StackValidationPolicy;

interface RuleTexts {
  readonly name: string;
  /** A sentence that holds where the rule is kept. */
  readonly description: string;
  /** The general remedy of a violation. */
  readonly remedy: string;
  readonly level?: EnforcementLevel;
  /** Settings of the rule. */
  readonly settings?: PolicyConfigSchema["properties"];
}

interface PolicyRule<Settings> extends RuleTexts {
  readonly check: (
    policy: OfficePolicy,
    report: ReportViolation,
    settings: Settings,
    args: ResourceValidationArgs,
  ) => void;
}

interface StackRule<Settings> extends RuleTexts {
  readonly checkAll: (
    policies: readonly OfficePolicy[],
    report: ReportViolation,
    settings: Settings,
    args: StackValidationArgs,
  ) => void;
}

/** A setting that every rule has. */
interface Exceptions {
  readonly except?: readonly string[];
}

const EXCEPTIONS: PolicyConfigSchema["properties"] = {
  except: {
    type: "array",
    items: { type: "string" },
    description: "Names, in the program, of resources that the rule does not judge.",
  },
};

/** A rule that judges each policy by itself, before it is created or updated. */
export function policyRule<Settings extends object>(
  rule: PolicyRule<Settings>,
): ResourceValidationPolicy {
  const refuseUnknown = refusal(rule);
  return {
    ...common(rule),
    validateResource: validateOfficePolicy((policy, args, report) => {
      const settings = args.getConfig<Settings & Exceptions>();
      refuseUnknown(settings, report);
      if (isExcepted(policy, settings)) return args.notApplicable("The rule excepts it.");
      rule.check(policy, report, settings, args);
    }),
  };
}

/** A rule that holds the policies of a stack against each other. */
export function stackRule<Settings extends object>(
  rule: StackRule<Settings>,
): StackValidationPolicy {
  const refuseUnknown = refusal(rule);
  return {
    ...common(rule),
    validateStack: validateOfficePolicies((policies, args, report) => {
      const settings = args.getConfig<Settings & Exceptions>();
      refuseUnknown(settings, report);
      const judged = policies.filter((policy) => !isExcepted(policy, settings));
      rule.checkAll(judged, report, settings, args);
    }),
  };
}

function common({ name, description, remedy, level = "mandatory", settings = {} }: RuleTexts) {
  return {
    name,
    description,
    remediationSteps: remedy,
    enforcementLevel: level,
    configSchema: { properties: { ...settings, ...EXCEPTIONS } },
  };
}

/** Reports settings that a rule does not have, once: Pulumi passes them on, and a misspelt one would do nothing. */
function refusal({ settings: own = {} }: RuleTexts) {
  const names = Object.keys({ ...own, ...EXCEPTIONS });
  const told = new Set<string>();
  return (settings: object, report: ReportViolation): void => {
    for (const name of Object.keys(settings)) {
      if (names.includes(name) || told.has(name)) continue;
      told.add(name);
      const nearest = nearestName(name, names);
      const hint =
        nearest === undefined ? `It has ${names.join(", ")}.` : `Did you mean ${nearest}?`;
      const shown = JSON.stringify(oneLine(name, 60));
      report(`The pack's configuration gives ${shown}, which this rule does not have.\n${hint}`);
    }
  };
}

function isExcepted({ resourceName }: OfficePolicy, { except = [] }: Exceptions): boolean {
  return except.includes(resourceName);
}
