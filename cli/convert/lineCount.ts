import type { Resolution } from "./resolution";

/** Numbers of a source's values that are converted and that are left. */
export interface LineCount {
  readonly converted: (source: string) => number;
  readonly left: (source: string) => number;
}

export function lineCount({ converted, left }: Resolution): LineCount {
  return { converted: countOf(converted), left: countOf(left) };
}

function countOf(lines: readonly { readonly source: string }[]): (source: string) => number {
  const bySource = Map.groupBy(lines, ({ source }) => source);
  return (source) => bySource.get(source)?.length ?? 0;
}
