/**
 * The two types of Cloud Policy's policies. They are in one list, which the resources and commands read; one type can be
 * open without the other.
 *
 * @module
 */
import { type Asked, askRoad, type Way } from "./ask";
import type { Road } from "./roads";

/** Asks for the list of all types, and for each type alone. @returns an answer for each road, in their order. */
export async function askTypes(roads: readonly Road[], way: Way): Promise<Asked[]> {
  const [road] = roads;
  if (road?.list === undefined) return [];
  const [list, ...types] = await Promise.all([
    askRoad({ ...road, path: road.list }, way),
    ...roads.map((each) => askRoad(each, way)),
  ]);
  return types.map((own) => ofType(list, own, types));
}

/**
 * The answer for one type. A service may take no path that names a type: if it lists all policies and no type alone, the
 * list counts for both.
 */
function ofType(list: Asked, own: Asked, types: readonly Asked[]): Asked {
  const isToldApart = list.verdict.state === "open" && types.some(isOpen);
  const verdict = isToldApart ? own.verdict : { ...list.verdict, isOfList: true as const };
  return { ...list, verdict, alone: own.verdict };
}

function isOpen({ verdict }: Asked): boolean {
  return verdict.state === "open";
}
