/**
 * Policies of each tenant, and which one wins for which group.
 *
 * @module
 */
import type { Report, ReportPolicy, ReportSetting, ReportTenant, ReportValue } from "../model";
import { type Html, html, name } from "./html";
import { codeOf } from "./matrix";
import { FATES } from "./outcomes";
import { groupsWords, many, moment, roadWords, section, wideTable } from "./words";

/** The section with the policies of all tenants. */
export function policiesSection({ tenants, settings }: Report): Html {
  const about =
    "For each tenant its policies, of Cloud Policy the one that wins first, and the settings that more than one of them sets. Intune has no order of policies.";
  const content = tenants.map((tenant, index) => tenantPolicies(tenant, index, settings));
  return section("policies", "Policies, and which one wins", about, content);
}

function tenantPolicies(
  tenant: ReportTenant,
  index: number,
  settings: readonly ReportSetting[],
): Html {
  const { policies, tenantId } = tenant;
  const shared = settings.filter(({ cells }) => (cells[index]?.values.length ?? 0) > 1);
  return html`<details id="tenant-${index}"><summary>${name(tenant.name)} <code>${tenantId ?? ""}</code> <span class="more">${many(policies.length, "policy", "policies")}, ${many(shared.length, "setting")} in several</span></summary>
${policies.length === 0 ? html`<p>${nothing(tenant)}</p>` : policyTable(policies, tenant)}
${shared.length === 0 ? "" : sharedTable(shared, tenant, index)}
</details>
`;
}

function nothing({ live, code }: ReportTenant): string {
  if (live.state === "failed") return live.reason;
  return code.state === "failed" ? code.reason : "No policies.";
}

function policyTable(policies: readonly ReportPolicy[], tenant: ReportTenant): Html {
  const rows = policies.map(
    (policy) =>
      html`<tr><td>${roadWords(policy.road) || "–"}</td><td class="n">${policy.priority ?? "–"}</td><th scope="row">${name(policy.name)} <code>${policy.id ?? ""}</code></th><td>${managedWords(policy)}</td><td>${groupsWords(policy.groups, policy.audience)}</td><td class="n">${policy.settings}</td><td>${policy.lastModified === null ? "–" : moment(policy.lastModified)}</td><td>${checkInWords(policy)}</td></tr>
`,
  );
  const heads = [
    "Road",
    "Priority",
    "Policy",
    "Managed by",
    "Groups",
    "Settings",
    "Last changed",
    "Check-ins",
  ];
  return wideTable(`Policies of ${tenant.name}`, heads, rows);
}

function managedWords({ managedBy }: ReportPolicy): Html | string {
  if (managedBy === null) return "not known";
  return managedBy.length === 0 ? html`<em>nobody</em>` : name(managedBy.join(", "));
}

function checkInWords({ checkIns }: ReportPolicy): string {
  if (checkIns === null) return "–";
  return `${checkIns.succeeded.toLocaleString("en")} succeeded, ${checkIns.failed.toLocaleString("en")} failed`;
}

function sharedTable(
  settings: readonly ReportSetting[],
  tenant: ReportTenant,
  index: number,
): Html {
  const rows = settings.map(({ name: title, key, cells }) => {
    const { values = [], roads = null, remarks = [] } = cells[index] ?? {};
    const items = values.map((value) => html`<li>${valueWords(value, tenant)}</li>`);
    // Remarks on one road stand with the cell.
    const isNoted = roads !== null && remarks.length > 0;
    const notes = isNoted ? html`<p>${name(remarks.join("; "))}</p>` : "";
    return html`<tr><th scope="row">${name(title)} ${codeOf({ name: title, key })}</th><td><ol>${items}</ol>${notes}</td></tr>
`;
  });
  return html`<h3>Settings of several policies</h3>
${wideTable(`Settings of several policies of ${tenant.name}`, ["Setting", "Which one wins"], rows)}`;
}

function valueWords(value: ReportValue, { policies }: ReportTenant): Html {
  const { priority = null, audience } = policies[value.place ?? -1] ?? {};
  if (value.road === "intune") {
    const whom = groupsWords(value.groups, audience);
    return html`<strong>${value.text}</strong>, ${name(value.policy)} (${roadWords(value.road)}), for ${whom}`;
  }
  const whose = html`${name(value.policy)}${priority === null ? "" : ` (priority ${priority})`}`;
  if (value.fate !== "wins") return html`<s>${value.text}</s>, ${whose}: ${FATES[value.fate]}`;
  return html`<strong>${value.text}</strong>, ${whose}, for ${groupsWords(value.groups)}`;
}
