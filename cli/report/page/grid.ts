/**
 * The matrix by keyboard, as the ARIA Authoring Practices describe a grid: one stop for Tab, arrow keys within.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 * @module
 */
import type { Matrix } from "./table";

/** Rows of a page, for Page Up and Page Down. */
const PAGE = 10;

/** Lets the keyboard move through the cells. */
export class GridKeys {
  readonly #matrix: Matrix;
  #current: HTMLElement | undefined;

  /** @param onChoose - Called for a cell that is chosen. */
  constructor(matrix: Matrix, onChoose: (cell: HTMLTableCellElement) => void) {
    this.#matrix = matrix;
    const { table } = matrix;
    table.addEventListener("keydown", (event) => this.#onKey(event, onChoose));
    table.addEventListener("focusin", ({ target }) => this.#take(target));
    table.addEventListener("click", ({ target }) => {
      const cell = (target as Element).closest<HTMLTableCellElement>("td, th");
      if (cell === null || (target as Element).closest("button, a") !== null) return;
      this.#focus(cell);
      onChoose(cell);
    });
    for (const button of table.querySelectorAll("button")) button.tabIndex = -1;
    this.refresh();
  }

  /** Keeps the stop for Tab on a cell that is shown. */
  refresh(): void {
    const isShown = this.#current?.isConnected === true && this.#current.offsetParent !== null;
    if (!isShown) this.#stop(this.#rows()[0]?.[0]);
  }

  #take(target: EventTarget | null): void {
    const cell = (target as Element).closest<HTMLElement>("td, th");
    if (cell !== null) this.#stop(cell);
  }

  /** Makes a cell the one that Tab reaches. */
  #stop(cell: HTMLElement | undefined): void {
    if (cell === undefined || cell === this.#current) return;
    if (this.#current !== undefined) this.#current.tabIndex = -1;
    this.#current = cell;
    cell.tabIndex = 0;
  }

  #focus(cell: HTMLElement | undefined): void {
    if (cell === undefined) return;
    this.#stop(cell);
    const button = cell.querySelector("button");
    (button ?? cell).focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** The cells that are shown, row by row, with the heads. */
  #rows(): HTMLTableCellElement[][] {
    const { table } = this.#matrix;
    return [...table.rows]
      .filter(({ hidden }) => !hidden)
      .map((row) => [...row.cells].filter(({ hidden }) => !hidden));
  }

  #onKey(event: KeyboardEvent, onChoose: (cell: HTMLTableCellElement) => void): void {
    const cell = (event.target as Element).closest<HTMLTableCellElement>("td, th");
    if (cell === null || event.altKey || event.metaKey) return;
    const isButton = (event.target as Element).closest("button") !== null;
    if ((event.key === "Enter" || event.key === " ") && !isButton) {
      event.preventDefault();
      onChoose(cell);
      return;
    }
    const rows = this.#rows();
    const row = rows.findIndex((cells) => cells.includes(cell));
    const column = rows[row]?.indexOf(cell) ?? 0;
    const target = targetOf(event, {
      row,
      column,
      lastRow: rows.length - 1,
      lastColumn: (rows[row]?.length ?? 1) - 1,
    });
    if (target === undefined) return;
    event.preventDefault();
    this.#focus(rows[target.row]?.[target.column]);
  }
}

interface Place {
  readonly row: number;
  readonly column: number;
}

function targetOf(
  { key, ctrlKey }: KeyboardEvent,
  {
    row,
    column,
    lastRow,
    lastColumn,
  }: Place & { readonly lastRow: number; readonly lastColumn: number },
): Place | undefined {
  const within = (value: number, last: number) => Math.min(Math.max(value, 0), last);
  switch (key) {
    case "ArrowUp":
      return { row: within(row - 1, lastRow), column };
    case "ArrowDown":
      return { row: within(row + 1, lastRow), column };
    case "ArrowLeft":
      return { row, column: within(column - 1, lastColumn) };
    case "ArrowRight":
      return { row, column: within(column + 1, lastColumn) };
    case "PageUp":
      return { row: within(row - PAGE, lastRow), column };
    case "PageDown":
      return { row: within(row + PAGE, lastRow), column };
    case "Home":
      return { row: ctrlKey ? 0 : row, column: 0 };
    case "End":
      return { row: ctrlKey ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}
