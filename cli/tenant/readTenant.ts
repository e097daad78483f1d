/**
 * Contents of a tenant, read to the last page and the last payload.
 *
 * @module
 */
import { z } from "zod";
import {
  type ConfigurationAnswer,
  groupIdsOf,
  kindOf,
  scalarOf,
  shortType,
} from "../../provider/api/configurationAnswer";
import { ConfigurationReader } from "../../provider/api/configurationReader";
import { isSilentInList } from "../../provider/api/silence";
import { readWholeList } from "../../provider/api/wholeList";
import type { GraphClient } from "../../provider/graph";
import { SCALAR_FIELDS } from "../../provider/settings/inputs/clientConfiguration";
import { policyLabel } from "../../provider/settings/label";
import {
  type ConfigurationKind,
  PAYLOAD_NAMES,
  PAYLOADS,
  type PayloadName,
} from "../../provider/settings/names";
import { oneLine } from "../export/comment";

/** Numbers of users, as a service gives them with a policy. */
const checkInSummary = z.looseObject({ succeededUserCount: z.int(), failedUserCount: z.int() });

/** A policy as the tenant holds it. */
export interface TenantPolicy {
  readonly id: string;
  readonly kind: ConfigurationKind;
  readonly displayName: string;
  readonly priority?: number | undefined;
  /** The inputs that are one text or number and not empty, name and priority among them. */
  readonly scalars: Readonly<Record<string, string | number>>;
  /** Ids of groups; undefined where it is for something else too, which no program can say. */
  readonly assignments: readonly string[] | undefined;
  /** The bytes of payloads; undefined where there are none. */
  readonly policies: Uint8Array | undefined;
  readonly userPreferences: Uint8Array | undefined;
  /** When it was last changed, if the service says so. */
  readonly lastModified?: string | undefined;
  /** Numbers of users whom check-ins have reached, if the service gives them. */
  readonly checkIns?: { readonly succeeded: number; readonly failed: number } | undefined;
}

/** The policies read, and those that could not be taken. */
export interface TenantContent {
  /** In the order in which they win. */
  readonly policies: readonly TenantPolicy[];
  /** A line for each object that is no policy this package knows. */
  readonly notes: readonly string[];
}

/** Reads every policy of a tenant. */
export async function readTenant(graph: GraphClient): Promise<TenantContent> {
  const call = { action: "Reading", subject: "the tenant's policies" };
  const { policies: found, unreadable } = await readWholeList(graph, call);
  const notes: string[] = [];
  if (unreadable > 0) notes.push(`${unreadable} objects are left out: they have no id`);
  // The session keeps the number of requests in flight within its bounds.
  const policies = await Promise.all(
    found.map(async (item) => {
      const kind = kindOf(item);
      if (kind !== undefined) return readPolicy(graph, item, kind);
      const type = shortType(item["@odata.type"] ?? "an unnamed type");
      notes.push(`"${oneLine(item.displayName ?? "")}" (${item.id}) is left out: it is of ${type}`);
      return undefined;
    }),
  );
  return {
    policies: policies.filter((policy) => policy !== undefined).sort(byRank),
    notes,
  };
}

async function readPolicy(
  graph: GraphClient,
  listed: ConfigurationAnswer,
  kind: ConfigurationKind,
): Promise<TenantPolicy | undefined> {
  const { id, displayName } = listed;
  const reader = new ConfigurationReader(graph, {
    label: policyLabel({ displayName: displayName ?? id }),
  });
  const found = await withoutSilence(reader, listed);
  // Deleted since it was listed.
  if (found === undefined) return undefined;
  const [policies, userPreferences, assignments] = await Promise.all([
    payloadOf(reader, found, "policies"),
    payloadOf(reader, found, "userPreferences"),
    onlyGroups(reader, found),
  ]);
  return {
    id,
    kind,
    displayName: displayName ?? "",
    priority: found.priority ?? undefined,
    scalars: scalarsOf(found),
    assignments,
    policies,
    userPreferences,
    lastModified: found.lastModifiedDateTime ?? undefined,
    checkIns: checkInsOf(found),
  };
}

function checkInsOf({ userCheckinSummary }: ConfigurationAnswer): TenantPolicy["checkIns"] {
  const { data } = checkInSummary.safeParse(userCheckinSummary);
  if (data === undefined) return undefined;
  return { succeeded: data.succeededUserCount, failed: data.failedUserCount };
}

/**
 * A policy with what the list leaves out: read by itself, unless it is one payload that has a stream.
 *
 * @returns undefined if it is gone.
 */
async function withoutSilence(
  reader: ConfigurationReader,
  listed: ConfigurationAnswer,
): Promise<ConfigurationAnswer | undefined> {
  const silent = PAYLOAD_NAMES.filter((name) => isSilentInList(listed, PAYLOADS[name]));
  const [name] = silent;
  if (name === undefined) return listed;
  if (silent.length > 1) return reader.find(listed.id);
  const bytes = await reader.stream(listed.id, name);
  if (bytes === undefined) return reader.find(listed.id);
  return { ...listed, [PAYLOADS[name]]: Buffer.from(bytes).toString("base64") };
}

/** The bytes of a payload; undefined if there are none. */
async function payloadOf(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  name: PayloadName,
): Promise<Uint8Array | undefined> {
  const bytes = await reader.payloadBytes(found, name);
  return bytes?.length === 0 ? undefined : bytes;
}

function scalarsOf(found: ConfigurationAnswer): Record<string, string | number> {
  return Object.fromEntries(
    SCALAR_FIELDS.flatMap((field): [string, string | number][] => {
      const value = scalarOf(found, field) ?? "";
      return value !== "" || field.isRequired ? [[field.name, value]] : [];
    }),
  );
}

async function onlyGroups(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
): Promise<string[] | undefined> {
  const assigned = await reader.assignments(found);
  const groups = groupIdsOf(assigned);
  return groups.length === assigned.length ? groups : undefined;
}

function byRank(a: TenantPolicy, b: TenantPolicy): number {
  const last = Number.MAX_SAFE_INTEGER;
  const rank = (a.priority ?? last) - (b.priority ?? last);
  return rank || a.displayName.localeCompare(b.displayName, "en") || (a.id < b.id ? -1 : 1);
}
