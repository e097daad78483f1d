/**
 * Reports for tests of their forms.
 *
 * @module
 */
import type { Side } from "../cli/compare/side";
import type { DriftAuthor, Report, ReportTenant } from "../cli/report/model";
import { reportOf } from "../cli/report/reportOf";
import type { AuditedChange } from "../provider/api/auditedChanges";
import { sideOf, type TestPolicy, targetsOf } from "./comparedSides";

const TENANT = "a0a0a0a0-0000-4000-8000-00000000000a";

/** Names that nobody should choose, and somebody may. */
export const HOSTILE = [
  "<script>globalThis.planted = 1</script>",
  "</script><script>globalThis.planted = 2</script>",
  "</style></title></textarea><!--",
  `"'\`><img src=x onerror="globalThis.planted = 3">`,
  "javascript:globalThis.planted = 4",
  "\u202egnp.exe\u2066",
  "\u0000\u0007\u001b[2J\r\n",
  "=cmd|' /C calc'!A0",
  "&lt;b&gt; &amp; {{constructor}} <%= 1 %>",
  "\ud83d half",
] as const;

/** A report in which every text that others choose is hostile: names, ids, values, groups, reasons, notes. */
export function hostileReport(): Report {
  const policies = HOSTILE.map(
    (text, place): TestPolicy => ({
      name: text,
      id: `${place} ${text}`,
      rank: { scale: "priority", place },
      groups: [text, "g"],
      policies: { [`app;${text}`]: text, "app;Shared": text },
      userPreferences: { $json: { [text]: text } },
      lastModified: text,
      checkIns: { succeeded: place, failed: 0 },
    }),
  );
  const side = (own: readonly TestPolicy[], more: Partial<Side> = {}) =>
    ({ state: "read", side: sideOf(own, { tenantId: TENANT, notes: HOSTILE, ...more }) }) as const;
  const throughIntune = (name: string): TestPolicy => ({
    road: "intune",
    name,
    id: `intune ${name}`,
    rank: undefined,
    audience: targetsOf({ groupId: name }, { excludedGroupId: name }, { all: "users" }),
    policies: { "app;Shared": name, "app;Intune": name },
    lastModified: name,
  });
  const drifted = policies.map((policy) => ({ ...policy, policies: { "app;Shared": "other" } }));
  const changes = policies.map(
    ({ id = "", name: text = "" }, atMs): AuditedChange => ({
      ...{ policyId: id.toLowerCase(), atMs, by: text, through: text, isDeletion: false },
      settings: new Map([["app;shared", atMs % 2 === 0 ? text : "another"]]),
      properties: new Map(),
    }),
  );
  return reportOf({
    title: HOSTILE.join(" "),
    madeAt: new Date(0),
    version: "0.0.0",
    baseline: sideOf(policies, { title: HOSTILE.join(" "), notes: HOSTILE }),
    tenants: [
      ...HOSTILE.map((name) => ({
        name,
        code: side(drifted),
        live: side([...policies, { id: "other", name, policies: { "app;Shared": name } }]),
        audit: { untilMs: 1_000, ...(name === HOSTILE[1] ? { note: name } : { changes }) },
        intune: side([throughIntune(name)], { road: "intune" }),
      })),
      ...HOSTILE.map((reason) => ({
        name: reason,
        code: { state: "failed", reason } as const,
        live: { state: "failed", reason } as const,
        intune: { state: "failed", reason } as const,
      })),
    ],
    glossary: (id) => ({ name: `name of ${id}`, labels: { other: HOSTILE[0] } }),
  });
}

/** The same as {@link plainReport}, with the author of the drift. */
export function reportWithAuthor(author: Partial<DriftAuthor> = {}): Report {
  const plain = plainReport();
  const whole = {
    by: "ann@contoso.example",
    at: "2026-11-21T14:02:03.000Z",
    through: "Cloud Policy",
    isOfThisChange: true,
    ...author,
  };
  const named = (tenant: ReportTenant) => ({
    ...tenant,
    drift: tenant.drift.map((each) => ({ ...each, author: whole })),
  });
  return { ...plain, tenants: plain.tenants.map(named) };
}

/** A report of two tenants beside a baseline, one of them with drift and a policy of nobody. */
export function plainReport(): Report {
  const group = { groups: ["g"] };
  const read = (policies: readonly TestPolicy[], tenantId: string) =>
    ({ state: "read", side: sideOf(policies, { tenantId }) }) as const;
  const macros = { id: "m", name: "Macros", ...group };
  return reportOf({
    title: "stacks",
    madeAt: new Date(Date.UTC(2026, 10, 30)),
    version: "0.0.0",
    baseline: sideOf([{ policies: { "app;A": "1", "app;B": "1" } }], { title: "the baseline" }),
    tenants: [
      {
        name: "contoso",
        code: read([{ ...macros, policies: { "app;A": "1", "app;B": "1" } }], TENANT),
        live: read(
          [
            {
              ...macros,
              policies: { "app;A": "2", "app;B": "1" },
              lastModified: "2026-11-21T14:02:00Z",
            },
            { id: "o", name: "Other", policies: { "app;A": "3" }, groups: ["h"] },
          ],
          TENANT,
        ),
        intune: { state: "none" },
      },
      {
        name: "fabrikam",
        code: { state: "none" },
        live: { state: "failed", reason: "403 Forbidden" },
        intune: { state: "none" },
      },
    ],
    glossary: (id) => (id === "app;A" ? { name: "Setting A (App)" } : undefined),
  });
}
