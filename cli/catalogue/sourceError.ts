/** A file that settings should come from cannot be used. The build names it and goes on without it. */
export class SourceError extends Error {
  override name = "SourceError" as const;

  /** @param reason - A clause that goes on from the file's name: `is no XML: 3:7: unexpected close tag`. */
  constructor(
    readonly reason: string,
    options: ErrorOptions = {},
  ) {
    super(reason, options);
  }
}
