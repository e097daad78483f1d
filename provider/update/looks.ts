import { isNotFound } from "../graph";
import type { LifecycleContext } from "./lifecycle";

/**
 * Waits before each look for the result of a request, in milliseconds; a quarter of a minute in all. A list
 * may lag behind.
 */
const LOOK_DELAYS_MS = [0, 1_000, 2_000, 4_000, 8_000];

/**
 * Waits before each further try to reach a new object, in milliseconds; half a minute in all. Graph is
 * eventually consistent; we assume that this API is too.
 */
export const VISIBLE_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/** Looks again and again until something is found or the time is up. */
export async function findFirst<T>(
  { wait }: Pick<LifecycleContext, "wait">,
  look: (time: number) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const [time, delayMs] of LOOK_DELAYS_MS.entries()) {
    await wait(delayMs, "Looking for what was created");
    const found = await look(time);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Works on an object that was just made. Retries for a while if the object is not visible yet. */
export async function untilVisible<T>(
  { wait }: Pick<LifecycleContext, "wait">,
  work: () => Promise<T>,
): Promise<T> {
  for (const delayMs of VISIBLE_DELAYS_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await wait(delayMs, "Waiting for what was just created");
    }
  }
  return work();
}
