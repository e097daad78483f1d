/**
 * Rules for policies of Microsoft 365 Apps, and what a rule of your own needs: for a policy pack with `@pulumi/policy`.
 *
 * @see docs/policy-as-code.md
 * @module
 */

export { officeRules } from "./officeRules";
export type { OfficeRule } from "./rules/rule";
export {
  forEachKnown,
  forEachKnownSetting,
  type OfficePoliciesValidation,
  type OfficePolicyValidation,
  validateOfficePolicies,
  validateOfficePolicy,
} from "./validate";
export type { OfficePolicyKind } from "./view/kinds";
export type { OfficePolicy, OfficeSettingId } from "./view/officePolicy";
export type { OfficePolicySetting } from "./view/officePolicySetting";
