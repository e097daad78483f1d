import type { LeftKind } from "./resolution";

/** Kinds of reasons in words, with those first that a person may do something about. */
export const LEFT_KINDS = {
  ambiguous: "several settings have the value",
  value: "values that a setting does not take",
  incomplete: "policies without all that they require",
  unread: "cannot be read",
  unknown: "not in the catalogue",
  noDefinition: "not defined in Intune",
  preference: "preferences of users",
  list: "lists",
  deletion: "deletions",
  machine: "settings of the computer",
  part: "set by another setting, too",
  replaced: "replaced by another value",
  notConfigured: "not configured",
  foreign: "not of Office",
} as const satisfies Readonly<Record<LeftKind, string>>;

/** The kinds in the order in which they are shown. */
export const LEFT_ORDER = Object.keys(LEFT_KINDS) as LeftKind[];
