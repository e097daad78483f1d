import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { MAX_FILE_BYTES } from "../../files/decode";
import { FileError } from "../../files/fileError";

/** A file of a folder, found without regard to case. */
export interface FolderFile {
  /** Its name as it is on the disk, with its folder if that is one of a language: `en-US/excel16.adml`. */
  readonly name: string;
  /** @throws FileError if it cannot be read, or is larger than a template can be. */
  read(): Uint8Array;
}

/** A folder with templates: `C:\Windows\PolicyDefinitions`, a central store, or Microsoft's download. */
export interface TemplateFolder {
  readonly path: string;
  /** The templates, by name. */
  readonly templates: readonly FolderFile[];
  /** A template's text file of a language; undefined if there is none. */
  textFile(template: string, language: string): FolderFile | undefined;
}

/**
 * Lists the templates of a folder.
 *
 * @throws TypeError if it cannot be listed or has none; a folder in it that has some is named.
 */
export function openTemplateFolder(path: string): TemplateFolder {
  const entries = listed(path);
  const templates = templatesOf(path, entries);
  if (templates.length === 0)
    throw new TypeError(`--admx ${path} has no .admx files${hint(path, entries)}`);
  const folders = new Map(entries.map((name) => [name.toLowerCase(), name]));
  const texts = new Map<string, Map<string, string>>();
  const textsIn = (language: string): Map<string, string> => {
    const folder = folders.get(language);
    const known = texts.get(language);
    if (known !== undefined || folder === undefined) return known ?? new Map<string, string>();
    const files = readdirOf(join(path, folder));
    const found = new Map(files.map((name) => [name.toLowerCase(), join(folder, name)]));
    texts.set(language, found);
    return found;
  };
  return {
    path,
    templates,
    textFile: (template, language) => {
      const name = textsIn(language.toLowerCase()).get(
        template.toLowerCase().replace(/admx$/, "adml"),
      );
      return name === undefined ? undefined : fileOf(path, name);
    },
  };
}

function fileOf(folder: string, name: string): FolderFile {
  return { name, read: () => bytesOf(join(folder, name)) };
}

function bytesOf(path: string): Uint8Array {
  try {
    if (statSync(path).size > MAX_FILE_BYTES) {
      throw new FileError(`is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB`);
    }
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw new FileError(
      `cannot be read: ${(cause as NodeJS.ErrnoException).code ?? "no reason given"}`,
      { cause },
    );
  }
}

function listed(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === "ENOENT"
        ? "is not there"
        : code === "ENOTDIR"
          ? "is no folder"
          : `cannot be read: ${code}`;
    throw new TypeError(
      `--admx ${path} ${reason}. It takes the folder that holds excel16.admx and others`,
    );
  }
}

function readdirOf(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}

function templatesOf(path: string, entries: readonly string[]): FolderFile[] {
  return entries.filter((name) => /\.admx$/i.test(name)).map((name) => fileOf(path, name));
}

/** Microsoft's download has its templates in a folder `admx`. */
function hint(path: string, entries: readonly string[]): string {
  const inside = entries.find((name) => templatesOf("", readdirOf(join(path, name))).length > 0);
  return inside === undefined ? "" : `. Its folder has: --admx ${join(path, inside)}`;
}
