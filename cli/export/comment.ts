import { oneLine as toOneLine } from "../../provider/text/messageText";

/** Text for a comment or a message: one line, of characters that neither end it nor steer a terminal. */
export function oneLine(text: string): string {
  return toOneLine(text).replaceAll("*/", "* /");
}
