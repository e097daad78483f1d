import { hasName, OfficeConfigurationError } from "../../graph/errors/officeConfigurationError";

/** A word for what a lookup came to, for programs. */
export type LookupErrorCode =
  /** The tenant has no such policy. */
  | "NOT_FOUND"
  /** Several policies have the name. */
  | "SEVERAL_FOUND"
  /** The policy is of another kind than the lookup asks for. */
  | "OTHER_KIND"
  /** Arguments or options of the lookup are wrong. Nothing was asked. */
  | "INVALID_ARGUMENTS";

/**
 * A lookup that found nothing, or too much, or could not ask. Its message begins with the lookup.
 *
 * `status`, `code` and `requestId` are those of what went wrong: of a refusal of Graph's, which `cause`
 * holds whole unless the arguments are secret. Where the lookup itself has nothing to give, `code` is a
 * {@link LookupErrorCode}.
 */
export class LookupError extends OfficeConfigurationError {
  override name = "LookupError" as const;

  /**
   * A {@link LookupErrorCode}, or the code of what went wrong: Graph's (`accessDenied`), Microsoft Entra's
   * (`AADSTS7000215`), or the system's (`ECONNRESET`).
   */
  declare readonly code?: LookupErrorCode | (string & {}) | undefined;

  /**
   * Marker that `pulumi.RunError.isInstance` looks for: `pulumi` then shows the message alone,
   * without the stack of this package.
   *
   * @internal
   */
  readonly __pulumiRunError = true;

  /** Whether an error is a LookupError, be it of another copy of the package. */
  static override isInstance(error: unknown): error is LookupError {
    return hasName(error, "LookupError");
  }
}
