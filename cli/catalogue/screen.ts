/**
 * Text for a terminal or a log: wrapped at the width there is, 80 columns if there is no terminal.
 *
 * @module
 */
import { withUnseenEscaped } from "../../provider/text/messageText";

const STANDARD_WIDTH = 80;

/** Columns of the screen, within what can be read. */
export function screenWidth(columns: number | undefined = process.stdout.columns): number {
  return Math.min(Math.max(columns ?? STANDARD_WIDTH, 40), 120);
}

/** Characters that fill two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu;

function widthOf(text: string): number {
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}

interface WrapOptions {
  readonly width: number;
  /** Before the first line. */
  readonly first?: string;
  /** Before the others. @default as many spaces as `first` has columns */
  readonly others?: string;
}

/** Text on lines of at most a width. Words longer than a line, such as ids to copy, stay whole. */
export function wrap(text: string, { width, first = "", others }: WrapOptions): string {
  const rest = others ?? " ".repeat(widthOf(first));
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of withUnseenEscaped(text).split(/\s+/).filter(Boolean)) {
    if (!isEmpty && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line.trimEnd()].join("\n");
}

/** Prints a text to the standard output. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A note for the standard error. */
export function noteText(text: string): string {
  return wrap(text, { width: screenWidth(process.stderr.columns), first: "note: " });
}

/** Rows with a title before each, the titles padded to the same width. Rows without a value are left out. */
export function table(
  rows: readonly (readonly [title: string, values: readonly string[]])[],
  { width, indent = "  " }: { readonly width: number; readonly indent?: string },
): string {
  const shown = rows.filter(([, values]) => values.length > 0);
  const titleWidth = Math.max(0, ...shown.map(([title]) => widthOf(title)));
  return shown
    .flatMap(([title, values]) =>
      values.map((value, index) => {
        const name = index === 0 ? title : "";
        return wrap(value, { width, first: `${indent}${name.padEnd(titleWidth)}  ` });
      }),
    )
    .join("\n");
}
