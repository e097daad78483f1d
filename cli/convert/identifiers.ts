/** Names of a program's constants, one for each resource name, in their order: `macro-security` is `macroSecurityPolicy`. */
export function identifiers(resourceNames: readonly string[]): string[] {
  const taken = new Set<string>();
  return resourceNames.map((resourceName) => {
    const base = identifier(resourceName);
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}${number}`;
    taken.add(name);
    return name;
  });
}

/** No word of the language ends in `Policy`, nor does a name that a program imports. */
const SUFFIX = "Policy";

function identifier(resourceName: string): string {
  const words = resourceName.split(/[^\p{ID_Continue}]+/u).filter(Boolean);
  const whose = words.at(-1)?.toLowerCase() === "policy" ? words.slice(0, -1) : words;
  const [first = "", ...others] = whose;
  const name = [first, ...others.map(capitalized)].join("");
  const isName = /^\p{ID_Start}/u.test(name);
  return isName ? `${name}${SUFFIX}` : `policy${capitalized(name)}`;
}

function capitalized(word: string): string {
  const [first = "", ...others] = word;
  return first.toUpperCase() + others.join("");
}
