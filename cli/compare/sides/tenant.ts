import {
  actualTenant,
  type GraphClient,
  type SessionSummary,
  withLimit,
} from "../../../provider/graph/index";
import { storeChecked } from "../../../provider/settings/given";
import { storePayloadBytes } from "../../../provider/settings/wire";
import { openSession, type SessionSettings } from "../../session";
import { readTenant, type TenantPolicy } from "../../tenant/readTenant";
import type { Audience, Side, SidePolicy } from "../side";

/** Options of a tenant's side. */
export interface TenantOptions {
  /** Settings of its session. */
  readonly session: SessionSettings;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the reading. @default never */
  readonly signal?: AbortSignal | undefined;
  /** Refuses a tenant, before it is read, by throwing. @default none is refused */
  readonly admit?: (tenantId: string | undefined) => void;
  /** Prints a line about what is done, or waited for. */
  readonly log: (line: string) => void;
  /** Prints a line before the tenant is read. @default `log` */
  readonly announce?: (line: string) => void;
  /** Does more with the session, once the side is read. The session stays open for it. @default nothing */
  readonly whileOpen?: (side: Side, session: OpenTenant) => Promise<void>;
}

/** An open session with a tenant. */
export interface OpenTenant {
  readonly graph: GraphClient;
  readonly config: SessionSummary;
}

/** Reads a tenant's Cloud Policy. Sends only GETs. */
export function tenantSide(options: TenantOptions): Promise<Side> {
  const { log, announce = log } = options;
  return inTenant(options, async (graph, title) => {
    announce(`reading the policies of the ${title} …`);
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
  { session, env, signal, admit, log, whileOpen }: TenantOptions,
  read: (graph: GraphClient, title: string) => Promise<Side>,
): Promise<Side> {
  const { graph: unlimited, config, dispose } = openSession(session, log, env);
  const graph = withLimit(unlimited, { signal });
  try {
    const tenantId = actualTenant(config, await graph.caller());
    admit?.(tenantId);
    const where = config.endpoint === undefined ? "" : ` at ${config.endpoint}`;
    const title = `tenant ${tenantId ?? config.tenantId ?? "of the credential"}${where}`;
    const side = { ...(await read(graph, title)), tenantId };
    await whileOpen?.(side, { graph, config });
    return side;
  } finally {
    await dispose();
  }
}

function sidePolicy(policy: TenantPolicy): SidePolicy {
  const { id, displayName, priority, assignments, policies, userPreferences } = policy;
  const { lastModified, checkIns } = policy;
  return {
    road: "cloudPolicy",
    name: displayName,
    id,
    ...(priority !== undefined && { rank: { scale: "priority", place: priority } }),
    audience: audienceOf(assignments),
    payloads: { policies: stored(policies), userPreferences: stored(userPreferences) },
    ...(lastModified !== undefined && { lastModified }),
    ...(checkIns !== undefined && { checkIns }),
  };
}

function audienceOf(groups: readonly string[] | undefined): Audience {
  return groups === undefined ? { kind: "others" } : { kind: "groups", ids: groups };
}

function stored(bytes: Uint8Array | undefined): unknown {
  return bytes === undefined ? undefined : storeChecked(storePayloadBytes(bytes));
}
