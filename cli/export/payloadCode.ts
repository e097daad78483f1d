import {
  isPlainObject,
  type JsonValue,
  type PlainObject,
  sameJson,
} from "../../provider/payload/json";
import { payloadProblems } from "../../provider/payload/problems";
import { storePayloadInput } from "../../provider/payload/program";
import { SETTING_KEYS } from "../../provider/payload/settingSchema";
import { isStoredSettings } from "../../provider/payload/stored";
import { storePayloadBytes } from "../../provider/payload/wire";
import type { Catalogue } from "./catalogue";
import { Code, type CodeValue, Commented, write } from "./code";

/**
 * A payload as code that gives the very same payload again.
 *
 * @returns undefined if no program can: it is no JSON, or has a setting twice.
 */
export function payloadCode(bytes: Uint8Array, catalogue: Catalogue): CodeValue | undefined {
  const stored = storePayloadBytes(bytes);
  const value = jsonOf(bytes, stored);
  if (value === undefined || !isGivenBy(value, stored)) return undefined;
  if (!isStoredSettings(stored)) return isPlainObject(value) ? value : stringified(value);
  const settings = value as PlainObject[];
  const isTyped = settings.every((item) => Object.keys(item).every((key) => isSettingKey(key)));
  const code = settings.map((setting) => settingCode(setting, catalogue));
  return isTyped ? code : stringified(code);
}

/** The JSON of a payload, as the tenant has it: an empty payload is a list of no settings. */
function jsonOf(bytes: Uint8Array, stored: PlainObject): JsonValue | undefined {
  if (Object.keys(stored).length === 0) return [];
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8")) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Whether a program that gives a value gives this payload, and the provider takes it. */
function isGivenBy(value: JsonValue, stored: PlainObject): boolean {
  const input = isPlainObject(value) ? value : JSON.stringify(value);
  const given = storePayloadInput(input);
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

/** What the types of a list of settings have no place for goes in as JSON text. */
function stringified(value: CodeValue): Code {
  return new Code((indent, before) => {
    const open = "JSON.stringify(";
    return `${open}${write(value, indent, before + open.length)})`;
  });
}
