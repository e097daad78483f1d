/**
 * One operation of a resource, and its time limit.
 *
 * @module
 */
import { type Clock, type GraphClient, OperationEndedError, systemClock } from "../graph";
import { LONGEST_TIMER_MS } from "../graph/clock";
import { withLimit } from "../graph/index";
import { timeLimit } from "../graph/timeLimit";
import type { LifecycleContext, SharedWork } from "./lifecycle";

/** Reasons for an operation to end early. */
export interface OperationLimit {
  /** Milliseconds since the epoch. @default no limit */
  readonly deadlineMs?: number | undefined;
  /** Cancels the operation. @default never */
  readonly signal?: AbortSignal | undefined;
}

/** Tools of an operation. */
export interface OperationParts {
  readonly shared: SharedWork;
  readonly graph: GraphClient;
  readonly log: (line: string) => void;
  /** @default the system's */
  readonly clock?: Clock;
}

/** The context of an operation: all its requests and waits end at its limit. */
export function operationContext(
  { shared, graph, log, clock = systemClock }: OperationParts,
  limit: OperationLimit = {},
): LifecycleContext {
  const { deadlineMs, signal: cancelled } = limit;
  const leftMs = () =>
    deadlineMs === undefined ? LONGEST_TIMER_MS : Math.max(0, deadlineMs - clock.now());
  const ended = (doing: string) =>
    new OperationEndedError(doing, cancelled?.aborted === true ? "ABORTED" : "DEADLINE");
  const hasEnded = () => cancelled?.aborted === true || leftMs() === 0;
  let signal: AbortSignal | undefined;
  return {
    ...shared,
    graph: withLimit(graph, limit),
    log,
    clock,
    deadlineMs,
    get signal() {
      signal ??= isUnlimited(limit)
        ? new AbortController().signal
        : timeLimit(Math.min(leftMs(), LONGEST_TIMER_MS), cancelled).signal;
      return signal;
    },
    async wait(ms, doing = "Waiting") {
      if (hasEnded() || ms > leftMs()) throw ended(doing);
      await clock.sleep(ms, cancelled).catch((error: unknown) => {
        throw cancelled?.aborted === true ? ended(doing) : error;
      });
    },
    async until(work, doing = "Waiting") {
      if (isUnlimited(limit)) return work;
      if (hasEnded()) {
        // Nobody is left to receive its result.
        work.catch(() => {});
        throw ended(doing);
      }
      return before(timeLimit(Math.min(leftMs(), LONGEST_TIMER_MS), cancelled), work, () =>
        ended(doing),
      );
    },
  };
}

function isUnlimited({ deadlineMs, signal }: OperationLimit): boolean {
  return deadlineMs === undefined && signal === undefined;
}

/** Waits for some work, but no longer than a limit; releases the limit afterwards. */
async function before<T>(
  { signal, release }: ReturnType<typeof timeLimit>,
  work: Promise<T>,
  ended: () => Error,
): Promise<T> {
  let stop = () => {};
  const end = new Promise<never>((_, reject) => {
    stop = () => reject(ended());
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    signal.removeEventListener("abort", stop);
    release();
  }
}
