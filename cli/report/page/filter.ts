/**
 * Search, filters and orders of the matrix.
 *
 * @module
 */
import { element, elements } from "./dom";
import { byText, inOrder, nextOrder } from "./order";
import { type Column, isStriking, layOut, type Matrix, type Row } from "./table";

/** Milliseconds between the last key and the search. */
const PAUSE_MS = 120;

/** Search, filters and orders. */
export class Filter {
  readonly #matrix: Matrix;
  readonly #form = element<HTMLFormElement>(".controls");
  readonly #onChange: () => void;
  /** The rows in the order in which they stand. */
  #sorted: readonly Row[];

  /** Lets the controls work. @param onChange - Called when other cells are shown, or in another order. */
  constructor(matrix: Matrix, onChange: () => void) {
    this.#matrix = matrix;
    this.#sorted = matrix.rows;
    this.#onChange = onChange;
    this.#form.hidden = false;
    this.#listen();
    this.#say();
  }

  #listen(): void {
    const form = this.#form;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const apply = () => {
      clearTimeout(timer);
      this.#apply();
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(apply, PAUSE_MS);
    });
    // Enter, too, is a change.
    form.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLSelectElement) orderColumns(this.#matrix, target.value);
      apply();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => {
      setTimeout(() => {
        orderColumns(this.#matrix, "given");
        apply();
      });
    });
    for (const button of elements<HTMLButtonElement>("button.sort", this.#matrix.headRow)) {
      button.addEventListener("click", () => {
        this.#sorted = sorted(this.#matrix, button);
        layOut(this.#matrix, this.#sorted);
        button.focus();
        this.#onChange();
      });
    }
  }

  #apply(): void {
    const { rows, columns, table } = this.#matrix;
    const given = new FormData(this.#form);
    const [settings, tenants] = ["settings", "tenants"].map((name) => wordsIn(given.get(name)));
    const isOnly = given.has("only");
    const shownColumns = columns.filter(
      ({ text, count }) => has(text, tenants) && (!isOnly || count > 0),
    );
    const isShown = ({ text, cells }: Row) =>
      has(text, settings) &&
      (!isOnly || shownColumns.some(({ place }) => isStriking(cells[place] as Element)));
    const changed = rows.filter((row) => row.row.hidden === isShown(row));
    for (const { row } of changed) row.hidden = !row.hidden;
    if (changed.length > 0) layOut(this.#matrix, this.#sorted);
    for (const column of columns) {
      const isHidden = !shownColumns.includes(column);
      hide(column.head, isHidden);
      for (const { cells } of rows) hide(cells[column.place] as HTMLElement, isHidden);
    }
    table.style.setProperty("--tenants", String(shownColumns.length));
    this.#say();
    this.#onChange();
  }

  /** Says how much is shown. */
  #say(): void {
    const { rows, columns } = this.#matrix;
    const shownRows = rows.filter(({ row }) => !row.hidden).length;
    const shownColumns = columns.filter(({ head }) => !head.hidden).length;
    element<HTMLElement>(".nothing").hidden = shownRows > 0 && shownColumns > 0;
    element<HTMLElement>("output", this.#form).textContent =
      `${shownRows} of ${rows.length} settings, ${shownColumns} of ${columns.length} tenants`;
  }
}

function wordsIn(text: FormDataEntryValue | null): string[] {
  return String(text ?? "")
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean);
}

function has(text: string, words: readonly string[] = []): boolean {
  return words.every((word) => text.includes(word));
}

/** Sets what differs only: 20,000 cells are looked at. */
function hide(cell: HTMLElement, isHidden: boolean): void {
  if (cell.hidden !== isHidden) cell.hidden = isHidden;
}

function orderColumns({ columns, rows, headRow }: Matrix, order: string): void {
  const sorted = columns.toSorted(COLUMN_ORDERS[order] ?? byPlace);
  headRow.append(...sorted.map(({ head }) => head));
  for (const { row, cells } of rows) row.append(...sorted.map(({ place }) => cells[place] as Node));
}

const byPlace = (a: Column, b: Column) => a.place - b.place;

const COLUMN_ORDERS: Readonly<Record<string, (a: Column, b: Column) => number>> = {
  given: byPlace,
  name: (a, b) => byText(a.name, b.name) || byPlace(a, b),
  count: (a, b) => b.count - a.count || byPlace(a, b),
};

/** The rows sorted by a column: by numbers the greatest first. */
function sorted({ rows }: Matrix, button: HTMLButtonElement): readonly Row[] {
  const isCount = button.dataset.by === "count";
  const head = button.parentElement as HTMLTableCellElement;
  const order = nextOrder(head, isCount ? "descending" : "ascending");
  return inOrder(rows, order, isCount ? byCount : byName);
}

const byCount = (a: Row, b: Row) => a.count - b.count;
const byName = (a: Row, b: Row) => byText(a.name, b.name);
