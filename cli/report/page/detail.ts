/**
 * The policies behind a cell.
 *
 * @module
 */
import { FATE_NUMBERS, FATES, OUTCOMES } from "../html/outcomes";
import type { PackedCell, PackedValue, PageData } from "../html/pageData";
import { element, make, name } from "./dom";
import type { Matrix } from "./table";

const FATE_WORDS = FATE_NUMBERS.map((fate) => FATES[fate]);

let data: PageData | undefined;

/** The data of the page, read when it is first needed. */
function pageData(): PageData {
  data ??= JSON.parse(element("#data").textContent ?? "") as PageData;
  return data;
}

/** Shows what stands behind a cell: a tenant's policies, or the baseline's. */
export function showDetail(matrix: Matrix, cell: HTMLTableCellElement): void {
  const row = matrix.rows.find((each) => each.row === cell.parentElement);
  if (row === undefined) return;
  const tenant = matrix.columns.find(({ place }) => row.cells[place] === cell);
  const dialog = element<HTMLDialogElement>("dialog");
  dialog.replaceChildren(...contentOf(row.place, row.row, tenant, cell));
  dialog.showModal();
}

type Tenant = Matrix["columns"][number];

function contentOf(
  place: number,
  row: HTMLTableRowElement,
  tenant: Tenant | undefined,
  cell: Element,
): Node[] {
  const [baseline, cells] = pageData().rows[place] ?? [[], []];
  const hasBaseline = document.body.classList.contains("based");
  const title = element(".name", row).textContent ?? "";
  const id = row.querySelector("code")?.textContent ?? "";
  const head = make("h2", { id: "cell-title" }, name(title));
  const close = make("button", { type: "button", class: "close", autofocus: "" }, "Close");
  close.addEventListener("click", () => element<HTMLDialogElement>("dialog").close());
  return [
    make("div", { class: "dialog-head" }, head, close),
    ...(id === "" ? [] : [make("p", {}, make("code", {}, id))]),
    ...(hasBaseline ? [make("h3", {}, "Baseline"), valueTable(baseline)] : []),
    ...(tenant === undefined
      ? [summaryOf(row)]
      : tenantPart(
          tenant,
          cells[tenant.place] ?? [],
          cell,
          pageData().drift[`${place} ${tenant.place}`] ?? [],
        )),
  ];
}

/** The number of tenants of each outcome. */
function summaryOf(row: HTMLTableRowElement): HTMLElement {
  const items = Object.values(OUTCOMES).flatMap(({ style, words }) => {
    const { length } = row.querySelectorAll(`td.${style}`);
    return length === 0
      ? []
      : [make("li", {}, `${length} ${length === 1 ? "tenant" : "tenants"}: ${words}`)];
  });
  return make("ul", {}, ...items);
}

function tenantPart(
  tenant: Tenant,
  packed: PackedCell,
  cell: Element,
  drift: PageData["drift"][string],
): Node[] {
  const [values, remarks] = unpacked(packed);
  const outcome = Object.values(OUTCOMES).find(({ style }) => cell.classList.contains(style));
  const { texts } = pageData();
  const link = make("a", { href: `#tenant-${tenant.place}` }, "All policies of this tenant");
  link.addEventListener("click", () => element<HTMLDialogElement>("dialog").close());
  const notes = [
    ...remarks.map((remark) => [name(texts[remark] ?? "")]),
    ...drift.map(([policy, code, live, author]) => {
      const [before, after] = [code, live].map((value) => texts[value] ?? "not set");
      const pieces = author.map((piece, place) =>
        place % 2 === 0 ? (texts[piece] ?? "") : name(texts[piece] ?? ""),
      );
      const change = name(`drift in ${texts[policy]}: ${before} → ${after}`);
      return pieces.length === 0 ? [change] : [change, ", ", ...pieces];
    }),
  ];
  return [
    make("h3", {}, name(tenant.name)),
    make("p", {}, make("strong", {}, outcome?.words ?? "")),
    ...(values.length === 0 ? [] : [valueTable(values)]),
    ...(notes.length === 0
      ? []
      : [make("ul", {}, ...notes.map((note) => make("li", {}, ...note)))]),
    make("p", {}, link),
  ];
}

function unpacked(cell: PackedCell): readonly [readonly PackedValue[], readonly number[]] {
  if (cell.length === 3 && cell[2] === 0)
    return [cell[0] as readonly PackedValue[], cell[1] as readonly number[]];
  return [cell as readonly PackedValue[], []];
}

function valueTable(values: readonly PackedValue[]): HTMLElement {
  if (values.length === 0) return make("p", {}, "not set");
  const { texts } = pageData();
  const heads = ["Value", "Policy", "Groups", "Which wins"].map((text) =>
    make("th", { scope: "col" }, text),
  );
  const rows = values.map(([text, policy, fate, groups]) =>
    make(
      "tr",
      {},
      ...[
        texts[text] ?? "",
        texts[policy] ?? "",
        groups < 0 ? "not known" : texts[groups] || "no group",
        FATE_WORDS[fate] ?? "",
      ].map((each) => make("td", {}, name(each))),
    ),
  );
  return make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
}
