/**
 * A DELETE that reads its object first: two requests that count as one call.
 *
 * @module
 */
import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import { contextOf, GraphCall } from "./call";
import type { Clock } from "./clock";
import { TransportFailure } from "./sendMiddleware";

/** Whether a request must read its object first. */
export function looksFirst({ look }: GraphCall): boolean {
  return look !== undefined;
}

/**
 * The look's answer, if it settles the DELETE: there is nothing to delete, or the call must be tried again.
 *
 * @returns undefined if the DELETE goes on, even without having seen its object.
 */
export function answeredByLook(call: GraphCall, look: Response): Response | undefined {
  const { status, ok } = look;
  if (ok) call.looked = look;
  // An earlier attempt saw the object and deleted it, but its answer was lost.
  if (status === 404) return call.looked?.clone() ?? look;
  return status === 401 || status === 429 || (status >= 500 && status !== 501) ? look : undefined;
}

/** The answer to a DELETE. If it succeeded, the object as the look found it. */
export function withLook(call: GraphCall, deleted: Response): Response {
  return deleted.ok && call.looked !== undefined ? call.looked.clone() : deleted;
}

/** Looks, then deletes, if the two cannot travel together. */
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

/** @returns undefined if the answer is unusable. @throws TransportFailure */
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
