import { onlyAllowedGroups } from "./rules/allowedGroups";
import { noConflictingPolicies } from "./rules/conflicts";
import { noMachineSetting } from "./rules/machineSettings";
import { macrosFromInternetBlocked } from "./rules/macros";
import { policyNames } from "./rules/names";
import { requiredSettings } from "./rules/requiredSettings";
import type { OfficeRule } from "./rules/rule";
import { noTakeOver } from "./rules/takeOver";
import { noTrustedLocationOnNetwork } from "./rules/trustedLocations";
import { noPolicyLeftUnassigned } from "./rules/unassigned";

/**
 * The rules of this package, for a pack of your own. Their levels and settings are in the pack's configuration.
 *
 * @example
 * ```typescript
 * new PolicyPack("office", { policies: [...officeRules(), ...ownRules] });
 * ```
 */
export function officeRules(): OfficeRule[] {
  const place = { env: process.env, folder: process.cwd() };
  return [
    macrosFromInternetBlocked,
    noTrustedLocationOnNetwork,
    noMachineSetting(place, (line) => console.error(line)),
    noPolicyLeftUnassigned(Date.now),
    noConflictingPolicies,
    onlyAllowedGroups,
    requiredSettings(place),
    policyNames,
    noTakeOver(place.env),
  ];
}
