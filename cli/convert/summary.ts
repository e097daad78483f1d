/**
 * A resolution on the screen: a count for each source, then what is left, by reason.
 *
 * @module
 */
import type { KnownSettings } from "../../provider/catalogue/knownSettings";
import { listing } from "../../provider/catalogue/listing";
import { show } from "../../provider/settings/show";
import { oneLine } from "../../provider/text/messageText";
import { wrap } from "../catalogue/screen";
import type { Source } from "../sources/source";
import { LEFT_KINDS, LEFT_ORDER } from "./leftKinds";
import type { Conflict, LeftLine, Resolution } from "./resolution";

/** Most sources, conflicts, and values of one kind that are shown. */
const MOST_SHOWN = 8;

interface ScreenOptions {
  readonly width: number;
  /** Path of the report; undefined if none is written. */
  readonly report: string | undefined;
}

/** The parts of the summary, without empty ones. */
export function summaryOf(
  resolution: Resolution,
  settings: KnownSettings,
  screen: ScreenOptions,
): string {
  return [
    sourcesText(resolution, screen),
    conflictsText(resolution.conflicts, settings, screen),
    leftText(resolution, screen),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** `1 value`, `12 values`, `2 policies`. */
export function counted(count: number, noun: string): string {
  const plural = noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count.toLocaleString("en")} ${count === 1 ? noun : plural}`;
}

function sourcesText({ policies, converted, left }: Resolution, screen: ScreenOptions): string {
  const shown = policies.slice(0, MOST_SHOWN).map(({ source }) => {
    const of = (lines: readonly { readonly source: string }[]) =>
      lines.filter((line) => line.source === source.name).length;
    return sourceText(source, of(converted), of(left), screen);
  });
  return [...shown, ...more(policies.length, "source", screen, "")].join("\n");
}

function sourceText(
  source: Source,
  converted: number,
  left: number,
  screen: ScreenOptions,
): string {
  const { name, kind, conditions, notes } = source;
  const counts = `${counted(converted + left, "value")}, ${counted(converted, "setting")}, ${left.toLocaleString("en")} left`;
  const { width } = screen;
  return [
    wrap(`${oneLine(name, 100)} (${kind}): ${counts}`, { width, others: "  " }),
    ...conditions.map((condition) =>
      wrap(`not carried over: ${oneLine(condition, 200)}`, { width, first: "  " }),
    ),
    ...notes.map((note) => wrap(oneLine(note, 300), { width, first: "  " })),
  ].join("\n");
}

function conflictsText(
  conflicts: readonly Conflict[],
  settings: KnownSettings,
  screen: ScreenOptions,
): string {
  if (conflicts.length === 0) return "";
  const { width } = screen;
  const shown = conflicts.slice(0, MOST_SHOWN).map(({ settingId, values }) => {
    const [winner, ...others] = values.map(({ source, value }) => {
      return `${show(value)} of "${oneLine(source, 60)}"`;
    });
    const losers = listing(others, 3, "and");
    return wrap(`${settings.nameOf(settingId)}: ${winner} wins over ${losers}`, {
      width,
      first: "  ",
      others: "    ",
    });
  });
  return [
    wrap(
      `${counted(conflicts.length, "setting")} with different values in several sources. The source named first wins:`,
      { width },
    ),
    ...shown,
    ...more(conflicts.length, "setting", screen, "  "),
  ].join("\n");
}

function leftText({ policies, left }: Resolution, screen: ScreenOptions): string {
  if (left.length === 0) return "";
  const hasSeveral = policies.length > 1;
  const kinds = LEFT_ORDER.flatMap((kind) => {
    const lines = left.filter((line) => line.kind === kind);
    if (lines.length === 0) return [];
    const title = `  ${LEFT_KINDS[kind]} (${lines.length.toLocaleString("en")})`;
    return [
      title,
      kind === "foreign" ? foreignText(lines, screen) : linesText(lines, hasSeveral, screen),
    ];
  });
  const title = `Left: ${counted(left.length, "value")}`;
  return [title, ...kinds].join("\n");
}

/** Values with the same reason stand together. */
function linesText(lines: readonly LeftLine[], hasSeveral: boolean, screen: ScreenOptions): string {
  const { width } = screen;
  const shown = Map.groupBy(lines.slice(0, MOST_SHOWN), ({ reason }) => reason);
  const groups = [...shown].flatMap(([reason, same]) => [
    ...same.map((line) =>
      wrap(placeText(line, hasSeveral), { width, first: "    ", others: "      " }),
    ),
    wrap(oneLine(reason, 300), { width, first: "      " }),
  ]);
  return [...groups, ...more(lines.length, "value", screen, "    ")].join("\n");
}

function placeText({ source, key, valueName }: LeftLine, hasSeveral: boolean): string {
  const place = [key, valueName].filter(Boolean).join(" → ");
  return oneLine(hasSeveral ? `${place} (${source})` : place, 300);
}

/** Products by their registry keys, those with the most values first. */
function foreignText(lines: readonly LeftLine[], { width }: ScreenOptions): string {
  const products = [...Map.groupBy(lines, ({ key }) => productOf(key))]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([product, same]) => `${product} (${same.length})`);
  return wrap(listing(products, MOST_SHOWN, "and"), { width, first: "    " });
}

/** `Software\Policies\Microsoft\Edge` of all keys below it. */
function productOf(key: string): string {
  const levels = /^software\\policies\\/i.test(key) ? 4 : 3;
  return oneLine(key.split("\\", levels).join("\\"), 80) || "without a key";
}

function more(
  all: number,
  noun: string,
  { width, report }: ScreenOptions,
  indent: string,
): string[] {
  const count = all - MOST_SHOWN;
  if (count <= 0) return [];
  const where = report === undefined ? "--report <file> lists all" : `all are in ${report}`;
  return [wrap(`… and ${counted(count, `more ${noun}`)}: ${where}`, { width, first: indent })];
}
