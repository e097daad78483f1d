/**
 * The measured figures of docs/development/scale.md.
 *
 * @module
 */
import type { Throttle } from "../../emulator";
import { table } from "../../scripts/measured";
import type { ProcessFigures } from "../processFigures";
import { type Spread, spreadOf } from "../statistics";
import type { BesideResult } from "./beside";
import type { FleetResult } from "./fleet";
import type { OneStackPlan, Phase } from "./oneStack";
import type { PackResult } from "./pack";
import { placesNeeded } from "./predict";
import type { TenantsResult } from "./tenants";
import type { ThrottledResult } from "./throttled";

const NOT_MEASURED = "not measured";

/** The table of one stack's phases. */
export function oneStackTable(plan: OneStackPlan, phases: readonly Phase[]): string {
  const rows = phases.map(({ name, seconds, counts, provider }) => [
    name,
    `${seconds.toFixed(1)} s`,
    String(counts.requests),
    String(counts.roundTrips),
    mebibytes(provider?.peakRssBytes),
    ...openOf(provider),
  ]);
  const saved = plan.skipCheckpoints
    ? "once, at the end of each operation (`PULUMI_SKIP_CHECKPOINTS`)"
    : "after each policy, in a file";
  const head = [
    "operation",
    "time",
    "requests",
    "round trips",
    "memory",
    "handles",
    "of these sockets",
  ];
  return `${plan.policies} policies, each with two settings and a group. The state is saved ${saved}.
Memory and handles are the provider process's peaks.

${table(head, 1, rows)}`;
}

/** Cost of many tenants side by side. */
export function tenantsTable({ plan, ...result }: TenantsResult): string {
  const { median, most } = spreadOf(result.secondsEach);
  const sum = result.secondsEach.reduce((total, seconds) => total + seconds, 0);
  const secondsPerTenant = sum / result.secondsEach.length;
  const places = placesNeeded({ tenants: 10_000, secondsPerTenant, wantedSeconds: 3_600 });
  const [warm, last] = result.handles;
  const [warmMemory, lastMemory] = result.memory;
  return table(["what", "figure"], 2, [
    [
      "tenants x policies, side by side",
      `${plan.tenants} x ${plan.policiesEach}, ${plan.sideBySide}`,
    ],
    ["wall time", `${result.seconds.toFixed(1)} s`],
    [
      "one tenant: mean, median, slowest",
      `${secondsPerTenant.toFixed(1)} s, ${median.toFixed(1)} s, ${most.toFixed(1)} s`,
    ],
    ["requests", `${result.requests}`],
    ["processes below, together at most", mebibytes(result.processes?.peakTotalRssBytes)],
    [
      "this process: handles after the warm-up, at the end",
      `${warm?.handles ?? NOT_MEASURED}, ${last?.handles ?? NOT_MEASURED}`,
    ],
    ["this process: sockets", `${warm?.sockets ?? NOT_MEASURED}, ${last?.sockets ?? NOT_MEASURED}`],
    ["this process: memory", `${mebibytes(warmMemory.rss)}, ${mebibytes(lastMemory.rss)}`],
    [
      "this process: objects alive after a garbage collection",
      `${mebibytes(warmMemory.live)}, ${mebibytes(lastMemory.live)}`,
    ],
    ["of these, the emulators' at the end", mebibytes(result.emulatorsBytes)],
    ["places for 10,000 such tenants in an hour", `${places}`],
    ["found wrong", result.problems.join("; ") || "nothing"],
  ]);
}

