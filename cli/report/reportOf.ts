/**
 * A report of tenants that have been read.
 *
 * @module
 */
import { idKey } from "../../provider/api/configurationAnswer";
import type { Glossary } from "../../provider/settings/glossary";
import { targetText } from "../../provider/settings/policyTargets";
import { settingsOfSide } from "../compare/entries";
import type { Audience, Side, SidePolicy } from "../compare/side";
import { hasSettings } from "../compare/sides/intune";
import { type AuditReading, authorNote } from "./authors";
import { driftOf, type TenantDrift } from "./drift";
import { matrixOf } from "./matrix";
import type { Reading, Report, ReportPolicy, ReportTenant } from "./model";
import { notesOn } from "./notes";
import { ofRoad, spelled, spellings, together } from "./road";
import { byId, maskedBy, secretPlaces } from "./secrets";
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
  /** The tenant itself: its Cloud Policy. */
  readonly live: SideReading;
  /** Its policies in Intune, also those without settings of Office. Read only if `live` is. */
  readonly intune: SideReading;
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
export interface ReadTenant {
  readonly reading: TenantReading;
  readonly code: Side | undefined;
  readonly live: Side | undefined;
  /** Contents of the tenant, as far as they are known. */
  readonly present: Side | undefined;
  readonly drift: TenantDrift;
}

const NO_DRIFT: TenantDrift = { lines: [], places: new Set(), notCompared: 0, unclear: 0 };

/** Makes the report. */
export function reportOf({ tenants, glossary, ...facts }: ReportInputs): Report {
  const { baseline } = facts;
  const sides = tenants.map((reading) => sidesOf(reading, baseline));
  const known = [baseline, ...sides.flatMap(({ code, live }) => [code, live])];
  const secrets = secretPlaces(known.filter((side) => side !== undefined));
  const read = sides.map(({ code, live }, index): ReadTenant => {
    const reading = tenants[index] as TenantReading;
    const context = { glossary, secrets, audit: reading.audit };
    const isRead = reading.intune.state === "read";
    const drift = code && live ? driftOf(compared(code, isRead), live, context) : NO_DRIFT;
    return { reading, code, live, present: presentOf(code, live, isRead), drift };
  });
  const managers = managersOf(read);
  const matrix = matrixOf(
    read.map(({ present, drift }) => ({ side: present, drifted: drift.places })),
    { baseline, glossary, secrets },
  );
  return {
    title: shownText(facts.title),
    madeAt: facts.madeAt.toISOString(),
    version: facts.version,
    baseline:
      baseline === undefined
        ? null
        : { title: shownText(baseline.title), notes: baselineNotes(baseline) },
    tenants: read.map((tenant) => tenantOf(tenant, managers)),
    ...matrix,
  };
}

/** Whether a tenant has something of Cloud Policy otherwise than its stack left it. */
export function hasDrift(state: Side, tenant: Side): boolean {
  const live = maskedBy(state, tenant);
  const context = { glossary: () => undefined, secrets: new Set<string>() };
  return driftOf(compared(state, false), live, context).lines.length > 0;
}

function sideOf(reading: SideReading): Side | undefined {
  return reading.state === "read" ? reading.side : undefined;
}

/** Policies that code manages in a tenant, and the tenant itself, with all masked that is secret. */
function sidesOf(reading: TenantReading, baseline: Side | undefined) {
  const given = { code: sideOf(reading.code), live: sideOf(reading.live) };
  const names = spellings([given.live, given.code, baseline]);
  const code = given.code && spelled(given.code, names);
  const managed = byId(code ?? { policies: [] });
  const intune = sideOf(reading.intune);
  const live =
    given.live && spelled(together(given.live, intune && ofOffice(intune, managed)), names);
  return { code, live: code && live ? maskedBy(code, live) : live };
}

/** Intune's policies that have settings of Office, or may have some, or that code manages. */
function ofOffice(side: Side, managed: ReturnType<typeof byId>): Side {
  const isOurs = (policy: SidePolicy) =>
    hasSettings(policy) || policy.unread !== undefined || managed.has(idKey(policy.id ?? ""));
  return { ...side, policies: side.policies.filter(isOurs) };
}

/** Part of a stack that can be compared with its tenant. */
function compared(code: Side, isIntuneRead: boolean): Side {
  return isIntuneRead ? code : { ...code, policies: ofRoad(code, "cloudPolicy") };
}

/** Contents of a tenant: Intune's policies as the stack left them, if Intune was not read. */
function presentOf(code: Side | undefined, live: Side | undefined, isIntuneRead: boolean) {
  if (live === undefined || code === undefined || isIntuneRead) return inOrder(live ?? code);
  return inOrder({ ...live, policies: [...live.policies, ...ofRoad(code, "intune")] });
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
    intune: readingOf(reading.intune),
    policies: (present?.policies ?? []).map((policy) =>
      policyOf(policy, code && (managers.get(managedKey(tenantId, policy.id ?? "")) ?? [])),
    ),
    drift: drift.lines,
    authorNote: authorNote(drift.lines, reading.audit),
    notes: [
      ...[code, live].flatMap((side) => side?.notes ?? []).map(shownText),
      ...notesOn(tenant),
    ],
  };
}

function readingOf(reading: SideReading): Reading {
  if (reading.state !== "failed") return { state: reading.state };
  return { state: "failed", reason: shownText(reading.reason) };
}

function policyOf(policy: SidePolicy, managedBy: readonly string[] | undefined): ReportPolicy {
  const { id, rank, audience, lastModified, checkIns } = policy;
  return {
    road: policy.road ?? null,
    name: shownPolicy(policy),
    id: orNull(id),
    priority: rank?.scale === "priority" ? rank.place : null,
    audience: audience.kind,
    groups: whoGets(audience)?.map(shownText) ?? null,
    settings: settingsOfSide({ policies: [policy] }, false).entries.size,
    managedBy: managedBy ?? null,
    lastModified: orNull(lastModified),
    checkIns: checkIns ?? null,
  };
}

/** Groups, or targets of Intune's in words; undefined if not all of them are known. */
function whoGets(audience: Audience): readonly string[] | undefined {
  if (audience.kind === "groups") return audience.ids;
  if (audience.kind !== "targets" || audience.unread > 0) return undefined;
  return audience.targets.map(targetText);
}
