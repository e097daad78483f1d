/**
 * Requests that many resources share: a command for each fault, one after the other.
 *
 * @module
 */
import type { EmulatorMode } from "../../emulator";
import { FAULT_KINDS, type FaultKind } from "./faultKinds";
import { changeInPortal, withoutList } from "./operations";
import { endWithDestroy, recover } from "./recovery";
import type { Problem, Report } from "./verdict";
import { type Target, World } from "./world";

const SUBJECTS = 6;
const UP = ["up", "--yes", "--skip-preview"];
const REFRESH = ["refresh", "--yes", "--skip-preview"];

/** One shared request, and what the engine does around it. */
interface Series {
  readonly name: string;
  /** The request that is struck, in words. */
  readonly moment: string;
  readonly target: Target;
  readonly mode?: Partial<EmulatorMode>;
  /** The kinds of faults that are tried. */
  readonly tried: RegExp;
  /** Changes made before each command. */
  readonly arrange: (world: World) => void;
  readonly command: readonly string[];
  readonly recovery: readonly (readonly string[])[];
}

/** One fault in a series. */
export interface SeriesCase {
  readonly name: string;
  readonly series: Series;
  readonly fault: FaultKind;
}

/** Faults after which it is unclear, or told late, whether the request was carried out. */
const UNCLEAR = /^(429|503|500|504), once|dropped|truncated, |reset after|half closed|stalled|408/;

/** Faults of which a read has to tell what came of it. */
const UNREAD = /^(429|503|502 in HTML|500|504), |dropped after|truncated|stalled|cut after 300/;

/** The same without two in a row: what a broken batch held is asked for again one by one. */
const UNREAD_BATCH =
  /^(429|503|502 in HTML|500|504|dropped after|truncated|stalled|cut after 300 bytes), (once|until)/;

const LIST: Target = { method: "GET", path: "clientConfigurations?$expand" };

const SERIES: readonly Series[] = [
  {
    name: "swap priorities",
    moment: "updatePriorities",
    target: { method: "POST", path: "updatePriorities" },
    tried: UNCLEAR,
    arrange: (world) => world.declare({ rotation: (world.wishes.rotation ?? 0) + 1 }),
    command: UP,
    recovery: [UP],
  },
  {
    name: "refresh from one list",
    moment: "GET of the list",
    target: LIST,
    tried: UNREAD,
    arrange: changeInPortal,
    command: REFRESH,
    recovery: [REFRESH, UP],
  },
  {
    name: "refresh in batches",
    moment: "POST of the batch",
    target: { method: "POST", path: "$batch" },
    mode: { payloads: "stream" },
    tried: UNREAD_BATCH,
    arrange: (world) => {
      changeInPortal(world);
      withoutList(world);
    },
    command: REFRESH,
    recovery: [REFRESH, UP],
  },
  {
    name: "update from one list",
    moment: "GET of the list",
    target: LIST,
    tried: UNREAD,
    arrange: (world) => world.declare({ value: world.wishes.value + 1 }),
    command: UP,
    recovery: [UP],
  },
];

/** All cases of all series. */
export const SERIES_CASES: readonly SeriesCase[] = SERIES.flatMap((series) =>
  FAULT_KINDS.filter(({ name }) => series.tried.test(name)).map((fault) => ({
    name: `${series.name} / ${series.moment} / ${fault.name}`,
    series,
    fault,
  })),
);

/** Runs cases of one series after the other, in one world. */
export async function runSeries(cases: readonly SeriesCase[], seed: number, report: Report) {
  const [first] = cases;
  if (first === undefined) return;
  const { mode } = first.series;
  const wishes = { value: 1, group: 1, rotation: 0 };
  const options = { seed, kind: "policy", subjects: SUBJECTS, wishes } as const;
  const world = await World.create({ ...options, ...(mode && { mode }) });
  try {
    await world.project.up();
    for (const item of cases) await runCase(world, item, report);
    await endWithDestroy(world, first.series.name, report);
  } finally {
    await world.close();
  }
}

async function runCase(world: World, { name, series, fault }: SeriesCase, report: Report) {
  world.shown.length = 0;
  series.arrange(world);
  const strikes = world.strike(fault, series.target);
  await world.run(...series.command);
  const { recoverySeconds, common, problems } = await recover(world, series.recovery);
  const all: Problem[] = [...common, ...[...problems.values()].flat()];
  const missed = fault.blows.length - strikes();
  if (missed > 0) all.push({ breach: "never struck", words: `${missed} of its faults` });
  report({ name, operation: series.name, recoverySeconds, problems: all });
}
