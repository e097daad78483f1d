/**
 * Lists of settings with their values, as CSV: a column for the id of the setting and one for its value.
 *
 * @module
 */
import { parse } from "csv-parse/sync";
import { oneLine } from "../../provider/text/messageText";
import { FileError } from "../files/fileError";
import type { SourceReader } from "./reader";
import type { SourceEntry } from "./source";
import type { SourceFile } from "./sourceFile";

const KIND = "list of settings";

/** Names of the columns, without regard to case, spaces and the like. */
const ID_COLUMNS = ["settingid", "id"];
const VALUE_COLUMNS = ["value", "settingvalue"];

/** Separators of columns. An id that has semicolons is in quotes. */
const DELIMITERS = [",", ";", "\t"];

/** Longest id of a setting, in UTF-16 units. */
const MAX_ID = 1024;

export const settingListReader: SourceReader = {
  kind: KIND,
  matches: (file) => columnsOf(file) !== undefined,
  read: (file) => {
    const columns = columnsOf(file);
    if (columns?.value === undefined) {
      throw new FileError("is a list of settings without a column of their values (value)");
    }
    const { id, value, delimiter, width } = columns;
    const rows = rowsOf(file.text ?? "", delimiter).slice(1);
    return [
      {
        name: file.sourceName,
        path: file.path,
        kind: KIND,
        entries: rows.map(({ fields, line }) =>
          fields.length === width
            ? entryOf(fields[id], fields[value], line)
            : otherWidth(fields, width, line),
        ),
        conditions: [],
        notes: file.isGuessedText
          ? ["It is no Unicode text: its letters were read as Windows-1252"]
          : [],
      },
    ];
  },
};

interface Columns {
  readonly delimiter: string;
  /** Number of columns. */
  readonly width: number;
  readonly id: number;
  /** Undefined if the list has no values. */
  readonly value: number | undefined;
}

/** Places of the columns by the first line; undefined if it names none. */
function columnsOf({ text }: SourceFile): Columns | undefined {
  const first = /^[^\r\n]{1,4096}/.exec(text ?? "")?.[0] ?? "";
  for (const delimiter of DELIMITERS) {
    const names = first.split(delimiter).map((name) => name.toLowerCase().replace(/[^a-z]/g, ""));
    const id = names.findIndex((name) => ID_COLUMNS.includes(name));
    const value = names.findIndex((name) => VALUE_COLUMNS.includes(name));
    const width = names.length;
    if (id < 0 || width < 2) continue;
    if (value >= 0) return { delimiter, width, id, value };
    if (names.includes("registrykeypath")) return { delimiter, width, id, value: undefined };
  }
  return undefined;
}

interface Row {
  readonly fields: readonly string[];
  readonly line: number;
}

/** @throws FileError if a quote is not closed. */
function rowsOf(text: string, delimiter: string): Row[] {
  try {
    const rows = parse(text, {
      delimiter,
      info: true,
      relaxColumnCount: true,
      relaxQuotes: true,
      skipEmptyLines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ fields: record, line: info.lines }));
  } catch (cause) {
    throw new FileError(`is no CSV that can be read: ${oneLine((cause as Error).message, 200)}`, {
      cause,
    });
  }
}

function otherWidth({ length }: readonly string[], width: number, line: number): SourceEntry {
  const has = length === 1 ? "1 column" : `${length} columns`;
  return { form: "unread", place: `line ${line}`, reason: `it has ${has}, and not ${width}` };
}

function entryOf(id: string | undefined, value: string | undefined, line: number): SourceEntry {
  const settingId = id?.trim().toWellFormed() ?? "";
  if (settingId === "" || settingId.length > MAX_ID) {
    const reason = settingId === "" ? "it has no id of a setting" : "its id is too long";
    return { form: "unread", place: `line ${line}`, reason };
  }
  if (value === undefined || value.trim() === "") {
    return {
      form: "unread",
      place: `line ${line}: ${oneLine(settingId)}`,
      reason: "it has no value",
    };
  }
  return { form: "setting", settingId, value: value.trim().toWellFormed() };
}
