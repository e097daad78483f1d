import { storeGiven } from "../../provider/settings/given";
import { problemLine } from "../../provider/settings/inputProblem";
import { payloadProblems } from "../../provider/settings/inputs/problems";
import { SETTING_KEYS } from "../../provider/settings/inputs/setting";
import { type JsonValue, type PlainObject, sameJson } from "../../provider/settings/json";
import { isStoredSettings, JSON_KEY, programForm } from "../../provider/settings/stored";
import { storePayloadBytes } from "../../provider/settings/wire";
import { whyNotCarried } from "./carried";
import type { Catalogue } from "./catalogue";
import { type CodeValue, Commented } from "./code";

/**
 * A payload as code that gives the very same payload again.
 *
 * @returns undefined if no program can; {@link whyNoCode} says why.
 */
export function payloadCode(bytes: Uint8Array, catalogue: Catalogue): CodeValue | undefined {
  if (whyNoCode(bytes) !== undefined) return undefined;
  const value = writtenForm(bytes);
  if (!Array.isArray(value)) return value as { [key: string]: JsonValue };
  const settings = value as PlainObject[];
  const code = settings.map((setting) => settingCode(setting, catalogue));
  const isTyped = settings.every((item) => Object.keys(item).every(isSettingKey));
  // Settings with keys that the types of a list have no place for.
  return isTyped ? code : new Map([[JSON_KEY, code]]);
}

/** Why no program can give a payload, as a clause; undefined if one can. */
export function whyNoCode(bytes: Uint8Array): string | undefined {
  const stored = storePayloadBytes(bytes);
  // In its stored form, as the engine gets it: there, the id of a setting is a key.
  const lost = whyNotCarried(stored);
  if (lost !== undefined) return `Pulumi would not keep it, as it ${lost}`;
  const given = storeGiven(writtenForm(bytes));
  const [problem] = payloadProblems("payload", given);
  if (problem !== undefined) return problemLine(problem);
  return sameJson(given, stored) ? undefined : "a program would store it in another form";
}

function writtenForm(bytes: Uint8Array): unknown {
  const stored = storePayloadBytes(bytes);
  return isStoredSettings(stored) ? settingsIn(bytes) : programForm(stored);
}

/** The settings of a payload in the tenant's own order: an empty payload has none. */
function settingsIn(bytes: Uint8Array): PlainObject[] {
  // Leaves a byte order mark out, as the provider does.
  const text = new TextDecoder().decode(bytes);
  return text.trim() === "" ? [] : (JSON.parse(text) as PlainObject[]);
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
