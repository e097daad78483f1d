/**
 * The settings of a session after they were read, checked and resolved.
 *
 * @module
 */
import type { CloudName } from "./clouds";

/** Ways to get a token. `auto` is already resolved to one of them. */
export const CREDENTIAL_KINDS = [
  "accessToken",
  "clientSecret",
  "clientCertificate",
  "workloadIdentity",
  "githubActions",
  "azurePipelines",
  "managedIdentity",
  "azureCli",
  "deviceCode",
  "default",
] as const;

/** Name of a way to get a token. */
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

/** The identity that signs in: an app in a tenant. */
interface AppIdentity {
  readonly tenantId: string;
  readonly clientId: string;
}

/** The address at which a CI service issues its identity tokens. */
interface OidcRequest {
  readonly oidcRequestUrl: string;
  readonly oidcRequestToken: string;
}

/** A way to get a token, with its parameters. Holds secrets: never log it, never store it. */
export type CredentialConfig =
  | { readonly kind: "accessToken"; readonly accessToken: string }
  | ({ readonly kind: "clientSecret"; readonly clientSecret: string } & AppIdentity)
  | ({
      readonly kind: "clientCertificate";
      /** A PEM file with certificate and key; the identity library reads no other format. */
      readonly clientCertificatePath: string;
      readonly clientCertificatePassword?: string;
    } & AppIdentity)
  | ({
      readonly kind: "workloadIdentity";
      /** Read again for every token, because its owner replaces it. One of the two is set. */
      readonly federatedTokenFile?: string;
      readonly federatedToken?: string;
    } & AppIdentity)
  | ({ readonly kind: "githubActions" } & AppIdentity & OidcRequest)
  | ({
      readonly kind: "azurePipelines";
      readonly azureServiceConnectionId: string;
    } & AppIdentity &
      OidcRequest)
  | { readonly kind: "managedIdentity"; readonly clientId?: string }
  | { readonly kind: "azureCli"; readonly tenantId?: string }
  | { readonly kind: "deviceCode"; readonly tenantId?: string; readonly clientId?: string }
  | { readonly kind: "default"; readonly tenantId?: string; readonly clientId?: string };

/** A number of writes in a window of time. */
export interface WriteLimit {
  readonly count: number;
  readonly seconds: number;
}

/** Settings of a session with one tenant. */
export interface SessionConfig {
  readonly tenantId?: string;
  readonly cloud: CloudName;
  /** Origin of a Graph other than the cloud's. */
  readonly endpoint?: string;
  /** Origin of a login other than the cloud's. */
  readonly authority?: string;
  readonly credential: CredentialConfig;
  /** Treatment of resources that are recorded in another tenant. */
  readonly onTenantChange: "refuse" | "replace";
  /** Whether a creation takes over an identical policy that another owner may have made. @default no */
  readonly takeOver?: "identical";
  /** Path of the catalogue of settings; undefined: the default one, if it exists. */
  readonly catalogue?: string;
  /** Treatment of settings that the catalogue does not allow. @default error */
  readonly catalogueCheck?: "error" | "warn" | "off";
  /** Longest wait of a run that finds drift for the tenant's audit log, in seconds. @default it does not ask */
  readonly auditLogWaitSeconds?: number;
  /** Maximum number of repeats of a request. */
  readonly maxRetries: number;
  /** Maximum number of requests in flight. */
  readonly maxRequestsInFlight: number;
  /** Time limit of one attempt, in seconds. */
  readonly requestTimeoutSeconds: number;
  /** The tenant's write limit; undefined if it is not known. */
  readonly writeLimit?: WriteLimit;
}
