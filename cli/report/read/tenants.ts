/**
 * Reads tenants side by side, each within its time. One that fails is told as such, and keeps no other from being read.
 *
 * @module
 */
import pLimit from "p-limit";
import type { Catalogue } from "../../../provider/catalogue/catalogue";
import { doctorHint } from "../../../provider/graph/errors/doctorHint";
import { timeLimit } from "../../../provider/graph/timeLimit";
import { oneLine } from "../../../provider/text/messageText";
import type { Side } from "../../compare/side";
import { environmentOf } from "../../compare/sides/environment";
import { wholeIntuneSide } from "../../compare/sides/intune";
import { openSide, type SideOptions, type SideSpec } from "../../compare/sides/open";
import { stackSide } from "../../compare/sides/stack";
import { type TenantOptions, tenantSide } from "../../compare/sides/tenant";
import type { AuditReading } from "../authors";
import { hasDrift, type SideReading, type TenantReading } from "../reportOf";
import { AuditLogs, withAuditWait } from "./auditLogs";
import { sessionOf } from "./stacks";

/** A tenant to read: a stack with its tenant, or any side of a comparison. */
export interface TenantSpec {
  readonly name: string;
  readonly spec: SideSpec;
}

/** Options of the reading of tenants. */
export interface ReadOptions {
  /** Whether the tenants of stacks are read, too. */
  readonly isLive: boolean;
  /** Most tenants that are read at a time. */
  readonly parallel: number;
  /** Longest time for a tenant, in seconds. */
  readonly timeoutSeconds: number;
  /** Longest wait for the audit log of a tenant that has drift, in seconds. @default what each stack's session says */
  readonly auditWaitSeconds: number | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly catalogue: SideOptions["catalogue"];
  /** Catalogue by which the tenants' policies in Intune are read. Undefined: they are not. */
  readonly intune: Catalogue | undefined;
  readonly log: (line: string) => void;
  /** Told of each tenant that has been read, or could not be. */
  readonly onRead: (reading: TenantReading) => void;
}

const NONE: SideReading = { state: "none" };

/** Longest reason, in UTF-16 units. */
const MAX_REASON = 600;

/** Reads all tenants; the result is in their order. */
export function readTenants(
  tenants: readonly TenantSpec[],
  options: ReadOptions,
): Promise<TenantReading[]> {
  const limit = pLimit(options.parallel);
  const logs = new AuditLogs();
  return Promise.all(
    tenants.map(async (tenant) => {
      // An audit log takes its time. Meanwhile the next tenant is read.
      const { audit, ...read } = await limit(() => readTenant(tenant, logs, options));
      const reading = { ...read, audit: await audit };
      options.onRead(reading);
      return reading;
    }),
  );
}

/** A tenant as it was read, while its audit log may still be asked. */
interface Begun extends Omit<TenantReading, "audit"> {
  /** Never rejects. */
  readonly audit?: Promise<AuditReading | undefined>;
}

async function readTenant(
  tenant: TenantSpec,
  logs: AuditLogs,
  options: ReadOptions,
): Promise<Begun> {
  const { timeoutSeconds } = options;
  const limit = timeLimit(timeoutSeconds * 1_000);
  const endMs = Date.now() + timeoutSeconds * 1_000;
  // Not all that is waited for can be cancelled: a sign-in cannot.
  const ended = new Promise<never>((_, reject) => {
    limit.signal.addEventListener("abort", () => {
      reject(new Error(`it was not read within ${timeoutSeconds} s: give --timeout a longer time`));
    });
  });
  ended.catch(() => {});
  const attempt = async (read: () => Promise<Side>): Promise<SideReading> => {
    try {
      return { state: "read", side: await Promise.race([read(), ended]) };
    } catch (error) {
      return { state: "failed", reason: reasonOf(error) };
    }
  };
  const { signal } = limit;
  const begun = await readSides(tenant, { ...options, signal, endMs, attempt, logs });
  const audit = (begun.audit ?? Promise.resolve(undefined)).finally(() => limit.release());
  return { ...begun, audit };
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = [message, doctorHint(error)].filter((line) => line !== undefined);
  return oneLine(lines.join(" "), MAX_REASON);
}

