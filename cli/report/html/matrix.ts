/**
 * The matrix of the page: a row for each setting, a column for each tenant.
 *
 * Rows are laid out as grids of their own, in blocks of which the browser draws only those in sight (`content-visibility`)
 * and still finds, prints and reads out all of them. The roles are written out, because that takes them from a table's
 * elements.
 *
 * @module
 */
import { deviates } from "../counts";
import { appOf } from "../matrix";
import type { Cell, Outcome, Report, ReportSetting, ReportTenant } from "../model";
import { type Html, html, joined, name } from "./html";
import { OUTCOMES, ROADS_IN_CELL, ROWS_IN_BLOCK } from "./outcomes";
import { section } from "./words";

/** Longest value in a cell, in characters: the rest stands in the details. */
const MAX_CELL = 40;

/** Legend of the signs, where there is a baseline. */
const LEGEND: readonly (readonly [Outcome, string])[] = [
  ["same", "as in the baseline"],
  ["different", "another value"],
  ["missing", "only the baseline has it"],
  ["extra", "only the tenant has it; does not count as a deviation"],
  ["unknown", "secret in a state, or not known yet"],
  ["unread", "the tenant could not be read"],
  ["absent", "neither has it"],
];

/** The section with the matrix. */
export function matrixSection(report: Report): Html {
  const { tenants, settings, baseline } = report;
  const authors = authorsBySetting(tenants);
  const about = `Each cell says what a tenant has${baseline === null ? "" : " beside the baseline"}. Choose one for its policies, and for who gets which value: with the mouse, or with the arrow keys and Enter.`;
  return section(
    "settings",
    "Settings by tenant",
    about,
    html`${legend(report)}
${controls(authors.size > 0)}
<p class="too-wide">The matrix of ${tenants.length} tenants is wider than paper. “Setting by setting” below has the same.</p>
<div class="matrix">
<table role="grid" aria-label="Settings by tenant" aria-readonly="true">
<thead role="rowgroup">${head(tenants, baseline !== null)}</thead>
${joined(blocks(settings.map((setting, index) => row(setting, index, baseline !== null, authors))))}</table>
</div>
<p class="nothing" hidden>No setting and tenant fits this search.</p>`,
  );
}

/** The authors of drift by payload and setting: a search finds them. */
function authorsBySetting(tenants: readonly ReportTenant[]): ReadonlyMap<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { payload, key, author } of tenants.flatMap(({ drift }) => drift)) {
    if (author === null || key === null) continue;
    const place = `${payload} ${key}`;
    found.set(place, (found.get(place) ?? new Set()).add(author.by));
  }
  return found;
}

function blocks(rows: readonly Html[]): Html[] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_IN_BLOCK) }, (_, block) => {
    const first = block * ROWS_IN_BLOCK;
    const own = rows.slice(first, first + ROWS_IN_BLOCK);
    return html`<tbody role="rowgroup">
${joined(own)}</tbody>
`;
  });
}

function legend({ baseline, settings }: Report): Html {
  const hasBaseline = baseline !== null;
  const shown = hasBaseline ? LEGEND : LEGEND.filter(([outcome]) => outcome !== "same");
  const kinds = hasBaseline ? shown : shown.filter(([outcome]) => WITHOUT_BASELINE.has(outcome));
  const items = kinds.map(
    ([outcome, words]) =>
      html`<li><span class="sign ${OUTCOMES[outcome].style}">${OUTCOMES[outcome].sign}</span> ${hasBaseline || outcome !== "absent" ? words : "not set"}</li>`,
  );
  return html`<ul class="legend" aria-label="Signs">${items}<li><span class="sign drifted">drift</span> not as the stack left it</li>${roadLegend(settings)}</ul>`;
}

/** Legend of the roads, if a setting comes through Intune. */
function roadLegend(settings: readonly ReportSetting[]): Html[] {
  const isUsed = settings.some(({ cells }) =>
    cells.some(({ values }) => values.some(({ road }) => road === "intune")),
  );
  if (!isUsed) return [];
  return (["intune", "same", "different", "conflict"] as const).map(
    (kind) =>
      html`<li><span class="sign${kind === "different" || kind === "conflict" ? " w" : ""}">${ROADS_IN_CELL[kind].words}</span> ${ROADS_IN_CELL[kind].about}</li>`,
  );
}

const WITHOUT_BASELINE: ReadonlySet<Outcome> = new Set(["unknown", "unread", "absent"]);

