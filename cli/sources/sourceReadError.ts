/** A file or folder that cannot be read as a source. The message says what it is, and what can be read. */
export class SourceReadError extends Error {
  override name = "SourceReadError" as const;

  constructor(
    message: string,
    readonly path: string,
    options: ErrorOptions = {},
  ) {
    super(`${path}: ${message}`, options);
  }
}
