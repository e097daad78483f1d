/**
 * Names of the properties that this package adds to those of a program. They are part of every state. The
 * engine hides those that begin with `__`.
 *
 * @module
 */

/** The property in which Pulumi keeps the text of a dynamic provider. */
export const PROVIDER_KEY = "__provider";

/** The output that records the tenant of a resource. */
export const TENANT_KEY = "tenantId";

/** The input, and output, with the time limits of operations. */
export const TIMEOUTS_KEY = "timeouts";

/** The input in which a resource class describes its run to the provider; never stored. */
export const RUN_KEY = "__run";

/**
 * The input that identifies a resource, and the output that keeps it: `{ nonce, name, key }`, where `key` is the input.
 * Versions of this package that do not know it ignore it.
 */
export const OWNER_KEY = "__owner";

/** The input, and output, that names the secret inputs and settings. */
export const SECRETS_KEY = "__secrets";

/**
 * The output with the original values that a patch found. Always encrypted: nobody knows which of them are
 * secret.
 */
export const ORIGINAL_KEY = "__original";

/**
 * The output that remembers, as hashes, what the program last gave the tenant's singleton. The tenant's
 * values change by themselves, so only a comparison with the program's last values shows whether there is
 * something to write. Always encrypted: a hash of few possible values can be guessed.
 */
export const WRITTEN_KEY = "__written";

/** Pulumi's id of the tenant's singleton: Graph gives it no id. */
export const OFFICE_CONFIGURATION_ID = "officeConfiguration";

/** Facts about its run that a resource class tells the provider. */
export interface ProgramRun {
  readonly isPreview: boolean;
  /** The name of the resource in the program. */
  readonly name: string;
  /** Distinguishes the resource from others with the same name. */
  readonly instance: number;
  /**
   * Identifies the resource: a hash of organization, project and stack, a dot, and a hash of the URN. The
   * same in every run and on every machine. Undefined if an older version of this package made the
   * program's resources.
   */
  readonly owner?: string;
}
