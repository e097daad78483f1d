/**
 * The lists of the page: settings one by one, drift, policies of nobody, notes.
 *
 * @module
 */
import { deviates, unmanagedOf } from "../counts";
import type { Cell, Drift, Report, ReportSetting, ReportTenant } from "../model";
import { type Html, html, name } from "./html";
import { codeOf } from "./matrix";
import { OUTCOMES } from "./outcomes";
import {
  authorHtml,
  groupsWords,
  many,
  moment,
  roadWords,
  section,
  tenantLink,
  wideTable,
} from "./words";

/** Most tenants of one value that are named where most tenants have it. */
const MOST_NAMED = 12;

/** Settings one by one, with the tenants of each value. */
export function bySettingSection({ settings, tenants, baseline }: Report): Html {
  const isShown = (cell: Cell) =>
    baseline === null ? cell.outcome !== "unread" : deviates(cell) || cell.outcome === "extra";
  const rows = settings.flatMap(
    (setting) => settingRow(setting, tenants, isShown, baseline !== null) ?? [],
  );
  const heads = ["Setting", ...(baseline === null ? [] : ["Baseline"]), "Tenants by value"];
  const about =
    baseline === null ? "" : "Settings that some tenant has otherwise than the baseline.";
  const content =
    rows.length === 0 ? html`<p>None.</p>` : wideTable("Setting by setting", heads, rows);
  return section("by-setting", "Setting by setting", about, content);
}

function settingRow(
  { name: title, key, baseline, cells }: ReportSetting,
  tenants: readonly ReportTenant[],
  isShown: (cell: Cell) => boolean,
  hasBaseline: boolean,
): Html | undefined {
  const shown = cells.flatMap((cell, index) => (isShown(cell) ? [{ cell, index }] : []));
  if (shown.length === 0) return undefined;
  const groups = [...Map.groupBy(shown, ({ cell }) => valueWords(cell)).entries()];
  groups.sort(([, a], [, b]) => b.length - a.length);
  const items = groups.map(([value, { length }], place) => {
    const own = groups[place]?.[1] ?? [];
    const isRest = !hasBaseline && place === 0 && length > MOST_NAMED;
    const whose = isRest
      ? many(length, "tenant")
      : own.map(({ index }, at) => html`${at > 0 ? ", " : ""}${name(tenants[index]?.name ?? "")}`);
    return html`<li><strong>${value}</strong>${isRest || length < 2 ? "" : ` (${length})`}: ${whose}</li>`;
  });
  const base = hasBaseline
    ? html`<td>${baseline.length === 0 ? "–" : baseline.map(({ text }) => text).join(", ")}</td>`
    : "";
  return html`<tr><th scope="row">${name(title)} ${codeOf({ name: title, key })}</th>${base}<td><ul>${items}</ul></td></tr>
`;
}

/** Value of a tenant in words, which are the same for tenants that have the same. */
function valueWords({ outcome, values }: Cell): string {
  if (outcome === "missing" || outcome === "unknown" || outcome === "absent")
    return OUTCOMES[outcome].words;
  const winning = values.filter(({ fate }) => fate === "wins");
  const texts = (winning.length > 0 ? winning : values).map(({ text, road }) =>
    road === "intune" ? `${text} through Intune` : text,
  );
  const idle = winning.length === 0 ? ", for no group" : "";
  return `${[...new Set(texts)].join(", ")}${idle}`;
}

/** Drift of all tenants, with the time of each policy's last change, and with authors if there are any. */
export function driftSection({ tenants }: Report): Html {
  const hasAuthors = tenants.some(({ drift }) => drift.some(({ author }) => author !== null));
  const rows = tenants.flatMap((tenant, index) =>
    tenant.drift.map((drift) => driftRow(drift, tenant, index, hasAuthors)),
  );
  const compared = tenants.filter(
    ({ code, live }) => code.state === "read" && live.state === "read",
  ).length;
  const about =
    compared === tenants.length
      ? "What a tenant has otherwise than the last update or refresh of its stack left it."
      : `What a tenant has otherwise than the last update or refresh of its stack left it. ${compared.toLocaleString("en")} of ${many(tenants.length, "tenant")} could be compared with a stack.`;
  const heads = [
    "Tenant",
    "Policy",
    "What",
    "As the stack left it",
    "In the tenant",
    "Policy last changed",
    ...(hasAuthors ? ["Changed"] : []),
  ];
  return section(
    "drift",
    "Drift",
    about,
    rows.length === 0
      ? html`<p>None.</p>`
      : html`${authorNotes(tenants)}${wideTable("Drift", heads, rows)}`,
  );
}