/** Predicted and measured times under a limit. */
export function throttledTable(results: readonly ThrottledResult[]): string {
  const rows = results.map(({ plan, counts, ...result }) => [
    limitOf(plan.throttle),
    plan.isLimitSaid ? "told" : "not told",
    String(counts.writes),
    `${result.engineSeconds.toFixed(1)} s`,
    `${result.limitSeconds.toFixed(0)} s`,
    `${result.predictedSeconds.toFixed(1)} s`,
    `${result.measuredSeconds.toFixed(1)} s`,
    percent(result.deviation),
    `${counts.writeSeconds.toFixed(1)} s`,
    String(counts.throttled),
  ]);
  const head = [
    "limit",
    "the provider was",
    "writes",
    "without a limit",
    "the limit alone",
    "predicted",
    "measured",
    "deviation",
    "first to last write",
    "answers 429",
  ];
  return table(head, 2, rows);
}

/** Predicted and measured time of a fleet under limits. */
export function fleetTable({ plan, ...result }: FleetResult): string {
  return table(["what", "figure"], 2, [
    ["tenants x policies, side by side", `${plan.tenants} x ${plan.policiesEach}, ${plan.places}`],
    ["limit of each tenant", limitOf(plan.throttle)],
    ["one tenant, predicted", `${result.secondsPerTenant.toFixed(1)} s`],
    ["all, predicted", `${result.predictedSeconds.toFixed(1)} s`],
    ["all, measured", `${result.measuredSeconds.toFixed(1)} s`],
    ["deviation", percent(result.deviation)],
    ["answers 429", `${result.throttled}`],
    ["found wrong", result.problems.join("; ") || "nothing"],
  ]);
}

/** Time and memory of the command `fleet`, and the time of the bare Automation API. */
export function besideTable({ plan, parts, ...result }: BesideResult): string {
  const { bareSeconds, fleetSeconds, belowBytes } = result;
  const each = belowBytes === undefined ? undefined : belowBytes / plan.sideBySide;
  return table(["what", "figure"], 2, [
    [
      "stacks x policies, side by side",
      `${plan.tenants} x ${plan.policiesEach}, ${plan.sideBySide}`,
    ],
    ["first `up`, bare Automation API", `${bareSeconds.toFixed(1)} s`],
    ["first `up`, `fleet up`", `${fleetSeconds.toFixed(1)} s`],
    ["ratio", (fleetSeconds / bareSeconds).toFixed(2)],
    ["memory of `fleet` itself, at most", mebibytes(result.ownBytes)],
    ["processes below, together at most", mebibytes(belowBytes)],
    ["the same for each stack in flight", mebibytes(each)],
    ...parts.map(([name, bytes]) => [`together at most: ${name}`, mebibytes(bytes)]),
    ["found wrong", result.problems.join("; ") || "nothing"],
  ]);
}

/** Previews with and without the policy pack. */
export function packTable(results: readonly PackResult[]): string {
  const rows = results.map(({ plan, ratio, added, ...result }) => [
    String(plan.policies),
    String(plan.rounds),
    seconds(result.without),
    seconds(result.with),
    `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)})`,
    seconds(added),
  ]);
  const head = ["policies", "pairs", "without", "with the pack", "ratio", "difference"];
  const isOrdinary = results.every((result) => result.isOrdinary);
  const how = isOrdinary
    ? "The engine ran the pack's folder as it is shipped."
    : "The engine's language host is too old for packs: it ran the same files under another runtime's name, by a script that does what a newer host does.";
  return `Previews of a new stack, in turns; the median, and in parentheses the least and the most. All nine rules judge, and none is violated.
${how}

${table(head, 2, rows)}`;
}

function seconds({ median, least, most }: Spread): string {
  return `${median.toFixed(1)} s (${least.toFixed(1)}–${most.toFixed(1)})`;
}

function limitOf({ limit, perSeconds }: Throttle): string {
  return `${limit} in ${perSeconds} s`;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(0)} %`;
}

function openOf(figures: ProcessFigures | undefined): string[] {
  if (figures === undefined) return [NOT_MEASURED, NOT_MEASURED];
  return [String(figures.handles), String(figures.sockets)];
}

function mebibytes(bytes: number | undefined): string {
  return bytes === undefined ? NOT_MEASURED : `${Math.round(bytes / 1_024 ** 2)} MiB`;
}
