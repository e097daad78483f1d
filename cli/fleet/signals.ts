/**
 * Ctrl-C and its kind: once lets running stacks finish, twice cancels them.
 *
 * @module
 */

/** The two ways in which a run ends early. */
export interface Stops {
  /** Once aborted, no stack is begun. */
  readonly stop: AbortSignal;
  /** Once aborted, running stacks are cancelled. */
  readonly cancel: AbortSignal;
  /** Ends the watch. */
  readonly end: () => void;
}

/** The part of a process that is watched. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Watches for signals. */
export function watchStops(say: (line: string) => void, source: SignalSource = process): Stops {
  const [stop, cancel] = [new AbortController(), new AbortController()];
  const onSignal = (signal: NodeJS.Signals) => {
    // Who sends the others, such as a CI system, kills soon after.
    if (signal === "SIGINT" && !stop.signal.aborted) {
      stop.abort();
      say("Stopping: stacks that run are finished, none is begun. Ctrl-C once more cancels them.");
      return;
    }
    if (cancel.signal.aborted) {
      say("Stacks are being cancelled: each saves its state first.");
      return;
    }
    stop.abort();
    cancel.abort();
    say("Cancelling: each stack finishes what it writes at the moment, and saves its state.");
  };
  for (const signal of SIGNALS) source.on(signal, onSignal);
  return {
    stop: stop.signal,
    cancel: cancel.signal,
    end: () => {
      for (const signal of SIGNALS) source.off(signal, onSignal);
    },
  };
}
