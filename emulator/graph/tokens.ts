import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { EmulatorCredential } from "../types";
import { GraphError } from "./errors";

/** How long a token is valid, in seconds. */
const LIFETIME_SECONDS = 3600;

/** Permission in the tokens: the one that the API's pages require. */
const PERMISSION = "DeviceManagementConfiguration.ReadWrite.All";

/** Audience of tokens that were requested without a scope. */
const DEFAULT_AUDIENCE = "https://graph.microsoft.com";

/** Claims of a token. */
export interface TokenFacts {
  readonly tenantId: string;
  readonly kind: "user" | "app";
  readonly expiresAtMs: number;
}

/** Default secret of clients. */
const DEFAULT_SECRET = "emulator-secret";

/** Issues tokens, and recognizes those it has issued. */
export class Tokens {
  readonly #issued = new Map<string, TokenFacts>();
  readonly #key = randomBytes(32);
  readonly #clock: () => Date;
  readonly #credentials: readonly EmulatorCredential[] | undefined;

  constructor(clock: () => Date, credentials: readonly EmulatorCredential[] | undefined) {
    this.#clock = clock;
    this.#credentials = credentials;
  }

  /** A signed token, shaped like Entra's. The emulated Graph accepts any audience. */
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

  /** Accepts a text as an app-only token until it is revoked. */
  accept(token: string, tenantId: string): string {
    this.#issued.set(token, { tenantId, kind: "app", expiresAtMs: Number.POSITIVE_INFINITY });
    return token;
  }

  /** The sender of a request. Throws Graph's 401 if it is unknown. */
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

  /** Whether a client's secret is valid. */
  knowsSecret(tenantId: string, clientId: string, secret: string): boolean {
    if (this.#credentials === undefined) return secret === DEFAULT_SECRET;
    return this.#credentials.some(
      (known) =>
        known.tenantId === tenantId && known.clientId === clientId && known.clientSecret === secret,
    );
  }

  /** Whether a tenant exists. */
  knowsTenant(tenantId: string): boolean {
    return (
      this.#credentials === undefined ||
      this.#credentials.some((known) => known.tenantId === tenantId)
    );
  }

  /** Revokes all tokens. */
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
