/** Deepest JSON that is processed, in levels: far below the limit of recursive functions. */
export const MAX_NESTING = 200;

/** Whether a value has more levels of lists and objects than {@link MAX_NESTING}. */
export function isNestedTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= MAX_NESTING; depth += 1) {
    level = level.flatMap((item) =>
      typeof item === "object" && item !== null ? (Object.values(item) as unknown[]) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}
