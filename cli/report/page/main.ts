/**
 * The script of the page. All that the report says stands on the page without it, too.
 *
 * @module
 */
import { showDetail } from "./detail";
import { elements } from "./dom";
import { Filter } from "./filter";
import { GridKeys } from "./grid";
import { sortLists } from "./lists";
import { matrixOf } from "./table";

const matrix = matrixOf();
const keys = new GridKeys(matrix, (cell) => showDetail(matrix, cell));
new Filter(matrix, () => keys.refresh());
sortLists();

/** Opens the policies of a tenant before a link leads there. */
function open(hash: string): void {
  const target = document.getElementById(hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

addEventListener("click", ({ target }) => {
  const link = (target as Element).closest<HTMLAnchorElement>('a[href^="#"]');
  if (link !== null) open(link.hash);
});
addEventListener("hashchange", () => open(location.hash));
open(location.hash);

// On paper nothing can be opened.
let closed: HTMLDetailsElement[] = [];
addEventListener("beforeprint", () => {
  closed = elements<HTMLDetailsElement>("details:not([open])");
  for (const each of closed) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of closed) each.open = false;
});
