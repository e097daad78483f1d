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
import { inOrder } from "./order";
import { alignmentOf } from "./roads/alignment";
import { conflictRemarks, isOfIntune } from "./roads/conflicts";
import { meetings } from "./roads/meetings";
import { roadNotes, WHAT_COUNTS, WHAT_COUNTS_IN_BASELINE } from "./roads/notes";
import { areSame, isIdle } from "./sameness";
import {
  areOfTwoTenants,
  type BySide,
  OTHER_SIDE,
  policyName,
  type Road,
  SIDES,
  type Side,
  type SideName,
} from "./side";

/**
 * Result for a setting.
 *
 * - `unknown`: a value, or whether a side has it, is not known.
 *
 * If the sides are two roads to the same users:
 *
 * - `different`, `same`: a user gets it, or may get it, on both roads.
 * - `apart`: both have it, for different users.
 * - `conflict`: one road has it, with different values that a user gets, or may get.
 */
export type Outcome =
  | "onlyLeft"
  | "onlyRight"
  | "different"
  | "conflict"
  | "unknown"
  | "apart"
  | "same";

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
  /** If users get, or may get, the setting on both roads. */
  readonly twice?: Twice;
}

/** A setting that a user gets, or may get, on both roads. */
export interface Twice {
  /** `yes`: users get both. `may`: that depends on the members of groups. */
  readonly meet: "yes" | "may";
  /** Of different values, the side whose value is likely to win. Undefined: not documented. */
  readonly likely?: SideName;
}

/** Two sides, compared. */
export interface Comparison {
  readonly sides: BySide<Side>;
  /** Road of each side, if they are two roads to the same users. */
  readonly roads?: BySide<Road>;
  /** Outcomes whose settings are listed, in this order. */
  readonly listed: readonly Outcome[];
  /** Outcomes that count as a difference. */
  readonly differing: readonly Outcome[];
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

/** Outcomes of sides that are compared. */
const OF_SIDES = ["onlyLeft", "onlyRight", "different", "unknown"] as const;

/** Outcomes of two roads that need a look. */
const OF_ROADS = ["different", "conflict", "unknown"] as const;

/** Compares two sides. Two roads to the same users are looked through for settings that a user has twice. */
export function compareSides(given: BySide<Side>, glossary: Glossary): Comparison {
  const { sides, roads, isByRoad, notes } = alignmentOf(given);
  const haveSameGroups = !areOfTwoTenants(sides);
  const found = {
    left: settingsOfSide(sides.left, isByRoad),
    right: settingsOfSide(sides.right, isByRoad),
  };
  const context = { found, glossary, haveSameGroups };
  const places = new Map([...found.left.entries, ...found.right.entries]);
  const compared = [...places.values()].map(({ place }) => comparedSetting(place, context));
  const settings = roads === undefined ? compared : meetings(compared, roads);
  const left = SIDES.flatMap((side) => sides[side].left.map((line) => ({ ...line, side })));
  return {
    sides,
    ...(roads !== undefined && { roads }),
    listed: roads === undefined ? OF_SIDES : [...OF_ROADS, "same"],
    differing: roads === undefined ? OF_SIDES : OF_ROADS,
    settings: settings.toSorted(inOrder),
    unclear: left.filter(isUnclear),
    others: left.filter((line) => !isUnclear(line)),
    doubts: doubts(sides, settings),
    notes: [
      ...oneSideNotes(sides),
      ...notes,
      ...(roads === undefined ? groupNotes(sides) : roadNotes(settings)),
    ],
  };
}

/**
 * A comparison with a baseline on the left: what only the right side has is a note, and no difference. Of two roads, the
 * right one must then have whatever the left one has, for the same users.
 */
export function withBaseline(comparison: Comparison): Comparison {
  if (comparison.roads !== undefined) {
    const more = ["onlyLeft", "apart"] as const;
    return {
      ...comparison,
      listed: [...more, ...comparison.listed],
      differing: [...more, ...comparison.differing],
      notes: comparison.notes.map((note) =>
        note === WHAT_COUNTS ? WHAT_COUNTS_IN_BASELINE : note,
      ),
    };
  }
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
    conflict: count("conflict"),
    unknown: count("unknown"),
    apart: count("apart"),
    same: count("same"),
  };
}

/** The settings that are listed. */
export function listedSettings({ settings, listed }: Comparison): ComparedSetting[] {
  return settings.filter(({ outcome }) => listed.includes(outcome));
}

/**
 * Whether the sides differ, or may differ: a value that is not known counts too.
 *
 * @param isStrict - Whether whatever else was not read or compared counts as well.
 */
export function differ(comparison: Comparison, isStrict: boolean): boolean {
  const { settings, differing, unclear, others } = comparison;
  if (unclear.length > 0 || settings.some(({ outcome }) => differing.includes(outcome)))
    return true;
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
    const other = entries[OTHER_SIDE[side]];
    if (isIdle(own) && (other.length === 0 || !isIdle(other)))
      remarks.push(`${side} gives it to ${own.every(isOfIntune) ? "nobody" : "no group"}`);
    const isUnordered = place.key !== "" && !isOrderKnown(own);
    if (own.every(isOfIntune)) remarks.push(...conflictRemarks(own));
    else if (isUnordered) remarks.push(`which policy of ${side} wins is not known`);
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
