import { type Glossary, labelOf, wordsOf } from "../../provider/settings/glossary";
import { type ComparedSetting, type Comparison, counts } from "./comparison";
import type { Effect } from "./effects";
import type { Side, SideName } from "./side";

/** A comparison as JSON: see docs/compare.md for its form. Settings that are the same are only counted. */
export function comparisonJson(comparison: Comparison, glossary: Glossary): string {
  const { sides, settings, unclear, others, doubts, notes } = comparison;
  const json = {
    left: sideJson(sides.left),
    right: sideJson(sides.right),
    counts: { ...counts(comparison), unclear: unclear.length, others: others.length },
    settings: settings
      .filter(({ outcome }) => outcome !== "same")
      .map((setting) => settingJson(setting, glossary)),
    unclear,
    others,
    doubts,
    notes,
  };
  return JSON.stringify(json, undefined, 2);
}

function sideJson({ title, tenantId, policies }: Side) {
  return { title, tenantId: tenantId ?? null, policies: policies.length };
}

function settingJson(setting: ComparedSetting, glossary: Glossary) {
  const { payload, key, outcome, name, isSecret, remarks } = setting;
  const effects = (side: SideName) =>
    setting.effects[side].map((effect) => effectJson(setting, effect, glossary));
  return {
    outcome,
    payload,
    setting: key === "" ? null : key,
    name: name ?? null,
    ...(isSecret && { isSecret }),
    left: effects("left"),
    right: effects("right"),
    remarks,
  };
}

function effectJson(
  { key, isSecret }: ComparedSetting,
  { entry, fate, groups }: Effect,
  glossary: Glossary,
) {
  const { policy, setting } = entry;
  const isShown = !isSecret && entry.isKnown;
  const label = isShown ? labelOf(wordsOf(glossary, key), setting.value) : undefined;
  return {
    policy: policy.name,
    policyId: policy.id ?? null,
    rank: policy.rank ?? null,
    // Left out if it is secret or not known.
    ...(isShown && { value: setting.value ?? null }),
    ...(label !== undefined && { label }),
    ...(setting.enabled === false && { enabled: false }),
    fate,
    groups: groups ?? null,
    audience: policy.audience.kind,
  };
}
