/**
 * Access to an API: who may send a request, and whether the tenant serves it.
 *
 * @module
 */
import { GraphError } from "./errors";
import type { TokenFacts } from "./tokens";

/** State of an API in the tenant: served, not served, or not for lack of a license. */
export type Road = "open" | "closed" | "unlicensed";

/** Conditions of an API for all its requests. */
export interface Access {
  /** The segment that its paths begin with, below `/beta`. */
  readonly segment: string;
  readonly road: Road;
  /** Permissions of which a request needs one, for reading and for writing; the least comes first. */
  readonly permissions: { readonly read: readonly string[]; readonly write: readonly string[] };
  /** The error without a license. */
  readonly unlicensed: () => GraphError;
  /** The error without a permission. */
  readonly forbidden: (needed: readonly string[]) => GraphError;
}

/** A request before any route sees it. */
export interface Asked {
  readonly method: string;
  /** Decoded path from the root: `/beta/officeConfiguration`. */
  readonly path: string;
  readonly caller: TokenFacts;
}

/** Lets a request to an API pass. Throws Graph's error if the API does not take it. */
export function admit(access: Access, { method, path, caller }: Asked): void {
  const { segment, road, permissions } = access;
  if (path.split("/")[2] !== segment) return;
  if (road === "closed") {
    const message = `Resource not found for the segment '${segment}'.`;
    throw new GraphError(400, "BadRequest", message);
  }
  if (road === "unlicensed") throw access.unlicensed();
  const needed = method === "GET" ? permissions.read : permissions.write;
  const isAllowed = needed.length === 0 || needed.some((name) => caller.permissions.has(name));
  if (!isAllowed) throw access.forbidden(needed);
}
