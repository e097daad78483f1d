import { type Glossary, labelOf, wordsOf } from "../../provider/settings/glossary";
import { type ComparedSetting, type Comparison, counts, listedSettings } from "./comparison";
import type { Effect } from "./effects";
import type { Side, SideName } from "./side";

/** A comparison as JSON: see docs/compare.md for its form. Settings that are not listed are only counted. */
export function comparisonJson(comparison: Comparison, glossary: Glossary): string {
  const { sides, roads, unclear, others, doubts, notes } = comparison;
  const { conflict, apart, ...ofSides } = counts(comparison);
  const json = {
    left: sideJson(sides.left),
    right: sideJson(sides.right),
    ...(roads !== undefined && { roads }),
    counts: {
      ...ofSides,
      ...(roads !== undefined && { conflict, apart }),
      unclear: unclear.length,
      others: others.length,
    },
    settings: listedSettings(comparison).map((setting) => settingJson(setting, glossary)),
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
  const { payload, key, road, outcome, name, isSecret, remarks, twice } = setting;
  const effects = (side: SideName) =>
    setting.effects[side].map((effect) => effectJson(setting, effect, glossary));
  return {
    outcome,
    payload,
    setting: key === "" ? null : key,
    name: name ?? null,
    ...(road !== undefined && { road }),
    ...(isSecret && { isSecret }),
    left: effects("left"),
    right: effects("right"),
    remarks,
    ...(twice !== undefined && { twice }),
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
    groups: policy.audience.kind === "targets" ? null : (groups ?? null),
    audience: policy.audience.kind,
    ...(policy.audience.kind === "targets" && { targets: policy.audience.targets }),
  };
}
