import { hasName, OfficeConfigurationError } from "./officeConfigurationError";

/** An operation reached its time limit, or was cancelled, between two requests. */
export class OperationEndedError extends OfficeConfigurationError {
  override name = "OperationEndedError" as const;

  /**
   * @param doing - What was being done, as the beginning of a sentence: `Looking for it`.
   * @param code - Whether the time was up, or somebody cancelled.
   */
  constructor(
    doing: string,
    readonly code: "DEADLINE" | "ABORTED",
  ) {
    super(
      code === "ABORTED"
        ? `${doing}: cancelled.`
        : `${doing}: timed out. The input \`timeouts\` says how long an operation may take.`,
    );
  }
}

/** Whether an error is an {@link OperationEndedError}, of whichever copy of this package. */
export function isOperationEndedError(error: unknown): error is OperationEndedError {
  return hasName(error, "OperationEndedError");
}
