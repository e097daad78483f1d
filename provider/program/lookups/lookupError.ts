import { hasName, OfficeConfigurationError } from "../../graph/errors/officeConfigurationError";

/** Reason for a lookup without a result. */
export type LookupErrorCode =
  /** The tenant has no such policy. */
  | "NOT_FOUND"
  /** Several policies have the name. */
  | "SEVERAL_FOUND"
  /** The policy is of another kind than the lookup asks for. */
  | "OTHER_KIND"
  /** Arguments or options of the lookup are wrong. No request was sent. */
  | "INVALID_ARGUMENTS";

/**
 * A lookup found no policy, or several, or could not ask the tenant. The message begins with the lookup.
 *
 * If Graph or the sign-in failed, `status`, `code` and `requestId` are those of that failure, and `cause` is its
 * error, unless the arguments are secret. If the lookup itself has no result, `code` is a
 * {@link LookupErrorCode}.
 */
export class LookupError extends OfficeConfigurationError {
  override name = "LookupError" as const;

  /**
   * A {@link LookupErrorCode}, or the code of the failure behind it: Graph's (`accessDenied`), Microsoft Entra's
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

  /** Whether an error is a LookupError of this package or of another copy of it. */
  static override isInstance(error: unknown): error is LookupError {
    return hasName(error, "LookupError");
  }
}
