import { setTimeout as delay } from "node:timers/promises";

/** Time and chance, so that a test can set them. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Waits; rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 up to 1. */
  random(): number;
}

/** The longest wait a timer of Node takes, in milliseconds. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The real ones. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => delay(Math.min(ms, LONGEST_TIMER_MS), undefined, { signal }),
  random: Math.random,
};
