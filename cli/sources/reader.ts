/**
 * A reader turns what it reads into sources. `readers.ts` has the table of all.
 *
 * @module
 */
import type { Folder } from "./folder";
import type { Source, SourceKind } from "./source";
import type { SourceFile } from "./sourceFile";

/** A reader of one format of files. */
export interface SourceReader {
  /** Kind of its sources. */
  readonly kind: SourceKind;
  /** Whether a file is of this format by its content. Does not throw, and is quick for files of other formats. */
  matches(file: SourceFile): boolean;
  /**
   * The sources of a file: several where it is a report of several GPOs.
   *
   * @throws FileError if it cannot be read. What can be read in part is a source with `unread` entries.
   */
  read(file: SourceFile): readonly Source[];
}

/** A reader of folders whose files belong together. */
export interface FolderReader {
  readonly kind: SourceKind;
  /** Whether a folder is of this form by what it holds. */
  matches(folder: Folder): boolean;
  /** The source of a folder. A file in it that cannot be read is an `unread` entry. */
  read(folder: Folder): Source;
}