/** The script shows them: without it, they do nothing. */
const controls = (hasAuthors: boolean) => html`<form class="controls" role="search" hidden>
<label>Settings <input type="search" name="settings" autocomplete="off" placeholder="${hasAuthors ? "name, id, value or person" : "name, id or value"}"></label>
<label>Tenants <input type="search" name="tenants" autocomplete="off" placeholder="name or id"></label>
<label>Order of tenants <select name="order"><option value="given">as in the project</option><option value="name">by name</option><option value="count">most deviations first</option></select></label>
<label class="check"><input type="checkbox" name="only"> Only what deviates or drifted</label>
<button type="reset">Reset</button>
<output name="shown"></output>
</form>`;

function head(tenants: readonly ReportTenant[], hasBaseline: boolean): Html {
  const columns = tenants.map(
    ({ name: text, tenantId }, index) =>
      html`<th role="columnheader" scope="col" data-t="${index}"><span class="tenant" title="${tenantId ?? ""}">${name(text)}</span></th>`,
  );
  const count = hasBaseline ? "Deviating" : "Drifted";
  return html`<tr role="row"><th role="columnheader" scope="col" aria-sort="none"><button type="button" class="sort" data-by="name">Setting</button></th><th role="columnheader" scope="col" aria-sort="none"><button type="button" class="sort" data-by="count">${count}</button></th>${hasBaseline ? html`<th role="columnheader" scope="col">Baseline</th>` : ""}${columns}</tr>`;
}

function row(
  setting: ReportSetting,
  index: number,
  hasBaseline: boolean,
  authors: ReadonlyMap<string, Set<string>>,
): Html {
  const { cells, baseline, payload } = setting;
  const people = authors.get(`${payload} ${setting.key}`);
  const by = people === undefined ? "" : html` data-authors="${[...people].join(" ")}"`;
  const count = cells.filter((cell) => (hasBaseline ? deviates(cell) : cell.isDrifted)).length;
  const kind = payload === "policies" ? "" : html` <small>user preference</small>`;
  const base = hasBaseline
    ? html`<td role="gridcell" class="base">${baseline.length === 0 ? "–" : shortValue(baseline)}</td>`
    : "";
  return html`<tr role="row" data-s="${index}" data-app="${appOf(setting)}" data-count="${count}"${by}><th role="rowheader" scope="row"><span class="name">${name(setting.name)}${kind}</span>${codeOf(setting)}</th><td role="gridcell" class="count">${count === 0 ? "" : count}</td>${base}${joined(cells.map(cell))}</tr>
`;
}

function cell({ outcome, values, isDrifted, roads }: Cell): Html {
  const { style, sign } = OUTCOMES[outcome];
  const road = roadMark(values, roads);
  const showsValue = outcome === "different" || outcome === "extra" || outcome === "set";
  const drift = html`${road}${isDrifted ? html` <b>drift</b>` : ""}`;
  if (!showsValue) return html`<td role="gridcell" class="${style}">${sign}${drift}</td>`;
  return html`<td role="gridcell" class="${style}">${sign === "" ? "" : `${sign} `}${shortValue(values)}${drift}</td>`;
}

/** By which roads a value comes, unless it is Cloud Policy alone. */
function roadMark(values: Cell["values"], roads: Cell["roads"]): Html | string {
  const isOfIntune = values.length > 0 && values.every(({ road }) => road === "intune");
  const kind = roads?.outcome ?? (isOfIntune ? "intune" : undefined);
  if (kind === undefined) return "";
  const isClash = kind === "different" || kind === "conflict";
  return html` <i${isClash ? html` class="w"` : ""}>${ROADS_IN_CELL[kind].words}</i>`;
}

/** The value that wins, and how many others there are. */
function shortValue(values: Cell["values"]): string {
  const winning = values.filter(({ fate }) => fate === "wins");
  const [first] = winning.length > 0 ? winning : values;
  const others = new Set((winning.length > 0 ? winning : values).map(({ text }) => text)).size - 1;
  const text = first?.text ?? "";
  const short = text.length > MAX_CELL ? `${text.slice(0, MAX_CELL).toWellFormed()}…` : text;
  return others > 0 ? `${short} (+${others})` : short;
}

/** The id of a setting, unless it stands for its name already. */
export function codeOf({ name: title, key }: Pick<ReportSetting, "name" | "key">): Html | string {
  return title === key ? "" : html`<code>${key}</code>`;
}
