import { hasName, OfficeConfigurationError } from "./officeConfigurationError";

/** Settings of the session are missing, malformed or contradict each other. */
export class SessionConfigError extends OfficeConfigurationError {
  override name = "SessionConfigError" as const;

  /** All problems. Each names the setting, and the places where it can be set. */
  readonly problems: readonly string[];

  /** @internal */
  constructor(problems: readonly string[]) {
    const lines = problems.map((problem) => `- ${problem}`).join("\n");
    super(
      `The officeConfiguration settings cannot be used:\n${lines}\n` +
        "docs/configuration.md of pulumi-office-configuration has all settings and what each kind " +
        "of credential needs; officeConfiguration:credential chooses another kind.",
      { sharedCause: { key: lines, brief: "The officeConfiguration settings cannot be used." } },
    );
    this.problems = problems;
  }

  /** Whether an error is a SessionConfigError of this package or of another copy of it. */
  static override isInstance(error: unknown): error is SessionConfigError {
    return hasName(error, "SessionConfigError");
  }
}
