import type { IncomingMessage, ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { tooLarge } from "./errors";

/** Largest body of a request, in bytes. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The connection of a request, for faults that break it. */
export interface Connection {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** Closes the connection without an answer. The returned response is never sent. */
export function cut({ incoming }: Connection): Response {
  incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/**
 * Sends half of an answer with the length of the whole, and closes the connection. The returned response is
 * never sent.
 */
export async function truncate(
  { incoming, outgoing }: Connection,
  response: Response,
): Promise<Response> {
  const bytes = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    "Content-Length": bytes.length,
  });
  outgoing.flushHeaders();
  outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => incoming.socket.destroy());
  return RESPONSE_ALREADY_SENT;
}

/** The response to send on a connection; none if a part of a batch has broken the connection. */
export function unlessBroken({ incoming, outgoing }: Connection, response: Response): Response {
  return incoming.socket.destroyed || outgoing.headersSent ? RESPONSE_ALREADY_SENT : response;
}

/** The bytes of a request's body; undefined, and no longer kept, if it is too large. */
export async function readBytes(request: Request): Promise<Buffer | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | undefined = request.body ?? undefined;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The text of a request's body. Throws Graph's 413 if it is too large. */
export async function readText(request: Request): Promise<string> {
  const bytes = await readBytes(request);
  if (bytes === undefined) throw tooLarge();
  return new TextDecoder().decode(bytes);
}
