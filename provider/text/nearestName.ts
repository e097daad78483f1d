import { closest, distance } from "fastest-levenshtein";

/** The known name that a misspelt one was most likely meant to be, or undefined if none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const nearest = closest(name.toLowerCase(), known.map((item) => item.toLowerCase()) as string[]);
  const match = known.find((item) => item.toLowerCase() === nearest);
  if (match === undefined) return undefined;
  return distance(name.toLowerCase(), nearest) <= Math.max(2, name.length / 3) ? match : undefined;
}
