/**
 * The head of the page: what the report is of, its numbers, and the tenants one by one.
 *
 * @module
 */
import { countsOf, isUnread, type TenantCounts } from "../counts";
import type { Report, ReportTenant } from "../model";
import { type Html, html, name } from "./html";
import { many, moment, section, tenantLink, wideTable } from "./words";

/** Name of the report. */
export function titleOf({ title }: Pick<Report, "title">): string {
  return `Office settings: ${title}`;
}

/** The head of the page. */
export function headSection(report: Report): Html {
  const { baseline, madeAt, version } = report;
  return html`<header>
<h1>Office settings: ${name(report.title)}</h1>
<p>Made ${moment(madeAt)} by pulumi-office-configuration ${version}${baseline === null ? "; without a baseline" : html`. Baseline: ${name(baseline.title)}`}.</p>
<nav aria-label="Sections"><ul>
<li><a href="#summary">Summary</a></li><li><a href="#settings">Settings by tenant</a></li><li><a href="#drift">Drift</a></li><li><a href="#unmanaged">Not managed by code</a></li><li><a href="#by-setting">Setting by setting</a></li><li><a href="#tenants">Tenants</a></li><li><a href="#policies">Policies, and which one wins</a></li><li><a href="#notes">Notes</a></li>
</ul></nav>
</header>
`;
}

/** The numbers, and why tenants were not read. */
export function summarySection(report: Report): Html {
  const counts = countsOf(report);
  return section(
    "summary",
    "Summary",
    "",
    html`<dl class="tiles">${tiles(report, counts)}</dl>${failures(report)}`,
  );
}

interface Tile {
  readonly term: string;
  readonly value: string;
  readonly more: string;
  readonly style?: "good" | "bad" | undefined;
}

function tiles(report: Report, counts: readonly TenantCounts[]): Html[] {
  return tilesOf(report, counts).map(
    ({ term, value, more, style = "" }) =>
      html`<div class="tile ${style}"><dt>${term}</dt><dd><strong>${value}</strong> <span>${more}</span></dd></div>`,
  );
}

function tilesOf(report: Report, counts: readonly TenantCounts[]): Tile[] {
  const { tenants, settings, baseline } = report;
  const unread = tenants.filter(isUnread).length;
  const stale = tenants.filter((each) => each.live.state === "failed" && !isUnread(each)).length;
  const read = tenants.filter((each) => !isUnread(each));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const deviating = counts.filter(({ deviating: count }) => count > 0).length;
  const drifted = counts.filter(({ drifted: count }) => count > 0).length;
  const unmanaged = sum(counts.map((each) => each.unmanaged ?? 0));
  const compared = tenants.filter(
    ({ code, live }) => code.state === "read" && live.state === "read",
  );
  const notRead = [
    ...(unread > 0 ? [`${unread} could not be read`] : []),
    ...(stale > 0 ? [`${stale} by their state only`] : []),
  ];
  const checkIns = tenants.flatMap(({ policies }) =>
    policies.flatMap((each) => each.checkIns ?? []),
  );
  const failed = sum(checkIns.map((each) => each.failed));
  return [
    {
      term: "Tenants",
      value: tenants.length.toLocaleString("en"),
      more: notRead.length === 0 ? "all read" : notRead.join(", "),
      style: notRead.length === 0 ? undefined : "bad",
    },
    ...(baseline === null
      ? []
      : [
          {
            term: "At the baseline",
            value: `${(read.length - deviating).toLocaleString("en")} of ${read.length.toLocaleString("en")}`,
            more:
              deviating === 0
                ? "none deviates"
                : `${many(deviating, "tenant")} ${deviating === 1 ? "deviates" : "deviate"}, in ${many(sum(counts.map((each) => each.deviating)), "setting")}`,
            style: deviating === 0 ? ("good" as const) : ("bad" as const),
          },
        ]),
    {
      term: "Drift",
      value: sum(counts.map((each) => each.drifted)).toLocaleString("en"),
      more: driftWords(drifted, compared.length),
      style: compared.length === 0 ? undefined : drifted === 0 ? "good" : "bad",
    },
    {
      term: "Not managed by code",
      value: unmanaged.toLocaleString("en"),
      more:
        compared.length === 0
          ? "not known: no tenant was compared with its stack"
          : unmanaged === 1
            ? "policy"
            : "policies",
    },
    {
      term: "Settings",
      value: settings.length.toLocaleString("en"),
      more: baseline === null ? "in all tenants" : "in the baseline and in all tenants",
    },
    ...roadTiles(report),
    ...(checkIns.length === 0
      ? []
      : [
          {
            term: "Check-ins",
            value: sum(checkIns.map((each) => each.succeeded)).toLocaleString("en"),
            more: `succeeded, ${failed.toLocaleString("en")} failed: users, counted policy by policy`,
          },
        ]),
  ];
}

