import { type Clock, systemClock } from "../graph";

/** When nothing new was planned for so long, all is planned that can be; in milliseconds. */
export const PLANNED = { quietMs: 200, mostMs: 5_000 };

/** Notices when an update has said for a while nothing new of its plan. */
export class Quiet {
  #lastMs: number;

  constructor(private readonly clock: Pick<Clock, "now" | "sleep"> = systemClock) {
    this.#lastMs = clock.now();
  }

  /** Something was planned just now. */
  disturb(): void {
    this.#lastMs = this.clock.now();
  }

  /**
   * Waits until nothing was planned for some time.
   *
   * @param quietMs - How long it must have been quiet, in milliseconds.
   * @param mostMs - How long to wait for that at most, in milliseconds.
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
