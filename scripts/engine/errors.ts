import { type Attempt, ENGINE_FILES, MINIMUM_VERSION } from "./types";

/** The message of whatever was thrown, with the cause that Node hides behind "fetch failed". */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

/** The `code` of a system error, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

/** The user ended the run; nothing is wrong. */
export class EngineInterruptedError extends Error {
  override readonly name = "EngineInterruptedError";
  constructor(readonly signal: NodeJS.Signals | undefined) {
    super(`Interrupted${signal ? ` by ${signal}` : ""}; no half engine was left behind.`);
  }
}

/** No engine could be found or prepared; the message names what was tried and every way out. */
export class EngineUnavailableError extends Error {
  override readonly name = "EngineUnavailableError";
  constructor(
    readonly attempts: readonly Attempt[],
    goVersion: string,
  ) {
    const files = Object.values(ENGINE_FILES).join(", ");
    super(
      [
        "No Pulumi engine could be found or prepared. Tried, in this order:",
        ...attempts.map(
          ({ what, reason }) => `  - ${what}: ${reason.replaceAll("\n", "\n      ")}`,
        ),
        "Any one of these helps:",
        `  - install Pulumi ${MINIMUM_VERSION} or later (https://www.pulumi.com/docs/install/) and put its folder on PATH`,
        `  - put Go ${goVersion} or later (https://go.dev/dl/) on PATH and run this again: the engine is then built from source`,
        `  - set OFFICE_CONFIGURATION_ENGINE to a folder that holds ${files}, for example a copy of the cache folder of another machine of the same kind`,
        "  - set OFFICE_CONFIGURATION_CACHE to a folder that can be written to, if the cache above cannot be",
      ].join("\n"),
    );
  }
}

/** The folder named in OFFICE_CONFIGURATION_ENGINE does not hold a working engine. */
export class ExplicitEngineError extends Error {
  override readonly name = "ExplicitEngineError";
  constructor(folder: string, reason: string) {
    super(
      `OFFICE_CONFIGURATION_ENGINE names ${folder}, which cannot be used: ${reason}.\n` +
        "Correct it, or unset it to have an engine looked for on PATH and in the cache, or prepared.",
    );
  }
}
