import { distance } from "fastest-levenshtein";

/** The known name that a misspelt one most likely means; undefined if none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  return nearNames(name, known, 1)[0];
}

/** The known names near a misspelt one, each once, the nearest first. @param most - The maximum number. */
export function nearNames(name: string, known: readonly string[], most = 3): string[] {
  return [...new Set(known)]
    .map((item) => ({ item, away: distance(name.toLowerCase(), item.toLowerCase()) }))
    .filter(({ away }) => isNear(name, away))
    .sort((a, b) => a.away - b.away)
    .slice(0, most)
    .map(({ item }) => item);
}

function isNear(name: string, away: number): boolean {
  return away <= Math.max(2, name.length / 3);
}
