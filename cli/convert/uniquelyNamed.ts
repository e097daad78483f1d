import type { Source } from "../sources/source";

/** Sources with names that tell them apart: those of the same name get their path behind it, and a number if need be. */
export function uniquelyNamed(sources: readonly Source[]): Source[] {
  const count = Map.groupBy(sources, ({ name }) => name);
  const taken = new Set<string>();
  return sources.map((source) => {
    const isOnly = (count.get(source.name) ?? []).length === 1;
    const base = isOnly ? source.name : `${source.name} (${source.path})`;
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base} ${number}`;
    taken.add(name);
    return { ...source, name };
  });
}
