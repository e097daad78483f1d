/**
 * Sentences about two roads to the same users.
 *
 * @module
 */
import type { ComparedSetting, Outcome } from "../comparison";

/** Notes about what Microsoft documents and what is not read, as far as settings need them. */
export function roadNotes(settings: readonly ComparedSetting[]): readonly string[] {
  const has = (outcome: Outcome) => settings.some((each) => each.outcome === outcome);
  const isMaybe = settings.some(({ twice }) => twice?.meet === "may");
  return [
    WHAT_COUNTS,
    ...(has("different") ? [PRECEDENCE, MANAGED] : []),
    ...(isMaybe ? [MEMBERS] : []),
    ...(has("conflict") ? [CONFLICT] : []),
  ];
}

/** Note on the settings that count, unless the left side is a baseline. */
export const WHAT_COUNTS =
  "Cloud Policy and Intune are two roads to the same users: what one of them has alone does not count, unless --baseline is given";

/** Note on the settings that count if the left side is a baseline. */
export const WHAT_COUNTS_IN_BASELINE =
  "right must have what left has, for the same users: what right has alone does not count";

/** @see https://learn.microsoft.com/microsoft-365-apps/admin-center/overview-cloud-policy#how-the-policy-configuration-is-applied */
const PRECEDENCE =
  "Microsoft documents that Cloud Policy takes precedence over Group Policy. Whether it does over Intune, which uses the same templates, is not documented";

const MANAGED =
  "Intune's values reach only the Windows computers that it manages: elsewhere, users get Cloud Policy's alone";

const MEMBERS =
  "the members of groups are not read: where a user may get both, see who is in the groups, and whom filters and exclusions leave";

const CONFLICT =
  "Intune shows a conflict where its policies disagree, and does not resolve it: which value a computer has is not documented";
