/**
 * Resolved sources as policies of a program.
 *
 * @module
 */
import type { KnownSettings } from "../../provider/catalogue/knownSettings";
import { isGuid } from "../../provider/graph/config/settings";
import { type PolicyTarget, targetText } from "../../provider/settings/policyTargets";
import { sortedSettings } from "../sortedSettings";
import type { Source } from "../sources/source";
import { LEFT_KINDS, LEFT_ORDER } from "./leftKinds";
import type { ProgramPolicy } from "./program";
import type { LeftLine, Resolution } from "./resolution";

/** One policy a source, without those that have no setting. */
export function policyOfEach({ policies, left }: Resolution): ProgramPolicy[] {
  const bySource = Map.groupBy(left, ({ source }) => source);
  return policies
    .filter(({ settings }) => settings.length > 0)
    .map(({ source, settings }) => ({
      displayName: source.name,
      description: source.description,
      groups: groupsOf(source),
      targets: targetsOf(source),
      settings,
      comments: [...commentsOf(source), ...leftComments(bySource.get(source.name))],
    }));
}

/**
 * One policy an app, with the settings of all sources. They must not contradict each other: see `merged`.
 *
 * @param resolution - Of sources that are merged.
 */
export function policyOfEachApp(
  { policies, left }: Resolution,
  settings: KnownSettings,
): ProgramPolicy[] {
  const all = policies.flatMap((policy) => policy.settings);
  const once = new Map(all.map((setting) => [`${setting.payload} ${setting.settingId}`, setting]));
  const byApp = Map.groupBy(sortedSettings([...once.values()], settings), ({ settingId }) => {
    return settings.find(settingId)?.app ?? OTHER_APPS;
  });
  const bySource = Map.groupBy(left, ({ source }) => source);
  const groups = sameOfAll(policies, groupsOf, String);
  const targets = sameOfAll(policies, targetsOf, targetText);
  return [...byApp].map(([app, own]) => {
    const ids = new Set(own.map(({ settingId }) => settingId));
    const sources = policies.filter((policy) =>
      policy.settings.some(({ settingId }) => ids.has(settingId)),
    );
    const [only, ...others] = policies;
    return {
      displayName: only !== undefined && others.length === 0 ? `${only.source.name}: ${app}` : app,
      groups,
      targets,
      settings: own,
      comments: sources.flatMap(({ source }) => [
        ...commentsOf(source),
        ...leftComments(bySource.get(source.name)),
        ...(groups === undefined && targets === undefined ? groupComments(source) : []),
      ]),
    };
  });
}

const OTHER_APPS = "Other apps";

/** Groups or targets that all sources have; undefined if they differ. */
function sameOfAll<T>(
  policies: Resolution["policies"],
  listOf: (source: Source) => readonly T[] | undefined,
  text: (item: T) => string,
): readonly T[] | undefined {
  const all = policies.map(({ source }) => listOf(source) ?? []);
  const [first] = all;
  const texts = all.map((list) => list.map(text).sort().join(" "));
  const isSame = new Set(texts).size === 1;
  return isSame && first !== undefined && first.length > 0 ? first : undefined;
}

/** Targets that a policy of Intune's can have; undefined if the source names none. */
function targetsOf({ targets = [] }: Source): readonly PolicyTarget[] | undefined {
  return targets.length === 0 ? undefined : targets;
}

/** Groups that a policy can have; undefined if the source names none. */
function groupsOf({ groups = [] }: Source): readonly string[] | undefined {
  const own = new Set(groups.filter(isGuid).map((id) => id.toLowerCase()));
  return own.size === 0 ? undefined : [...own];
}

function groupComments({ name, groups = [] }: Source): string[] {
  return groups.length === 0 ? [] : [`"${name}" is assigned to ${groups.join(", ")}.`];
}

/** Sentences about a source: where it is from, and what a policy cannot carry. */
function commentsOf(source: Source): string[] {
  const { kind, path, conditions, groups = [], notes } = source;
  const others = groups.filter((group) => !isGuid(group));
  return [
    `From ${path} (${kind}).`,
    ...conditions.map((condition) => `Not carried over: ${condition}.`),
    ...(others.length === 0 ? [] : [`Groups that are no ids are left out: ${others.join(", ")}.`]),
    ...notes,
  ];
}

function leftComments(left: readonly LeftLine[] = []): string[] {
  const counts = LEFT_ORDER.flatMap((kind) => {
    const count = left.filter((line) => line.kind === kind).length;
    return count === 0 ? [] : [`${LEFT_KINDS[kind]} (${count})`];
  });
  return counts.length === 0 ? [] : [`Not converted: ${counts.join(", ")}.`];
}