/** Settings that users get, or may get, with several values through Intune. */
function roadTiles({ tenants, settings }: Report): Tile[] {
  if (!tenants.some(({ intune }) => intune.state === "read")) return [];
  const clashing = tenants.map((_, index) => {
    const cells = settings.flatMap(({ cells: all }) => all[index]?.roads?.outcome ?? []);
    return cells.filter((outcome) => outcome === "different" || outcome === "conflict").length;
  });
  const count = clashing.reduce((total, each) => total + each, 0);
  const whose = many(clashing.filter((each) => each > 0).length, "tenant");
  return [
    {
      term: "Several values",
      value: count.toLocaleString("en"),
      more:
        count === 0
          ? "no user gets a setting with several values through Intune"
          : `${count === 1 ? "setting" : "settings"} in ${whose}, by both roads or by several policies of Intune`,
      style: count === 0 ? "good" : "bad",
    },
  ];
}

function driftWords(drifted: number, compared: number): string {
  if (compared === 0) return "not known: no tenant was compared with its stack";
  return drifted === 0
    ? "all as their stacks left it"
    : `${drifted === 1 ? "change" : "changes"} in ${many(drifted, "tenant")}`;
}

/** Reasons why something was not read, each with the tenants that it is true of. */
function failures({ tenants }: Report): Html {
  const told = tenants.flatMap((tenant, index) =>
    (["live", "code", "intune"] as const).flatMap((source) => {
      const reading = tenant[source];
      return reading.state === "failed" ? [{ source, index, tenant, ...reading }] : [];
    }),
  );
  // The id of a request is another one in each tenant.
  const cause = (reason: string) => reason.replace(/ \(request-id [^)]*\)/g, "");
  const groups = [
    ...Map.groupBy(told, ({ source, reason }) => `${source} ${cause(reason)}`).values(),
  ];
  if (groups.length === 0) return html``;
  const items = groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const what = NOT_READ[first.source];
    const whose = group.map(
      ({ tenant, index }, place) => html`${place > 0 ? ", " : ""}${tenantLink(tenant, index)}`,
    );
    return [html`<li><strong>${what}</strong>: ${whose}<br>${first.reason}</li>`];
  });
  return html`<div class="failures"><h3>Not read</h3><ul>${items}</ul></div>`;
}

const NOT_READ = {
  live: "Tenant not read",
  code: "State of the stack not read",
  intune: "Intune not read",
} as const;

/** The tenants one by one. */
export function tenantsSection(report: Report): Html {
  const counts = countsOf(report);
  const hasBaseline = report.baseline !== null;
  const heads = [
    "Tenant",
    "Read from",
    "Policies",
    ...(hasBaseline
      ? ["As in the baseline", "Different", "Missing", "More", "Not known"]
      : ["Settings"]),
    "Drift",
    "Not managed",
    "Check-ins",
  ];
  const rows = report.tenants.map((tenant, index) =>
    tenantRow(tenant, index, counts[index], hasBaseline),
  );
  return section("tenants", "Tenants", "", wideTable("Tenants", heads, rows));
}

function tenantRow(
  tenant: ReportTenant,
  index: number,
  counts: TenantCounts | undefined,
  hasBaseline: boolean,
): Html {
  if (counts === undefined) return html``;
  const { same, different, missing, extra, unknown, set, drifted, unmanaged } = counts;
  const numbers = isUnread(tenant)
    ? Array.from({ length: hasBaseline ? 5 : 1 }, () => null)
    : hasBaseline
      ? [same, different, missing, extra, unknown]
      : [set + unknown];
  const isCompared = unmanaged !== null;
  return html`<tr><th scope="row">${tenantLink(tenant, index)} <code>${tenant.tenantId ?? ""}</code></th><td>${sourceWords(tenant)}</td>${number(isUnread(tenant) ? null : tenant.policies.length)}${numbers.map((each) => number(each))}${number(isCompared ? drifted : null)}${number(unmanaged)}<td>${checkInWords(tenant)}</td></tr>
`;
}

function number(value: number | null): Html {
  return value === null
    ? html`<td class="n">–</td>`
    : html`<td class="n${value === 0 ? " zero" : ""}">${value.toLocaleString("en")}</td>`;
}

function sourceWords({ code, live, intune }: ReportTenant): string {
  if (live.state === "read") {
    const without = intune.state === "read" ? "" : ", without Intune";
    return `tenant${code.state === "read" ? " and stack" : ""}${without}`;
  }
  if (code.state === "read")
    return live.state === "failed" ? "stack only: tenant not read" : "stack";
  return "not read";
}

function checkInWords({ policies }: ReportTenant): string {
  const given = policies.flatMap(({ checkIns }) => checkIns ?? []);
  if (given.length === 0) return "–";
  const sum = (of: "succeeded" | "failed") => given.reduce((total, each) => total + each[of], 0);
  return `${sum("succeeded").toLocaleString("en")} succeeded, ${sum("failed").toLocaleString("en")} failed`;
}
