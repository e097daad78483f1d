/**
 * Sentences about a comparison as a whole.
 *
 * @module
 */
import { listing } from "../../provider/catalogue/listing";
import type { ComparedSetting } from "./comparison";
import {
  areOfTwoTenants,
  type BySide,
  isAudienceTold,
  policyName,
  SIDES,
  type Side,
  type SideName,
} from "./side";

/** Most policies that a note names. */
const MOST_NAMED = 3;

/** Notes about what keeps the result from being certain: what was not read, and what reaches nobody. */
export function doubts(sides: BySide<Side>, settings: readonly ComparedSetting[]): string[] {
  return SIDES.flatMap((side) => [
    ...sides[side].notes.map((note) => `${side}: ${note}`),
    ...idleNotes(side, settings),
  ]);
}

/** A note about settings that are the same, and that one side gives to nobody. */
function idleNotes(side: SideName, settings: readonly ComparedSetting[]): string[] {
  const reachesNobody = ({ effects }: ComparedSetting, name: SideName) =>
    effects[name].every(({ fate }) => fate === "idle");
  const { length } = settings.filter(
    (each) =>
      each.outcome === "same" &&
      reachesNobody(each, side) &&
      SIDES.some((name) => !reachesNobody(each, name)),
  );
  if (length === 0) return [];
  const what =
    length === 1 ? "1 setting that is" : `${length.toLocaleString("en")} settings that are`;
  return [
    `${side} gives ${what} the same to no group, so nobody gets ${length === 1 ? "it" : "them"}`,
  ];
}

/** A note about two sides that are one: a prefix of a variable, or an argument, may be wrong. */
export function oneSideNotes({ left, right }: BySide<Side>): string[] {
  return left.title === right.title ? [`both sides are the same ${left.title}`] : [];
}

/** Notes about groups that are not compared. */
export function groupNotes(sides: BySide<Side>): string[] {
  if (areOfTwoTenants(sides)) {
    return [
      "the sides are of two tenants, so their groups are not compared, but the values and their order",
    ];
  }
  return SIDES.flatMap((side) => {
    const { policies } = sides[side];
    const silent = policies.filter(({ audience }) => !isAudienceTold(audience));
    if (silent.length === 0) return [];
    const names = listing(silent.map(policyName), MOST_NAMED, "and");
    const whose = silent.length === policies.length ? "its policies" : names;
    return [
      `${side} does not say which groups get ${whose}, so only the values are compared there`,
    ];
  });
}
