import { OfficeConfigurationError } from "../../graph/errors/officeConfigurationError";

/** A lookup that found nothing, or too much, or could not ask. Its message begins with the lookup. */
export class LookupError extends OfficeConfigurationError {
  override name = "LookupError" as const;

  /**
   * What `pulumi.RunError.isInstance` looks for: the message then stands alone in what `pulumi` shows,
   * without the stack of this package.
   */
  readonly __pulumiRunError = true;
}
