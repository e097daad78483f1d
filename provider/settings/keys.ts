/**
 * Names of the properties that this package adds to what a program gives. They are part of every
 * state; the engine shows none that begins with `__`.
 *
 * @module
 */

/** The property in which Pulumi keeps the text of a dynamic provider. */
export const PROVIDER_KEY = "__provider";

/** The output that records which tenant a resource is in. */
export const TENANT_KEY = "tenantId";

/** The input, and output, that limits how long operations may take. */
export const TIMEOUTS_KEY = "timeouts";

/** The input in which a resource class tells the provider of its run; never stored. */
export const RUN_KEY = "__run";

/**
 * The input that stands for who a resource is, and the output that keeps it: `{ nonce, name }`.
 * Versions of this package that do not know it pass over it.
 */
export const OWNER_KEY = "__owner";

/** The input, and output, that names the secret inputs and settings. */
export const SECRETS_KEY = "__secrets";

/**
 * The output that holds what a patch found. Always encrypted, since nobody knows what is secret in it.
 */
export const ORIGINAL_KEY = "__original";

/**
 * The output that remembers what the program gave the tenant's singleton last, as hashes: what the
 * tenant holds changes by itself, so only the program can tell whether there is something to write.
 * Always encrypted, since a hash of few possible values can be guessed.
 */
export const WRITTEN_KEY = "__written";

/** Pulumi's id of the tenant's singleton: Graph gives it no id. */
export const OFFICE_CONFIGURATION_ID = "officeConfiguration";

/** Facts about its run that a resource class tells the provider. */
export interface ProgramRun {
  readonly isPreview: boolean;
  /** The name of the resource in the program. */
  readonly name: string;
  /** Tells the resource from others of the same name. */
  readonly instance: number;
  /**
   * Stands for organization, project and stack, a dot, and for the URN: the same in every run, and on
   * every machine. Undefined where an older version of this package made the program's resources.
   */
  readonly owner?: string;
}
