/**
 * The lists of the page, sorted by their columns.
 *
 * @module
 */
import { elements, make } from "./dom";
import { byText, inOrder, nextOrder } from "./order";

/** Text of a cell without a value. It comes last in every order. */
const NOTHING = /^(?:|–|not known)$/;

/** Lets the lists be sorted. A list of one row, and a column of lists, have no order. */
export function sortLists(): void {
  for (const table of elements<HTMLTableElement>(".wide table")) {
    const [body] = table.tBodies;
    const rows = [...(body?.rows ?? [])];
    const [first] = rows;
    if (body === undefined || first === undefined || rows.length < 2) continue;
    for (const [column, head] of elements<HTMLTableCellElement>("thead th", table).entries()) {
      if (first.cells[column]?.querySelector("li") != null) continue;
      const button = make("button", { type: "button", class: "sort" }, ...head.childNodes);
      head.append(button);
      head.ariaSort = "none";
      button.addEventListener("click", () => body.append(...sorted(rows, head, column)));
    }
  }
}

function sorted(
  rows: readonly HTMLTableRowElement[],
  head: HTMLTableCellElement,
  column: number,
): readonly HTMLTableRowElement[] {
  const isNumber = rows[0]?.cells[column]?.classList.contains("n") === true;
  const order = nextOrder(head, isNumber ? "descending" : "ascending");
  const keyed = rows.map((row) => ({ row, key: keyOf(row.cells[column]) }));
  const [given, nothing] = [false, true].map((isNothing) =>
    keyed.filter(({ key }) => NOTHING.test(key) === isNothing),
  );
  if (given === undefined || nothing === undefined || order === "none") return rows;
  const ordered = inOrder(given, order, (a, b) => byText(a.key, b.key));
  return [...ordered, ...nothing].map(({ row }) => row);
}

/** Text by which a cell is sorted: of a number its digits alone. */
function keyOf(cell: HTMLTableCellElement | undefined): string {
  const text = cell?.textContent?.trim() ?? "";
  return cell?.classList.contains("n") === true ? text.replaceAll(",", "") : text;
}
