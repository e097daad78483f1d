/**
 * Orders by the heads of a table: the matrix and the lists share them.
 *
 * @module
 */
import { elements } from "./dom";

/** Order of a column. */
export type Order = "ascending" | "descending" | "none";

/** Compares texts as a reader does: `Policy 2` before `Policy 10`. */
export const byText = new Intl.Collator("en", { numeric: true }).compare;

/**
 * The next order of a column, told to assistive technology: the same head again turns the order round, and a third time
 * restores the first. The other columns of the table lose theirs.
 *
 * @param first - Order that a first click gives.
 */
export function nextOrder(
  head: HTMLTableCellElement,
  first: Exclude<Order, "none"> = "ascending",
): Order {
  const second = first === "ascending" ? "descending" : "ascending";
  const old = head.ariaSort;
  const next = old === "none" ? first : old === first ? second : "none";
  for (const each of elements("[aria-sort]", head.parentElement as Element)) each.ariaSort = "none";
  head.ariaSort = next;
  return next;
}

/** Sorts by an order; what is equal stays as it was. */
export function inOrder<T>(
  items: readonly T[],
  order: Order,
  compare: (a: T, b: T) => number,
): readonly T[] {
  if (order === "none") return items;
  return items.toSorted((a, b) => (order === "descending" ? -compare(a, b) : compare(a, b)));
}
