import { stringify } from "csv-stringify/sync";
import { idKey } from "../../provider/api/configurationAnswer";
import type { Cell, Report, ReportPolicy, ReportSetting, ReportTenant, ReportValue } from "./model";

/** Columns, by their heads. */
const COLUMNS = [
  "tenant",
  "tenantId",
  "payload",
  "settingId",
  "setting",
  "outcome",
  "drifted",
  "baseline",
  "value",
  "policy",
  "road",
  "priority",
  "wins",
  "groups",
  "managedBy",
  "remarks",
  "changedBy",
  "changedIn",
  "changedAt",
] as const;

/**
 * The matrix for a spreadsheet: a row for each value that a policy of a tenant gives a setting, and one for each setting
 * that a tenant lacks. A text that a spreadsheet would take for a formula begins with an apostrophe.
 */
export function reportCsv({ tenants, settings }: Report): string {
  const rows = tenants.flatMap((tenant, index) =>
    settings.flatMap((setting) => rowsOf(tenant, setting, setting.cells[index])),
  );
  return stringify([COLUMNS, ...rows], {
    escape_formulas: true,
    record_delimiter: "\r\n",
  }).trimEnd();
}

function rowsOf(tenant: ReportTenant, setting: ReportSetting, cell: Cell | undefined): string[][] {
  if (cell === undefined || cell.outcome === "absent") return [];
  const values = cell.values.length === 0 ? [undefined] : cell.values;
  return values.map((value) => rowOf(tenant, setting, cell, value));
}

function rowOf(
  tenant: ReportTenant,
  { payload, key, name, baseline }: ReportSetting,
  { outcome, isDrifted, remarks }: Cell,
  value: ReportValue | undefined,
): string[] {
  const policy = tenant.policies[value?.place ?? -1];
  return [
    tenant.name,
    tenant.tenantId ?? "",
    payload,
    key,
    name,
    outcome,
    isDrifted ? "yes" : "no",
    baseline.map(({ text }) => text).join("; "),
    value?.text ?? "",
    value?.policy ?? "",
    value?.road ?? "",
    policy?.priority?.toString() ?? "",
    value === undefined ? "" : value.fate === "wins" ? "yes" : value.fate,
    value?.groups?.join("; ") ?? "",
    policy?.managedBy?.join("; ") ?? "",
    remarks.join("; "),
    ...authorOf(tenant, { payload, key }, policy),
  ];
}

/** Whoever has surely made the change of a value: where the log shows another change, nobody. */
function authorOf(
  { drift }: ReportTenant,
  { payload, key }: Pick<ReportSetting, "payload" | "key">,
  policy: ReportPolicy | undefined,
): [by: string, through: string, at: string] {
  const authors = drift.flatMap((each) =>
    policy !== undefined &&
    each.policyId !== null &&
    idKey(each.policyId) === idKey(policy.id ?? "") &&
    each.payload === payload &&
    each.key === key &&
    each.author?.isOfThisChange === true
      ? [each.author]
      : [],
  );
  const [author] = authors;
  return [author?.by ?? "", author?.through ?? "", author?.at ?? ""];
}
