import type { Source } from "../sources/source";
import { distinct } from "./distinct";

/** Sources with names that tell them apart: those of the same name get their path behind it, and a number if need be. */
export function uniquelyNamed(sources: readonly Source[]): Source[] {
  const byName = Map.groupBy(sources, ({ name }) => name);
  const names = sources.map(({ name, path }) =>
    byName.get(name)?.length === 1 ? name : `${name} (${path})`,
  );
  const unique = distinct(names, (name, number) => `${name} ${number}`);
  return sources.map((source, index) => ({ ...source, name: unique[index] ?? source.name }));
}
