/**
 * Author of a change: the sender of the request that is being carried out.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** The sender of a request. */
export interface Actor {
  readonly kind: "user" | "app";
}

const actors = new AsyncLocalStorage<Actor>();

/** Carries something out in the name of a sender. */
export function as<T>(actor: Actor, work: () => T): T {
  return actors.run(actor, work);
}

/** The sender in whose name something is carried out; undefined if no request does it. */
export function currentActor(): Actor | undefined {
  return actors.getStore();
}
