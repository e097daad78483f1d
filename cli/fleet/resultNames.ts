/**
 * Names and numbers in the words of a result.
 *
 * @module
 */
import { oneLine } from "../../provider/text/messageText";

/** Longest name of a policy or stack in a line. */
export const MAX_NAME = 120;

/** The name of a stack or project on one line. */
export function shownName(name: string): string {
  return oneLine(name, MAX_NAME);
}

/** A number in words of English: `1,200`. */
export function many(count: number): string {
  return count.toLocaleString("en");
}

/** The first lines of a list, and how many more there are. JSON has all. */
export function limited(lines: readonly string[], most: number): string[] {
  const more = lines.length - most;
  if (more <= 0) return [...lines];
  return [...lines.slice(0, most), `and ${many(more)} more: --format json has all`];
}

/** `1 policy pack`, `no policy packs`. */
export function packsText(count: number): string {
  if (count === 0) return "no policy packs";
  return `${many(count)} ${count === 1 ? "policy pack" : "policy packs"}`;
}