interface Attempts extends ReadOptions {
  readonly signal: AbortSignal;
  /** End of the tenant's time, in milliseconds since the epoch. */
  readonly endMs: number;
  readonly logs: AuditLogs;
  /** Reads, or tells why not. */
  readonly attempt: (read: () => Promise<Side>) => Promise<SideReading>;
}

async function readSides({ name, spec }: TenantSpec, options: Attempts): Promise<Begun> {
  const { attempt } = options;
  if (spec.kind === "stack") return readStack(name, spec, options);
  const { catalogue, env, signal } = options;
  const log = (line: string) => options.log(`${name}: ${line}`);
  if (spec.kind === "tenant") {
    const session = spec.id === undefined ? {} : { tenantId: spec.id };
    const tenant = { session, env, signal, log, announce: () => {} };
    const live = await attempt(() => tenantSide(tenant));
    return { name, code: NONE, live, intune: await readIntune(live, tenant, options) };
  }
  const given = { session: {}, stack: undefined, catalogue, log: () => {} };
  const code = await attempt(() => openSide(spec, "left", given));
  return { name, code, live: NONE, intune: NONE };
}

/** A tenant's policies in Intune: after its Cloud Policy, which stands whatever becomes of Intune. */
function readIntune(
  live: SideReading,
  tenant: TenantOptions,
  { intune: catalogue, attempt }: Pick<Attempts, "intune" | "attempt">,
): Promise<SideReading> | SideReading {
  if (live.state !== "read" || catalogue === undefined) return NONE;
  return attempt(() => wholeIntuneSide({ ...tenant, catalogue }));
}

/** The state of a stack, and the tenant that the stack signs in to. */
async function readStack(
  name: string,
  stack: Extract<SideSpec, { readonly kind: "stack" }>,
  { isLive, env, signal, attempt, ...options }: Attempts,
): Promise<Begun> {
  const own = { ...stack, signal };
  const log = (line: string) => options.log(`${name}: ${line}`);
  const [code, session] = await Promise.all([
    attempt(() => stackSide({ ...own, log: () => {} })),
    isLive ? sessionOf(own).catch((error: unknown) => error) : undefined,
  ]);
  if (!isLive) return { name, code, live: NONE, intune: NONE };
  const ownEnv = environmentOf(stack.name.split("/").at(-1) ?? "", env);
  const tenant: TenantOptions = {
    session: session as Record<string, string>,
    env: withAuditWait(ownEnv, env),
    signal,
    log,
    announce: () => {},
    admit: (tenantId) => refuseOther(tenantId, code),
  };
  let audit: Begun["audit"];
  const live = await attempt(async () => {
    if (session instanceof Error) throw session;
    return new Promise<Side>((resolve, reject) => {
      const whileOpen: TenantOptions["whileOpen"] = async (side, opened) => {
        if (code.state === "read" && hasDrift(code.side, side)) {
          audit = options.logs.read(side.tenantId, opened, { ...options, signal, log });
        }
        // The tenant is read, whatever its audit log does.
        resolve(side);
        await audit;
      };
      tenantSide({ ...tenant, whileOpen }).then(resolve, reject);
    });
  });
  const intune = await readIntune(live, tenant, { ...options, attempt });
  return { name, code, live, intune, ...(live.state === "read" && { audit }) };
}

/** In another tenant, all that the stack manages would look deleted. */
function refuseOther(tenantId: string | undefined, code: SideReading): void {
  const recorded = code.state === "read" ? code.side.tenantId?.toLowerCase() : undefined;
  if (recorded === undefined || tenantId === undefined || recorded === tenantId) return;
  throw new Error(
    `the credential is for the tenant ${tenantId}, and the resources of the stack are in ${recorded}: ` +
      "give the credential of that tenant",
  );
}
