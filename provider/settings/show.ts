/**
 * Values on one line, as messages show them.
 *
 * @module
 */
import { slice, withUnseenEscaped } from "../text/messageText";
import { holdsUnknown, UNKNOWN } from "./json";

/** Longest excerpt of a value, in characters. */
const MAX_SHOWN_CHARACTERS = 120;

/** Characters shown before the point where two long values begin to differ. */
const CONTEXT_CHARACTERS = 20;

/** Follows a secret value that differs from the one before. */
const SECRET_CHANGED = " (changed)";

/** A line about a changed value, without the mark of a secret. */
export function withoutMark(line: string): string {
  return line.endsWith(SECRET_CHANGED) ? line.slice(0, -SECRET_CHANGED.length) : line;
}

/** A value as one short line. Control characters are escaped, because they could steer a terminal. */
export function show(value: unknown, hidden = false): string {
  return shorten(spell(value, hidden), 0);
}

/** Two values as one line each; of long values, the part around their first difference. */
export function showPair(old: unknown, next: unknown, hidden = false): [string, string] {
  const a = spell(old, hidden);
  const b = spell(next, hidden);
  // Otherwise the two would look alike.
  if (hidden && a === b) return [a, `${b}${SECRET_CHANGED}`];
  let start = 0;
  if (Math.max(a.length, b.length) > MAX_SHOWN_CHARACTERS) {
    while (start < a.length && a[start] === b[start]) start += 1;
    start = Math.max(0, start - CONTEXT_CHARACTERS);
  }
  return [shorten(a, start), shorten(b, start)];
}

function spell(value: unknown, hidden: boolean): string {
  if (value === undefined) return "(none)";
  if (value === UNKNOWN) return "(known after apply)";
  if (hidden) return "[secret]";
  const text = JSON.stringify(value, (_, item: unknown) => (item === UNKNOWN ? "?" : item)) ?? "";
  const printable = withUnseenEscaped(text);
  return holdsUnknown(value) ? `${printable} (? known after apply)` : printable;
}

function shorten(text: string, start: number): string {
  if (start === 0 && text.length <= MAX_SHOWN_CHARACTERS) return text;
  const piece = slice(text, start, start + MAX_SHOWN_CHARACTERS);
  return `${start > 0 ? "…" : ""}${piece}${start + piece.length < text.length ? "…" : ""}`;
}
