/**
 * Texts that others may write and that a process, a terminal or a protocol may stumble over.
 *
 * @module
 */

/** A character of two UTF-16 units. */
const FACE = "\u{1F600}";

const MEGABYTE = 1_000_000;

/** Characters that no text should hold, and may. */
const PIECES = [
  "\0",
  "\u0007\u001b[2J\u001b]0;title\u0007",
  "\r\n\t",
  "\u0085\u009b",
  "\u2028\u2029",
  "\u202e\u202d\u2066\u2069\u200e\u200f\u061c",
  "\ufeff\u200b\u2060",
  "\ufffd\uffff",
  FACE,
  "\u{1F468}\u200d\u{1F469}\u200d\u{1F467}",
  "\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}",
  "%00%ud800%",
  "\\u0000\\ud800",
  `"'\`$\{}</script>`,
] as const;

/** Halves of surrogate pairs, at the end, at the beginning, in the middle, and the wrong way round. */
const HALVES = ["\ud83d", "\ude00", "\ud83d\ud83d\ude00", "\ude00\ud83d", "\ud800\u0300", "\udfff"];

/** The lengths at which this package cuts what it shows, and some around them. */
const CUTS = [100, 120, 250, 500, 4_096, 16_384].flatMap((at) =>
  [-3, -2, -1, 0, 1].map((by) => at + by),
);

/**
 * Texts that are well-formed: all others are no Unicode, and refused as inputs.
 *
 * @public
 */
export function wellFormedTexts(count: number): string[] {
  return texts(count, (text) => text.toWellFormed());
}

/** Any texts, with halves of surrogate pairs at every cut. */
export function hostileTexts(count: number): string[] {
  return texts(count, (text) => text);
}

function texts(count: number, finish: (text: string) => string): string[] {
  const all = [
    FACE.repeat(MEGABYTE / 4),
    `\u202e${"\0".repeat(MEGABYTE)}`,
    ...[...PIECES, ...HALVES],
    ...CUTS.flatMap((at) => [FACE, ...HALVES].map((piece) => `${"x".repeat(at)}${piece} more`)),
    ...[...PIECES, ...HALVES].flatMap((one) =>
      [...PIECES, ...HALVES].flatMap((other) => [`a${one}${other}`, `${one}b${other}c`]),
    ),
  ];
  if (all.length < count) throw new RangeError(`there are ${all.length} hostile texts`);
  return all.slice(0, count).map(finish);
}
