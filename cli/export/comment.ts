/** Text for a comment or a message: one line, of characters that neither end it nor steer a terminal. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .replaceAll("*/", "* /")
    .trim();
}
