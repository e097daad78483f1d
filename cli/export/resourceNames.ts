/** Longest name of a resource, in UTF-16 units. */
const MAX_LENGTH = 59;

/** Name of a policy whose name has neither letters nor digits. */
const NAMELESS = "policy";

/** Characters within a word that are not part of its name: apostrophes, and what cannot be seen. */
const WITHIN_WORDS = /['’\p{Default_Ignorable_Code_Point}]/gu;

const WORD = /[\p{Letter}\p{Number}][\p{Letter}\p{Mark}\p{Number}]*/gu;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Names that tell resources apart, one for each display name, in their order: `macro-security`, `マクロ`. They keep the
 * letters of all scripts, since Pulumi takes them, and are at most 59 characters long.
 */
export function resourceNames(displayNames: readonly string[]): string[] {
  const taken = new Set<string>();
  const lastNumbers = new Map<string, number>();
  return displayNames.map((displayName) => {
    const base = shortened(wordsOf(displayName).join("-"), MAX_LENGTH) || NAMELESS;
    let number = lastNumbers.get(base) ?? 1;
    let name = base;
    while (taken.has(name)) {
      number += 1;
      const suffix = `-${number}`;
      name = `${shortened(base, MAX_LENGTH - suffix.length)}${suffix}`;
    }
    lastNumbers.set(base, number);
    taken.add(name);
    return name;
  });
}

function wordsOf(text: string): readonly string[] {
  return text.normalize("NFKC").replaceAll(WITHIN_WORDS, "").toLowerCase().match(WORD) ?? [];
}

/** Whole words, or whole characters where the first word alone is too long. */
function shortened(name: string, length: number): string {
  if (name.length <= length) return name;
  const end = name.lastIndexOf("-", length);
  if (end > 0) return name.slice(0, end);
  let kept = "";
  for (const { segment } of graphemes.segment(name)) {
    if (kept.length + segment.length > length) break;
    kept += segment;
  }
  return kept;
}
