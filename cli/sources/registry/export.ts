/**
 * Registry exports: `.reg` files of Registry Editor, of both versions. The newer one is UTF-16 and has its texts in
 * UTF-16; `REGEDIT4` is in the code page of the computer.
 *
 * @see https://support.microsoft.com/topic/how-to-add-modify-or-delete-registry-subkeys-and-values-by-using-a-reg-file-9c7f37cf-a5e9-e1cd-c4fa-2a26218a1a23
 * @module
 */
import { FileError } from "../../files/fileError";
import type { SourceReader } from "../reader";
import type { RegistryAction, RegistryData, SourceEntry } from "../source";
import type { SourceFile } from "../sourceFile";
import { type BrokenData, isBroken, registryData } from "./data";
import { type ExportData, type ExportPart, exportParts } from "./exportText";
import { type PlacedKey, placedKey } from "./hives";
import { MAX_VALUES } from "./pol";

const HEADER = /^\s*(?:Windows Registry Editor Version 5\.00|(REGEDIT4))[ \t]*(?=[\r\n]|$)/i;

/** Beginning of a file whose first line somebody took away. */
const FIRST_KEY = /^(?:[ \t]*(?:;[^\r\n]*)?[\r\n])*[ \t]*\[-?(?:HKEY_|HKCU\\|HKLM\\|HKU\\)/i;

/** A `.reg` file. */
export const registryExportReader: SourceReader = {
  kind: "registry export",
  matches: ({ text }) => {
    const beginning = text?.slice(0, 1000) ?? "";
    return HEADER.test(beginning) || FIRST_KEY.test(beginning);
  },
  read: (file) => {
    const { entries, users } = readRegistryExport(file.text ?? "");
    return [
      {
        name: file.sourceName,
        path: file.path,
        kind: "registry export",
        entries,
        conditions: [],
        notes: notesAbout(file, users),
      },
    ];
  },
};

function notesAbout(
  { isGuessedText, text = "" }: SourceFile,
  users: ReadonlySet<string>,
): string[] {
  const notes: string[] = [];
  if (!HEADER.test(text))
    notes.push(
      "It lacks the first line of a registry export, so Registry Editor would not read it",
    );
  if (isGuessedText)
    notes.push("It is no Unicode: letters outside of ASCII are read as Windows-1252");
  if (users.size > 1)
    notes.push(
      `It has keys of ${users.size} users below HKEY_USERS, which are read as those of one`,
    );
  return notes;
}

/** Contents of an export. */
export interface RegistryExport {
  readonly entries: readonly SourceEntry[];
  /** Users whose keys below `HKEY_USERS` it has. */
  readonly users: ReadonlySet<string>;
}

/** Reads the text of an export. @throws FileError if it has too many values. */
export function readRegistryExport(text: string): RegistryExport {
  const header = HEADER.exec(text);
  const isAnsi = header?.[1] !== undefined;
  const entries: SourceEntry[] = [];
  const users = new Set<string>();
  let section: Section = { key: "", placed: "it has no key above it" };
  for (const part of exportParts(text.slice(header?.[0].length ?? 0))) {
    if (entries.length === MAX_VALUES) throw new FileError(`has more than ${MAX_VALUES} values`);
    if (part.kind === "key") {
      section = sectionOf(part);
      if (typeof section.placed !== "string" && section.placed.user !== undefined)
        users.add(section.placed.user.toLowerCase());
    }
    const entry = entryOf(part, section, isAnsi);
    if (entry !== undefined) entries.push(entry);
  }
  return { entries, users };
}

interface Section {
  /** As it is written. */
  readonly key: string;
  /** A clause that says why its values cannot be read, instead of where they are. */
  readonly placed: PlacedKey | string;
}

function sectionOf({ key, isDeleted }: ExportPart & { kind: "key" }): Section {
  return { key, placed: isDeleted ? "its key is deleted" : placedKey(key) };
}

function entryOf(part: ExportPart, section: Section, isAnsi: boolean): SourceEntry | undefined {
  switch (part.kind) {
    case "broken":
      return { form: "unread", place: `line ${part.line}`, reason: part.reason };
    case "key":
      return part.isDeleted ? deletedKey(part.key) : undefined;
    case "value":
      return valueEntry(part, section, isAnsi);
  }
}

function deletedKey(key: string): SourceEntry {
  const placed = placedKey(key);
  if (typeof placed === "string") return { form: "unread", place: key, reason: placed };
  return {
    form: "registry",
    hive: placed.hive,
    key: placed.key,
    valueName: "",
    action: "deleteKey",
  };
}

function valueEntry(
  { name, data }: ExportPart & { kind: "value" },
  { key, placed }: Section,
  isAnsi: boolean,
): SourceEntry {
  const unread = (reason: string): SourceEntry => ({
    form: "unread",
    place: `${key}\\${name === "" ? "@" : name}`,
    reason,
  });
  if (typeof placed === "string") return unread(placed);
  const entry = (action: RegistryAction) => {
    return {
      form: "registry",
      hive: placed.hive,
      key: placed.key,
      valueName: name,
      action,
    } as const;
  };
  if ("written" in data && data.written === "-") return entry("delete");
  const value = valueData(data, isAnsi);
  return isBroken(value) ? unread(value.problem) : { ...entry("set"), data: value };
}

function valueData(data: ExportData, isAnsi: boolean): RegistryData | BrokenData {
  if ("text" in data) return { type: "REG_SZ", value: data.text };
  const number = /^dword:\s*([\da-f]{1,8})$/i.exec(data.written)?.[1];
  if (number !== undefined) return { type: "REG_DWORD", value: `${Number.parseInt(number, 16)}` };
  const [, type = "3", bytes] = /^hex(?:\(([\da-f]{1,8})\))?:(.*)$/is.exec(data.written) ?? [];
  if (bytes === undefined) return { problem: "its data is in no form that is known" };
  return hexData(Number.parseInt(type, 16), bytes, isAnsi);
}

/** Longest data that is read, as it is written: a byte takes three characters. */
const MAX_HEX = 3 * 1024 * 1024;

/** Types whose texts are in the code page of the computer in an older file. */
const TEXT_TYPES = [1, 2, 7];

function hexData(type: number, written: string, isAnsi: boolean): RegistryData | BrokenData {
  if (written.length > MAX_HEX) return { problem: "its data is too large to be a setting" };
  const digits = written.replaceAll(/\s/g, "").replace(/,$/, "");
  const pairs = digits === "" ? [] : digits.split(",");
  if (!pairs.every((pair) => /^[\da-f]{1,2}$/i.test(pair)))
    return { problem: "its data is no list of bytes" };
  const bytes = Buffer.from(pairs.map((pair) => Number.parseInt(pair, 16)));
  if (!isAnsi || !TEXT_TYPES.includes(type)) return registryData(type, bytes);
  return registryData(type, Buffer.from(new TextDecoder("windows-1252").decode(bytes), "utf16le"));
}
