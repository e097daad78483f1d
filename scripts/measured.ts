/**
 * Pages with a measured part, which the measuring command writes; the rest is written by hand.
 *
 * @module
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, platform, totalmem } from "node:os";

const BEGIN = "<!-- measured -->";
const END = "<!-- /measured -->";

/**
 * A page with one section of its measured part replaced, or added if it is new.
 *
 * @param heading - First line of the section; it begins with `### `.
 * @throws If the page does not have both markers.
 */
export function withSection(page: string, heading: string, body: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`The page needs ${BEGIN} and, below, ${END}.`);
  const measured = page.slice(begin + BEGIN.length, end);
  const sections = measured.split(/^(?=### )/m).map((section) => section.trim());
  const kept = sections.filter((section) => section !== "");
  const at = kept.findIndex((section) => section.split("\n")[0] === heading);
  const fresh = `${heading}\n\n${body.trim()}`;
  const all = at < 0 ? [...kept, fresh] : kept.with(at, fresh);
  return `${page.slice(0, begin)}${BEGIN}\n\n${all.join("\n\n")}\n\n${page.slice(end)}`;
}

/** The machine that measures: its cores, memory and system. */
export function machine(): string {
  const { model = "unknown processor" } = cpus()[0] ?? {};
  const gibibytes = (totalmem() / 1_024 ** 3).toFixed(0);
  return `${cpus().length} cores (${model.trim()}), ${gibibytes} GiB, ${platform()}`;
}

/** A table of Markdown. The first columns are texts, the rest numbers. */
export function table(head: readonly string[], words: number, rows: readonly string[][]): string {
  const line = head.map((_, place) => (place < words ? "---" : "---:"));
  return [head, line, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** The day of a measurement, as `2026-11-24`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Prints a section, and puts it into its page unless told not to. */
export function publish(
  page: string,
  heading: string,
  table: string,
  { write, note }: { readonly write: boolean; readonly note?: string },
): void {
  // Place and time of the figures: a line of its own below the heading.
  const from = `${today()}, Node ${process.versions.node}, ${machine()}.`;
  const body = `${note === undefined ? from : `${from} ${note}`}\n\n${table}`;
  console.log(`\n${heading}\n\n${body}\n`);
  if (write) writeFileSync(page, withSection(readFileSync(page, "utf8"), heading, body));
}
