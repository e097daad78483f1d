import type { Glossary } from "../../provider/settings/glossary";
import { table, wrap } from "../catalogue/screen";
import {
  type ComparedSetting,
  type Comparison,
  counts,
  OUTCOMES,
  type Outcome,
} from "./comparison";
import { leftGroups } from "./leftValues";
import type { Side } from "./side";
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

/** A comparison for a screen: a section for each outcome, then what was not compared, notes and numbers. */
export function comparisonText(comparison: Comparison, glossary: Glossary, width: number): string {
  const { sides, settings, doubts, notes } = comparison;
  const shown = settings.filter(({ outcome }) => outcome !== "same");
  const all = [...doubts, ...notes, ...(hasSeveral(shown) ? [SEVERAL] : [])];
  return [
    table(
      [
        ["left", [sideLine(sides.left)]],
        ["right", [sideLine(sides.right)]],
      ],
      { width, indent: "" },
    ),
    ...OUTCOMES.map((outcome) => section(outcome, shown, { glossary, width })),
    notCompared(comparison, "unclear", width),
    notCompared(comparison, "others", width),
    all.map((note) => wrap(note, { width, first: "note: " })).join("\n"),
    wrap(summary(comparison), { width }),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The numbers of a comparison in one sentence. */
export function summary(comparison: Comparison): string {
  const { onlyLeft, onlyRight, different, unknown, same } = counts(comparison);
  const { length: unclear } = comparison.unclear;
  const total = onlyLeft + onlyRight + different + unknown;
  const many = (count: number) =>
    `${count.toLocaleString("en")} ${count === 1 ? "setting" : "settings"}`;
  const rest =
    unclear === 0 ? "" : ` ${unclear.toLocaleString("en")} more could not be read as settings.`;
  if (total === 0)
    return `${unclear === 0 ? "The same" : "As far as read, the same"}: ${many(same)}.${rest}`;
  const parts = [
    [different, "different"],
    [onlyLeft, "only left"],
    [onlyRight, "only right"],
    [unknown, "not known"],
  ] as const;
  const told = parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count.toLocaleString("en")} ${what}`);
  return `${many(total + same)}: ${told.join(", ")}, ${same.toLocaleString("en")} the same.${rest}`;
}

function sideLine({ title, policies }: Side): string {
  return `${title}, ${policies.length.toLocaleString("en")} ${policies.length === 1 ? "policy" : "policies"}`;
}

function section(
  outcome: Outcome,
  settings: readonly ComparedSetting[],
  { glossary, width }: { readonly glossary: Glossary; readonly width: number },
): string {
  const own = settings.filter((each) => each.outcome === outcome);
  if (own.length === 0) return "";
  const title = `${HEADINGS[outcome]} (${own.length.toLocaleString("en")})`;
  return [title, ...own.map((setting) => settingText(setting, glossary, width))].join("\n");
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
