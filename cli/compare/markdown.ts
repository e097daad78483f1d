import type { Glossary } from "../../provider/settings/glossary";
import { escaped, fitted, under } from "../markdown";
import { type ComparedSetting, type Comparison, listedSettings } from "./comparison";
import { type LeftGroup, leftGroups } from "./leftValues";
import { summary } from "./summary";
import {
  effectLines,
  hasSeveral,
  headings,
  LEFT_HEADINGS,
  leftTitle,
  SEVERAL,
  shownKey,
  shownPlace,
  titleOf,
} from "./words";

/** Head of the table of each outcome. */
const TABLE_HEAD = "| setting | left | right |\n| --- | --- | --- |";

/** A comparison for a comment on a pull request. If it is too long, it ends by saying what is left out. */
export function comparisonMarkdown(comparison: Comparison, glossary: Glossary): string {
  const { sides, listed, doubts, notes } = comparison;
  const shown = listedSettings(comparison);
  const head = [
    `**left**: ${escaped(sides.left.title)}<br>**right**: ${escaped(sides.right.title)}`,
    `**${escaped(summary(comparison))}**`,
  ].join("\n\n");
  const tables = listed.flatMap((outcome) => {
    const rows = shown.filter((each) => each.outcome === outcome);
    const title = `\n### ${headings(comparison)[outcome]} (${rows.length})\n\n${TABLE_HEAD}\n`;
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

function row(setting: ComparedSetting, glossary: Glossary): string {
  const id = setting.name === undefined ? "" : `<br>${escaped(shownKey(setting))}`;
  const remarks = setting.remarks.map((remark) => `<br>_${escaped(remark)}_`).join("");
  const [left, right] = (["left", "right"] as const).map((side) =>
    effectLines(setting, side, glossary).map(escaped).join("<br>"),
  );
  return `| ${escaped(titleOf(setting))}${id}${remarks} | ${left} | ${right} |`;
}
