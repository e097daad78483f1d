/**
 * LGPO text: what Microsoft's LGPO.exe writes with `/parse` and reads with `/t`. An entry is four lines: `Computer` or
 * `User`, a key, the name of a value, and an action. Lines that begin with a semicolon are comments.
 *
 * @see https://techcommunity.microsoft.com/blog/microsoft-security-baselines/lgpo-exe---local-group-policy-object-utility-v1-0/701045
 * @module
 */
import { oneLine } from "../../../provider/text/messageText";
import { FileError } from "../../files/fileError";
import type { SourceReader } from "../reader";
import type { Hive, RegistryAction, RegistryData, SourceEntry, UnreadEntry } from "../source";
import { loopbackConditions } from "./loopback";
import { MAX_VALUES } from "./pol";

const CONFIGURATION = /^(?:(computer)|user(?::(.+))?)$/i;

/** Form in which LGPO.exe writes an instruction that it has no words for. */
const COMMENTED_OUT = /^;;; (?:-{4} Commented out|ERROR)/;

/** A file that LGPO.exe writes or reads. */
export const lgpoTextReader: SourceReader = {
  kind: "LGPO text",
  matches: ({ text }) => {
    const [configuration = "", key = ""] = firstLines(text ?? "");
    return CONFIGURATION.test(configuration) && key.includes("\\");
  },
  read: (file) => {
    const { entries, groups } = readLgpoText(file.text ?? "");
    return [
      {
        name: file.sourceName,
        path: file.path,
        kind: "LGPO text",
        entries,
        conditions: [
          ...loopbackConditions(entries),
          ...groups.map(
            (group) =>
              `local Group Policy of "${oneLine(group, 100)}", which some of its settings are for`,
          ),
        ],
        notes: file.isGuessedText
          ? ["It is no Unicode: letters outside of ASCII are read as Windows-1252"]
          : [],
      },
    ];
  },
};

/** First lines that are neither empty nor comments. */
function firstLines(text: string): string[] {
  const lines = text.slice(0, 20_000).split(/[\r\n]+/);
  return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith(";"));
}

/** Contents of a file. */
export interface LgpoText {
  readonly entries: readonly SourceEntry[];
  /** Local groups and users that entries are for, as they are written after `User:`. */
  readonly groups: readonly string[];
}

/** Reads a file. @throws FileError if it has too many entries. */
export function readLgpoText(text: string): LgpoText {
  const lines = text.split(/\r\n|\r|\n/);
  const entries: SourceEntry[] = [];
  const groups = new Set<string>();
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]?.trim() ?? "";
    if (entries.length >= MAX_VALUES) throw new FileError(`has more than ${MAX_VALUES} entries`);
    const place = `line ${index + 1}`;
    if (COMMENTED_OUT.test(line)) {
      entries.push({ form: "unread", place, reason: "LGPO.exe could not write it as text" });
    }
    if (line === "" || line.startsWith(";")) continue;
    const configuration = CONFIGURATION.exec(line);
    if (configuration === null) {
      entries.push({ form: "unread", place, reason: "it is neither Computer nor User" });
      continue;
    }
    const block = lines.slice(index + 1, index + 4);
    if (block.length < 3 || block.includes("")) {
      entries.push({ form: "unread", place, reason: "its entry has less than four lines" });
      continue;
    }
    index += 3;
    const [, computer, group] = configuration;
    if (group !== undefined) groups.add(group);
    entries.push(...blockEntries(computer === undefined ? "user" : "machine", block));
  }
  return { entries, groups: [...groups] };
}

function blockEntries(hive: Hive, [key = "", name = "", action = ""]: string[]): SourceEntry[] {
  const valueName = name === "(Default)" ? "" : name;
  const entry = (action: RegistryAction, valueName = "", where = key): SourceEntry => {
    return { form: "registry", hive, key: where, valueName, action };
  };
  const unread = (reason: string): UnreadEntry => {
    return { form: "unread", place: `${key}\\${name}`, reason };
  };
  switch (action.trim().toUpperCase()) {
    case "DELETE":
      return [entry("delete", valueName)];
    case "DELETEALLVALUES":
      return [entry("deleteValues")];
    case "DELETEKEYS":
      return name
        .split(";")
        .filter((each) => each !== "")
        .map((each) => entry("deleteKey", "", `${key}\\${each}`));
    case "CREATEKEY":
      return [unread("it creates a key and sets nothing")];
    case "CLEAR":
      return [unread("it takes instructions about the key out of a local policy")];
  }
  const data = actionData(action);
  if (data === undefined) return [unread("its action cannot be read")];
  return [{ form: "registry", hive, key, valueName, action: "set", data }];
}

function actionData(action: string): RegistryData | undefined {
  const [, type = "", data = ""] = /^\s*(\w+):(.*)$/s.exec(action) ?? [];
  switch (type.toUpperCase()) {
    case "DWORD":
      return numberData("REG_DWORD", data, 2n ** 32n);
    case "QWORD":
      return numberData("REG_QWORD", data, 2n ** 64n);
    case "SZ":
      return { type: "REG_SZ", value: unescaped(data) };
    case "EXSZ":
      return { type: "REG_EXPAND_SZ", value: unescaped(data) };
    case "MULTISZ":
      return { type: "REG_MULTI_SZ", value: listOf(data) };
    case "BINARY":
      return { type: "other", name: "REG_BINARY" };
    default:
      return undefined;
  }
}

function numberData(
  type: "REG_DWORD" | "REG_QWORD",
  written: string,
  limit: bigint,
): RegistryData | undefined {
  if (!/^\s*(?:0x[\da-f]{1,16}|\d{1,20})\s*$/i.test(written)) return undefined;
  const number = BigInt(written.trim());
  return number < limit ? { type, value: `${number}` } : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = { r: "\r", n: "\n", "\\": "\\" };

function unescaped(text: string): string {
  return text.replaceAll(/\\([rn\\])/g, (_, letter: string) => ESCAPES[letter] ?? "");
}

/** Texts of a list: `\0` is between them, and `\\0` is a backslash and a zero. */
function listOf(written: string): string[] {
  const texts = written
    .replaceAll(/\\([rn\\0])/g, (_, letter: string) =>
      letter === "0" ? "\0" : (ESCAPES[letter] ?? ""),
    )
    .split("\0");
  while (texts.at(-1) === "") texts.pop();
  return texts;
}
