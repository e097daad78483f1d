/** A cause that fails every resource of a stack alike: it is told in full once. */
export interface SharedCause {
  /** The same for all errors of this cause. */
  readonly key: string;
  /**
   * The failed step without its reason, in whole sentences, and that a write may have been carried out:
   * `Creating client configuration "Baseline" failed: 403.`
   */
  readonly brief: string;
}

/**
 * Base of every error this package throws on purpose. Its message says what was done, to what,
 * what came back and what to do next, and never holds a secret.
 */
export class OfficeConfigurationError extends Error {
  override name: string = "OfficeConfigurationError";
  /** Undefined where only the one resource is concerned. */
  readonly sharedCause: SharedCause | undefined;

  constructor(
    message: string,
    { sharedCause, ...options }: ErrorOptions & { readonly sharedCause?: SharedCause } = {},
  ) {
    super(message, options);
    this.sharedCause = sharedCause;
  }
}

const NAMES: ReadonlySet<string> = new Set([
  "OfficeConfigurationError",
  "GraphHttpError",
  "GraphNoAnswerError",
  "GraphAnswerError",
  "CredentialError",
  "SessionConfigError",
  "LookupError",
  "OperationEndedError",
]);

/**
 * Whether an error is one of this package's. By name as well as by class: a Pulumi update has
 * several processes, and a project may have several copies of the package.
 */
export function isOfficeConfigurationError(error: unknown): error is OfficeConfigurationError {
  return (
    error instanceof OfficeConfigurationError || (error instanceof Error && NAMES.has(error.name))
  );
}

/** Whether an error has one of this package's names; see {@link isOfficeConfigurationError}. */
export function hasName(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** Whether a request may have been carried out although it failed. */
export function isAmbiguous(error: unknown): boolean {
  return error instanceof Error && "isAmbiguous" in error && error.isAmbiguous === true;
}
