import type { Glossary } from "../../provider/settings/glossary";
import { table, wrap } from "../catalogue/screen";
import { type ComparedSetting, type Comparison, listedSettings } from "./comparison";
import { leftGroups } from "./leftValues";
import type { Side } from "./side";
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

/** A comparison for a screen: a section for each outcome, then what was not compared, notes and numbers. */
export function comparisonText(comparison: Comparison, glossary: Glossary, width: number): string {
  const { sides, listed, doubts, notes } = comparison;
  const shown = listedSettings(comparison);
  const all = [...doubts, ...notes, ...(hasSeveral(shown) ? [SEVERAL] : [])];
  return [
    table(
      [
        ["left", [sideLine(sides.left)]],
        ["right", [sideLine(sides.right)]],
      ],
      { width, indent: "" },
    ),
    ...listed.map((outcome) => {
      const own = shown.filter((each) => each.outcome === outcome);
      return section(headings(comparison)[outcome], own, { glossary, width });
    }),
    notCompared(comparison, "unclear", width),
    notCompared(comparison, "others", width),
    all.map((note) => wrap(note, { width, first: "note: " })).join("\n"),
    wrap(summary(comparison), { width }),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function sideLine({ title, policies }: Side): string {
  return `${title}, ${policies.length.toLocaleString("en")} ${policies.length === 1 ? "policy" : "policies"}`;
}

function section(
  heading: string,
  settings: readonly ComparedSetting[],
  { glossary, width }: { readonly glossary: Glossary; readonly width: number },
): string {
  if (settings.length === 0) return "";
  const title = `${heading} (${settings.length.toLocaleString("en")})`;
  return [title, ...settings.map((setting) => settingText(setting, glossary, width))].join("\n");
}

function settingText(setting: ComparedSetting, glossary: Glossary, width: number): string {
  const rows = table(
    [
      ["left", effectLines(setting, "left", glossary)],
      ["right", effectLines(setting, "right", glossary)],
      ["note", setting.remarks],
    ],
    { width, indent: "    " },
  );
  const id = setting.name === undefined ? [] : [wrap(shownKey(setting), { width, first: "    " })];
  return [wrap(titleOf(setting), { width, first: "  ", others: "    " }), ...id, rows].join("\n");
}

function notCompared(
  comparison: Comparison,
  which: keyof typeof LEFT_HEADINGS,
  width: number,
): string {
  const lines = comparison[which];
  if (lines.length === 0) return "";
  const groups = leftGroups(lines).map((group) =>
    [
      wrap(leftTitle(group), { width, first: "  ", others: "    " }),
      ...group.places.map((place) => wrap(shownPlace(place), { width, first: "      " })),
    ].join("\n"),
  );
  return [`${LEFT_HEADINGS[which]} (${lines.length.toLocaleString("en")})`, ...groups].join("\n");
}
