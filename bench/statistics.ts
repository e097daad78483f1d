/**
 * From samples to figures.
 *
 * @module
 */

import type { SubjectName } from "./contestant";
import type { Sample } from "./measure";
import type { PhaseName } from "./phases";

/** Several runs of one thing. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** One phase of one subject, over all runs. */
export interface Cell {
  readonly subject: SubjectName;
  readonly size: number;
  readonly latencyMs: number;
  readonly phase: PhaseName;
  readonly seconds: Spread;
  /** Wall time divided by that of the floor in the same run. */
  readonly ratio: Spread;
  readonly requests: number;
  readonly roundTrips: number;
  readonly peakRssBytes: number | undefined;
  readonly stateBytes: number | undefined;
}

/** The median and the extremes. @throws RangeError if there is nothing. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) throw new RangeError("no values");
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return { least, most, median: ((low ?? least) + (high ?? most)) / 2 };
}

/** The cells of a table, in the order in which they were measured. */
export function cellsOf(samples: readonly Sample[]): Cell[] {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const { subject, size, latencyMs, phase } = sample;
    const key = [size, latencyMs, phase, subject].join();
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  return [...groups.values()].map((group) => cellOf(group, samples));
}

function cellOf(group: readonly Sample[], all: readonly Sample[]): Cell {
  const [first] = group;
  if (first === undefined) throw new RangeError("no samples");
  const { subject, size, latencyMs, phase } = first;
  const ratios = group.flatMap(({ run, seconds }) => {
    const floor = all.find(
      (other) =>
        other.subject === "floor" &&
        other.run === run &&
        other.size === size &&
        other.latencyMs === latencyMs &&
        other.phase === phase,
    );
    return floor === undefined ? [] : [seconds / floor.seconds];
  });
  const known = (values: readonly (number | undefined)[]) => {
    const numbers = values.filter((value) => value !== undefined);
    return numbers.length === 0 ? undefined : spreadOf(numbers).median;
  };
  return {
    subject,
    size,
    latencyMs,
    phase,
    seconds: spreadOf(group.map(({ seconds }) => seconds)),
    ratio: spreadOf(ratios),
    requests: spreadOf(group.map(({ requests }) => requests)).median,
    roundTrips: spreadOf(group.map(({ roundTrips }) => roundTrips)).median,
    peakRssBytes: known(group.map(({ peakRssBytes }) => peakRssBytes)),
    stateBytes: known(group.map(({ stateBytes }) => stateBytes)),
  };
}
