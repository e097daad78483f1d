/**
 * Meaning of sources in policies of Intune's settings catalogue. It has no precedence between policies and no preferences,
 * takes a policy of the templates whole, and does not define all settings.
 *
 * @module
 */
import type { IntuneSettings } from "../../../provider/intune/intuneSettings";
import type { NotWrittenKind } from "../../../provider/intune/notWritten";
import { writeSettings } from "../../../provider/intune/writing";
import { conflictsOf } from "../conflicts";
import { merged } from "../merged";
import type { LeftReason } from "../outcome";
import type { LeftKind, Resolution, ResolvedPolicy, ResolvedSetting } from "../resolution";
import { withUntickedBoxes } from "./untickedBoxes";

interface IntuneOptions {
  /** Whether the settings of all sources become policies together, so that one source may complete another. */
  readonly isMerged: boolean;
}

/**
 * A resolution of which Intune can have every setting, and in which no two policies disagree. What is left has one line
 * each, as before.
 */
export function onIntune(
  resolution: Resolution,
  settings: IntuneSettings,
  { isMerged }: IntuneOptions,
): Resolution {
  const own = leave(resolution, preference);
  const once = merged({ ...own, conflicts: conflictsOf(own.policies) });
  const written = isMerged ? writableTogether(once, settings) : writableEach(once, settings);
  return withUntickedBoxes(isMerged ? written : oneOfEach(written, settings), settings, isMerged);
}

/** The reason why a setting of a source is left; undefined if it is not. */
type Judge = (setting: ResolvedSetting, policy: ResolvedPolicy) => LeftReason | undefined;

/** Leaves settings of the policies: the lines that were converted to them become lines that are left. */
function leave(resolution: Resolution, judge: Judge): Resolution {
  const reasons = new Map<string, LeftReason>();
  const policies = resolution.policies.map((policy) => ({
    ...policy,
    settings: policy.settings.filter((setting) => {
      const reason = judge(setting, policy);
      if (reason !== undefined) reasons.set(placeOf(policy.source.name, setting), reason);
      return reason === undefined;
    }),
  }));
  const left = resolution.converted.flatMap(({ source, key, valueName, ...setting }) => {
    const reason = reasons.get(placeOf(source, setting));
    if (reason === undefined) return [];
    return [{ source, key, valueName, candidates: [setting.settingId], ...reason }];
  });
  return {
    ...resolution,
    policies,
    converted: resolution.converted.filter((line) => !reasons.has(placeOf(line.source, line))),
    left: [...resolution.left, ...left],
  };
}

/** A source has a setting once in each payload. */
function placeOf(source: string, { payload, settingId }: ResolvedSetting): string {
  return JSON.stringify([source, payload, settingId]);
}

const preference: Judge = ({ payload }) =>
  payload === "userPreferences"
    ? { kind: "preference", reason: "users may change it, and Intune has no preferences" }
    : undefined;

const KINDS: Readonly<Record<NotWrittenKind, LeftKind>> = {
  unknown: "unknown",
  undefined: "noDefinition",
  machine: "machine",
  list: "list",
  value: "value",
  incomplete: "incomplete",
};

/** Reasons by settings, for those that Intune cannot have. */
function notWritten(
  own: readonly ResolvedSetting[],
  settings: IntuneSettings,
): ReadonlyMap<string, LeftReason> {
  const values = new Map(own.map(({ settingId, value }) => [settingId, value]));
  const reasons = new Map<string, LeftReason>();
  // Without one setting, others of its policy may be incomplete.
  for (;;) {
    const { left } = writeSettings(values, settings);
    if (left.length === 0) return reasons;
    for (const { settingId, kind, reason } of left) {
      values.delete(settingId);
      reasons.set(settingId, { kind: KINDS[kind], reason });
    }
  }
}

function writableEach(resolution: Resolution, settings: IntuneSettings): Resolution {
  const reasons = new Map(
    resolution.policies.map((policy) => [
      policy.source.name,
      notWritten(policy.settings, settings),
    ]),
  );
  return leave(resolution, ({ settingId }, { source }) => reasons.get(source.name)?.get(settingId));
}

function writableTogether(resolution: Resolution, settings: IntuneSettings): Resolution {
  const all = resolution.policies.flatMap((policy) => policy.settings);
  const reasons = notWritten(all, settings);
  return leave(resolution, ({ settingId }) => reasons.get(settingId));
}

/**
 * Leaves policies of the templates that an earlier source sets in another way: a policy with its elements is one value in
 * Intune, and two policies that disagree on it would be a conflict for whoever gets both.
 */
function oneOfEach(resolution: Resolution, { known }: IntuneSettings): Resolution {
  const rootOf = ({ settingId }: ResolvedSetting) => known.find(settingId)?.policy ?? settingId;
  const winners = new Map<string, { readonly source: string; readonly text: string }>();
  const texts = new Map<ResolvedPolicy, ReadonlyMap<string, string>>();
  for (const policy of resolution.policies) {
    const roots = [...Map.groupBy(policy.settings, rootOf)].map(
      ([root, own]) => [root, textOf(own)] as const,
    );
    texts.set(policy, new Map(roots));
    for (const [root, text] of roots) {
      if (!winners.has(root)) winners.set(root, { source: policy.source.name, text });
    }
  }
  return leave(resolution, (setting, policy) => {
    const root = rootOf(setting);
    const winner = winners.get(root);
    if (winner === undefined || winner.text === texts.get(policy)?.get(root)) return undefined;
    const reason = `the source "${winner.source}" sets other elements of ${known.nameOf(root)}, and wins: Intune takes a policy whole`;
    return { kind: "replaced", reason };
  });
}

function textOf(own: readonly ResolvedSetting[]): string {
  const values = own.map(({ settingId, value }) => JSON.stringify([settingId, value]));
  return values.sort().join();
}
