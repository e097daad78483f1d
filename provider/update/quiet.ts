import { type Clock, systemClock } from "../graph";

/** After this time without a new plan, in milliseconds, the engine has announced all that it can. */
export const PLANNED = { quietMs: 200, mostMs: 5_000 };

/** Notices when an update has announced nothing new for a while. */
export class Quiet {
  #lastMs: number;

  constructor(private readonly clock: Pick<Clock, "now" | "sleep"> = systemClock) {
    this.#lastMs = clock.now();
  }

  /** Notes that something was planned just now. */
  disturb(): void {
    this.#lastMs = this.clock.now();
  }

  /**
   * Waits until nothing was planned for some time.
   *
   * @param quietMs - Required time without a new plan, in milliseconds.
   * @param mostMs - Longest wait, in milliseconds.
   */
  async settled({ quietMs, mostMs }: { quietMs: number; mostMs: number }): Promise<void> {
    const endMs = this.clock.now() + mostMs;
    for (;;) {
      const now = this.clock.now();
      const leftMs = Math.min(this.#lastMs + quietMs, endMs) - now;
      if (leftMs <= 0) return;
      await this.clock.sleep(leftMs);
    }
  }
}
