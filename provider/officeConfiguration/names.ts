/**
 * The names that the singleton's resource and its lifecycle share. They stand apart from the
 * lifecycle, so that a program need not load it.
 *
 * @module
 */

/** Pulumi's id of the resource: a tenant has one, and Graph gives it no id. */
export const OFFICE_CONFIGURATION_ID = "officeConfiguration";

/**
 * The output that remembers what the program gave last, as hashes: what the tenant holds changes by
 * itself, so only the program can tell whether there is something to write. It is always encrypted,
 * since a hash of few possible values can be guessed; the engine does not show what begins like this.
 */
export const WRITTEN_KEY = "__written";
