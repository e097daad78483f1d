/**
 * A report of tenants that have been read.
 *
 * @module
 */
import { idKey } from "../../provider/api/configurationAnswer";
import type { Glossary } from "../../provider/settings/glossary";
import { settingsOfSide } from "../compare/entries";
import type { Side, SidePolicy } from "../compare/side";
import { type AuditReading, authorNote } from "./authors";
import { driftOf, type TenantDrift } from "./drift";
import { matrixOf } from "./matrix";
import type { Reading, Report, ReportPolicy, ReportTenant } from "./model";
import { ofCloudPolicy } from "./road";
import { maskedBy, secretPlaces } from "./secrets";
import { orNull, shownPolicy, shownText } from "./shown";

/** A side that was read, or why not. */
export type SideReading =
  | { readonly state: "read"; readonly side: Side }
  | Exclude<Reading, { readonly state: "read" }>;

/** A tenant as it was read. */
export interface TenantReading {
  readonly name: string;
  /** The state of its stack, a program, or a source. */
  readonly code: SideReading;
  /** The tenant itself. */
  readonly live: SideReading;
  /** Its audit log, if it has drift. Undefined: nobody wants to know more. */
  readonly audit?: AuditReading | undefined;
}

/** Material of a report. */
export interface ReportInputs {
  readonly title: string;
  readonly madeAt: Date;
  readonly version: string;
  readonly baseline: Side | undefined;
  readonly tenants: readonly TenantReading[];
  readonly glossary: Glossary;
}

/** A tenant, with all masked that is secret. */
interface ReadTenant {
  readonly reading: TenantReading;
  readonly code: Side | undefined;
  readonly live: Side | undefined;
  /** Contents of the tenant, as far as they are known. */
  readonly present: Side | undefined;
  readonly drift: TenantDrift;
}

const NO_DRIFT: TenantDrift = { lines: [], places: new Set(), notCompared: 0 };

/** Makes the report. */
export function reportOf({ tenants, glossary, ...facts }: ReportInputs): Report {
  const baseline = facts.baseline && ofCloudPolicy(facts.baseline);
  const sides = tenants.map(({ code, live }) => masked(sideOf(code), sideOf(live)));
  const known = [baseline, ...sides.flatMap(({ code, live }) => [code, live])];
  const secrets = secretPlaces(known.filter((side) => side !== undefined));
  const read = sides.map(({ code, live }, index): ReadTenant => {
    const reading = tenants[index] as TenantReading;
    const context = { glossary, secrets, audit: reading.audit };
    const drift = code && live ? driftOf(code, live, context) : NO_DRIFT;
    return { reading, code, live, present: inOrder(live ?? code), drift };
  });
  const managers = managersOf(read);
  return {
    title: shownText(facts.title),
    madeAt: facts.madeAt.toISOString(),
    version: facts.version,
    baseline:
      baseline === undefined
        ? null
        : { title: shownText(baseline.title), notes: baselineNotes(baseline) },
    tenants: read.map((tenant) => tenantOf(tenant, managers)),
    settings: matrixOf(
      read.map(({ present, drift }) => ({ side: present, drifted: drift.places })),
      { baseline, glossary, secrets },
    ),
  };
}

/** Whether a tenant has something otherwise than its stack left it. */
export function hasDrift(state: Side, tenant: Side): boolean {
  const { code, live } = masked(ofCloudPolicy(state), ofCloudPolicy(tenant));
  if (code === undefined || live === undefined) return false;
  return driftOf(code, live, { glossary: () => undefined, secrets: new Set() }).lines.length > 0;
}

function sideOf(reading: SideReading): Side | undefined {
  return reading.state === "read" ? ofCloudPolicy(reading.side) : undefined;
}

function masked(code: Side | undefined, live: Side | undefined) {
  return { code, live: code && live ? maskedBy(code, live) : live };
}

/** A side whose policies are in the order in which they win, as far as it is known. */
function inOrder(side: Side | undefined): Side | undefined {
  if (side === undefined) return undefined;
  const place = ({ rank }: SidePolicy) => rank?.place ?? Number.MAX_SAFE_INTEGER;
  return { ...side, policies: side.policies.toSorted((a, b) => place(a) - place(b)) };
}

function baselineNotes({ notes, left }: Side): string[] {
  const unread =
    left.length === 0
      ? []
      : [
          `${left.length.toLocaleString("en")} of its values are no settings, or were not read as one`,
        ];
  return [...notes, ...unread].map(shownText);
}

/** Stacks that manage a policy, by its tenant and id; stacks may share a tenant. */
function managersOf(tenants: readonly ReadTenant[]): Map<string, string[]> {
  const managers = new Map<string, string[]>();
  for (const { reading, code, live } of tenants) {
    for (const { id } of code?.policies ?? []) {
      if (id === undefined) continue;
      const key = managedKey(tenantIdOf(code, live), id);
      managers.set(key, [...new Set([...(managers.get(key) ?? []), shownText(reading.name)])]);
    }
  }
  return managers;
}

function managedKey(tenantId: string | undefined, id: string): string {
  return `${tenantId?.toLowerCase() ?? ""} ${idKey(id)}`;
}

function tenantIdOf(code: Side | undefined, live: Side | undefined): string | undefined {
  return live?.tenantId ?? code?.tenantId;
}

function tenantOf(tenant: ReadTenant, managers: ReadonlyMap<string, string[]>): ReportTenant {
  const { reading, code, live, present, drift } = tenant;
  const tenantId = tenantIdOf(code, live);
  return {
    name: shownText(reading.name),
    tenantId: orNull(tenantId),
    code: readingOf(reading.code),
    live: readingOf(reading.live),
    policies: (present?.policies ?? []).map((policy) =>
      policyOf(policy, code && (managers.get(managedKey(tenantId, policy.id ?? "")) ?? [])),
    ),
    drift: drift.lines,
    authorNote: authorNote(drift.lines, reading.audit),
    notes: [
      ...[code, live].flatMap((side) => side?.notes ?? []).map(shownText),
      ...notComparedNotes(drift),
    ],
  };
}

function readingOf(reading: SideReading): Reading {
  if (reading.state !== "failed") return { state: reading.state };
  return { state: "failed", reason: shownText(reading.reason) };
}

function notComparedNotes({ notCompared }: TenantDrift): string[] {
  if (notCompared === 0) return [];
  const values = notCompared === 1 ? "1 value was" : `${notCompared} values were`;
  return [`${values} not looked at for drift: the state keeps secrets encrypted`];
}

function policyOf(policy: SidePolicy, managedBy: readonly string[] | undefined): ReportPolicy {
  const { id, rank, audience, lastModified, checkIns } = policy;
  return {
    name: shownPolicy(policy),
    id: orNull(id),
    priority: rank?.scale === "priority" ? rank.place : null,
    audience: audience.kind,
    groups: audience.kind === "groups" ? audience.ids.map(shownText) : null,
    settings: settingsOfSide({ policies: [policy] }, false).entries.size,
    managedBy: managedBy ?? null,
    lastModified: orNull(lastModified),
    checkIns: checkIns ?? null,
  };
}
