/** A signal that aborts when the time is up or when another signal aborts, until it is released. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Whether the time was up, rather than the other signal aborted. */
  isUp(): boolean;
  /** Ends it: it no longer aborts, and keeps nothing in memory. */
  release(): void;
}

/**
 * Limits the time of some work.
 *
 * `AbortSignal.timeout` and `AbortSignal.any` would be shorter, but Node keeps them, and undici's fetch
 * keeps their listeners, until the time is up: half an hour for each call.
 *
 * @param ms - Milliseconds; no more than a Node timer takes.
 */
export function timeLimit(ms: number, other?: AbortSignal): TimeLimit {
  const controller = new AbortController();
  let isUp = false;
  const stop = () => controller.abort();
  const timer = setTimeout(() => {
    isUp = true;
    stop();
  }, ms);
  timer.unref();
  if (other?.aborted) stop();
  other?.addEventListener("abort", stop, { once: true });
  return {
    signal: controller.signal,
    isUp: () => isUp,
    release: () => {
      clearTimeout(timer);
      other?.removeEventListener("abort", stop);
    },
  };
}
