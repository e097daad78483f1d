/**
 * Two sides, setting by setting.
 *
 * @module
 */
import { type Glossary, wordsOf } from "../../provider/settings/glossary";
import { PAYLOAD_NAMES } from "../../provider/settings/names";
import { type Effect, effectsOf, isOrderKnown } from "./effects";
import {
  type Entry,
  placeKey,
  type SettingPlace,
  type SideSettings,
  settingsOfSide,
} from "./entries";
import { isUnclear, type SideLeftLine } from "./leftValues";
import { doubts, groupNotes, oneSideNotes } from "./notes";
import { areSame, isIdle } from "./sameness";
import { areOfTwoTenants, type BySide, policyName, SIDES, type Side, type SideName } from "./side";

/** Results for a setting; `unknown` if a value, or whether a side has it, is not known. */
export const OUTCOMES = ["onlyLeft", "onlyRight", "different", "unknown", "same"] as const;

/** Result for a setting. */
export type Outcome = (typeof OUTCOMES)[number];

/** A setting of either side. */
export interface ComparedSetting extends SettingPlace {
  readonly outcome: Outcome;
  /** Name in the words of the catalogue; undefined if none is known. */
  readonly name: string | undefined;
  /** The values of each side, the one that wins first. */
  readonly effects: BySide<readonly Effect[]>;
  /** Whether a value of either side is secret: then none is shown. */
  readonly isSecret: boolean;
  /** Clauses that explain the outcome. */
  readonly remarks: readonly string[];
}

/** Two sides, compared. */
export interface Comparison {
  readonly sides: BySide<Side>;
  /** Policies before user preferences, then by app and name. */
  readonly settings: readonly ComparedSetting[];
  /** Values of sources that are not compared: those that may be settings, and those that are none. */
  readonly unclear: readonly SideLeftLine[];
  readonly others: readonly SideLeftLine[];
  /** Sentences about what keeps the result from being certain. */
  readonly doubts: readonly string[];
  /** Other sentences about the comparison as a whole. */
  readonly notes: readonly string[];
}

const OTHER: BySide<SideName> = { left: "right", right: "left" };

/** Compares two sides. */
export function compareSides(sides: BySide<Side>, glossary: Glossary): Comparison {
  const haveSameGroups = !areOfTwoTenants(sides);
  const found = { left: settingsOfSide(sides.left), right: settingsOfSide(sides.right) };
  const places = new Map([...found.left.entries, ...found.right.entries]);
  const settings = [...places.values()].map(({ place }) =>
    comparedSetting(place, { found, glossary, haveSameGroups }),
  );
  const left = SIDES.flatMap((side) => sides[side].left.map((line) => ({ ...line, side })));
  return {
    sides,
    settings: settings.sort(inOrder),
    unclear: left.filter(isUnclear),
    others: left.filter((line) => !isUnclear(line)),
    doubts: doubts(sides, settings),
    notes: [...oneSideNotes(sides), ...groupNotes(sides)],
  };
}

/** A comparison with a baseline on the left: what only the right side has is a note, and no difference. */
export function withBaseline(comparison: Comparison): Comparison {
  const { onlyRight } = counts(comparison);
  if (onlyRight === 0) return comparison;
  const more = `right has ${onlyRight.toLocaleString("en")} more ${onlyRight === 1 ? "setting, which does" : "settings, which do"} not count`;
  return {
    ...comparison,
    settings: comparison.settings.filter(({ outcome }) => outcome !== "onlyRight"),
    notes: [...comparison.notes, more],
  };
}

/** Number of settings of each outcome. */
export function counts({ settings }: Comparison): Readonly<Record<Outcome, number>> {
  const count = (outcome: Outcome) => settings.filter((each) => each.outcome === outcome).length;
  return {
    onlyLeft: count("onlyLeft"),
    onlyRight: count("onlyRight"),
    different: count("different"),
    unknown: count("unknown"),
    same: count("same"),
  };
}

/**
 * Whether the sides differ, or may differ: a value that is not known counts too.
 *
 * @param isStrict - Whether whatever else was not read or compared counts as well.
 */
export function differ(comparison: Comparison, isStrict: boolean): boolean {
  const { settings, unclear, others } = comparison;
  if (unclear.length > 0 || settings.some(({ outcome }) => outcome !== "same")) return true;
  return isStrict && others.length + comparison.doubts.length > 0;
}

