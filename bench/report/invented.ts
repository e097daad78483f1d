/**
 * A report of invented tenants: as many settings and tenants as are asked for, with all that a page shows.
 *
 * @module
 */
import type { Side, SidePolicy } from "../../cli/compare/side";
import type { Report } from "../../cli/report/model";
import { reportOf, type TenantReading } from "../../cli/report/reportOf";
import type { Glossary } from "../../provider/settings/glossary";

const APPS = ["Word", "Excel", "PowerPoint", "Outlook", "Access", "Visio", "Publisher", "Office"];
const SUBJECTS = [
  "Block macros from running in Office files from the internet",
  "VBA macro notification settings",
  "Trusted locations on the network",
  "Automatic download of content for e-mail",
  "Scan encrypted macros in Open XML documents",
  "Store files of earlier versions in Protected View",
  "Legacy converters that open older binary files",
  "Require that application add-ins are signed by a trusted publisher",
  "Dynamic Data Exchange server launch",
  "Update links in documents without asking",
];
const LABELS = { "1": "Enabled", "0": "Disabled", "2": "With notification", "4": "Disable all" };
const PLACES = ["contoso", "fabrikam", "tailspin", "northwind", "adatum", "wingtip", "proseware"];

/** Settings of a policy. */
const PER_POLICY = 20;

/** Size of the report. */
export interface Size {
  readonly tenants: number;
  readonly settings: number;
}

/** Ids and names of the settings. */
function settingsOf(count: number): (readonly [id: string, name: string])[] {
  return Array.from({ length: count }, (_, place) => {
    const app = APPS[place % APPS.length] ?? "";
    const subject = SUBJECTS[Math.floor(place / APPS.length) % SUBJECTS.length] ?? "";
    const more = Math.floor(place / (APPS.length * SUBJECTS.length));
    const id = `${app.toLowerCase()}16;L_Invented${Math.floor(place / APPS.length)}`;
    return [id, `${subject}${more === 0 ? "" : ` (part ${more + 1})`} (${app})`];
  });
}

function group(tenant: number, place: number): string {
  return `c0c0c0c0-0000-4000-8000-${String(tenant * 100 + place).padStart(12, "0")}`;
}

function policiesOf(
  ids: readonly string[],
  tenant: number,
  value: (place: number) => string,
  isGiven: (place: number) => boolean = () => true,
) {
  return Array.from({ length: Math.ceil(ids.length / PER_POLICY) }, (_, place): SidePolicy => {
    const first = place * PER_POLICY;
    const own = ids.slice(first, first + PER_POLICY);
    return {
      ...(tenant > 0 && { road: "cloudPolicy" }),
      name: `Baseline ${place + 1}`,
      id: `policy-${tenant}-${place}`,
      rank: { scale: "priority", place: place + 1 },
      audience: { kind: "groups", ids: [group(tenant, 0)] },
      payloads: {
        policies: Object.fromEntries(
          own
            .map((id, index) => [id, first + index] as const)
            .filter(([, at]) => isGiven(at))
            .map(([id, at]) => [id, value(at)]),
        ),
        userPreferences: undefined,
      },
    };
  });
}

const VALUES = ["1", "1", "4", "0", "1", "2"];

/** Makes the report. The same size gives the same report. */
export function inventedReport({ tenants, settings }: Size): Report {
  const named = settingsOf(settings);
  const ids = named.map(([id]) => id);
  const names = new Map(named);
  const standard = (place: number) => VALUES[place % VALUES.length] ?? "1";
  const baseline = sideOf('program "baseline" in baseline/', policiesOf(ids, 0, standard));
  const glossary: Glossary = (id) => {
    const name = names.get(id);
    return name === undefined ? undefined : { name, labels: LABELS };
  };
  return reportOf({
    title: "stacks-per-tenant",
    madeAt: new Date(Date.UTC(2026, 10, 30, 9, 0)),
    version: "0.1.0",
    baseline,
    tenants: Array.from({ length: tenants }, (_, tenant) => tenantOf(tenant + 1, ids, standard)),
    glossary,
  });
}

function sideOf(title: string, policies: readonly SidePolicy[], tenantId?: string): Side {
  return { title, tenantId, policies, left: [], notes: [] };
}

