import { callerOf } from "./caller";
import type { GraphClient } from "./client";
import type { Clock } from "./clock";
import { type CloudName, cloudOf } from "./config/clouds";
import type { CredentialKind, SessionConfig } from "./config/sessionTypes";
import { isGuid } from "./config/settings";
import { createCredential } from "./credential";
import { createGraphClient } from "./microsoftGraph";
import { createTransport, type Transport } from "./transport";
import type { Log } from "./types";

/** Public facts about a session: nothing here is secret. */
export interface SessionSummary {
  readonly tenantId?: string;
  readonly cloud: CloudName;
  /** Origin of a Graph other than the cloud's. */
  readonly endpoint?: string;
  readonly credential: CredentialKind;
  /** Treatment of resources that are recorded in another tenant. */
  readonly onTenantChange: SessionConfig["onTenantChange"];
  /** Whether a creation takes over an identical policy that another owner may have made. @default no */
  readonly takeOver?: "identical";
  /** Path of the catalogue of settings; undefined: the default one, if it exists. */
  readonly catalogue?: string;
  /** Treatment of settings that the catalogue does not allow. @default error */
  readonly catalogueCheck?: SessionConfig["catalogueCheck"];
  /** Longest wait of a run that finds drift for the tenant's audit log, in seconds. @default it does not ask */
  readonly auditLogWaitSeconds?: number;
  /** The tenant's GUID in lower case, if it is known without asking for a token. */
  readonly knownTenantId?: string;
}

/** A tenant's Graph and a credential for it. */
export interface Session {
  readonly config: SessionSummary;
  readonly graph: GraphClient;
  /** Closes its connections once they are idle. Later calls fail. */
  dispose(): Promise<void>;
}

/** Options of a session besides its settings. */
export interface SessionOptions {
  /** Says why nothing happens, and how to sign in. @default Says nothing. */
  readonly log?: Log;
  /** @default the system's */
  readonly clock?: Clock;
  /** @default HTTP to the host of the session's Graph */
  readonly transport?: Transport;
}

/** Opens a session. Nothing is sent before the first call. */
export function createSession(config: SessionConfig, options: SessionOptions = {}): Session {
  const { log, clock } = options;
  const { tenantId, cloud, endpoint, credential, onTenantChange, takeOver } = config;
  const { catalogue, catalogueCheck, auditLogWaitSeconds } = config;
  const knownTenantId = tenantIdOf(config);
  const root = new URL(endpoint ?? cloudOf(cloud).graph);
  const { transport = createTransport(root) } = options;
  let closed: Promise<void> | undefined;
  return {
    config: {
      ...(tenantId !== undefined && { tenantId }),
      cloud,
      ...(endpoint !== undefined && { endpoint }),
      credential: credential.kind,
      onTenantChange,
      ...(takeOver !== undefined && { takeOver }),
      ...(catalogue !== undefined && { catalogue }),
      ...(catalogueCheck !== undefined && { catalogueCheck }),
      ...(auditLogWaitSeconds !== undefined && { auditLogWaitSeconds }),
      ...(knownTenantId !== undefined && { knownTenantId }),
    },
    graph: createGraphClient(config, createCredential(config, { log }), {
      log,
      transport,
      ...(clock && { clock }),
    }),
    dispose: () => {
      closed ??= transport.close();
      return closed;
    },
  };
}

/** The tenant of a given token; otherwise the settings' tenant, unless they name it by a domain. */
function tenantIdOf({ tenantId, credential }: SessionConfig): string | undefined {
  const ofToken =
    credential.kind === "accessToken" ? callerOf(credential.accessToken).tenantId : undefined;
  return ofToken ?? (isGuid(tenantId) ? tenantId.toLowerCase() : undefined);
}
