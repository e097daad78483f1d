import { hasName, OfficeConfigurationError } from "./officeConfigurationError";

/** An operation reached its time limit, or was cancelled, between two requests. */
export class OperationEndedError extends OfficeConfigurationError {
  override name = "OperationEndedError" as const;

  /** `DEADLINE`: the time limit was reached. `ABORTED`: the operation was cancelled. */
  declare readonly code: "DEADLINE" | "ABORTED";

  /**
   * @param doing - What was being done, as the beginning of a sentence: `Looking for it`.
   * @param code - Whether the time was up, or somebody cancelled.
   * @internal
   */
  constructor(doing: string, code: "DEADLINE" | "ABORTED") {
    super(
      code === "ABORTED"
        ? `${doing}: cancelled.`
        : `${doing}: timed out. The input \`timeouts\` says how long an operation may take.`,
      { code },
    );
  }

  /** Whether an error is an OperationEndedError of this package or of another copy of it. */
  static override isInstance(error: unknown): error is OperationEndedError {
    return hasName(error, "OperationEndedError");
  }
}
