import { distinct } from "./distinct";

/** Names of a program's constants, one for each resource name, in their order: `macro-security` is `macroSecurityPolicy`. */
export function identifiers(resourceNames: readonly string[]): string[] {
  return distinct(resourceNames.map(identifier), (name, number) => `${name}${number}`);
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
