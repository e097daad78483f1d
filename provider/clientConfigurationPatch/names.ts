/**
 * The names of a patch's properties. They stand apart from the schema, so that a program need not
 * load it.
 *
 * @module
 */

/** The properties that a patch may name, in the order in which changes are told. */
export const PATCHABLE = [
  "displayName",
  "description",
  "priority",
  "policies",
  "userPreferences",
] as const;

/** The name of such a property. */
export type PatchableName = (typeof PATCHABLE)[number];

/**
 * The output that holds what was found. It is always encrypted, since nobody knows what is secret in
 * it; the engine does not show what begins like this.
 */
export const ORIGINAL_KEY = "__original";
