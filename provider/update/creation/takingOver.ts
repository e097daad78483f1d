/**
 * The step in which a creation makes an existing object its own.
 *
 * @module
 */
import { type LifecycleContext, PartialFailure } from "../lifecycle";
import { creatorOf } from "./nameOwner";

/**
 * Sends what makes an existing object as the program has it. Afterwards the object is on record as taken, unless the
 * sending failed as a whole: then it stays what it was, and a later run may take it over.
 *
 * @throws PartialFailure if the object is in the state now, but not yet as the program has it.
 */
export async function takingOver<T>(
  context: LifecycleContext,
  id: string,
  send: () => Promise<T>,
): Promise<T> {
  let isOwned = true;
  try {
    return await send();
  } catch (error) {
    isOwned = error instanceof PartialFailure;
    throw error;
  } finally {
    const creator = creatorOf(context);
    if (isOwned && creator !== undefined) await context.records.taken(creator, id);
  }
}
