/** A signal that aborts when a time is up, or with another signal; until it is released. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Whether the time was up, rather than the other signal aborted. */
  isUp(): boolean;
  /** Ends it: nothing aborts any more, and nothing is kept. */
  release(): void;
}

/**
 * Limits the time of some work.
 *
 * `AbortSignal.timeout` and `AbortSignal.any` say the same in fewer words, but Node keeps them, and
 * undici's fetch what listens to them, until the time is up: for half an hour, call by call.
 *
 * @param ms - At most what a timer of Node takes.
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
