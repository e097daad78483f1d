/**
 * Well-known settings of Cloud Policy: those of security and privacy baselines. They complete a program that has no
 * catalogue, and name settings in an export. All are user settings with a value of their own, since Cloud
 * Policy takes no others. A catalogue has all settings, and the words of the templates.
 *
 * @see docs/catalogue.md
 * @see https://learn.microsoft.com/microsoft-365-apps/security/internet-macros-blocked
 * @see https://learn.microsoft.com/microsoft-365-apps/privacy/manage-privacy-controls
 * @module
 */
import { CODE_SETTINGS } from "./known/code";
import { FILE_SETTINGS } from "./known/files";
import type { Known, Values } from "./known/known";
import { MACRO_SETTINGS } from "./known/macros";
import { OUTLOOK_SETTINGS } from "./known/outlook";
import { OFFICE_SETTINGS } from "./known/privacy";

const SETTINGS = [
  ...OFFICE_SETTINGS,
  ...MACRO_SETTINGS,
  ...CODE_SETTINGS,
  ...FILE_SETTINGS,
  ...OUTLOOK_SETTINGS,
].sort(([a], [b]) => (a < b ? -1 : 1));

/** Names by id, as the admin centre shows them or nearly so; an element has its policy's. Sorted. */
export const KNOWN_SETTINGS: Readonly<Record<string, string>> = Object.fromEntries(
  SETTINGS.map(([id, name]) => [id, name]),
);

/**
 * Values of those whose values are known for certain, with their meanings: the values of the administrative templates.
 * Each toggle has its own pair.
 */
export const KNOWN_VALUES: Readonly<Record<string, Values>> = Object.fromEntries(
  SETTINGS.flatMap(([id, , values]: Known) => (values === undefined ? [] : [[id, values]])),
);
