/**
 * Text that others wrote, made fit to be shown: in one line, in an error, under Diagnostics.
 *
 * @module
 */

/**
 * A character that cannot be seen: controls, which steer a terminal, and formats, which turn the
 * direction of a text around; but not the joiners that emoji and some scripts are written with.
 */
const UNSEEN = /(?!\u200c|\u200d)[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** The same with line feeds left alone, as a message may have several lines. */
const UNSEEN_IN_LINES = /(?!\u200c|\u200d|\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu;

const GAPS = /(?:(?!\u200c|\u200d)[\s\p{Cc}\p{Cf}])+/gu;

/** Longest message that goes to the engine, in UTF-16 units: it travels in the trailers of an answer. */
const MAX_MESSAGE = 16_384;

/**
 * A message as the engine may have it: well-formed Unicode, without unseen characters, and not
 * endless. An answer that holds half of a surrogate pair is never sent by gRPC, and the engine waits
 * for it for ever.
 */
export function messageText(text: string): string {
  return cut(text.toWellFormed(), MAX_MESSAGE).replaceAll(UNSEEN_IN_LINES, escaped);
}

/** A text with an escape in place of each character that cannot be seen: `\u202e`. */
export function withUnseenEscaped(text: string): string {
  return text.replaceAll(UNSEEN, escaped);
}

/** A text on one line, well-formed, without characters that cannot be seen, cut to a length. */
export function oneLine(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  return cut(text.toWellFormed().replaceAll(GAPS, " ").trim(), maxLength);
}

/** The beginning of a text, with `…` where there is more. */
export function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${slice(text, 0, maxLength)}…`;
}

/** A part of a text, by UTF-16 units, from which no half of a character is left at either end. */
export function slice(text: string, start: number, end: number): string {
  return text.slice(boundary(text, start), boundary(text, end));
}

function boundary(text: string, at: number): number {
  // Only a character of two units has a code point beyond 16 bits.
  const isInside = (text.codePointAt(at - 1) ?? 0) > 0xffff;
  return isInside ? at - 1 : at;
}

/** Unit by unit: some of these characters, such as those in flags, have two. */
function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
