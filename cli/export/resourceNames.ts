import slugify from "slugify";

/** Names that tell resources apart, one for each display name, in their order: `macro-security`. */
export function resourceNames(displayNames: readonly string[]): string[] {
  const taken = new Set<string>();
  return displayNames.map((displayName) => {
    const base = slugify(displayName, { lower: true, strict: true }) || "policy";
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`;
    taken.add(name);
    return name;
  });
}
