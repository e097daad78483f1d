/**
 * The sender of requests, read from the access token. The token is read, not verified: Graph decides.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 * @module
 */
import { z } from "zod";

/** The sender that a token names, as far as it does. */
export interface Caller {
  /** The GUID of the tenant (`tid`), in lower case. */
  readonly tenantId?: string;
  /** An app on its own (application permissions), or an app on behalf of a user (delegated). */
  readonly kind?: "app" | "user";
  /** When the token expires (`exp`), in milliseconds since the epoch. */
  readonly expiresAtMs?: number;
}

/** The rights of a sender, as far as the token names them. */
export interface Grants {
  /**
   * Permissions of Graph: of an app on its own (`roles`), or of an app on behalf of a user (`scp`). Undefined if the token
   * cannot be read.
   */
  readonly permissions?: readonly string[];
  /** The app that asked for the token (`appid` or `azp`). */
  readonly clientId?: string;
}

const claims = z.looseObject({
  tid: z.guid().optional(),
  idtyp: z.string().optional(),
  scp: z.string().optional(),
  roles: z.array(z.string()).optional(),
  // Only times that a Date can hold: they appear in messages.
  exp: z.number().min(0).max(8.64e12).optional().catch(undefined),
});

/** Reads the claims of a token; returns none if the token is not a JSON Web Token. */
export function callerOf(token: string): Caller {
  const { data } = claims.safeParse(parse(token.split(".")[1] ?? ""));
  if (data === undefined) return {};
  const kind = kindOf(data);
  return {
    ...(data.tid !== undefined && { tenantId: data.tid.toLowerCase() }),
    ...(kind !== undefined && { kind }),
    ...(data.exp !== undefined && { expiresAtMs: data.exp * 1_000 }),
  };
}

const grants = z.looseObject({
  scp: z.string().optional().catch(undefined),
  roles: z.array(z.string()).optional().catch(undefined),
  appid: z.guid().optional().catch(undefined),
  azp: z.guid().optional().catch(undefined),
});

/**
 * Reads what a token grants. A token that names neither `roles` nor `scp` grants nothing: an app without any permission
 * gets such a token.
 */
export function grantsOf(token: string): Grants {
  const { data } = grants.safeParse(parse(token.split(".")[1] ?? ""));
  if (data === undefined) return {};
  const { scp, roles = [], appid, azp } = data;
  const clientId = (appid ?? azp)?.toLowerCase();
  const permissions = scp === undefined ? roles : scp.split(" ").filter(Boolean);
  return { permissions, ...(clientId !== undefined && { clientId }) };
}

/** `idtyp` is an optional claim; without it, delegated tokens have `scp` and app-only ones `roles`. */
function kindOf({ idtyp, scp, roles }: z.infer<typeof claims>): Caller["kind"] {
  if (idtyp === "app" || idtyp === "user") return idtyp;
  if (scp !== undefined) return "user";
  return roles === undefined ? undefined : "app";
}

function parse(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}
