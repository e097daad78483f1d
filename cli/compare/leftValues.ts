/**
 * Values of sources that are not compared, by reason.
 *
 * @module
 */
import type { LeftKind, LeftLine } from "../convert/resolution";
import { productOf } from "../convert/summary";
import type { SideName } from "./side";

/** A value of a side that is not compared. */
export interface SideLeftLine extends LeftLine {
  readonly side: SideName;
}

/** Values of one source that are not compared for one reason. */
export interface LeftGroup {
  readonly side: SideName;
  readonly source: string;
  readonly reason: string;
  /** Keys with their value names; of other products' values a line for each product. */
  readonly places: readonly string[];
  /** Number of values. */
  readonly count: number;
}

/** Kinds of values that may be settings of Cloud Policy: it is not known which, or with what value. */
const UNCLEAR: ReadonlySet<LeftKind> = new Set(["ambiguous", "value", "incomplete", "unread"]);

/** Whether a value may be a setting, so that the sides may differ in it. */
export function isUnclear({ kind }: Pick<LeftLine, "kind">): boolean {
  return UNCLEAR.has(kind);
}

/** Groups values by side, source and reason, in their order. */
export function leftGroups(lines: readonly SideLeftLine[]): LeftGroup[] {
  const keyOf = ({ side, source, reason }: SideLeftLine) => JSON.stringify([side, source, reason]);
  return [...Map.groupBy(lines, keyOf).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { side, source, reason, kind } = first;
    const places = kind === "foreign" ? products(group) : group.map(placeOf);
    return [{ side, source, reason, places, count: group.length }];
  });
}

function placeOf({ key, valueName }: LeftLine): string {
  return valueName === "" ? key : `${key}\\${valueName}`;
}

function products(lines: readonly LeftLine[]): string[] {
  const byProduct = Map.groupBy(lines, ({ key }) => productOf(key));
  return [...byProduct].map(([product, { length }]) => `${product} (${length})`);
}
