/**
 * Foreign text made safe to show: on one line, in an error, under Diagnostics.
 *
 * @module
 */

/**
 * An invisible character: controls, which can steer a terminal, and formats, which can reverse a text's
 * direction. Excludes the joiners of emoji and some scripts.
 */
const UNSEEN = /(?!\u200c|\u200d)[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** The same without line feeds, because a message may have several lines. */
const UNSEEN_IN_LINES = /(?!\u200c|\u200d|\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu;

const GAPS = /(?:(?!\u200c|\u200d)[\s\p{Cc}\p{Cf}])+/gu;

/** Longest message for the engine, in UTF-16 units: it travels in the trailers of an answer. */
const MAX_MESSAGE = 16_384;

/**
 * A message that the engine can take: well-formed Unicode, without invisible characters, and not too long.
 * gRPC never sends an answer with half of a surrogate pair, and the engine waits for it forever.
 */
export function messageText(text: string): string {
  return cut(text.toWellFormed(), MAX_MESSAGE).replaceAll(UNSEEN_IN_LINES, escaped);
}

/** A text with each invisible character escaped: `\u202e`. */
export function withUnseenEscaped(text: string): string {
  return text.replaceAll(UNSEEN, escaped);
}

/** A text on one line, well-formed, without invisible characters, cut to a length. */
export function oneLine(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  return cut(text.toWellFormed().replaceAll(GAPS, " ").trim(), maxLength);
}

/** The beginning of a text; ends in `…` if it was cut. */
export function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${slice(text, 0, maxLength)}…`;
}

/** A part of a text, by UTF-16 units, that never begins or ends with half a character. */
export function slice(text: string, start: number, end: number): string {
  return text.slice(boundary(text, start), boundary(text, end));
}

function boundary(text: string, at: number): number {
  // Only a character of two units has a code point beyond 16 bits.
  const isInside = (text.codePointAt(at - 1) ?? 0) > 0xffff;
  return isInside ? at - 1 : at;
}

/** Escapes each unit: some of these characters, such as those in flags, have two. */
function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
