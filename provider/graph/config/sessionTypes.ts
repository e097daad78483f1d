/**
 * The settings of a session once they are read, checked and chosen from.
 *
 * @module
 */
import type { CloudName } from "./clouds";

/** Ways to get a token. `auto`, which stands for one of them, is resolved by then. */
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

/** Who signs in: an app in a tenant. */
interface AppIdentity {
  readonly tenantId: string;
  readonly clientId: string;
}

/** Where a CI service hands out its identity tokens. */
interface OidcRequest {
  readonly oidcRequestUrl: string;
  readonly oidcRequestToken: string;
}

/** A way to get a token, with what it needs. Holds secrets: never log it, never store it. */
export type CredentialConfig =
  | { readonly kind: "accessToken"; readonly accessToken: string }
  | ({ readonly kind: "clientSecret"; readonly clientSecret: string } & AppIdentity)
  | ({
      readonly kind: "clientCertificate";
      /** A PEM file with certificate and key; the identity library reads no other form. */
      readonly clientCertificatePath: string;
      readonly clientCertificatePassword?: string;
    } & AppIdentity)
  | ({
      readonly kind: "workloadIdentity";
      /** Read anew for every token, as its owner replaces it. One of the two is there. */
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

/** So many writes in so long. */
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
  /** Which policies that another owner may have made a creation takes over; none by default. */
  readonly takeOver?: "identical";
  /** Path of the catalogue of settings; undefined: the default one, if it exists. */
  readonly catalogue?: string;
  /** Treatment of settings that the catalogue does not allow. @default error */
  readonly catalogueCheck?: "error" | "warn" | "off";
  /** How often a request is sent again at most. */
  readonly maxRetries: number;
  /** How many requests are in flight at most. */
  readonly maxRequestsInFlight: number;
  /** How long one attempt may take. */
  readonly requestTimeoutSeconds: number;
  /** The tenant's write limit; undefined where it is not known. */
  readonly writeLimit?: WriteLimit;
}
