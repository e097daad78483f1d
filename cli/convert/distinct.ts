/** Names that differ, in their order: the second of the same name gets the number 2, and so on. */
export function distinct(
  names: readonly string[],
  numbered: (name: string, number: number) => string,
): string[] {
  const taken = new Set<string>();
  const last = new Map<string, number>();
  return names.map((base) => {
    let number = last.get(base) ?? 1;
    let name = base;
    while (taken.has(name)) {
      number += 1;
      name = numbered(base, number);
    }
    last.set(base, number);
    taken.add(name);
    return name;
  });
}
