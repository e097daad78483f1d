import { actualTenant, type GraphClient } from "../../../provider/graph/index";
import { storeChecked } from "../../../provider/settings/given";
import { storePayloadBytes } from "../../../provider/settings/wire";
import { openSession, type SessionOptions } from "../../session";
import { readTenant, type TenantPolicy } from "../../tenant/readTenant";
import type { Audience, Side, SidePolicy } from "../side";

/** Options of a tenant's side. */
export interface TenantOptions {
  /** Options of its session. */
  readonly session: SessionOptions;
  readonly env: NodeJS.ProcessEnv;
  /** Prints a line about what is done. */
  readonly log: (line: string) => void;
}

/** Reads a tenant's Cloud Policy. Sends only GETs. */
export function tenantSide(options: TenantOptions): Promise<Side> {
  return inTenant(options, async (graph, title) => {
    options.log(`reading the policies of the ${title} …`);
    const { policies, notes } = await readTenant(graph);
    return { title, road: "cloudPolicy", policies: policies.map(sidePolicy), left: [], notes };
  });
}

/**
 * Reads a side from a tenant, and adds the tenant that the credential reached.
 *
 * @param read - Gets the tenant as lines call it: `tenant 11111111-…`.
 */
export async function inTenant(
  { session, env, log }: TenantOptions,
  read: (graph: GraphClient, title: string) => Promise<Side>,
): Promise<Side> {
  const { graph, config, dispose } = openSession(session, log, env);
  try {
    const tenantId = actualTenant(config, await graph.caller());
    const where = config.endpoint === undefined ? "" : ` at ${config.endpoint}`;
    const title = `tenant ${tenantId ?? config.tenantId ?? "of the credential"}${where}`;
    return { ...(await read(graph, title)), tenantId };
  } finally {
    await dispose();
  }
}

function sidePolicy(policy: TenantPolicy): SidePolicy {
  const { id, displayName, priority, assignments, policies, userPreferences } = policy;
  return {
    road: "cloudPolicy",
    name: displayName,
    id,
    ...(priority !== undefined && { rank: { scale: "priority", place: priority } }),
    audience: audienceOf(assignments),
    payloads: { policies: stored(policies), userPreferences: stored(userPreferences) },
  };
}

function audienceOf(groups: readonly string[] | undefined): Audience {
  return groups === undefined ? { kind: "others" } : { kind: "groups", ids: groups };
}

function stored(bytes: Uint8Array | undefined): unknown {
  return bytes === undefined ? undefined : storeChecked(storePayloadBytes(bytes));
}
