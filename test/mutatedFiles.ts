/**
 * Files that were damaged: cut, overwritten, mixed up. A reader must refuse them, or read what it can.
 *
 * @module
 */
import assert from "node:assert/strict";
import { resolveSources } from "../cli/convert/resolve";
import { FileError } from "../cli/files/fileError";
import type { SourceReader } from "../cli/sources/reader";
import type { Source } from "../cli/sources/source";
import { SourceFile } from "../cli/sources/sourceFile";
import { CATALOGUE } from "./inventedCatalogue";

/** Pieces of text that readers take for something. */
const PIECES = [
  "null",
  "{}",
  "[]",
  "-1",
  '"',
  "'",
  "<",
  "/>",
  "&#0;",
  "\u0000",
  "\ufeff",
  "\ud800",
  "__proto__",
  "constructor",
  "\\u0000",
  "1e999",
  ",",
  ";",
  "\n",
];

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A damaged copy of a text. @param seed - Another number damages it in another way. */
export function mutated(text: string, seed: number): Buffer {
  const next = numbers(seed);
  let result = text;
  for (let times = 1 + next(3); times > 0; times -= 1) {
    const start = next(result.length + 1);
    const end = Math.min(result.length, start + next(20));
    const part = result.slice(start, end);
    const between = [
      "",
      PIECES[next(PIECES.length)] ?? "",
      part + part,
      result.slice(next(result.length + 1), next(result.length + 1)),
      String.fromCharCode(next(0x250)),
    ][next(5)];
    result = result.slice(0, start) + between + result.slice(next(8) === 0 ? result.length : end);
  }
  const bytes = Buffer.from(result, next(10) === 0 ? "utf16le" : "utf8");
  if (next(4) === 0 && bytes.length > 0) bytes[next(bytes.length)] = next(256);
  return bytes;
}

/** Numbers of damaged copies of a file that are refused and that are read. */
export function readMutated(
  reader: SourceReader,
  text: string,
  count: number,
): { readonly refused: number; readonly read: number; readonly others: number } {
  let [refused, read, others] = [0, 0, 0];
  for (let seed = 0; seed < count; seed += 1) {
    const file = new SourceFile("damaged", mutated(text, seed));
    if (!reader.matches(file)) {
      others += 1;
      continue;
    }
    try {
      const sources = reader.read(file);
      sources.forEach(assertSource);
      resolveSources(sources, CATALOGUE);
      read += 1;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      refused += 1;
    }
  }
  return { refused, read, others };
}

/** Asserts what every reader promises of a source. */
export function assertSource({ name, entries, notes, conditions }: Source): void {
  assert.doesNotMatch(name, /[\p{Cc}\u2028\u2029]/u);
  for (const text of [...notes, ...conditions]) assert.ok(text.isWellFormed());
  for (const entry of entries) {
    if (entry.form === "unread") assert.notEqual(entry.reason, "");
  }
}
