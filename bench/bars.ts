/**
 * The package's own limits, and whether it keeps them.
 *
 * @module
 */
import type { PhaseName } from "./phases";
import type { Cell } from "./statistics";

/** Policies on a page of the emulator's list. */
const PAGE_SIZE = 100;

/** Meaning of "a few" round trips. */
const A_FEW = 5;

/** A limit of one phase. */
interface Bar {
  readonly phase: PhaseName;
  /** Of the wall time to the floor's. */
  readonly ratio: number;
  /** Only with this latency, in milliseconds; undefined for all. */
  readonly latencyMs?: number;
  /** Of round trips, for a number of policies. */
  readonly roundTrips: (size: number) => number;
}

const pages = (size: number) => Math.ceil(size / PAGE_SIZE);

const BARS: readonly Bar[] = [
  { phase: "preview, no change", ratio: 1.1, roundTrips: () => 0 },
  { phase: "preview of one policy", ratio: 1.1, roundTrips: () => 0 },
  { phase: "first up", ratio: 1.5, latencyMs: 50, roundTrips: (size) => size + pages(size) },
  { phase: "refresh", ratio: 1.3, latencyMs: 50, roundTrips: (size) => pages(size) + size / 20 },
  { phase: "update of one", ratio: 1.3, roundTrips: () => A_FEW },
  { phase: "update of all", ratio: 1.5, roundTrips: (size) => size + pages(size) + A_FEW },
  { phase: "destroy", ratio: 1.5, roundTrips: (size) => size + A_FEW },
];

/** Bytes that a policy may have in the state beyond the floor's. */
const STATE_BYTES = 400;

/** One bar against what was measured. */
export interface Verdict {
  readonly what: string;
  readonly measured: string;
  readonly bar: string;
  readonly isMet: boolean;
}

/** All bars, for 100 policies and more; below that, the start of the engine is all there is. */
export function verdictsOf(cells: readonly Cell[]): Verdict[] {
  const ours = cells.filter(({ subject, size }) => subject === "ours" && size >= PAGE_SIZE);
  return [...ours.flatMap(verdictsOfCell), ...stateVerdicts(cells)];
}

function verdictsOfCell({ phase, size, latencyMs, ratio, roundTrips }: Cell): Verdict[] {
  const bar = BARS.find((item) => item.phase === phase);
  if (bar === undefined || (bar.latencyMs ?? latencyMs) !== latencyMs) return [];
  const what = `${phase}, ${size} policies, ${latencyMs} ms`;
  const mostTrips = bar.roundTrips(size);
  return [
    {
      what: `${what}: time`,
      measured: ratio.median.toFixed(2),
      bar: `${bar.ratio.toFixed(2)} x the floor`,
      isMet: ratio.median <= bar.ratio,
    },
    {
      what: `${what}: round trips`,
      measured: String(roundTrips),
      bar: String(mostTrips),
      isMet: roundTrips <= mostTrips,
    },
  ];
}

function stateVerdicts(cells: readonly Cell[]): Verdict[] {
  const bytesOf = (subject: string) =>
    cells.find((cell) => cell.subject === subject && cell.stateBytes !== undefined)?.stateBytes;
  const [floor, ours] = [bytesOf("floor"), bytesOf("ours")];
  if (floor === undefined || ours === undefined) return [];
  const more = Math.round(ours - floor);
  const what = "bytes of a policy in the state, beyond the floor's";
  return [{ what, measured: String(more), bar: String(STATE_BYTES), isMet: more <= STATE_BYTES }];
}
