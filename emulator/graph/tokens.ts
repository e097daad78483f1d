import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { EmulatorCredential } from "../types";
import { GraphError } from "./errors";

/** Lifetime of a token, in seconds. */
const LIFETIME_SECONDS = 3600;

/** Audience of tokens that were requested without a scope. */
const DEFAULT_AUDIENCE = "https://graph.microsoft.com";

/** Claims of a token. */
export interface TokenFacts {
  readonly tenantId: string;
  readonly kind: "user" | "app";
  readonly permissions: ReadonlySet<string>;
  readonly expiresAtMs: number;
}

/** Further parts of a token. */
interface TokenParts {
  readonly clientId?: string | undefined;
  readonly audience?: string | undefined;
  /** @default those of all tokens */
  readonly permissions?: readonly string[] | undefined;
}

/** Default secret of clients. */
const DEFAULT_SECRET = "emulator-secret";

/** Issues tokens, and recognizes those it has issued. */
export class Tokens {
  readonly #issued = new Map<string, TokenFacts>();
  readonly #key = randomBytes(32);
  readonly #clock: () => Date;
  readonly #credentials: readonly EmulatorCredential[] | undefined;
  readonly #permissions: readonly string[];

  /** @param permissions - What all tokens hold. */
  constructor(
    clock: () => Date,
    credentials: readonly EmulatorCredential[] | undefined,
    permissions: readonly string[],
  ) {
    this.#clock = clock;
    this.#credentials = credentials;
    this.#permissions = permissions;
  }

  /** A signed token, shaped like Entra's. The emulated Graph accepts any audience. */
  issue(
    kind: "user" | "app",
    tenantId: string,
    {
      clientId = randomUUID(),
      audience = DEFAULT_AUDIENCE,
      permissions = this.#permissions,
    }: TokenParts = {},
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
      ...(kind === "app" ? { roles: permissions } : { scp: permissions.join(" ") }),
      jti: randomUUID(),
    };
    const text = [{ typ: "JWT", alg: "HS256" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const token = `${text}.${createHmac("sha256", this.#key).update(text).digest("base64url")}`;
    this.#issued.set(token, {
      tenantId,
      kind,
      permissions: new Set(permissions),
      expiresAtMs: (nowSeconds + LIFETIME_SECONDS) * 1000,
    });
    return token;
  }

  /** Accepts a text as a token until it is revoked. */
  accept(token: string, kind: TokenFacts["kind"], tenantId: string): string {
    const permissions = new Set(this.#permissions);
    const expiresAtMs = Number.POSITIVE_INFINITY;
    this.#issued.set(token, { tenantId, kind, permissions, expiresAtMs });
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
