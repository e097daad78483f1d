import { setTimeout as timer } from "node:timers/promises";
import type { GraphClient } from "../../graph";
import { LONGEST_TIMER_MS } from "../../graph/clock";

/**
 * Waits for some work, but not beyond the client's deadline. @returns undefined if the deadline came first.
 */
export async function beforeDeadline<T>(
  { deadlineMs, clock }: Pick<GraphClient, "deadlineMs" | "clock">,
  work: Promise<T>,
): Promise<T | undefined> {
  if (deadlineMs === undefined) return work;
  const waiting = new AbortController();
  const { signal } = waiting;
  const leftMs = Math.min(Math.max(0, deadlineMs - clock.now()), LONGEST_TIMER_MS);
  const isUp = timer(leftMs, undefined, { signal }).catch(() => undefined);
  try {
    return await Promise.race([work, isUp]);
  } finally {
    waiting.abort();
  }
}
