import type { FailureKind } from "./diagnosis";

/**
 * A cause that concerns every resource of a stack. One resource shows it in full.
 *
 * @internal
 */
export interface SharedCause {
  /** The same for all errors of this cause. */
  readonly key: string;
  /**
   * The failed step without its reason, in whole sentences, and a warning if a write may have been carried out:
   * `Creating client configuration "Baseline" failed: 403.`
   */
  readonly brief: string;
}

/** The facts of an error beside its message. */
interface ErrorFacts extends ErrorOptions {
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly sharedCause?: SharedCause;
  readonly failureKind?: FailureKind | undefined;
}

/** The mark of this package's errors. `Symbol.for` gives every copy of the package the same one. */
const MARK = Symbol.for("pulumi-office-configuration.error");

/**
 * Base of every error that this package throws on purpose. The message names the failed step and its object, the
 * answer, and the next thing to do. It never holds a secret.
 *
 * Use `OfficeConfigurationError.isInstance(error)`, or that of a subclass, instead of `instanceof`: it also
 * recognizes errors of another copy of this package. A project may have several copies.
 */
export class OfficeConfigurationError extends Error {
  override name: string = "OfficeConfigurationError";

  /** HTTP status of the answer: `403`. Undefined if there was no answer or no request. */
  declare readonly status?: number | undefined;

  /**
   * A code for programs: Graph's (`accessDenied`), Microsoft Entra's (`AADSTS7000215`), the
   * system's (`ECONNRESET`), or this package's, which the class lists. Undefined if there is none.
   */
  declare readonly code?: string | undefined;

  /** Graph's id of the request, to quote to Microsoft's support. Undefined if Graph gave none. */
  declare readonly requestId?: string | undefined;

  /**
   * Undefined if the error concerns one resource only.
   *
   * @internal
   */
  declare readonly sharedCause?: SharedCause;

  /**
   * Undefined if the error does not concern a whole API.
   *
   * @internal
   */
  declare readonly failureKind?: FailureKind;

  /** @internal */
  constructor(message: string, { cause, ...facts }: ErrorFacts = {}) {
    super(message, cause === undefined ? {} : { cause });
    // Unknown facts do not become properties, because every print of the error would show them.
    const known = Object.entries(facts).filter(([, fact]) => fact !== undefined);
    Object.assign(this, Object.fromEntries(known));
  }

  /** Whether this package, or another copy of it, made an error. */
  static isInstance(error: unknown): error is OfficeConfigurationError {
    return isMarked(error);
  }

  /** @internal */
  get [MARK](): true {
    return true;
  }
}

/** Whether this package, or another copy of it, made an error of that name. */
export function hasName(error: unknown, name: string): boolean {
  return isMarked(error) && error.name === name;
}

function isMarked(error: unknown): error is OfficeConfigurationError {
  return typeof error === "object" && error !== null && MARK in error;
}

/** Whether a request may have been carried out although it failed. */
export function isAmbiguous(error: unknown): boolean {
  return error instanceof Error && "isAmbiguous" in error && error.isAmbiguous === true;
}
