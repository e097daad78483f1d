/**
 * Rules over policies of Office, in the forms that `@pulumi/policy` takes.
 *
 * @module
 */
import type {
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  StackValidation,
  StackValidationArgs,
} from "@pulumi/policy";
import { PAYLOAD_NAMES } from "../provider/settings/names";
import { kindOf } from "./view/kinds";
import { OfficePolicy } from "./view/officePolicy";
import type { OfficePolicySetting } from "./view/officePolicySetting";
import { isUnknownError, SeenProperties } from "./view/seenProperties";

/** A rule over one policy. */
export type OfficePolicyValidation = (
  policy: OfficePolicy,
  args: ResourceValidationArgs,
  reportViolation: ReportViolation,
) => void;

/** A rule over all policies of a stack. */
export type OfficePoliciesValidation = (
  policies: readonly OfficePolicy[],
  args: StackValidationArgs,
  reportViolation: ReportViolation,
) => void;

/**
 * A `validateResource` of a rule that judges each policy by itself, before it is created or updated. Other resources are
 * not judged.
 *
 * @example
 * ```typescript
 * validateResource: validateOfficePolicy((policy, _args, reportViolation) => {
 *   if (policy.setting("office16;L_SendFeedback").value === "1") reportViolation("It turns feedback on.");
 * }),
 * ```
 */
export function validateOfficePolicy(validate: OfficePolicyValidation): ResourceValidation {
  return (args, reportViolation) => {
    const { name, urn } = args;
    const kind = kindOf(args.type);
    if (kind === undefined) return args.notApplicable("It has no settings of Office.");
    const policy = new OfficePolicy({ kind, name, urn }, new SeenProperties(args.props, undefined));
    validate(policy, args, reportViolation);
  };
}

/**
 * A `validateStack` of a rule that holds the policies of a stack against each other, at the end of a preview or an update.
 * Report a violation with the `urn` of a policy, or without one for the whole stack.
 */
export function validateOfficePolicies(validate: OfficePoliciesValidation): StackValidation {
  return (args, reportViolation) => {
    // The engine gives resources in an order of its own, which changes.
    const resources = args.resources.toSorted((a, b) => (a.urn < b.urn ? -1 : 1));
    const policies = resources.flatMap(({ type, name, urn, props }): OfficePolicy[] => {
      const kind = kindOf(type);
      if (kind === undefined) return [];
      return [new OfficePolicy({ kind, name, urn }, new SeenProperties(props, name))];
    });
    const stack = args.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn;
    // `pulumi policy analyze` of Pulumi 3.250 breaks down at a violation of no resource.
    validate(policies, args, (message, urn = stack) => reportViolation(message, urn));
  };
}

/** A value, or Pulumi's error for one that is not known yet. */
export type Known<Value> =
  | { readonly value: Value; readonly unknown?: undefined }
  | { readonly value?: undefined; readonly unknown: Error };

/** Reads a value. Other errors than Pulumi's for a value that is not known yet are thrown. */
export function known<Value>(read: () => Value): Known<Value> {
  try {
    return { value: read() };
  } catch (error) {
    if (!isUnknownError(error)) throw error;
    return { unknown: error };
  }
}

/**
 * Looks at each item, even if another one is not known yet.
 *
 * @throws Pulumi's error for the first value that is not known yet, when all items have been looked at.
 */
export function forEachKnown<Item>(items: Iterable<Item>, look: (item: Item) => void): void {
  let first: Error | undefined;
  for (const item of items) {
    const { unknown } = known(() => look(item));
    first ??= unknown;
  }
  if (first !== undefined) throw first;
}

/**
 * Looks at each setting of a policy, even if another one, or a whole input, is not known yet.
 *
 * @throws Pulumi's error for the first value that is not known yet, when all settings have been looked at.
 */
export function forEachKnownSetting(
  policy: OfficePolicy,
  look: (setting: OfficePolicySetting) => void,
): void {
  forEachKnown(PAYLOAD_NAMES, (payload) => forEachKnown(policy.settingsOf(payload), look));
}
