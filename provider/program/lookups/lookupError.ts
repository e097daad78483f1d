import { OfficeConfigurationError } from "../../graph/errors/officeConfigurationError";

/** A lookup that found nothing, or too much, or could not ask. Its message begins with the lookup. */
export class LookupError extends OfficeConfigurationError {
  override name = "LookupError" as const;

  /**
   * Marker that `pulumi.RunError.isInstance` looks for: `pulumi` then shows the message alone,
   * without the stack of this package.
   */
  readonly __pulumiRunError = true;
}