interface Context {
  readonly found: BySide<SideSettings>;
  readonly glossary: Glossary;
  readonly haveSameGroups: boolean;
}

function comparedSetting(place: SettingPlace, context: Context): ComparedSetting {
  const { found, glossary, haveSameGroups } = context;
  const entriesOf = (side: SideName) => found[side].entries.get(placeKey(place))?.entries ?? [];
  const entries = { left: entriesOf("left"), right: entriesOf("right") };
  const doOverrule = place.key !== "";
  const shown = (side: SideName) =>
    effectsOf(entries[side], doOverrule && isOrderKnown(entries[side]));
  const all = [...entries.left, ...entries.right];
  const options = { haveSameGroups, doOverrule };
  const outcome = outcomeOf(place, entries, { found, ...options });
  return {
    ...place,
    outcome,
    name: nameOf(place, all, glossary),
    effects: { left: shown("left"), right: shown("right") },
    isSecret: all.some(({ isSecret }) => isSecret),
    remarks: [
      ...(outcome === "same" ? [] : remarksOn(place, entries, found)),
      ...(outcome === "different" && areSame(entries, { ...options, haveSameGroups: false })
        ? ["the values are the same, but not the groups"]
        : []),
    ],
  };
}

function outcomeOf(
  { payload, key }: SettingPlace,
  entries: BySide<readonly Entry[]>,
  options: Pick<Context, "found" | "haveSameGroups"> & { readonly doOverrule: boolean },
): Outcome {
  const areKnown = [...entries.left, ...entries.right].every(({ isKnown }) => isKnown);
  // A payload that is not known may have no settings at all.
  if (key === "" && !areKnown) return "unknown";
  for (const side of SIDES) {
    if (entries[side].length > 0) continue;
    if (options.found[side].open[payload].length > 0) return "unknown";
    return side === "left" ? "onlyRight" : "onlyLeft";
  }
  if (!areKnown) return "unknown";
  return areSame(entries, options) ? "same" : "different";
}

function remarksOn(
  place: SettingPlace,
  entries: BySide<readonly Entry[]>,
  found: BySide<SideSettings>,
): string[] {
  return SIDES.flatMap((side) => {
    const own = entries[side];
    if (own.length === 0) return elsewhere(place, side, found[side]);
    const remarks: string[] = [];
    const other = entries[OTHER[side]];
    if (isIdle(own) && (other.length === 0 || !isIdle(other)))
      remarks.push(`${side} gives it to no group`);
    const isUnordered = place.key !== "" && !isOrderKnown(own);
    if (isUnordered) remarks.push(`which policy of ${side} wins is not known`);
    return remarks;
  });
}

/** Other places where a side may have a setting that its payload lacks. */
function elsewhere(
  { payload, key }: SettingPlace,
  side: SideName,
  { entries, open }: SideSettings,
) {
  const others = PAYLOAD_NAMES.filter((name) => name !== payload && key !== "");
  const remarks = others
    .filter((name) => entries.has(placeKey({ payload: name, key })))
    .map((name) => `${side} has it among its ${name}`);
  const maybe = open[payload].map(
    (policy) => `${side} may have it in ${policyName(policy)}, whose ${payload} are not known`,
  );
  return [...remarks, ...maybe];
}

/** The catalogue's name, or the one that a tenant gives with the setting. */
function nameOf(
  { key }: SettingPlace,
  entries: readonly Entry[],
  glossary: Glossary,
): string | undefined {
  if (key === "") return undefined;
  const own = entries.map(({ setting }) => setting.name).find((name) => typeof name === "string");
  return wordsOf(glossary, key)?.name ?? own;
}

function inOrder(a: ComparedSetting, b: ComparedSetting): number {
  return (
    PAYLOAD_NAMES.indexOf(a.payload) - PAYLOAD_NAMES.indexOf(b.payload) ||
    compareTexts(appOf(a.key), appOf(b.key)) ||
    (a.name ?? a.key).localeCompare(b.name ?? b.key, "en", { numeric: true }) ||
    compareTexts(a.key, b.key)
  );
}

function appOf(key: string): string {
  return key.split(";", 1)[0]?.toLowerCase() ?? "";
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
