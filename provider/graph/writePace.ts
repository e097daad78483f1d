import { type GraphCall, within } from "./call";
import { type Clock, shownTime } from "./clock";
import type { WriteLimit } from "./config/sessionTypes";
import { GraphNoAnswerError } from "./errors/graphNoAnswerError";
import type { Log } from "./types";
import { ANNOUNCED_WAIT_MS, announcement, waitOrEnd } from "./waiting";

/**
 * Assumed write limit of a tenant that has refused a write for too many requests. `/officeConfiguration`
 * has no documented limit; this is the limit of Intune's device configuration, the nearest one.
 *
 * @see https://learn.microsoft.com/graph/throttling-limits
 */
const ASSUMED_LIMIT: WriteLimit = { count: 100, seconds: 20 };

/** Divisor of the limit: a lowered limit never falls below that part, however early a tenant refuses. */
const LEAST_PART = 4;

/** Divisor of the limit: a lowered limit rises by that part after each window without a refusal. */
const RAISED_PART = 10;

/** Parts of the session that pacing needs. */
export interface WritePaceOptions {
  /** Limit known from the start. @default None: nothing waits until a write is refused. */
  readonly limit: WriteLimit | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** A write in flight or done. */
interface Sent {
  /** When it ended; undefined while it is in flight. */
  endedMs: number | undefined;
}

/**
 * Keeps a session's writes within the tenant's limit, so that a large update is not refused again and
 * again. A write counts until the window has passed since its end: Graph counted it at an unknown time
 * before that.
 */
export class WritePace {
  readonly #most: WriteLimit;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #sent = new Set<Sent>();
  /** Number of writes per window; undefined while no limit is known. */
  #count: number | undefined;
  #raisedMs = 0;
  #announcedMs = 0;
  #ended = () => {};

  constructor({ limit, clock, log }: WritePaceOptions) {
    this.#most = limit ?? ASSUMED_LIMIT;
    this.#count = limit?.count;
    this.#clock = clock;
    this.#log = log;
  }

  /**
   * Waits until the write may go.
   *
   * @returns A function to call when the write has ended, with whether it was refused for too many
   *   requests.
   * @throws GraphNoAnswerError if the call ends first, or if its turn comes after its deadline.
   */
  async admit(call: GraphCall): Promise<(isRefused: boolean) => void> {
    while (!this.#hasRoom()) await this.#wait(call);
    const sent: Sent = { endedMs: undefined };
    this.#sent.add(sent);
    return (isRefused) => {
      sent.endedMs = this.#clock.now();
      if (isRefused) this.#lower(sent);
      this.#ended();
    };
  }

  get #windowMs(): number {
    return this.#most.seconds * 1_000;
  }

  #hasRoom(): boolean {
    const nowMs = this.#clock.now();
    for (const sent of this.#sent) {
      if (sent.endedMs !== undefined && sent.endedMs + this.#windowMs <= nowMs) {
        this.#sent.delete(sent);
      }
    }
    this.#raise(nowMs);
    return this.#count === undefined || this.#sent.size < this.#count;
  }

  /** Lowers the limit to the number of writes that the tenant has taken. */
  #lower(refused: Sent): void {
    this.#sent.delete(refused);
    const least = Math.ceil(this.#most.count / LEAST_PART);
    const known = this.#count ?? this.#most.count;
    this.#count = Math.max(least, Math.min(known, this.#sent.size));
    this.#raisedMs = this.#clock.now();
  }

  #raise(nowMs: number): void {
    if (this.#count === undefined || this.#count >= this.#most.count) return;
    if (nowMs < this.#raisedMs + this.#windowMs) return;
    const more = Math.ceil(this.#most.count / RAISED_PART);
    this.#count = Math.min(this.#most.count, this.#count + more);
    this.#raisedMs = nowMs;
  }

  async #wait(call: GraphCall): Promise<void> {
    const ends = [...this.#sent].flatMap(({ endedMs }) => endedMs ?? []);
    if (ends.length === 0) {
      // All are in flight: wait for the first to end.
      await within(call, this.#nextEnd());
      return;
    }
    const untilMs = Math.min(...ends) + this.#windowMs;
    if (untilMs > call.deadlineMs) throw this.#tooLate(call, untilMs);
    const waitMs = untilMs - this.#clock.now();
    if (waitMs > ANNOUNCED_WAIT_MS && untilMs > this.#announcedMs + ANNOUNCED_WAIT_MS) {
      this.#announcedMs = untilMs;
      this.#log(announcement(call, this.#clock, waitMs, this.#reason()));
    }
    await waitOrEnd(call, this.#clock, waitMs);
  }

  #nextEnd(): Promise<void> {
    const before = this.#ended;
    return new Promise((resolve) => {
      this.#ended = () => {
        this.#ended = () => {};
        before();
        resolve();
      };
    });
  }

  #reason(): string {
    const writes = this.#count === 1 ? "1 write" : `${this.#count} writes`;
    return `the tenant takes ${writes} in ${this.#most.seconds} s`;
  }

  #tooLate(call: GraphCall, untilMs: number): GraphNoAnswerError {
    return new GraphNoAnswerError(
      `${this.#reason()}, so this one has to wait until ${shownTime(untilMs)}, and that is after the time this may take`,
      { ...call.facts(), code: "DEADLINE" },
    );
  }
}
