/**
 * docs/development/benchmark.md, which the benchmark writes.
 *
 * @module
 */
import { table } from "../scripts/measured";
import { verdictsOf } from "./bars";
import { NAIVE_MOST_POLICIES, SETTINGS_PER_POLICY, SUBJECTS } from "./contestant";
import type { Plan } from "./measure";
import { PHASES } from "./phases";
import type { Cell, Spread } from "./statistics";
import { PEER_MOST_POLICIES } from "./terraform";
import type { WritesFigures } from "./writes";

/** Machine and conditions of the measurement. */
export interface Circumstances {
  readonly command: string;
  readonly day: string;
  readonly machine: string;
  readonly versions: string;
  readonly commit: string;
}

const NOT_SAID = `## What the figures do not say

- A tenth more or less: two commands of one run differ by that where they do the same, so ratios below 1 are no gain.
- How long Microsoft Graph takes. The emulator answers on this machine, after a fixed wait; the service's own time varies and is
  longer, and then the requests weigh more.
- Seconds on another machine: the ratios carry over better. The engine, the program, the provider and the emulators of all
  subjects share the cores named above.
- What a state in Pulumi Cloud or an object store costs. Here it is a file, which the engine writes after each resource: that is
  most of the time of an update of many policies, and it is in the floor as well.
- What a limit of the tenant costs: see [scale.md](scale.md).`;

const PEER = `- **peer**: Terraform with the provider microsoft/msgraph, the other tool that can reach this API. It writes the payload as one
  opaque text. Up to ${PEER_MOST_POLICIES} policies and once, as it waits ten seconds for each that it makes, changes or deletes, ten at a time. It
  speaks TLS to the emulator, the others do not.
`;

/** The whole page. */
export function pageOf(
  cells: readonly Cell[],
  writes: readonly WritesFigures[],
  { plan, facts }: { readonly plan: Plan; readonly facts: Circumstances },
): string {
  const tables = plan.latencies.flatMap((latencyMs) => [
    `### ${latencyMs} ms before each answer`,
    ...plan.sizes.map((size) => tableOf(cells, size, latencyMs)),
  ]);
  return `${[
    "# Benchmark",
    `Written by \`${facts.command}\`. How fast this package is beside the engine itself, and how often it asks Graph. Why a bar is not
met, where one is not, and what else stands out, is told in [benchmark-notes.md](benchmark-notes.md).`,
    circumstancesOf(plan, facts),
    `- **floor**: the engine with a dynamic provider whose methods return at once, with the same inputs. What no provider can be faster than.
- **ours**: this package.
- **naive**: a dynamic provider as people write it today: methods captured with the program, one request for each resource and
  verb, no look before a POST, no retry. Once with more than ${NAIVE_MOST_POLICIES} policies.
${plan.peer === undefined ? "" : PEER}
All run in turn, phase by phase, in each run; a ratio is of two commands of one run. Time is the wall time of the \`pulumi\`
command: median, and the least and most of all runs in brackets.`,
    "## Bars",
    barsTable(cells),
    "## Cost against the number of policies",
    `![Wall time against the number of policies](benchmark/time.svg)

![Round trips against the number of policies](benchmark/trips.svg)`,
    "## Figures",
    ...tables,
    "### State",
    stateTable(cells),
    "### Writes, one by one and in batches",
    `What it would save to let writes travel together, as reads do: creations straight from the Graph client, without an engine, so
many at a time. Medians. [Why they do not](decisions/0004-writes-one-by-one.md).`,
    writesTable(writes),
    NOT_SAID,
  ].join("\n\n")}\n`;
}

function circumstancesOf({ runs }: Plan, facts: Circumstances): string {
  const { day, machine, versions, commit } = facts;
  return `${day}, ${machine}; ${versions}, commit ${commit}. Policies of ${SETTINGS_PER_POLICY} settings, ${runs} runs, the
engine's own parallelism.`;
}

/** The bars as a table. */
export function barsTable(cells: readonly Cell[]): string {
  const rows = verdictsOf(cells).map(({ what, measured, bar, isMet }) => [
    what,
    measured,
    bar,
    isMet ? "met" : "**not met**",
  ]);
  return table(["what", "measured", "bar", "is"], 1, rows);
}

/** One size and latency as a table. */
export function tableOf(cells: readonly Cell[], size: number, latencyMs: number): string {
  const rows = PHASES.flatMap(({ name }) =>
    SUBJECTS.flatMap((subject) =>
      cells
        .filter(
          (cell) =>
            cell.size === size &&
            cell.latencyMs === latencyMs &&
            cell.phase === name &&
            cell.subject === subject,
        )
        .map((cell) => [
          name,
          subject,
          `${spread(cell.seconds, 1)} s`,
          subject === "floor" ? "1" : spread(cell.ratio, 2),
          String(cell.requests),
          String(cell.roundTrips),
          cell.peakRssBytes === undefined
            ? "not measured"
            : `${Math.round(cell.peakRssBytes / 1_024 ** 2)} MiB`,
        ]),
    ),
  );
  const head = ["phase", "subject", "time", "to the floor", "requests", "round trips", "memory"];
  return `**${size} policies**\n\n${table(head, 2, rows)}`;
}

function stateTable(cells: readonly Cell[]): string {
  const rows = SUBJECTS.flatMap((subject) => {
    const cell = cells.find((item) => item.subject === subject && item.stateBytes !== undefined);
    return cell?.stateBytes === undefined ? [] : [[subject, String(Math.round(cell.stateBytes))]];
  });
  return table(["subject", "bytes of a policy, without white space"], 1, rows);
}

/** Writes one by one and in batches, as a table. */
export function writesTable(figures: readonly WritesFigures[]): string {
  const rows = figures.map(({ way, writes, inFlight, latencyMs, ...figure }) => [
    way,
    String(writes),
    String(inFlight),
    `${latencyMs} ms`,
    `${figure.seconds.toFixed(2)} s`,
    String(figure.requests),
    String(figure.roundTrips),
  ]);
  const head = ["way", "writes", "at a time", "latency", "time", "requests", "round trips"];
  return table(head, 1, rows);
}

function spread({ median, least, most }: Spread, digits: number): string {
  const [middle, low, high] = [median, least, most].map((value) => value.toFixed(digits));
  return low === high ? `${middle}` : `${middle} (${low}–${high})`;
}
