import { createGraphClient } from "./client";
import { type CloudName, cloudOf } from "./clouds";
import { createCredential } from "./credential";
import type { CredentialKind, SessionConfig } from "./sessionTypes";
import { createTransport } from "./transport";
import type { GraphClient, Log } from "./types";

/** What may be told of a session to anybody: nothing in it is secret. */
export interface SessionSummary {
  readonly tenantId?: string;
  readonly cloud: CloudName;
  /** Origin of a Graph other than the cloud's. */
  readonly endpoint?: string;
  readonly credential: CredentialKind;
}

/** A tenant's Graph and a credential for it. */
export interface Session {
  readonly config: SessionSummary;
  readonly graph: GraphClient;
  /** Closes its connections once they are idle. Calls after it fail. */
  dispose(): Promise<void>;
}

/** What a session may be told besides its settings. */
export interface SessionOptions {
  /** Says why nothing happens, and how to sign in. @default Says nothing. */
  readonly log?: Log;
}

/** Opens a session. Nothing is sent before the first call. */
export function createSession(config: SessionConfig, { log }: SessionOptions = {}): Session {
  const { tenantId, cloud, endpoint, credential } = config;
  const transport = createTransport(new URL(endpoint ?? cloudOf(cloud).graph));
  const options = { ...(log && { log }) };
  let closed: Promise<void> | undefined;
  return {
    config: {
      ...(tenantId !== undefined && { tenantId }),
      cloud,
      ...(endpoint !== undefined && { endpoint }),
      credential: credential.kind,
    },
    graph: createGraphClient(config, createCredential(config, options), { ...options, transport }),
    dispose: () => {
      closed ??= transport.close();
      return closed;
    },
  };
}
