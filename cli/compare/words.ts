/**
 * Words for people about compared settings.
 *
 * @module
 */
import { listing } from "../../provider/catalogue/listing";
import { type Glossary, labelOf, wordsOf } from "../../provider/settings/glossary";
import { isPlainObject, sameJson } from "../../provider/settings/json";
import { type PolicyTarget, targetText } from "../../provider/settings/policyTargets";
import { show, showPair } from "../../provider/settings/show";
import { BYTES_KEY, JSON_KEY, TEXT_KEY } from "../../provider/settings/stored";
import { oneLine } from "../../provider/text/messageText";
import type { ComparedSetting, Comparison, Outcome } from "./comparison";
import type { Effect } from "./effects";
import type { LeftGroup } from "./leftValues";
import { isOfIntune } from "./roads/conflicts";
import { sharedAttributes } from "./sameness";
import { type Audience, policyName, ROAD_NAMES, type SideName, type SidePolicy } from "./side";

type Headings = Readonly<Record<Outcome, string>>;

const HEADINGS: Headings = {
  onlyLeft: "only left",
  onlyRight: "only right",
  different: "different",
  conflict: "in conflict within Intune",
  unknown: "not known",
  apart: "both, for different users",
  same: "the same",
};

/** Outcomes as headings. */
export function headings({ roads }: Pick<Comparison, "roads">): Headings {
  if (roads === undefined) return HEADINGS;
  return {
    ...HEADINGS,
    different: "set twice, with different values",
    same: "set twice, with the same value: harmless",
  };
}

/** Most groups that a line names. */
const MOST_GROUPS = 4;

/** Longest id in a line, in UTF-16 units. */
const MAX_ID = 300;

/** Longest reason in a line, in UTF-16 units. */
const MAX_REASON = 500;

/** The name of a setting, or what it is. */
export function titleOf(setting: ComparedSetting): string {
  const { payload, key, name, road } = setting;
  const title = key === "" ? wholeTitle(setting) : (name ?? shownKey({ key }));
  const whose = payload === "policies" ? title : `${title} (user preference)`;
  return road === "intune" ? `${whose}, through ${ROAD_NAMES[road]}` : whose;
}

function wholeTitle({ outcome }: ComparedSetting): string {
  return outcome === "unknown" ? "settings that are not known" : "JSON that is no list of settings";
}

/** The id of a setting, with its platform if it has one. */
export function shownKey({ key }: Pick<ComparedSetting, "key">): string {
  return oneLine(key, MAX_ID);
}

/** A line for each policy that sets a setting on one side: its value, and for whom. */
export function effectLines(
  setting: ComparedSetting,
  side: SideName,
  glossary: Glossary,
): string[] {
  return setting.effects[side].map((effect) => {
    const value = valueWords(setting, effect, glossary);
    const fate = effect.fate === "overruled" ? "overruled: " : "";
    const { policy } = effect.entry;
    return `${fate}${value}: ${policyName(policy)}${rankWords(policy)}${audienceWords(effect)}`;
  });
}

/** A value in the words of the catalogue, with attributes that differ. Secrets are masked. */
export function valueWords(
  setting: ComparedSetting,
  { entry }: Effect,
  glossary: Glossary,
): string {
  if (setting.isSecret) return "[secret]";
  if (!entry.isKnown) return "not known";
  const value = setting.key === "" ? whole(entry.setting.value) : entry.setting.value;
  const label = labelOf(wordsOf(glossary, setting.key), value);
  const words = label === undefined ? shownValue(setting, value) : `${label} (${String(value)})`;
  return [words, ...differingAttributes(setting, entry.setting)].join(", ");
}

/** The value of a payload that is no list of settings. */
function whole(stored: unknown): unknown {
  if (!isPlainObject(stored)) return stored;
  return stored[JSON_KEY] ?? stored[TEXT_KEY] ?? stored[BYTES_KEY] ?? stored;
}

