/**
 * Reads whatever a path holds: what it is is found by content, not by name.
 *
 * @module
 */
import type { Source } from "./source";

/** A file or folder that cannot be read as a source. The message says what it is, and what can be read. */
export class SourceReadError extends Error {
  constructor(
    message: string,
    readonly path: string,
  ) {
    super(`${path}: ${message}`);
    this.name = "SourceReadError";
  }
}

/**
 * All sources of a path: several where it is a folder above several GPO backups.
 *
 * @throws SourceReadError if it holds none.
 */
export function readSources(path: string): readonly Source[] {
  throw new SourceReadError("it holds no configuration that this command reads", path);
}
