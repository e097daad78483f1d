import { paths } from "../../api/paths";
import type { GraphClient, GraphRequest } from "../../graph";
import { isPlainObject, type PlainObject } from "../../settings/json";
import type { TenantReads } from "./tenantReads";

/** The same Graph; each of its writes makes the shared reads forget the policies that it writes. */
export function forgetting(graph: GraphClient, reads: TenantReads): GraphClient {
  return graph.around((request, send) => {
    if (request.method === "GET") return send(request);
    if (isCreation(request)) return reads.creations.during(() => send(request));
    return reads.during(idsWritten(request), () => send(request));
  });
}

function isCreation({ method, path }: GraphRequest): boolean {
  return method === "POST" && path === paths.clientConfigurations;
}

/** The ids of the policies that a request writes, from its path or its body. */
function idsWritten({ path, body }: GraphRequest): string[] {
  const { id, officeConfigurationPolicyIds: ids }: PlainObject = isPlainObject(body) ? body : {};
  if (path === paths.updatePriorities) return Array.isArray(ids) ? ids.map(String) : [];
  if (path === paths.clientConfigurations) return typeof id === "string" ? [id] : [];
  const [, segment] = /\/clientConfigurations\/([^/?]+)/.exec(path) ?? [];
  return segment === undefined ? [] : [decodeURIComponent(segment)];
}
