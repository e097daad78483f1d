import { oneLine as toOneLine } from "../../provider/text/messageText";
import { wrap } from "../catalogue/screen";

/** Text for a comment or a message: one line, of characters that neither end it nor steer a terminal. */
export function oneLine(text: string): string {
  return toOneLine(text).replaceAll("*/", "* /");
}

/** The text of a comment of one line. One that begins with `@ts-expect-error` would be an order to the compiler. */
export function commentLine(text: string): string {
  return oneLine(text).replace(/^[@/]/, "\\$&");
}

/** The longest line, in columns. */
const LINE_WIDTH = 100;

/** A comment on as many lines as it needs, none of which is an order to the compiler. */
export function commentText(text: string): string {
  const lines = wrap(text, { width: LINE_WIDTH - "// ".length }).split("\n");
  return lines.map((line) => `// ${commentLine(line)}\n`).join("");
}
