import { OfficeConfigurationError } from "../graph/errors/officeConfigurationError";

/** A catalogue file cannot be used. The message names the file, the place in it, and the command that makes it anew. */
export class CatalogueError extends OfficeConfigurationError {
  override name = "CatalogueError" as const;

  /**
   * @param file - Path of the file, as the user wrote it.
   * @param problem - A clause with its subject: `settings["a"].scope must be "user" or "machine"`.
   * @param advice - A sentence: what to do next.
   */
  constructor(
    readonly file: string,
    problem: string,
    advice: string,
    options: ErrorOptions = {},
  ) {
    const brief = `The catalogue ${file} cannot be used: ${problem}.`;
    super(`${brief} ${advice}`, { ...options, sharedCause: { key: brief, brief } });
  }
}
