/**
 * Markdown for a comment on a pull request, within the length that GitHub takes.
 *
 * @module
 */
import { oneLine } from "../provider/text/messageText";

/** Longest comment that GitHub takes, in characters. */
export const MAX_COMMENT = 65_536;

/** Kept free for the sentence that says what is left out, in characters. */
const RESERVE = 300;

/** A part of the page, and what is missing without it, as a noun that takes an s. */
export interface Part {
  readonly text: string;
  readonly what: string;
}

/** Lines of a section; the first one brings the title. */
export function under(title: string, what: string, lines: readonly string[]): Part[] {
  return lines.map((line, index) => ({ text: `${index === 0 ? title : ""}${line}\n`, what }));
}

/** Whether all parts fit. */
export function fits(head: string, parts: readonly Part[]): boolean {
  const length = parts.reduce((sum, { text }) => sum + text.length, head.length);
  return length <= MAX_COMMENT - RESERVE;
}

/** As many parts as fit, and a sentence about the others. */
export function fitted(head: string, parts: readonly Part[]): string {
  let text = head;
  let used = 0;
  for (const { text: next } of parts) {
    if (text.length + next.length > MAX_COMMENT - RESERVE) break;
    text += next;
    used += 1;
  }
  const missing = Map.groupBy(parts.slice(used), ({ what }) => what);
  const told = [...missing].map(
    ([what, { length }]) => `${length} ${what}${length === 1 ? "" : "s"}`,
  );
  if (told.length === 0) return text;
  return `${text}\nLeft out, because a comment holds ${MAX_COMMENT.toLocaleString("en")} characters: ${told.join(", ")}. \`--format table\` prints all.\n`;
}

/** Text that Markdown and HTML show as it is. A name must neither mention a user nor refer to an issue. */
export function escaped(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]()#+!|~$-]/g, "\\$&")
    .replaceAll(/@|:\/\//g, "$&<!-- -->");
}
