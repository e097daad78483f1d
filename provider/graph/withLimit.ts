import { GraphClient } from "./client";

/** The same Graph, for calls that end at a deadline or when somebody cancels. */
export function withLimit(
  graph: GraphClient,
  { deadlineMs, signal }: { deadlineMs?: number | undefined; signal?: AbortSignal | undefined },
): GraphClient {
  const limit = { ...(deadlineMs !== undefined && { deadlineMs }), ...(signal && { signal }) };
  if (Object.keys(limit).length === 0) return graph;
  const { origin, clock, unlimited } = graph;
  return new GraphClient(
    {
      origin,
      caller: (options) => graph.caller({ ...options, ...limit }),
      send: (request) => graph.send({ ...request, ...limit }),
    },
    { clock, deadlineMs, unlimited },
  );
}
