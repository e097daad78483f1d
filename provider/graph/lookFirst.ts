/**
 * A DELETE with a look at what it deletes: two requests that count as one call.
 *
 * @module
 */
import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import { contextOf, GraphCall } from "./call";
import type { Clock } from "./clock";
import { TransportFailure } from "./sendMiddleware";

/** Whether a request goes only after a look at its object. */
export function looksFirst({ look }: GraphCall): boolean {
  return look !== undefined;
}

/**
 * The answer that a look gives in place of its DELETE: there is nothing to delete, or it is to be tried
 * again.
 *
 * @returns undefined where the DELETE goes on, be it without having seen its object.
 */
export function answeredByLook(call: GraphCall, look: Response): Response | undefined {
  const { status, ok } = look;
  if (ok) call.looked = look;
  // An earlier attempt saw it, and deleted it without our learning of it.
  if (status === 404) return call.looked?.clone() ?? look;
  return status === 401 || status === 429 || (status >= 500 && status !== 501) ? look : undefined;
}

/** The answer to a DELETE: where it was carried out, the object as the look found it. */
export function withLook(call: GraphCall, deleted: Response): Response {
  return deleted.ok && call.looked !== undefined ? call.looked.clone() : deleted;
}

/** Looks, and then deletes: where the two cannot travel together. */
export async function lookThenSend(context: Context, call: GraphCall, next: Next): Promise<void> {
  const look = await lookAlone(context, call, next);
  context.response = look && answeredByLook(call, look);
  if (context.response !== undefined) return;
  await next.middleware.execute(context);
  context.response &&= withLook(call, context.response);
}

interface Next {
  readonly middleware: Middleware;
  readonly clock: Clock;
}

/** @returns undefined where nothing can be made of the answer. @throws TransportFailure */
async function lookAlone(
  { options }: Context,
  { look: url, path, deadlineMs, signal }: GraphCall,
  { middleware, clock }: Next,
): Promise<Response | undefined> {
  if (url === undefined) return undefined;
  const call = new GraphCall({ method: "GET", url, path }, { deadlineMs, signal }, clock);
  const context = contextOf(call, { method: "GET", headers: options?.headers ?? {} });
  try {
    await middleware.execute(context);
    return context.response;
  } catch (error) {
    if (error instanceof TransportFailure) throw error;
    return undefined;
  } finally {
    call.close();
  }
}
