import slugify from "slugify";

/** Dashes, brackets and the like. Signs that slugify has a word for, such as `&`, are none. */
const SEPARATORS = /[\p{Pc}\p{Pd}\p{Ps}\p{Pe}/\\:;,.]+/gu;

/** Names that tell resources apart, one for each display name, in their order: `macro-security`. */
export function resourceNames(displayNames: readonly string[]): string[] {
  const taken = new Set<string>();
  return displayNames.map((displayName) => {
    // Words stay apart that have no space between them.
    const words = displayName.replaceAll(SEPARATORS, " ");
    const base = slugify(words, { lower: true, strict: true }) || "policy";
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`;
    taken.add(name);
    return name;
  });
}
