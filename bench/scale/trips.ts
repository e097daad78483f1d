/**
 * The round trips that one stack takes on services that are unkind, each with two latencies.
 *
 * @module
 */
import type { EmulatorOptions } from "../../emulator";
import type { Engine } from "../../scripts/engine/index";
import { table } from "../../scripts/measured";
import { measureOneStack, type Phase } from "./oneStack";

const POLICIES = 100;

const LATENCIES_MS = [0, 80];

const SERVICES: readonly (readonly [string, EmulatorOptions])[] = [
  [
    "pages of 7, groups only where they are expanded",
    { preset: "kind", mode: { pageSize: 7, navigation: "expandedOnly" } },
  ],
  ["the emulator's preset `unkind`", { preset: "unkind" }],
];

/** Most round trips of an operation on the first of these services. */
const MOST: ReadonlyMap<string, number> = new Map([
  ["first up", 130],
  ["refresh", 25],
  ["update of all", POLICIES + 10],
  ["destroy", 105],
]);

/** One stack on one service. */
export interface TripsResult {
  readonly service: string;
  readonly latencyMs: number;
  readonly phases: readonly Phase[];
}

/** Takes a stack of 100 policies from nothing to nothing, on each service. */
export async function measureTrips(
  engine: Engine,
  report: (results: readonly TripsResult[]) => void,
): Promise<readonly TripsResult[]> {
  const results: TripsResult[] = [];
  for (const [service, options] of SERVICES) {
    for (const latencyMs of LATENCIES_MS) {
      const plan = { policies: POLICIES, skipCheckpoints: false };
      let phases: readonly Phase[] = [];
      await measureOneStack(engine, { ...plan, service: { ...options, latencyMs } }, (soFar) => {
        phases = soFar;
      });
      results.push({ service, latencyMs, phases });
      report(results);
    }
  }
  return results;
}

/** The operations that took more round trips than they may. */
export function tripsProblems(results: readonly TripsResult[]): string[] {
  const [[bounded] = []] = SERVICES;
  return results
    .filter(({ service }) => service === bounded)
    .flatMap(({ latencyMs, phases }) =>
      phases.flatMap(({ name, counts: { roundTrips } }) => {
        const most = MOST.get(name) ?? Number.POSITIVE_INFINITY;
        if (roundTrips <= most) return [];
        return [`${name} with ${latencyMs} ms took ${roundTrips} round trips, and not ${most}`];
      }),
    );
}

/** The table of all services. */
export function tripsTable(results: readonly TripsResult[]): string {
  const names = results[0]?.phases.map(({ name }) => name) ?? [];
  const rows = results.map(({ service, latencyMs, phases }) => [
    service,
    `${latencyMs} ms`,
    ...phases.map(({ counts, seconds }) => `${counts.roundTrips} (${seconds.toFixed(1)} s)`),
  ]);
  return `${POLICIES} policies, each with two settings and a group, in an otherwise empty tenant; the state is saved after each policy.
Round trips, and the time in parentheses. Signing in is not among them.

${table(["service", "latency", ...names], 1, rows)}`;
}
