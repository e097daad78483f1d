import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { oneLine } from "../../provider/text/messageText";
import { MAX_FILE_BYTES } from "../files/decode";
import { FileError } from "../files/fileError";
import { SourceFile } from "./sourceFile";
import { SourceReadError } from "./sourceReadError";

/** Most that is read from one path that the command line names. */
const MAX_TOTAL_BYTES = 512 * 1024 * 1024;
const MAX_ENTRIES = 100_000;

/** Amounts read so far from a path of the command line: a wrong folder ends soon. */
export class ReadBudget {
  private bytes = 0;
  private entries = 0;

  constructor(private readonly path: string) {}

  /**
   * Reads a file.
   *
   * @throws FileError if it cannot be read or is too large.
   * @throws SourceReadError if all files together are too large.
   */
  read(path: string): SourceFile {
    const bytes = bytesOf(path);
    this.bytes += bytes.length;
    if (this.bytes > MAX_TOTAL_BYTES)
      this.refuse(`files of more than ${MAX_TOTAL_BYTES / 1024 / 1024} MB`);
    return new SourceFile(path, bytes);
  }

  /** @throws SourceReadError if all folders together have too many entries. */
  countEntries(count: number): void {
    this.entries += count;
    if (this.entries > MAX_ENTRIES) this.refuse(`more than ${MAX_ENTRIES} files and folders`);
  }

  private refuse(what: string): never {
    throw new SourceReadError(`it holds ${what}. Name the folder that has the sources`, this.path);
  }
}

/** A folder that may hold sources. */
export class Folder {
  /** Its entries, by name. */
  readonly entries: readonly FolderEntry[];

  /**
   * Lists a folder.
   *
   * @param depth - Folders between it and the path that the command line names.
   * @throws FileError if it cannot be listed.
   * @throws SourceReadError if all folders together have too many entries.
   */
  constructor(
    readonly path: string,
    readonly budget: ReadBudget,
    readonly depth = 0,
  ) {
    this.entries = entriesOf(path);
    budget.countEntries(this.entries.length);
  }

  /** Name of the folder, on one line. */
  get name(): string {
    return oneLine(basename(this.path));
  }

  /** @throws FileError if it cannot be listed. */
  inside({ path }: FolderEntry): Folder {
    return new Folder(path, this.budget, this.depth + 1);
  }

  /**
   * Entries at a place inside, without regard to case: `find("domainsysvol", "gpo", "user")`. There may be several,
   * because a file system may tell `User` and `USER` apart.
   *
   * @throws FileError if a folder on the way cannot be listed.
   */
  find(...place: readonly string[]): readonly FolderEntry[] {
    const [first, ...rest] = place;
    const found = this.entries.filter(({ name }) => name.toLowerCase() === first?.toLowerCase());
    if (rest.length === 0) return found;
    return found
      .filter(({ kind }) => kind === "folder")
      .flatMap((entry) => this.inside(entry).find(...rest));
  }

  /**
   * @throws FileError if it cannot be read or is too large.
   * @throws SourceReadError if all files together are too large.
   */
  read({ path }: FolderEntry): SourceFile {
    return this.budget.read(path);
  }
}

export interface FolderEntry {
  readonly name: string;
  readonly path: string;
  /** Links are never followed: `link`. Devices, sockets and the like are `other`. */
  readonly kind: "file" | "folder" | "link" | "other";
}

function entriesOf(path: string): FolderEntry[] {
  const found = tried(() => readdirSync(path, { withFileTypes: true }));
  return found
    .map(
      (entry): FolderEntry => ({
        name: entry.name,
        path: join(path, entry.name),
        kind: entry.isFile()
          ? "file"
          : entry.isDirectory()
            ? "folder"
            : entry.isSymbolicLink()
              ? "link"
              : "other",
      }),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function bytesOf(path: string): Uint8Array {
  if (tried(() => lstatSync(path)).size > MAX_FILE_BYTES) {
    throw new FileError(`is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB`);
  }
  return tried(() => readFileSync(path));
}

/** The result of a call of the file system. */
function tried<T>(step: () => T): T {
  try {
    return step();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new FileError(code === "ENOENT" ? "is not there" : `cannot be read: ${code}`, { cause });
  }
}
