import { hasName, OfficeConfigurationError } from "./officeConfigurationError";

/** Settings of the session are missing, malformed or contradict each other. */
export class SessionConfigError extends OfficeConfigurationError {
  override name = "SessionConfigError" as const;

  /** @param problems - All that is wrong, each naming the setting and where it may be set. */
  constructor(readonly problems: readonly string[]) {
    const lines = problems.map((problem) => `- ${problem}`).join("\n");
    super(
      `The officeConfiguration settings cannot be used:\n${lines}\n` +
        "docs/configuration.md of pulumi-office-configuration has all settings and what each kind " +
        "of credential needs; officeConfiguration:credential chooses another kind.",
      { sharedCause: { key: lines, brief: "The officeConfiguration settings cannot be used." } },
    );
  }
}

/** Whether an error is a {@link SessionConfigError}, of whichever copy of this package. */
export function isSessionConfigError(error: unknown): error is SessionConfigError {
  return hasName(error, "SessionConfigError");
}
