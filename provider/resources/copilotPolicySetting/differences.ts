/**
 * Differences between two states of a setting, and the words for them.
 *
 * @module
 */
import type { CopilotSettingAnswer } from "../../api/copilotPolicySettings";
import { copilotSetting, meaningOf } from "../../settings/copilotSettings";
import { type Difference, difference, valueDifferences } from "../../settings/differences";
import { type PlainObject, UNKNOWN } from "../../settings/json";
import { secretsOf } from "../../settings/label";
import { show } from "../../settings/show";
import { tenantChangesInWords } from "../../settings/words";
import { bothSecrets, secretDifferences } from "../clientConfiguration/differences";
import { samePolicy } from "./putBack";

/** The name of a setting in messages: that of Microsoft's page, or its id. */
export function settingLabel(known: PlainObject, news: PlainObject = known): string {
  if (bothSecrets(known, news).has("setting")) return "[secret]";
  const setting = known.setting ?? news.setting;
  if (setting === UNKNOWN) return "Copilot setting (known after apply)";
  return copilotSetting(setting)?.name ?? `Copilot setting ${show(setting).slice(1, -1)}`;
}

/** The differences between the outputs in the state and the inputs of the program. */
export function settingDifferences(olds: PlainObject, news: PlainObject): Difference[] {
  const secrets = bothSecrets(olds, news);
  const of = (name: string) => ({
    old: olds[name],
    next: news[name],
    isSecret: secrets.has(name),
  });
  const meanings = {
    old: meaningOf(olds.setting ?? news.setting, olds.value),
    new: meaningOf(news.setting, news.value),
  };
  const isMoved = !samePolicy(textOf(olds.policyId), textOf(news.policyId));
  return [
    ...valueDifferences("setting", "value", of("setting")).map((each) => ({
      ...each,
      replaces: olds.setting !== undefined,
    })),
    ...valueDifferences("value", "value", of("value")).map((each) => ({ ...each, meanings })),
    ...(isMoved ? [policyDifference(of("policyId"))] : []),
    ...secretDifferences(olds, news),
  ];
}

/** A policy that the program no longer names stays the one that has the value. */
function policyDifference(values: Parameters<typeof difference>[2]): Difference {
  const found = difference(["policyId"], "value", values);
  return values.next === undefined ? { ...found, becomes: "kept" } : found;
}

/** A change that somebody made since the state was written, in words; none if the program makes the same one. */
export function foreignChange(
  olds: PlainObject,
  news: PlainObject,
  { value }: CopilotSettingAnswer,
): string[] {
  if (value === olds.value || value === news.value) return [];
  const isSecret = bothSecrets(olds, news).has("value");
  const changed = difference(["value"], "value", { old: olds.value, next: value, isSecret });
  const [was, is] = [olds.value, value].map((each) => meaningOf(news.setting, each));
  const meanings = { old: was, new: is };
  return tenantChangesInWords(settingLabel(olds, news), [{ ...changed, meanings, isKept: false }]);
}

/** Warnings that Graph reads another value, or another policy, than was written. */
export function otherAnswer(inputs: PlainObject, now: CopilotSettingAnswer): string[] {
  const policyId = textOf(inputs.policyId);
  const label = settingLabel(inputs);
  if (policyId !== undefined && !samePolicy(now.policyId, policyId)) {
    const other = now.policyId === undefined ? "none" : `the policy ${now.policyId}`;
    return [
      `${label}: warning: the value is in the policy ${policyId}, and Graph reads this setting from ${other}`,
    ];
  }
  if (now.value === inputs.value) return [];
  const isSecret = secretsOf(inputs).includes("value");
  const [sent, is] = [show(inputs.value, isSecret), show(now.value, isSecret)];
  return [`${label}: warning: the value ${sent} was sent, and Graph answers with ${is}`];
}

/** A text among inputs or outputs; undefined if it is none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
