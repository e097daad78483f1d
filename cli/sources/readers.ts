/**
 * Everything that can be read. A file goes to the first reader that knows its content.
 *
 * @module
 */
import type { FolderReader, SourceReader } from "./reader";

export const READERS: readonly SourceReader[] = [];

export const FOLDER_READERS: readonly FolderReader[] = [];