/** A tenant; every few of them have something of their own. */
function tenantOf(
  tenant: number,
  ids: readonly string[],
  standard: (place: number) => string,
): TenantReading {
  const round = Math.floor((tenant - 1) / PLACES.length);
  const name = `${PLACES[(tenant - 1) % PLACES.length]}${round === 0 ? "" : `-${round + 1}`}`;
  const id = `${String(tenant).padStart(8, "0")}-0000-4000-8000-000000000001`;
  if (tenant % 33 === 0) {
    const reason =
      "Reading the tenant's policies failed: 403 Forbidden. The app lacks a permission.";
    return {
      name,
      code: { state: "failed", reason: "no stack named so" },
      live: { state: "failed", reason },
      intune: { state: "none" },
    };
  }
  // Every other tenant is at the baseline.
  const isOwn = (place: number) => tenant % 2 === 0 && (place * 7 + tenant * 13) % 29 === 0;
  const own = (place: number) => (isOwn(place) ? "2" : standard(place));
  const code = policiesOf(
    ids,
    tenant,
    own,
    (place) => tenant % 2 === 1 || (place * 5 + tenant * 3) % 161 !== 0,
  );
  const left = { state: "read", side: sideOf(`stack ${name}`, code, id) } as const;
  if (tenant % 20 === 0) {
    return {
      name,
      code: left,
      live: {
        state: "failed",
        reason: "it was not read within 300 s: give --timeout a longer time",
      },
      intune: { state: "none" },
    };
  }
  const live = code.map((policy, place) => changed(policy, tenant, place));
  const others = tenant % 3 === 0 ? [portalPolicy(tenant, ids)] : [];
  return {
    name,
    code: left,
    live: { state: "read", side: sideOf(`tenant ${id}`, [...others, ...live], id) },
    intune:
      tenant % 12 === 0
        ? { state: "failed", reason: NO_INTUNE }
        : {
            state: "read",
            side: sideOf(`Intune of the tenant ${id}`, intunePolicies(tenant, ids), id),
          },
  };
}

const NO_INTUNE =
  "Reading the tenant's Intune policies failed: 403 Forbidden. Check that the tenant has an active Intune license.";

/** Policies of Intune's: of every fifth tenant, with values of which some are others than Cloud Policy's. */
function intunePolicies(tenant: number, ids: readonly string[]): SidePolicy[] {
  if (tenant % 5 !== 0) return [];
  const [first = "", second = "", third = ""] = ids.slice(1, 4);
  return [
    {
      road: "intune",
      name: "Office on our computers",
      id: `intune-${tenant}`,
      audience: { kind: "targets", targets: [{ all: "users" }], unread: 0 },
      payloads: {
        policies: { [first]: "2", [second]: "1", [third]: "4", "office16;L_OnlyInIntune": "1" },
        userPreferences: undefined,
      },
      lastModified: "2026-11-20T08:30:00Z",
    },
  ];
}

function changed(policy: SidePolicy, tenant: number, place: number): SidePolicy {
  const facts = {
    lastModified: `2026-11-${String((tenant % 28) + 1).padStart(2, "0")}T14:02:00Z`,
    checkIns: { succeeded: 20 + ((tenant * 7 + place) % 90), failed: (tenant + place) % 5 },
  };
  if (tenant % 9 !== 0 || place !== 0) return { ...policy, ...facts };
  const [first, ...rest] = Object.entries(policy.payloads.policies as Record<string, string>);
  const policies = Object.fromEntries([[first?.[0] ?? "", "0"], ...rest]);
  return { ...policy, ...facts, payloads: { ...policy.payloads, policies } };
}

/** A policy that somebody made in the portal, and that wins over others. */
function portalPolicy(tenant: number, ids: readonly string[]): SidePolicy {
  return {
    road: "cloudPolicy",
    name: "Macros for IT",
    id: `portal-${tenant}`,
    rank: { scale: "priority", place: 0 },
    audience: { kind: "groups", ids: [group(tenant, 7)] },
    payloads: {
      policies: { [ids[0] ?? ""]: "0", "office16;L_OnlyHere": "1" },
      userPreferences: undefined,
    },
    lastModified: "2026-11-21T14:02:00Z",
    checkIns: { succeeded: 3, failed: 0 },
  };
}
