import { paths } from "../../api/paths";
import type { GraphClient } from "../../graph";
import { isPlainObject, type PlainObject } from "../../settings/json";
import type { TenantReads } from "./tenantReads";

/** The same Graph, whose writes make the reads forget what they write. */
export function forgetting(graph: GraphClient, reads: TenantReads): GraphClient {
  return {
    origin: graph.origin,
    caller: (options) => graph.caller(options),
    get: (path, options) => graph.get(path, options),
    getBytes: (path, options) => graph.getBytes(path, options),
    list: (path, options) => graph.list(path, options),
    page: (path, options) => graph.page(path, options),
    post: (path, body, options) =>
      path === paths.clientConfigurations
        ? reads.creations.during(() => graph.post(path, body, options))
        : reads.during(idsWritten(path, body), () => graph.post(path, body, options)),
    patch: (path, body, options) =>
      reads.during(idsWritten(path, body), () => graph.patch(path, body, options)),
    put: (path, bytes, options) =>
      reads.during(idsWritten(path), () => graph.put(path, bytes, options)),
    delete: (path, options) => reads.during(idsWritten(path), () => graph.delete(path, options)),
  };
}

/** The ids of the policies that a request writes: in its path or in its body. */
function idsWritten(path: string, body?: unknown): string[] {
  const { id, officeConfigurationPolicyIds: ids }: PlainObject = isPlainObject(body) ? body : {};
  if (path === paths.updatePriorities) return Array.isArray(ids) ? ids.map(String) : [];
  if (path === paths.clientConfigurations) return typeof id === "string" ? [id] : [];
  const [, segment] = /\/clientConfigurations\/([^/?]+)/.exec(path) ?? [];
  return segment === undefined ? [] : [decodeURIComponent(segment)];
}
