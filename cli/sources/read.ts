/**
 * Reads whatever a path holds: what it is is found by content, not by name.
 *
 * @module
 */
import { statSync } from "node:fs";
import { FileError } from "../files/fileError";
import { Folder, type FolderEntry, ReadBudget } from "./folder";
import { withoutRepeated } from "./gpo/copies";
import type { SourceReader } from "./reader";
import { FOLDER_READERS, READERS } from "./readers";
import type { Source } from "./source";
import type { SourceFile } from "./sourceFile";
import { SourceReadError } from "./sourceReadError";
import { whatItIs } from "./whatItIs";

export { SourceReadError } from "./sourceReadError";

/** Most folders inside each other that are looked into. */
const MAX_DEPTH = 12;

export interface ReadOptions {
  /**
   * Told of each file or folder inside a folder that is no source, so that a person can be told: a read-me, a link.
   *
   * @param reason - A clause that goes on from the path: `is a symbolic link`.
   */
  readonly onSkipped?: (path: string, reason: string) => void;
}

/**
 * All sources of a path: several where it is a folder above several GPO backups. They are in the order of their names.
 *
 * @throws SourceReadError if it holds none.
 */
export function readSources(path: string, { onSkipped }: ReadOptions = {}): readonly Source[] {
  return typed(path, () => {
    const budget = new ReadBudget(path);
    if (kindOf(path) === "file") return sourcesOf(budget.read(path));
    const skip: Skip = onSkipped ?? (() => {});
    const found = sourcesIn(new Folder(path, budget), skip);
    const sources = withoutRepeated(found, (source, reason) => skip(source.path, reason));
    if (sources.length === 0) throw new FileError(`holds no configuration. ${readable()}`);
    return sources;
  });
}

/**
 * The sources of a file whose bytes are at hand.
 *
 * @throws SourceReadError if it holds none.
 */
export function readSourceFile(file: SourceFile): readonly Source[] {
  return typed(file.path, () => sourcesOf(file));
}

function typed<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new SourceReadError(`it ${error.reason}`, path, { cause: error });
  }
}

/** A link that the command line names is followed: a person chose it. */
function kindOf(path: string): "file" | "folder" {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new FileError("is not there");
  if (found.isFile()) return "file";
  if (found.isDirectory()) return "folder";
  throw new FileError("is neither a file nor a folder");
}

/** @throws FileError if no reader knows the file, or its reader cannot read it. */
function sourcesOf(file: SourceFile): readonly Source[] {
  const reader = READERS.find((each) => each.matches(file));
  if (reader === undefined) throw new FileError(`${whatItIs(file)}. ${readable()}`);
  return reader.read(file);
}

type Skip = NonNullable<ReadOptions["onSkipped"]>;

function sourcesIn(folder: Folder, skip: Skip): readonly Source[] {
  const reader = FOLDER_READERS.find((each) => each.matches(folder));
  if (reader !== undefined) return [reader.read(folder)];
  return folder.entries.flatMap((entry) => {
    try {
      return sourcesAt(folder, entry, skip);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      skip(entry.path, error.reason);
      return [];
    }
  });
}

function sourcesAt(folder: Folder, entry: FolderEntry, skip: Skip): readonly Source[] {
  switch (entry.kind) {
    case "file":
      return fileInFolder(folder.read(entry));
    case "folder":
      if (folder.depth >= MAX_DEPTH)
        throw new FileError(`is more than ${MAX_DEPTH} folders inside each other`);
      return sourcesIn(folder.inside(entry), skip);
    case "link":
      throw new FileError("is a symbolic link");
    case "other":
      throw new FileError("is neither a file nor a folder");
  }
}

/** A file in a folder that is a source and cannot be read stays a source, so that it is not lost among the others. */
function fileInFolder(file: SourceFile): readonly Source[] {
  const reader = READERS.find((each) => each.matches(file));
  // It lies beside backups, and repeats what they say of themselves.
  if (file.rootName === "Backups") return [];
  if (reader === undefined) throw new FileError(whatItIs(file));
  try {
    return reader.read(file);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return [unreadSource(file, reader, error.reason)];
  }
}

function unreadSource(file: SourceFile, { kind }: SourceReader, reason: string): Source {
  return {
    name: file.name,
    path: file.path,
    kind,
    entries: [{ form: "unread", place: file.name, reason: `it ${reason}` }],
    conditions: [],
    notes: [],
  };
}

function readable(): string {
  const kinds = [...FOLDER_READERS, ...READERS].map(({ kind }) => kind);
  return `Can be read: ${[...new Set(kinds)].join(", ")}`;
}
