import { type Clock, systemClock } from "../../graph";

/** Without a new creation for this time, in milliseconds, the wait for others ends. */
const QUIET_MS = 40;

/** Longest wait for others, in milliseconds. */
const MOST_MS = 250;

/** Interval of the checks whether the others have come, in milliseconds. */
const LOOK_MS = 4;

/** Size of one batch: when so many wait, the wait for others ends. */
const MOST_TOGETHER = 20;

/**
 * The creations under way. If their answers leave something open, the requests that follow are sent
 * together: one batch for the creations of one moment.
 */
export class Creations {
  #underWay = 0;
  #waiting = 0;
  #lastMs = 0;
  #gathering: Promise<void> | undefined;

  constructor(private readonly clock: Pick<Clock, "now" | "sleep"> = systemClock) {}

  /** Sends a creation. */
  async during<T>(send: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    this.#lastMs = this.clock.now();
    try {
      return await send();
    } finally {
      this.#underWay -= 1;
      this.#lastMs = this.clock.now();
    }
  }

  /**
   * Waits for the creations under way, at most a quarter of a second. All callers wait until the same
   * moment.
   */
  gathered(): Promise<void> {
    this.#waiting += 1;
    this.#gathering ??= this.#gather().finally(() => {
      this.#gathering = undefined;
      this.#waiting = 0;
    });
    return this.#gathering;
  }

  async #gather(): Promise<void> {
    const endMs = this.clock.now() + MOST_MS;
    while (this.#waiting < MOST_TOGETHER && this.clock.now() < endMs) {
      const quietMs = this.clock.now() - this.#lastMs;
      if (this.#underWay === 0 && quietMs >= QUIET_MS) return;
      await this.clock.sleep(LOOK_MS);
    }
  }
}
