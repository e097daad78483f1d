/**
 * A Graph without HTTP: a function answers its requests.
 *
 * @module
 */
import { GraphClient, GraphHttpError, type GraphRequest } from "../provider/graph";
import type { Caller } from "../provider/graph/caller";

/**
 * The body of an answer: JSON, or the bytes of a stream; undefined for an answer without one, and for a
 * stream that is not there.
 */
export type Reply = (request: GraphRequest) => unknown;

/** A client of a Graph that answers as a function says, and the requests that came. */
export function fakeGraph(reply: Reply, caller: Caller = {}) {
  const sent: GraphRequest[] = [];
  const graph = new GraphClient({
    origin: "https://graph.test",
    caller: () => Promise.resolve(caller),
    send: async (request) => {
      sent.push(request);
      const body: unknown = await reply(request);
      const headers = new Headers();
      if (request.accepts !== "bytes") {
        return { status: body === undefined ? 204 : 200, body, headers };
      }
      if (body === undefined) throw refused(request, 404);
      return { status: 200, body: undefined, bytes: body as Uint8Array, headers };
    },
  });
  return { graph, sent, trips: () => sent.map(tripOf) };
}

/** Graph's refusal of a request. */
export function refused({ method, path }: GraphRequest, status: number, words = "no") {
  return new GraphHttpError({ method, path, status, code: "", graphMessage: words });
}

/** A request that a test does not expect. */
export function unexpected({ method, path }: GraphRequest): never {
  throw new Error(`${method} ${path} was not asked for`);
}

/** Method of a request, and the last piece of its path: `PUT policyPayload`. */
export function tripOf({ method, path }: Pick<GraphRequest, "method" | "path">): string {
  return `${method} ${path.split("?")[0]?.split("/").at(-1)}`;
}
