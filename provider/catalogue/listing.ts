/** Items in a sentence: `a, b or c`; of many the first ones: `a, b and 3 more`. */
export function listing(items: readonly string[], most: number, word: "and" | "or"): string {
  const shown = items.slice(0, most);
  const more = items.length - shown.length;
  const last = more > 0 ? `${more} more` : (shown.pop() ?? "");
  const joint = more > 0 ? "and" : word;
  return shown.length === 0 ? last : `${shown.join(", ")} ${joint} ${last}`;
}
