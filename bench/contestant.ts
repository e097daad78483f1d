/**
 * Contestants, each with the same policies and an emulator of its own.
 *
 * @module
 */
import type { Phase } from "./phases";
import type { RemoteEmulator } from "./remoteEmulator";

/** The contestants, the floor first: the others are given as ratios to it. */
export const SUBJECTS = ["floor", "ours", "naive", "peer"] as const;

/** Name of what is measured. */
export type SubjectName = (typeof SUBJECTS)[number];

/** Settings of each policy. */
export const SETTINGS_PER_POLICY = 10;

/** With more policies the naive provider is measured in one run only: it takes several times as long as the floor. */
export const NAIVE_MOST_POLICIES = 100;

/** Policies with a changed setting: none, the first, or all; and the number of changes so far. */
export interface Version {
  readonly ofFirst: number;
  readonly ofAll: number;
}

/** One of those that are measured, ready to run. */
export interface Contestant {
  readonly subject: SubjectName;
  readonly emulator: RemoteEmulator;
  /** The command line of the process that runs the provider, as `ps` shows it. */
  readonly providerCommand: RegExp;
  /** Writes what is wanted. */
  declare(policies: number, version: Version): void;
  /** Runs the command of a phase; rejects if it fails. */
  run(phase: Phase): Promise<unknown>;
  /** The bytes of one policy in the state, without white space: the mean of all. */
  stateBytes(): Promise<number>;
  close(): Promise<void>;
}

/** The mean of what some values take as JSON, in bytes. */
export function meanBytes(values: readonly unknown[]): number {
  const bytes = values.map((value) => Buffer.byteLength(JSON.stringify(value)));
  return bytes.reduce((sum, count) => sum + count, 0) / values.length;
}
