import type { Source } from "../sources/source";

/** Roads for which a program can be written. */
export const ROADS = ["cloudPolicy", "intune"] as const;

/** A road for which a program is written. */
export type Road = (typeof ROADS)[number];

/** A source with what the road can carry of whom it is for: Intune's targets leave no condition of theirs. */
export function forRoad(source: Source, road: Road): Source {
  const { targets, ...rest } = source;
  if (road === "cloudPolicy") return rest;
  return targets === undefined ? source : { ...source, conditions: [] };
}
