import { strict as assert } from "node:assert";
import { readSourceFile } from "../cli/sources/read";
import type { Source, SourceEntry } from "../cli/sources/source";
import { SourceFile } from "../cli/sources/sourceFile";
import { SourceReadError } from "../cli/sources/sourceReadError";

/** The sources of a file's bytes. */
export function sourcesOfBytes(
  content: string | Uint8Array,
  path = "some/file.txt",
): readonly Source[] {
  return readSourceFile(new SourceFile(path, Buffer.from(content)));
}

/** The one source of a file's bytes. */
export function sourceOfBytes(content: string | Uint8Array, path?: string): Source {
  const [source, ...others] = sourcesOfBytes(content, path);
  assert.ok(source !== undefined && others.length === 0);
  return source;
}

/** The entries of the one source of a file's bytes, each on a line. */
export function entriesOfBytes(content: string | Uint8Array, path?: string): string[] {
  return sourceOfBytes(content, path).entries.map(entryText);
}

/** An entry in few words: `user Software\Contoso\A set REG_DWORD 1`. */
export function entryText(entry: SourceEntry): string {
  switch (entry.form) {
    case "registry": {
      const { hive, key, valueName, action, data } = entry;
      const value = data === undefined ? "" : ` ${dataText(data)}`;
      return `${hive} ${key}${valueName === "" ? "" : `|${valueName}`} ${action}${value}`;
    }
    case "unread":
      return `${entry.place}: ${entry.reason}`;
    case "named":
    case "setting":
    case "definition":
      return JSON.stringify(entry);
  }
}

function dataText(data: NonNullable<(SourceEntry & { form: "registry" })["data"]>): string {
  if (data.type === "other") return data.name;
  return `${data.type} ${typeof data.value === "string" ? data.value : JSON.stringify(data.value)}`;
}

/** Why bytes cannot be read: the message without the path. */
export function refusalOfBytes(content: string | Uint8Array, path = "some/file.txt"): string {
  try {
    sourcesOfBytes(content, path);
  } catch (error) {
    assert.ok(error instanceof SourceReadError);
    assert.ok(error.message.startsWith(`${path}: `));
    return error.message.slice(path.length + 2);
  }
  assert.fail("it was read");
}
