import { type JsonValue, type PlainObject, sameJson } from "../../provider/payload/json";
import { payloadProblems } from "../../provider/payload/problems";
import { storePayloadInput } from "../../provider/payload/program";
import { SETTING_KEYS } from "../../provider/payload/settingSchema";
import { isStoredSettings, JSON_KEY, programForm } from "../../provider/payload/stored";
import { storePayloadBytes } from "../../provider/payload/wire";
import type { Catalogue } from "./catalogue";
import { type CodeValue, Commented } from "./code";

/**
 * A payload as code that gives the very same payload again.
 *
 * @returns undefined if no program can.
 */
export function payloadCode(bytes: Uint8Array, catalogue: Catalogue): CodeValue | undefined {
  const stored = storePayloadBytes(bytes);
  const value = isStoredSettings(stored) ? settingsIn(bytes) : programForm(stored);
  if (!isGivenBy(value, stored)) return undefined;
  if (!Array.isArray(value)) return value as { [key: string]: JsonValue };
  const settings = value as PlainObject[];
  const code = settings.map((setting) => settingCode(setting, catalogue));
  const isTyped = settings.every((item) => Object.keys(item).every(isSettingKey));
  // Settings with keys that the types of a list have no place for.
  return isTyped ? code : new Map([[JSON_KEY, code]]);
}

/** The settings of a payload in the tenant's own order: an empty payload has none. */
function settingsIn(bytes: Uint8Array): PlainObject[] {
  const text = Buffer.from(bytes).toString("utf8");
  return text.trim() === "" ? [] : (JSON.parse(text) as PlainObject[]);
}

/** Whether a program that gives a value gives this payload, and the provider takes it. */
function isGivenBy(value: unknown, stored: PlainObject): boolean {
  const given = storePayloadInput(value);
  return sameJson(given, stored) && payloadProblems("policies", given).length === 0;
}

function isSettingKey(key: string): boolean {
  return SETTING_KEYS.includes(key);
}

function settingCode(setting: PlainObject, catalogue: Catalogue): CodeValue {
  const { settingId, name } = setting;
  const value = setting as { [key: string]: JsonValue };
  const known = catalogue.nameOf(String(settingId));
  return known === undefined || name !== undefined ? value : new Commented(value, known);
}
