import { storeChecked } from "../../settings/given";
import { isPlainObject, type PlainObject, UNKNOWN } from "../../settings/json";
import { SECRETS_KEY } from "../../settings/keys";
import { policyLabel, secretsOf } from "../../settings/label";
import { storeTargets } from "../../settings/policyTargets";
import { isStoredSettings, settingOf } from "../../settings/stored";

/** Converts inputs to the form in which they are stored. */
export function storedInputs(inputs: PlainObject): PlainObject {
  const stored = { ...inputs };
  if ("policies" in inputs) stored.policies = storeChecked(inputs.policies);
  if ("assignments" in inputs) stored.assignments = storeTargets(inputs.assignments);
  // If a list or a text becomes an object, nobody knows which of its values are secrets.
  if (!isPlainObject(stored.policies) || isPlainObject(inputs.policies)) return stored;
  return { ...stored, [SECRETS_KEY]: [...new Set([...secretsOf(inputs), "policies"])].sort() };
}

/** Values of settings by their ids, without those that are not known yet. */
export function valuesOf(policies: unknown): ReadonlyMap<string, string> {
  if (!isStoredSettings(policies)) return new Map();
  return new Map(
    Object.entries(policies).flatMap(([key, stored]) => {
      const { settingId, value } = settingOf(key, stored);
      const isKnown = typeof value === "string" && value !== UNKNOWN;
      return isKnown ? [[String(settingId), value] as const] : [];
    }),
  );
}

/** The name of a policy in messages, masked if it is, or was, a secret. */
export function intuneLabel(olds: PlainObject, news: PlainObject = olds): string {
  const secrets = [...secretsOf(olds), ...secretsOf(news)];
  const masked = new Set(secrets.includes("name") ? ["displayName"] : []);
  return policyLabel({ displayName: olds.name }, { displayName: news.name }, masked);
}

/** The inputs as outputs, without the input that only controls the creation. */
export function outputsOf({ adopt: _, ...inputs }: PlainObject, id: string): PlainObject {
  return { ...inputs, policyId: id };
}
