/**
 * A resolution on the screen: a count for each source, then what is left, by reason.
 *
 * @module
 */
import type { KnownSettings } from "../../provider/catalogue/knownSettings";
import { listing } from "../../provider/catalogue/listing";
import { labelOf } from "../../provider/settings/glossary";
import { show } from "../../provider/settings/show";
import { oneLine } from "../../provider/text/messageText";
import { wrap } from "../catalogue/screen";
import type { Source } from "../sources/source";
import { LEFT_KINDS, LEFT_ORDER } from "./leftKinds";
import { lineCount } from "./lineCount";
import type { Conflict, LeftLine, Resolution } from "./resolution";
import type { Road } from "./road";

/** Most sources that are shown. */
const MOST_SOURCES = 12;

/** Most conflicts, and places of one kind, that are shown. */
const MOST_SHOWN = 6;

interface ScreenOptions {
  /** @default cloudPolicy */
  readonly road?: Road;
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

/** A row for each source: numbers first, as names are of any length. Sources without a setting come last. */
function sourcesText(resolution: Resolution, screen: ScreenOptions): string {
  const count = lineCount(resolution);
  const rows = resolution.policies.map(({ source }) => {
    return { source, converted: count.converted(source.name), left: count.left(source.name) };
  });
  const inOrder = [
    ...rows.filter((row) => row.converted > 0),
    ...rows.filter((row) => row.converted === 0),
  ];
  return [
    `${columns("values", "settings", "left")}  source`,
    ...inOrder.slice(0, MOST_SOURCES).map((row) => sourceText(row, screen)),
    ...others(inOrder.length - MOST_SOURCES, "source", screen, ""),
  ].join("\n");
}

function columns(...cells: readonly [values: string, settings: string, left: string]): string {
  return cells.map((cell, index) => cell.padStart([7, 10, 7][index] ?? 0)).join("");
}

interface SourceRow {
  readonly source: Source;
  readonly converted: number;
  readonly left: number;
}

function sourceText({ source, converted, left }: SourceRow, screen: ScreenOptions): string {
  const { name, kind, conditions, notes } = source;
  const numbers = [converted + left, converted, left].map((count) => count.toLocaleString("en"));
  const [values = "", settings = "", rest = ""] = numbers;
  const first = `${columns(values, settings, rest)}  `;
  const others = " ".repeat(first.length + 2);
  const { width } = screen;
  const line = (text: string) =>
    wrap(oneLine(text, 300), { width, first: others, others: `${others}  ` });
  return [
    wrap(`${oneLine(name, 100)} (${kind})`, { width, first, others }),
    ...conditions.map((condition) => line(`not carried over: ${condition}`)),
    ...notes.map(line),
  ].join("\n");
}

function conflictsText(
  conflicts: readonly Conflict[],
  settings: KnownSettings,
  screen: ScreenOptions,
): string {
  if (conflicts.length === 0) return "";
  const { width, road = "cloudPolicy" } = screen;
  const shown = conflicts
    .slice(0, MOST_SHOWN)
    .map((conflict) =>
      wrap(conflictText(conflict, settings), { width, first: "  ", others: "    " }),
    );
  return [
    wrap(
      `${counted(conflicts.length, "setting")} with different values in several sources. ${WINNERS[road]}, in the order of the paths, and by name in a folder:`,
      { width },
    ),
    ...shown,
    ...others(conflicts.length - MOST_SHOWN, "setting", screen, "  "),
  ].join("\n");
}

/** The value that users get whom several policies reach. */
const WINNERS: Readonly<Record<Road, string>> = {
  cloudPolicy: "The first source wins",
  intune:
    "Intune has no precedence between policies, so only the value of the first source is written, and users whom another one reaches alone get none",
};

/** `"Macro settings (Calc)": "4" (Disable all) of Sales, not "1" (Enable all) of All`. */
function conflictText({ settingId, values }: Conflict, settings: KnownSettings): string {
  const words = settings.glossary(settingId);
  const [winner, ...others] = values;
  const text = ({ source, value }: Conflict["values"][number]) => {
    const label = labelOf(words, value);
    return `${show(value)}${label === undefined ? "" : ` (${label})`} of ${oneLine(source, 60)}`;
  };
  if (winner === undefined) return "";
  const losers = others.filter(({ value }) => value !== winner.value);
  const lost = listing([...new Set(losers.map(text))], 3, "or");
  return `${settings.nameOf(settingId)}: ${text(winner)}, not ${lost}`;
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

/** Values of one key and with one reason stand together. */
function linesText(lines: readonly LeftLine[], hasSeveral: boolean, screen: ScreenOptions): string {
  const { width } = screen;
  const groups = [...Map.groupBy(lines, (line) => JSON.stringify([line.reason, placeOf(line)]))];
  const shown = groups.slice(0, MOST_SHOWN).map(([, same]) => same);
  const byReason = Map.groupBy(shown, ([line]) => line?.reason ?? "");
  const texts = [...byReason].flatMap(([reason, places]) => [
    ...places.map((same) =>
      wrap(placeText(same, hasSeveral), { width, first: "    ", others: "      " }),
    ),
    wrap(oneLine(reason, 300), { width, first: "      " }),
  ]);
  const rest = lines.length - shown.flat().length;
  return [...texts, ...others(rest, "value", screen, "    ")].join("\n");
}

function placeOf({ source, key }: LeftLine): string {
  return `${key} (${source})`;
}

/** Most values of one key that are named. */
const MOST_VALUES = 6;

function placeText(lines: readonly LeftLine[], hasSeveral: boolean): string {
  const [first] = lines;
  const names = lines.map(({ valueName }) => oneLine(valueName, 60)).filter(Boolean);
  const values = names.length === 0 ? "" : ` → ${listing(names, MOST_VALUES, "and")}`;
  const source = hasSeveral ? ` (${oneLine(first?.source ?? "", 40)})` : "";
  return `${oneLine(shortKey(first?.key ?? ""), 200)}${values}${source}`;
}

/** Products by their registry keys, those with the most values first. */
function foreignText(lines: readonly LeftLine[], { width }: ScreenOptions): string {
  const products = [...Map.groupBy(lines, ({ key }) => productOf(key).toLowerCase())]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([, same]) => `${productOf(same[0]?.key ?? "")} (${same.length})`);
  return wrap(listing(products, MOST_SHOWN, "and"), { width, first: "    " });
}

/**
 * `Software\Policies\Microsoft\Edge` of all keys below it; the area of a definition of Intune; the category of a policy at
 * the top.
 */
export function productOf(key: string): string {
  const area = INTUNE_AREA.exec(key)?.[1];
  const place = key.replace(/^(software)\\wow6432node(?=\\)/i, "$1");
  const levels = /^software\\policies\\/i.test(place) ? 4 : 3;
  const category = key.includes("\\") ? undefined : /^.*?(?= > )/.exec(key)?.[0];
  const product = area ?? category ?? place.split("\\").slice(0, levels).join("\\");
  return oneLine(product, 80) || "without a key";
}

const INTUNE_AREA =
  /^(?:user|device)_vendor_msft_((?:policy_config_)?(?:[^~]+(?=~policy~)|[^_~]+))/;

/** The policy at the end of the long ids of Intune's definitions. */
export function shortKey(key: string): string {
  return key.replace(/^(user|device)_vendor_msft_policy_config_([^~]+)~policy~.*~/, "$1…$2…");
}

function others(
  count: number,
  noun: string,
  { width, report }: ScreenOptions,
  indent: string,
): string[] {
  if (count <= 0) return [];
  const where = report === undefined ? "--report <file> lists all" : `all are in ${report}`;
  return [wrap(`… and ${counted(count, `more ${noun}`)}: ${where}`, { width, first: indent })];
}
