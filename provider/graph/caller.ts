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
