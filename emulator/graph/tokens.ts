import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { EmulatorCredential } from "../types";
import { GraphError } from "./errors";

/** How long a token is valid, in seconds. */
const LIFETIME_SECONDS = 3600;

/** Permissions of the tokens: what the API's pages ask for. */
const PERMISSION = "DeviceManagementConfiguration.ReadWrite.All";

/** Whom a token is for that nobody asked for by a scope. */
const DEFAULT_AUDIENCE = "https://graph.microsoft.com";

/** Claims of a token. */
export interface TokenFacts {
  readonly tenantId: string;
  readonly kind: "user" | "app";
  readonly expiresAtMs: number;
}

/** The secret of the clients that nobody named. */
const DEFAULT_SECRET = "emulator-secret";

/** Issues tokens, and knows those it has issued. */
export class Tokens {
  readonly #issued = new Map<string, TokenFacts>();
  readonly #key = randomBytes(32);
  readonly #clock: () => Date;
  readonly #credentials: readonly EmulatorCredential[] | undefined;

  constructor(clock: () => Date, credentials: readonly EmulatorCredential[] | undefined) {
    this.#clock = clock;
    this.#credentials = credentials;
  }

  /** A signed token, shaped like Entra's. Graph here takes it whatever its audience is. */
  issue(
    kind: "user" | "app",
    tenantId: string,
    { clientId = randomUUID() as string, audience = DEFAULT_AUDIENCE } = {},
  ): string {
    const nowSeconds = Math.floor(this.#clock().getTime() / 1000);
    const claims = {
      aud: audience,
      iss: `https://sts.windows.net/${tenantId}/`,
      iat: nowSeconds,
      nbf: nowSeconds,
      exp: nowSeconds + LIFETIME_SECONDS,
      appid: clientId,
      tid: tenantId,
      idtyp: kind,
      ...(kind === "app" ? { roles: [PERMISSION] } : { scp: PERMISSION }),
      jti: randomUUID(),
    };
    const text = [{ typ: "JWT", alg: "HS256" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const token = `${text}.${createHmac("sha256", this.#key).update(text).digest("base64url")}`;
    this.#issued.set(token, {
      tenantId,
      kind,
      expiresAtMs: (nowSeconds + LIFETIME_SECONDS) * 1000,
    });
    return token;
  }

  /** Takes a text for an app-only token, for as long as nobody revokes it. */
  accept(token: string, tenantId: string): string {
    this.#issued.set(token, { tenantId, kind: "app", expiresAtMs: Number.POSITIVE_INFINITY });
    return token;
  }

  /** Says who a request is from. Throws Graph's 401 where nobody knows. */
  authenticate(authorization: string | undefined): TokenFacts {
    const token = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) throw unauthorized("Access token is empty.");
    const facts = this.#issued.get(token);
    if (facts === undefined) throw unauthorized("Access token validation failure.");
    if (facts.expiresAtMs <= this.#clock().getTime()) {
      throw unauthorized("Lifetime validation failed, the token is expired.");
    }
    return facts;
  }

  /** Says if a client may have a token for its secret. */
  knowsSecret(tenantId: string, clientId: string, secret: string): boolean {
    if (this.#credentials === undefined) return secret === DEFAULT_SECRET;
    return this.#credentials.some(
      (known) =>
        known.tenantId === tenantId && known.clientId === clientId && known.clientSecret === secret,
    );
  }

  /** Says if a tenant exists. */
  knowsTenant(tenantId: string): boolean {
    return (
      this.#credentials === undefined ||
      this.#credentials.some((known) => known.tenantId === tenantId)
    );
  }

  /** Forgets every token, as if all had been revoked. */
  revokeAll(): void {
    this.#issued.clear();
  }
}

function unauthorized(message: string): GraphError {
  return new GraphError(401, "InvalidAuthenticationToken", message, {
    "WWW-Authenticate":
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
  });
}
