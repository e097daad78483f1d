import { type GraphCall, within } from "./call";
import { type Clock, shownTime } from "./clock";
import { GraphNoAnswerError } from "./errors/graphNoAnswerError";
import { waitOrEnd } from "./waiting";

/**
 * Gate for all requests of a session: limits how many run at once, and pauses all until Retry-After has passed.
 *
 * Graph throttles an app in a tenant, not a request: sending on during a wait makes the wait longer.
 */
export class Gate {
  #inFlight = 0;
  #pausedUntilMs = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly maxInFlight: number,
    private readonly clock: Clock,
  ) {}

  /**
   * Lets a call pass when there is room and no pause. The caller must call `leave` afterwards.
   *
   * @throws GraphNoAnswerError if the call ends first, or if its deadline is before the end of the pause.
   */
  async enter(call: GraphCall): Promise<void> {
    let wasWoken = false;
    try {
      for (;;) {
        await this.outwait(call);
        if (this.#inFlight < this.maxInFlight) break;
        await this.#room(call);
        wasWoken = true;
      }
    } catch (error) {
      // This call does not use the room it was woken for: pass it to the next.
      if (wasWoken) this.#waiting.shift()?.();
      throw error;
    }
    this.#inFlight += 1;
  }

  /** Frees its room for the next call. */
  leave(): void {
    this.#inFlight -= 1;
    this.#waiting.shift()?.();
  }

  /**
   * Holds all calls back until a moment, in milliseconds since the epoch.
   *
   * @returns Whether this is news; many requests report the same pause at once.
   */
  pauseUntil(momentMs: number): boolean {
    const isNews = momentMs > this.#pausedUntilMs + 1_000;
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, momentMs);
    return isNews;
  }

  /**
   * Waits until the pause is over.
   *
   * @throws GraphNoAnswerError in the same cases as `enter`.
   */
  async outwait(call: GraphCall): Promise<void> {
    if (call.signal.aborted) throw call.ended();
    for (;;) {
      const leftMs = this.#pausedUntilMs - this.clock.now();
      if (leftMs <= 0) return;
      if (this.#pausedUntilMs > call.deadlineMs) throw tooLate(call, this.#pausedUntilMs);
      await waitOrEnd(call, this.clock, leftMs);
    }
  }

  async #room(call: GraphCall): Promise<void> {
    let wake = () => {};
    const room = new Promise<void>((resolve) => {
      wake = resolve;
    });
    this.#waiting.push(wake);
    try {
      await within(call, room);
    } catch (error) {
      const place = this.#waiting.indexOf(wake);
      // It was woken and ended at the same moment: pass its room to the next.
      if (place === -1) this.#waiting.shift()?.();
      else this.#waiting.splice(place, 1);
      throw error;
    }
  }
}

function tooLate(call: GraphCall, momentMs: number): GraphNoAnswerError {
  return new GraphNoAnswerError(
    `Graph throttles this session until ${shownTime(momentMs)}, and that is after the time this may take`,
    { ...call.facts(), code: "DEADLINE" },
  );
}
