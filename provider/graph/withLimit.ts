import type { GraphClient } from "./types";

/** The same Graph, for calls that end at a moment, or when somebody cancels. */
export function withLimit(
  graph: GraphClient,
  { deadlineMs, signal }: { deadlineMs?: number | undefined; signal?: AbortSignal | undefined },
): GraphClient {
  const limit = { ...(deadlineMs !== undefined && { deadlineMs }), ...(signal && { signal }) };
  if (Object.keys(limit).length === 0) return graph;
  return {
    origin: graph.origin,
    ...(deadlineMs !== undefined && { deadlineMs }),
    unlimited: graph.unlimited ?? graph,
    caller: (options) => graph.caller({ ...options, ...limit }),
    get: (path, options) => graph.get(path, { ...options, ...limit }),
    post: (path, body, options) => graph.post(path, body, { ...options, ...limit }),
    patch: (path, body, options) => graph.patch(path, body, { ...options, ...limit }),
    put: (path, bytes, options) => graph.put(path, bytes, { ...options, ...limit }),
    delete: (path, options) => graph.delete(path, { ...options, ...limit }),
    getBytes: (path, options) => graph.getBytes(path, { ...options, ...limit }),
    list: (path, options) => graph.list(path, { ...options, ...limit }),
    page: (path, options) => graph.page(path, { ...options, ...limit }),
  };
}
