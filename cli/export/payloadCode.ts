import { storeGiven } from "../../provider/settings/given";
import { labelOf } from "../../provider/settings/glossary";
import { problemLine } from "../../provider/settings/inputProblem";
import { payloadProblems } from "../../provider/settings/inputs/problems";
import { SETTING_KEYS } from "../../provider/settings/inputs/setting";
import { type JsonValue, type PlainObject, sameJson } from "../../provider/settings/json";
import {
  BYTES_KEY,
  isStoredForm,
  isStoredSettings,
  JSON_KEY,
  programForm,
} from "../../provider/settings/stored";
import { storePayloadBytes } from "../../provider/settings/wire";
import { whyNotCarried } from "./carried";
import type { SettingKnowledge } from "./catalogue";
import { Call, type CodeValue, Commented } from "./code";

/**
 * A payload as code that gives the very same payload again, and that the types of the catalogue take.
 *
 * @returns undefined if no program can; {@link whyNoCode} says why.
 */
export function payloadCode(bytes: Uint8Array, catalogue: SettingKnowledge): CodeValue | undefined {
  if (whyNoCode(bytes) !== undefined) return undefined;
  const value = writtenForm(bytes);
  if (!Array.isArray(value)) return otherCode(value as JsonObject, catalogue);
  return (value as PlainObject[]).map((setting) => settingCode(setting, catalogue));
}

/** Whether a payload has no setting and nothing else: an empty list, or no text at all. */
export function isEmptyPayload(bytes: Uint8Array): boolean {
  const value = writtenForm(bytes);
  return Array.isArray(value) && value.length === 0;
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

type JsonObject = { readonly [key: string]: JsonValue };

/** With types, an object is a map of the catalogue's settings, unless it is one of two forms. */
function otherCode(value: JsonObject, { isTyped }: SettingKnowledge): CodeValue {
  if (isTyped === undefined) return value;
  if (!isStoredForm(value)) return { [JSON_KEY]: value };
  return BYTES_KEY in value ? new Call("uncheckedSettings", value) : value;
}

function settingCode(setting: PlainObject, { glossary, isTyped }: SettingKnowledge): CodeValue {
  const { settingId, value, name } = setting;
  const id = String(settingId);
  const given = setting as JsonObject;
  // The types have no place for keys of the service's own.
  const isPlain = Object.keys(setting).every((key) => SETTING_KEYS.includes(key));
  const isTaken = isPlain && (isTyped === undefined || isTyped(id, value));
  const code = isTaken ? given : new Call("uncheckedSetting", given);
  const words = glossary(id);
  const label = labelOf(words, value);
  // The tenant's own name stands in the setting.
  if (words === undefined || (name !== undefined && label === undefined)) return code;
  return new Commented(code, label === undefined ? words.name : `${words.name}: ${label}`);
}