/** Of long values that differ, the part where they do. */
function shownValue({ key, effects: { left, right } }: ComparedSetting, value: unknown): string {
  const other = [...left, ...right]
    .map(({ entry }) => entry.setting.value)
    .map((each) => (key === "" ? whole(each) : each))
    .find((each) => !sameJson(each, value));
  return other === undefined ? show(value) : showPair(other, value)[1];
}

function differingAttributes(
  { effects: { left, right } }: ComparedSetting,
  setting: Readonly<Record<string, unknown>>,
): string[] {
  const entries = [...left, ...right].map(({ entry }) => entry);
  const differ = (name: string) =>
    new Set(entries.map((entry) => JSON.stringify(entry.setting[name]))).size > 1;
  return [
    ...(setting.enabled === false ? ["disabled"] : []),
    ...sharedAttributes(entries)
      .filter(differ)
      .map((name) => `${name} ${show(setting[name])}`),
  ];
}

function rankWords({ rank }: SidePolicy): string {
  if (rank === undefined) return "";
  return rank.scale === "priority" ? ` (priority ${rank.place})` : ` (place ${rank.place + 1})`;
}

function audienceWords({ entry: { policy }, fate, groups }: Effect): string {
  const { audience } = policy;
  switch (audience.kind) {
    case "groups": {
      const ids = fate === "overruled" ? audience.ids : (groups ?? []);
      const shown = listing(
        ids.map((id) => oneLine(id, MAX_ID)),
        MOST_GROUPS,
        "and",
      );
      if (ids.length === 0) return " for no group";
      return ids.length === 1 ? ` for the group ${shown}` : ` for the groups ${shown}`;
    }
    case "targets":
      return targetWords(audience);
    case "others":
      return " for others than groups too";
    case "unknown":
      return " for groups that are not known";
    case "source":
    case "unsaid":
      return "";
  }
}

/** Intune's targets: ` for all users and the group 1111…, but not for the group 2222…`. */
function targetWords({ targets, unread }: Extract<Audience, { kind: "targets" }>): string {
  const [excluded, included] = [true, false].map((isExcluded) =>
    targets.filter((target) => "excludedGroupId" in target === isExcluded).map(targetName),
  );
  const who = [...(included ?? []), ...(unread > 0 ? ["targets of an unknown kind"] : [])];
  if (who.length === 0) return " for nobody";
  const not = excluded ?? [];
  return ` for ${listing(who, MOST_GROUPS, "and")}${not.length === 0 ? "" : `, but not for ${listing(not, MOST_GROUPS, "and")}`}`;
}

function targetName(target: PolicyTarget): string {
  if ("excludedGroupId" in target)
    return `the group ${oneLine(target.excludedGroupId.toLowerCase(), MAX_ID)}`;
  const text = oneLine(targetText(target), MAX_ID);
  return "all" in target ? text : `the group ${text}`;
}

/** Values that are not compared as headings. */
export const LEFT_HEADINGS = {
  unclear: "not read as a setting",
  others: "nothing to compare",
} as const;

/** Reasons for which values are not compared, with their sources. */
export function leftTitle({ side, source, reason }: LeftGroup): string {
  return `${side}, "${oneLine(source, MAX_ID)}": ${oneLine(reason, MAX_REASON)}`;
}

/** The place of a value in its source. */
export function shownPlace(place: string): string {
  return oneLine(place, MAX_ID);
}

/** Whether a side has several values that win, each for others. */
export function hasSeveral(settings: readonly ComparedSetting[]): boolean {
  return settings.some(({ effects: { left, right } }) =>
    [left, right].some(
      (side) => side.filter(({ fate, entry }) => fate === "wins" && !isOfIntune(entry)).length > 1,
    ),
  );
}

/** Says who gets which of several values. */
export const SEVERAL =
  "where a side has several values, a user gets the first one whose group they are in";
