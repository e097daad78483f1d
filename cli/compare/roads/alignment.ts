/**
 * Choice of the policies of two sides that are compared, or are said to meet at a user.
 *
 * @module
 */
import {
  areOfTwoTenants,
  type BySide,
  OTHER_SIDE,
  ROAD_NAMES,
  ROADS,
  type Road,
  SIDES,
  type Side,
  type SideName,
} from "../side";

/** Two sides as they are compared. */
export interface Alignment {
  readonly sides: BySide<Side>;
  /** Road of each side, if they are two roads to the same users. Undefined: they are compared. */
  readonly roads?: BySide<Road>;
  /** Whether a setting counts as two, one on each road: both sides may have both. */
  readonly isByRoad: boolean;
  /** Sentences about policies that are not compared. */
  readonly notes: readonly string[];
}

/**
 * Aligns two sides. A tenant has the policies of one road, so of a stack or a program those of the same road are
 * compared with it. Cloud Policy beside a tenant's Intune is another road to the same users: a tenant's Cloud Policy, or a
 * stack or a program that has no policy of Intune's.
 */
export function alignmentOf(sides: BySide<Side>): Alignment {
  const [left, right] = SIDES.map((side) => fullAlignment(side, sides));
  const aligned = { left: left?.side ?? sides.left, right: right?.side ?? sides.right };
  const notes = [left?.note, right?.note].filter((note) => note !== undefined);
  const own = { left: roadsOf(aligned.left), right: roadsOf(aligned.right) };
  const hasFiles = SIDES.some((side) => isOfFiles(aligned[side]));
  const [ofLeft, ofRight] = [onlyOne(own.left), onlyOne(own.right)];
  const hasTenant = SIDES.some((side) => sides[side].road !== undefined);
  const areTwoRoads =
    hasTenant && ofLeft !== undefined && ofRight !== undefined && ofLeft !== ofRight;
  if (areTwoRoads && !hasFiles && !areOfTwoTenants(sides)) {
    return { sides: aligned, roads: { left: ofLeft, right: ofRight }, isByRoad: false, notes };
  }
  const all = new Set([...own.left, ...own.right]);
  return { sides: aligned, isByRoad: all.size > 1 && !hasFiles && !hasTenant, notes };
}

/** A side without the policies that the other one cannot have, unless the two are two roads. */
function fullAlignment(
  name: SideName,
  sides: BySide<Side>,
): { readonly side: Side; readonly note?: string } {
  const side = sides[name];
  const other = OTHER_SIDE[name];
  const { road } = sides[other];
  const own = side.policies.filter((policy) => policy.road === road);
  const { length } = side.policies;
  const isOtherRoad = own.length === 0 && road === "intune";
  if (road === undefined || own.length === length || isOtherRoad) return { side };
  if (side.road !== undefined || isOfFiles(side)) return { side };
  const rest = ROADS.filter((each) => each !== road).map((each) => ROAD_NAMES[each]);
  const count = length - own.length;
  const what = count === 1 ? ["1 policy", "is"] : [`${count.toLocaleString("en")} policies`, "are"];
  return {
    side: { ...side, policies: own },
    note: `${name} has ${what[0]} of ${rest.join(" and ")}, which ${what[1]} not compared: ${other} has those of ${ROAD_NAMES[road]} only`,
  };
}

function roadsOf({ road, policies }: Side): ReadonlySet<Road> {
  const found = road === undefined ? policies.map((policy) => policy.road) : [road];
  return new Set(found.filter((each) => each !== undefined));
}

/** Whether a side was read from files, whose settings may take either road. */
function isOfFiles({ road, policies }: Side): boolean {
  return road === undefined && policies.some((policy) => policy.road === undefined);
}

function onlyOne(roads: ReadonlySet<Road>): Road | undefined {
  const [road, ...others] = roads;
  return others.length === 0 ? road : undefined;
}
