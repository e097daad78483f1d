import { FileError } from "../../files/fileError";
import { childrenOf } from "../../files/xml";
import type { Folder, FolderEntry } from "../folder";
import { isRegistryPol, readRegistryPol } from "../registry/pol";
import type { Hive, Source, SourceEntry } from "../source";
import type { SourceFile } from "../sourceFile";
import { PREFERENCES_ROOT, type Preferences, readPreferences } from "./preferences";
import { someOf } from "./targeting";

/** Settings of a GPO's folder. */
export type GpoSettings = Pick<Source, "entries" | "conditions" | "notes">;

const HALVES: readonly { readonly name: string; readonly hive: Hive }[] = [
  { name: "User", hive: "user" },
  { name: "Machine", hive: "machine" },
];

const PREFERENCES = ["Preferences", "Registry", "Registry.xml"];

const COMMENTS = "comment.cmtx";

/** Most folders inside each other in which files are looked for that are not read. */
const MAX_DEPTH = 8;

/**
 * Reads the registry policies and the registry items of Group Policy Preferences of a GPO's folder. A file that cannot be
 * read is an `unread` entry, and files of other settings are named in a note.
 */
export function readGpoFolder(folder: Folder): GpoSettings {
  const entries: SourceEntry[] = [];
  const conditions: string[] = [];
  const notes: string[] = [];
  const others: string[] = [];
  for (const { name, hive } of HALVES) {
    for (const entry of folder.find(name, "registry.pol"))
      entries.push(...attempt(folder, entry, (file) => policyEntries(file, hive), unread));
    for (const entry of folder.find(name, ...PREFERENCES)) {
      const preferences = attempt(
        folder,
        entry,
        (file) => preferencesOf(file, hive),
        (place, reason) => ({ entries: unread(place, reason), conditions: [], notes: [] }),
      );
      entries.push(...preferences.entries);
      conditions.push(...preferences.conditions);
      notes.push(...preferences.notes);
    }
    for (const entry of folder.find(name, COMMENTS)) notes.push(...commentNotes(folder, entry));
    for (const half of folder.find(name)) others.push(...otherFiles(folder, half, []));
  }
  if (others.length > 0) notes.push(`Other files of the GPO are not read: ${someOf(others)}`);
  return { entries, conditions, notes };
}

function policyEntries(file: SourceFile, hive: Hive): readonly SourceEntry[] {
  // LGPO.exe makes empty ones.
  if (file.bytes.length === 0) return [];
  if (!isRegistryPol(file.bytes)) throw new FileError("does not begin as a registry.pol does");
  return readRegistryPol(file.bytes, hive);
}

function preferencesOf(file: SourceFile, hive: Hive): Preferences {
  const root = file.xml();
  if (root.name !== PREFERENCES_ROOT) throw new FileError("is no list of registry items");
  return readPreferences(root, hive);
}

/** Comments that administrators gave to policies. The editor writes a file without any beside them, too. */
function commentNotes(folder: Folder, entry: FolderEntry): string[] {
  const count = attempt(
    folder,
    entry,
    (file) => childrenOf(file.xml(), "comments", "admTemplate", "comment").length,
    () => 1,
  );
  const place = placeIn(folder, entry);
  return count === 0 ? [] : [`Comments on policies are not read: ${someOf([place])}`];
}

/** The result of reading a file, or of the function that says that it cannot be read. */
function attempt<T>(
  folder: Folder,
  entry: FolderEntry,
  read: (file: SourceFile) => T,
  failed: (place: string, reason: string) => T,
): T {
  const place = placeIn(folder, entry);
  try {
    if (entry.kind === "link") throw new FileError("is a symbolic link");
    if (entry.kind !== "file") throw new FileError("is no file");
    return read(folder.read(entry));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return failed(place, `it ${error.reason}`);
  }
}

function unread(place: string, reason: string): SourceEntry[] {
  return [{ form: "unread", place, reason }];
}

function placeIn(folder: Folder, { path }: FolderEntry): string {
  return path.slice(folder.path.length + 1);
}

/** Files of a half that are not read, with their place in the folder. */
function otherFiles(folder: Folder, entry: FolderEntry, above: readonly string[]): string[] {
  const place = [...above, entry.name];
  if (entry.kind !== "folder") return isRead(place) ? [] : [place.join("/")];
  if (place.length > MAX_DEPTH) return [`${place.join("/")}/…`];
  try {
    const inside = folder.inside(entry);
    return inside.entries.flatMap((each) => otherFiles(inside, each, place));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return [`${place.join("/")} (${error.reason})`];
  }
}

function isRead([, ...place]: readonly string[]): boolean {
  const path = place.join("/").toLowerCase();
  return ["registry.pol", COMMENTS, PREFERENCES.join("/").toLowerCase()].includes(path);
}
