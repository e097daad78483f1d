/**
 * Plots of cost against the number of policies, as SVG.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SUBJECTS, type SubjectName } from "./contestant";
import type { Cell } from "./statistics";

/** Legible on white and on black. */
const GREY = "#808890";

const STROKES: Readonly<Record<SubjectName, string>> = {
  floor: `stroke="${GREY}" stroke-dasharray="5 4"`,
  ours: 'stroke="#2f81f7"',
  naive: 'stroke="#d9822b"',
  peer: 'stroke="#3fa66a"',
};

const PHASES_SHOWN = ["first up", "preview, no change", "refresh", "update of all"];

/** One panel, in pixels, without its labels. */
const PANEL = { width: 270, height: 180 };
/** Room for labels: left of and above each panel. */
const LABELS = { left: 60, above: 44 };

/** A point of a plot. */
interface Point {
  readonly subject: SubjectName;
  readonly phase: string;
  readonly size: number;
  readonly value: number;
}

/** Writes time.svg and trips.svg, for the longest latency, into a folder. */
export function writePlots(cells: readonly Cell[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  const latencyMs = Math.max(...cells.map((cell) => cell.latencyMs));
  const shown = cells.filter((cell) => cell.latencyMs === latencyMs);
  const write = (name: string, title: string, costOf: (cell: Cell) => number): void => {
    const points = shown.map((cell) => ({ ...cell, value: costOf(cell) }));
    writeFileSync(join(folder, name), plotOf(points, `${title}, ${latencyMs} ms latency`));
  };
  write("time.svg", "seconds", ({ seconds }) => seconds.median);
  write("trips.svg", "round trips", ({ roundTrips }) => roundTrips);
}

/** A panel for each phase, all with the same logarithmic scales. A value of 0 has no place there. */
export function plotOf(all: readonly Point[], title: string): string {
  const points = all
    .filter(({ phase, value }) => PHASES_SHOWN.includes(phase) && value > 0)
    .sort((a, b) => a.size - b.size);
  const sizes = [...new Set(points.map(({ size }) => size))];
  const decades = decadesOf(points.map(({ value }) => value));
  const x = scale([sizes[0] ?? 1, sizes.at(-1) ?? 1], [14, PANEL.width - 14]);
  const y = scale([decades[0] ?? 1, decades.at(-1) ?? 1], [PANEL.height, 0]);

  const grid = [
    ...decades.map((value) => {
      const [at, to] = [y(value), PANEL.width];
      return `<path d="M0 ${at}H${to}" stroke-opacity="0.25"/>${label(String(value), -8, at + 4, "end")}`;
    }),
    ...sizes.map((size) => {
      const [at, to] = [x(size), PANEL.height];
      return `<path d="M${at} 0V${to}" stroke-opacity="0.25"/>${label(String(size), at, to + 16)}`;
    }),
    `<rect width="${PANEL.width}" height="${PANEL.height}" stroke-opacity="0.4"/>`,
  ].join("\n");

  const phases = PHASES_SHOWN.filter((name) => points.some(({ phase }) => phase === name));
  const panels = phases.map((phase, place) => {
    const left = LABELS.left + (place % 2) * (PANEL.width + LABELS.left);
    const top = LABELS.above + Math.floor(place / 2) * (PANEL.height + LABELS.above);
    const lines = SUBJECTS.map((subject) => {
      const line = points.filter((point) => point.phase === phase && point.subject === subject);
      return lineOf(
        subject,
        line.map(({ size, value }) => [x(size), y(value)]),
      );
    });
    const name = label(phase, PANEL.width / 2, -8, "middle", 'font-weight="bold"');
    return `<g transform="translate(${left} ${top})">\n${[grid, name, ...lines].join("\n")}\n</g>`;
  });

  const [width, height] = [
    2 * (PANEL.width + LABELS.left) + 10,
    2 * (PANEL.height + LABELS.above) + 24,
  ];
  const subjects = SUBJECTS.filter((subject) => points.some((point) => point.subject === subject));
  const legend = subjects.map((subject, place) => {
    const left = width - (subjects.length - place) * 70;
    return `${lineOf(subject, [
      [left, 12],
      [left + 24, 12],
    ])}${label(subject, left + 30, 16, "start")}`;
  });

  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${title}</title>
<g font-family="sans-serif" font-size="11" fill="none" stroke="${GREY}">
${label(`${title}, against the number of policies`, LABELS.left, 16, "start")}
${[...legend, ...panels].join("\n")}
</g>
</svg>
`;
}

/** A line with a dot at each point. */
function lineOf(subject: SubjectName, points: readonly (readonly [number, number])[]): string {
  if (points.length === 0) return "";
  const dots = points.map(
    ([x, y]) => `<circle cx="${x}" cy="${y}" r="2.5" stroke-dasharray="none"/>`,
  );
  return `<g ${STROKES[subject]} stroke-width="2"><path d="M${points.map((point) => point.join(" ")).join("L")}"/>${dots.join("")}</g>`;
}

function label(text: string, x: number, y: number, anchor = "middle", more = ""): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${GREY}" stroke="none" ${more}>${text}</text>`;
}

/** The powers of ten that enclose all values. */
function decadesOf(values: readonly number[]): number[] {
  const exponents = values.map(Math.log10);
  const [least, most] = [Math.floor(Math.min(...exponents)), Math.ceil(Math.max(...exponents))];
  return Array.from({ length: most - least + 1 }, (_, place) => 10 ** (least + place));
}

/** A logarithmic scale from values to pixels, rounded to a tenth. */
function scale([from, to]: [number, number], [start, end]: [number, number]) {
  const share = (value: number) => Math.log(value / from) / Math.log(to / from || 1);
  return (value: number) =>
    Math.round((start + (from === to ? 0.5 : share(value)) * (end - start)) * 10) / 10;
}
