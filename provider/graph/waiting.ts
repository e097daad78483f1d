/**
 * Waiting before a request is sent.
 *
 * @module
 */
import type { GraphCall } from "./call";
import type { Clock } from "./clock";
import { describeRequest } from "./errors/requestFacts";

/** Longer waits are announced, in milliseconds: a silent update looks stuck. */
export const ANNOUNCED_WAIT_MS = 5_000;

/** Waits; throws the call's error if the call ends first. */
export async function waitOrEnd(call: GraphCall, clock: Clock, ms: number): Promise<void> {
  try {
    await clock.sleep(ms, call.signal);
  } catch {
    throw call.ended();
  }
}

/** The line about a wait: how long, until when, what waits, and why. */
export function announcement(call: GraphCall, clock: Clock, ms: number, why: string): string {
  const seconds = Math.round(ms / 1_000);
  const until = new Date(clock.now() + ms).toISOString().slice(11, 19);
  return `Waiting ${seconds} s, until ${until} UTC. ${describeRequest(call.facts())}: ${why}.`;
}
