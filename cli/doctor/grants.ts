import { permissionsFor } from "../../provider/graph/errors/permissions";
import type { Road } from "./roads";
import type { SignIn } from "./signIn";

/** Rights of a token on a road. `unknown`: the token cannot be read. */
export type Grant = "write" | "read" | "nothing" | "unknown";

/** Permissions that include those of a road, because they are broader. */
const BROADER_READS: ReadonlyMap<Road["id"], readonly string[]> = new Map([
  ["groups", ["Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All"]],
]);

/** The rights that a token names for a road. Graph itself may still refuse. */
export function grantOn(road: Pick<Road, "id" | "path">, { permissions }: SignIn): Grant {
  if (permissions === undefined) return "unknown";
  const held = new Set(permissions.map((permission) => permission.toLowerCase()));
  const has = (permission: string) => held.has(permission.toLowerCase());
  const { write, read } = permissionsFor(road.path);
  if (write !== undefined && has(write)) return "write";
  return [read, ...(BROADER_READS.get(road.id) ?? [])].some(has) ? "read" : "nothing";
}