/** Reasons for which authors are missing: once if it is so for all tenants with drift. */
function authorNotes(tenants: readonly ReportTenant[]): Html[] {
  const drifted = tenants.flatMap((tenant, index) =>
    tenant.drift.length === 0 ? [] : [{ tenant, index, note: tenant.authorNote }],
  );
  return [...Map.groupBy(drifted, ({ note }) => note)].flatMap(([note, of]) => {
    if (note === null) return [];
    const whose = of.map(
      ({ tenant, index }, place) => html`${place > 0 ? ", " : ""}${tenantLink(tenant, index)}`,
    );
    return [html`<p>${of.length === drifted.length ? "" : html`${whose}: `}${name(note)}</p>`];
  });
}

function driftRow(drift: Drift, tenant: ReportTenant, index: number, hasAuthors: boolean): Html {
  const { policy, name: title, key, code, live, what, policyModified, author } = drift;
  const gone = what === "policy" ? "deleted" : "not set";
  const by = hasAuthors ? html`<td>${author === null ? "not known" : authorHtml(author)}</td>` : "";
  return html`<tr><th scope="row">${tenantLink(tenant, index)}</th><td>${name(policy)}${drift.road === "intune" ? " (Intune)" : ""}</td><td>${name(title)} ${key === null ? "" : codeOf({ name: title, key })}</td><td>${code ?? "not set"}</td><td>${live ?? gone}</td><td>${policyModified === null ? "not known" : moment(policyModified)}</td>${by}</tr>
`;
}

/** Policies that no stack of the report manages. */
export function unmanagedSection({ tenants }: Report): Html {
  const rows = tenants.flatMap((tenant, index) =>
    (unmanagedOf(tenant) ?? []).map(
      ({ name: policy, road, id, groups, audience, settings, lastModified }) =>
        html`<tr><th scope="row">${tenantLink(tenant, index)}</th><td>${roadWords(road) || "–"}</td><td>${name(policy)} <code>${id ?? ""}</code></td><td>${groupsWords(groups, audience)}</td><td class="n">${settings}</td><td>${lastModified === null ? "–" : moment(lastModified)}</td></tr>
`,
    ),
  );
  const unknown = tenants.filter((tenant) => unmanagedOf(tenant) === undefined).length;
  const about = `Policies of a tenant that no stack of this report manages.${unknown === 0 ? "" : ` Not known for ${many(unknown, "tenant")}: the tenant, or the state of its stack, was not read.`}`;
  const heads = ["Tenant", "Road", "Policy", "Groups", "Settings", "Last changed"];
  return section(
    "unmanaged",
    "Not managed by code",
    about,
    rows.length === 0 ? html`<p>None.</p>` : wideTable("Not managed by code", heads, rows),
  );
}

/** Sentences about what was not read or not compared. */
export function notesSection({ tenants, baseline, notes }: Report): Html {
  const of = (whose: unknown, notes: readonly string[]) =>
    notes.map((note) => html`<li>${whose}: ${name(note)}</li>`);
  const items = [
    ...of("Baseline", baseline?.notes ?? []),
    ...tenants.flatMap((tenant, index) => of(tenantLink(tenant, index), tenant.notes)),
  ];
  return section(
    "notes",
    "Notes",
    "",
    html`<ul>
<li>Of Cloud Policy's policies that reach a user, the one with the lowest priority wins, setting by setting.</li>
<li>Secrets are not shown: a setting that is secret anywhere is shown nowhere.</li>
${notes.map((note) => html`<li>${note.charAt(0).toUpperCase()}${note.slice(1)}.</li>`)}
${items}</ul>`,
  );
}
