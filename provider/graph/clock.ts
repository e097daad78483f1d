import { setTimeout as delay } from "node:timers/promises";

/** Time and randomness, so that a test can set them. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Waits; rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 up to 1. */
  random(): number;
}

/** The longest wait of a Node timer, in milliseconds. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The latest time that a Date can hold, in milliseconds since the epoch. */
const LAST_MOMENT_MS = 8.64e15;

/** A time for messages, in UTC. A time beyond the range of a Date is shown as the latest one. */
export function shownTime(momentMs: number): string {
  return new Date(Math.min(momentMs, LAST_MOMENT_MS)).toISOString();
}

/** A time for messages, to the minute: `2026-11-25 17:02 UTC`. */
export function shownMinute(momentMs: number): string {
  return `${shownTime(momentMs).slice(0, 16).replace("T", " ")} UTC`;
}

/** The system's clock and randomness. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => delay(Math.min(ms, LONGEST_TIMER_MS), undefined, { signal }),
  random: Math.random,
};
