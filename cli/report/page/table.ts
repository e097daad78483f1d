/**
 * The matrix as the script works with it.
 *
 * @module
 */
import { ROWS_IN_BLOCK } from "../html/outcomes";
import { element, elements } from "./dom";

/** A setting. */
export interface Row {
  readonly place: number;
  readonly row: HTMLTableRowElement;
  /** Name, id, values and authors of drift, in lower case. */
  readonly text: string;
  readonly name: string;
  readonly app: string;
  readonly count: number;
  /** Cells of the tenants, by the tenants' places. */
  readonly cells: readonly HTMLTableCellElement[];
}

/** A tenant. */
export interface Column {
  readonly place: number;
  readonly head: HTMLTableCellElement;
  readonly name: string;
  /** Name and id, in lower case. */
  readonly text: string;
  /** Number of settings that deviate or drifted. */
  readonly count: number;
}

/** The matrix. */
export interface Matrix {
  readonly table: HTMLTableElement;
  readonly headRow: HTMLTableRowElement;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  /** Cells before those of the tenants. */
  readonly before: number;
}

/** Whether a cell deviates from the baseline, or drifted. */
export function isStriking(cell: Element): boolean {
  return /^[dmu]$/.test(cell.className) || cell.querySelector("b") !== null;
}

/** Reads the matrix of the page. */
export function matrixOf(): Matrix {
  const table = element<HTMLTableElement>(".matrix table");
  const headRow = element<HTMLTableRowElement>("thead tr", table);
  const before = elements("th:not([data-t])", headRow).length;
  const rows = elements<HTMLTableRowElement>("tbody tr", table).map((row) => rowOf(row, before));
  const columns = elements<HTMLTableCellElement>("th[data-t]", headRow).map((head, place) => {
    const id = element<HTMLElement>(".tenant", head).title;
    const name = head.textContent ?? "";
    const count = rows.filter(({ cells }) => isStriking(cells[place] as Element)).length;
    return { place, head, name, text: `${name} ${id}`.toLowerCase(), count };
  });
  return { table, headRow, rows, columns, before };
}

/** Puts rows into the blocks of the table, so that each block holds as many rows that are shown. */
export function layOut({ table }: Pick<Matrix, "table">, rows: readonly Row[]): void {
  const shown = rows.filter(({ row }) => !row.hidden);
  const hidden = rows.filter(({ row }) => row.hidden);
  for (const [block, body] of [...table.tBodies].entries()) {
    const own = shown.slice(block * ROWS_IN_BLOCK, (block + 1) * ROWS_IN_BLOCK);
    body.append(...own.map(({ row }) => row));
    body.style.setProperty("--rows", String(own.length));
    body.hidden = own.length === 0;
  }
  // Where nothing shows them, they wait.
  [...table.tBodies].at(-1)?.append(...hidden.map(({ row }) => row));
}

function rowOf(row: HTMLTableRowElement, before: number): Row {
  const { s = "0", app = "", count = "0", authors = "" } = row.dataset;
  const values = new Set([...row.cells].slice(1).map((cell) => cell.textContent));
  const head = row.cells[0]?.textContent ?? "";
  return {
    place: Number(s),
    row,
    text: `${head} ${[...values].join(" ")} ${authors}`.toLowerCase(),
    name: element(".name", row).textContent ?? "",
    app,
    count: Number(count),
    cells: [...row.cells].slice(before),
  };
}
