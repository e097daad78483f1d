import type { Glossary } from "../../provider/settings/glossary";
import { oneLine } from "../../provider/text/messageText";
import { type ComparedSetting, type Comparison, OUTCOMES } from "./comparison";
import { type LeftGroup, leftGroups } from "./leftValues";
import { summary } from "./text";
import {
  effectLines,
  HEADINGS,
  hasSeveral,
  LEFT_HEADINGS,
  leftTitle,
  SEVERAL,
  shownKey,
  shownPlace,
  titleOf,
} from "./words";

/** Longest comment that GitHub takes, in characters. */
export const MAX_COMMENT = 65_536;

/** Kept free for the sentence that says what is left out, in characters. */
const RESERVE = 300;

/** Head of the table of each outcome. */
const TABLE_HEAD = "| setting | left | right |\n| --- | --- | --- |";

/** A part of the page, and what is missing without it. */
interface Part {
  readonly text: string;
  readonly what: "setting" | "value" | "note";
}

/** A comparison for a comment on a pull request. If it is too long, it ends by saying what is left out. */
export function comparisonMarkdown(comparison: Comparison, glossary: Glossary): string {
  const { sides, settings, doubts, notes } = comparison;
  const shown = settings.filter(({ outcome }) => outcome !== "same");
  const head = [
    `**left**: ${escaped(sides.left.title)}<br>**right**: ${escaped(sides.right.title)}`,
    `**${escaped(summary(comparison))}**`,
  ].join("\n\n");
  const tables = OUTCOMES.flatMap((outcome) => {
    const rows = shown.filter((each) => each.outcome === outcome);
    const title = `\n### ${HEADINGS[outcome]} (${rows.length})\n\n${TABLE_HEAD}\n`;
    return under(
      title,
      "setting",
      rows.map((each) => row(each, glossary)),
    );
  });
  const values = (["unclear", "others"] as const).flatMap((which) => {
    const title = `\n### ${LEFT_HEADINGS[which]} (${comparison[which].length})\n\n`;
    return under(title, "value", leftGroups(comparison[which]).flatMap(leftLines));
  });
  const all = [...doubts, ...notes, ...(hasSeveral(shown) ? [SEVERAL] : [])];
  return fitted(`${head}\n`, [
    ...tables,
    ...values,
    ...under(
      "\n",
      "note",
      all.map((note) => `- ${escaped(note)}`),
    ),
  ]);
}

/** A line for each value; the first one brings the reason. */
function leftLines(group: LeftGroup): string[] {
  const title = `- ${escaped(leftTitle(group))}\n`;
  return group.places.map(
    (place, index) => `${index === 0 ? title : ""}  - ${escaped(shownPlace(place))}`,
  );
}

/** Lines of a section; the first one brings the title. */
function under(title: string, what: Part["what"], lines: readonly string[]): Part[] {
  return lines.map((line, index) => ({ text: `${index === 0 ? title : ""}${line}\n`, what }));
}

/** As many parts as fit, and a sentence about the others. */
function fitted(head: string, parts: readonly Part[]): string {
  let text = head;
  let used = 0;
  for (const { text: next } of parts) {
    if (text.length + next.length > MAX_COMMENT - RESERVE) break;
    text += next;
    used += 1;
  }
  const missing = Map.groupBy(parts.slice(used), ({ what }) => what);
  const told = [...missing].map(
    ([what, { length }]) => `${length} ${what}${length === 1 ? "" : "s"}`,
  );
  if (told.length === 0) return text;
  return `${text}\nLeft out, because a comment holds ${MAX_COMMENT.toLocaleString("en")} characters: ${told.join(", ")}. \`--format table\` prints all.\n`;
}

function row(setting: ComparedSetting, glossary: Glossary): string {
  const id = setting.name === undefined ? "" : `<br>${escaped(shownKey(setting))}`;
  const remarks = setting.remarks.map((remark) => `<br>_${escaped(remark)}_`).join("");
  const [left, right] = (["left", "right"] as const).map((side) =>
    effectLines(setting, side, glossary).map(escaped).join("<br>"),
  );
  return `| ${escaped(titleOf(setting))}${id}${remarks} | ${left} | ${right} |`;
}

/** Text that Markdown and HTML show as it is. A name must neither mention a user nor refer to an issue. */
function escaped(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]()#+!|~$-]/g, "\\$&")
    .replaceAll(/@|:\/\//g, "$&<!-- -->");
}
