/** A file cannot be used. Whoever reads several names it and goes on without it. */
export class FileError extends Error {
  override name = "FileError" as const;

  /** @param reason - A clause that goes on from the file's name: `is no XML: 3:7: unexpected close tag`. */
  constructor(
    readonly reason: string,
    options: ErrorOptions = {},
  ) {
    super(reason, options);
  }
}
