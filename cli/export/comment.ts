import { oneLine as toOneLine } from "../../provider/text/messageText";

/** Text for a comment or a message: one line, of characters that neither end it nor steer a terminal. */
export function oneLine(text: string): string {
  return toOneLine(text).replaceAll("*/", "* /");
}

/** The text of a comment of one line. One that begins with `@ts-expect-error` would be an order to the compiler. */
export function commentLine(text: string): string {
  return oneLine(text).replace(/^[@/]/, "\\$&");
}
