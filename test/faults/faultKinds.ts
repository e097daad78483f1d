/**
 * Kinds of faults: those of the emulator and those of the wire, by name.
 *
 * @module
 */
import type { Fault } from "../../emulator";
import type { WireFault } from "./wire";

/** One fault of a kind, without the request that it is for. */
export type Blow = (Omit<Fault, "match" | "holds" | "after"> | WireFault) & {
  readonly times?: number;
};

/** A way in which requests fail. */
export interface FaultKind {
  readonly name: string;
  /** One after the other: the second strikes when the first is used up, those of the wire first. */
  readonly blows: readonly Blow[];
}

/** More than the provider repeats anything: until it gives up. */
const TO_THE_END = 40;

/** Longest time for one attempt of the provider in these tests, in seconds. */
export const REQUEST_TIMEOUT_SECONDS = 2;

const HTML = { body: "<html><body>Bad gateway</body></html>", contentType: "text/html" };
const LATE = { delayMs: (REQUEST_TIMEOUT_SECONDS + 1) * 1_000 };

const once = (name: string, ...blows: Blow[]): FaultKind => ({ name: `${name}, once`, blows });

const onceAndToTheEnd = (name: string, blow: Blow): FaultKind[] => [
  once(name, blow),
  { name: `${name}, until retries end`, blows: [{ ...blow, times: TO_THE_END }] },
];

/** All kinds. Those that answer in the request's place carry nothing out. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ...onceAndToTheEnd("429", { status: 429 }),
  once("429 with Retry-After", { status: 429, retryAfterSeconds: 1 }),
  ...onceAndToTheEnd("503", { status: 503 }),
  once("503 with Retry-After", { status: 503, retryAfterSeconds: 1 }),
  ...onceAndToTheEnd("500", { status: 500 }),
  ...onceAndToTheEnd("502", { status: 502 }),
  once("502 in HTML", { status: 502, ...HTML }),
  ...onceAndToTheEnd("504", { status: 504 }),
  once("504 with Retry-After", { status: 504, retryAfterSeconds: 1 }),
  once("408", { status: 408 }),
  ...onceAndToTheEnd("dropped before", { drop: "before" }),
  ...onceAndToTheEnd("dropped after", { drop: "after" }),
  once("reset before, then dropped after", { wire: "reset before" }, { drop: "after" }),
  once("503, then dropped after", { status: 503 }, { drop: "after" }),
  ...onceAndToTheEnd("truncated", { truncate: true }),
  once("later than the time limit", LATE),
  once("reset before", { wire: "reset before" }),
  ...onceAndToTheEnd("reset after", { wire: "reset after" }),
  once("half closed", { wire: "half close" }),
  once("stalled", { wire: "stall" }),
  once("cut after 9 bytes", { wire: "cut", bytes: 9 }),
  once("cut after 300 bytes", { wire: "cut", bytes: 300 }),
];
