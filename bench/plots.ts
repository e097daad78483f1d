/**
 * Plots of cost against the number of policies, as SVG.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TopLevelSpec } from "vega-lite";
import { SUBJECTS, type SubjectName } from "./contestant";
import type { Cell } from "./statistics";

/** Legible on white and on black. */
const GREY = "#808890";

const COLOURS: Readonly<Record<SubjectName, string>> = {
  floor: GREY,
  ours: "#2f81f7",
  naive: "#d9822b",
  peer: "#3fa66a",
};

const SOLID = [1, 0];
const DASHES: Readonly<Record<SubjectName, number[]>> = {
  floor: [4, 3],
  ours: SOLID,
  naive: SOLID,
  peer: SOLID,
};

const PHASES_SHOWN = ["first up", "preview, no change", "refresh", "update of all"];

/** Writes time.svg and trips.svg into a folder. */
export async function writePlots(cells: readonly Cell[], folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const time = cells.map((cell) => ({ ...labelsOf(cell), value: cell.seconds.median }));
  // A logarithm knows no 0, and the floor asks for nothing.
  const trips = cells
    .filter(({ roundTrips }) => roundTrips > 0)
    .map((cell) => ({ ...labelsOf(cell), value: cell.roundTrips }));
  const latencies = Math.max(...cells.map(({ latencyMs }) => latencyMs));
  const shown = <T extends { readonly latencyMs: number; readonly phase: string }>(rows: T[]) =>
    rows.filter(({ latencyMs, phase }) => latencyMs === latencies && PHASES_SHOWN.includes(phase));
  await write(join(folder, "time.svg"), spec(shown(time), `seconds, ${latencies} ms latency`));
  await write(
    join(folder, "trips.svg"),
    spec(shown(trips), `round trips, ${latencies} ms latency`),
  );
}

type Row = ReturnType<typeof labelsOf> & { readonly value: number };

function labelsOf({ subject, phase, size, latencyMs }: Cell) {
  return { subject, phase, size, latencyMs };
}

function spec(values: readonly Row[], title: string): TopLevelSpec {
  const subjects = SUBJECTS.filter((subject) => values.some((row) => row.subject === subject));
  return {
    data: { values: [...values] },
    background: "transparent",
    config: {
      axis: {
        labelColor: GREY,
        titleColor: GREY,
        gridColor: GREY,
        gridOpacity: 0.25,
        domainColor: GREY,
        tickColor: GREY,
      },
      header: { labelColor: GREY, labelFontWeight: "bold" },
      legend: { labelColor: GREY, titleColor: GREY },
      view: { stroke: GREY, strokeOpacity: 0.4 },
    },
    facet: { field: "phase", type: "nominal", title: null, sort: PHASES_SHOWN },
    columns: 2,
    spec: {
      width: 250,
      height: 180,
      mark: { type: "line", point: true, strokeWidth: 2 },
      encoding: {
        x: {
          field: "size",
          type: "quantitative",
          scale: { type: "log" },
          title: "policies",
          axis: { values: [20, 50, 100, 200, 500], format: "d" },
        },
        y: { field: "value", type: "quantitative", scale: { type: "log" }, title },
        color: {
          field: "subject",
          type: "nominal",
          title: null,
          scale: { domain: subjects, range: subjects.map((subject) => COLOURS[subject]) },
        },
        strokeDash: {
          field: "subject",
          type: "nominal",
          title: null,
          scale: { domain: subjects, range: subjects.map((subject) => DASHES[subject]) },
        },
      },
    },
  };
}

async function write(file: string, plot: TopLevelSpec): Promise<void> {
  // Both are modules that `require` cannot load.
  const [{ compile }, { parse, View }] = await Promise.all([import("vega-lite"), import("vega")]);
  const view = new View(parse(compile(plot).spec), { renderer: "none" });
  writeFileSync(file, `${await view.toSVG()}\n`);
  view.finalize();
}
