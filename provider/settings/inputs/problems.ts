/**
 * Problems of a payload, each with its property path.
 *
 * @module
 */

import type { z } from "zod";
import { nearestName } from "../../text/nearestName";
import { formProblem } from "../given";
import type { InputProblem } from "../inputProblem";
import { isPlainObject, type PlainObject, UNKNOWN } from "../json";
import {
  BYTES_KEY,
  INVALID_KEY,
  isSettingsMap,
  isStoredSettings,
  JSON_KEY,
  settingKey,
  settingOf,
} from "../stored";
import { decodeBase64 } from "../wire";
import { SETTING_KEYS, settingSchema } from "./setting";

/** All problems of a payload that comes to `check`; none if it may be stored. */
export function payloadProblems(name: string, payload: unknown): InputProblem[] {
  if (payload === undefined || payload === null || payload === UNKNOWN) return [];
  const given = isPlainObject(payload) && JSON_KEY in payload ? payload[JSON_KEY] : payload;
  const invalid = invalidValues([name], given);
  if (invalid.length > 0) return invalid;
  if (Array.isArray(payload)) return listProblems(name, payload);
  if (typeof payload === "string") return [{ path: [name], reason: notJson(payload) }];
  if (!isPlainObject(payload)) return [{ path: [name], reason: `must be ${FORMS}` }];
  if (!isStoredSettings(payload)) return formProblems(name, payload);
  if (isOtherJson(payload)) return [{ path: [name], reason: `names no setting; give ${FORMS}` }];
  return Object.entries(payload).flatMap(([key, stored]) => [
    ...keyProblems([name, key], key, stored),
    ...settingProblems([name, key], settingOf(key, stored)),
  ]);
}

const FORMS = `a list of settings, settings by their ids, JSON text, or other JSON as { ${JSON_KEY}: … }`;

/** Whether an object was not stored by a resource class and none of its entries look like settings. */
function isOtherJson(payload: PlainObject): boolean {
  if (isSettingsMap(payload)) return false;
  return Object.values(payload).some(
    (item) => isPlainObject(item) && !Object.keys(item).some((key) => isLikeSettingKey(key)),
  );
}

function isLikeSettingKey(key: string): boolean {
  return SETTING_KEYS.includes(key) || nearestName(key, SETTING_KEYS) !== undefined;
}

/** The key of a setting must be the key that it gets when it is read back. */
function keyProblems(path: readonly PropertyKey[], key: string, stored: unknown): InputProblem[] {
  if (!isPlainObject(stored) || stored.settingId === UNKNOWN || stored.platform === UNKNOWN) {
    return [];
  }
  const own = settingKey(settingOf(key, stored));
  if (own === undefined || own === key) return [];
  return [{ path, reason: `is the setting "${own}", and must have that as its key` }];
}

function formProblems(name: string, payload: PlainObject): InputProblem[] {
  const base64 = payload[BYTES_KEY];
  const isBase64 = typeof base64 !== "string" || decodeBase64(base64) !== undefined;
  if (!isBase64 && base64 !== UNKNOWN) {
    return [{ path: [name, BYTES_KEY], reason: "must be base64" }];
  }
  const reason = formProblem(payload);
  return reason === undefined ? [] : [{ path: [name], reason }];
}

function notJson(text: string): string {
  try {
    JSON.parse(text);
    return "is JSON text that could not be stored; give a list of settings or a JSON value";
  } catch (error) {
    // Node quotes the text in its message, and the text may be secret: keep only the position.
    const place = /at position \d+( \(line \d+ column \d+\))?/.exec(String(error))?.[0];
    return `is no JSON text${place === undefined ? "" : `: it goes wrong ${place}`}; give a list of settings, a JSON value, or JSON text`;
  }
}

function invalidValues(path: readonly PropertyKey[], value: unknown): InputProblem[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => invalidValues([...path, index], item));
  }
  if (!isPlainObject(value)) return [];
  if (INVALID_KEY in value) {
    const reason = `is ${String(value[INVALID_KEY])}; a payload holds only what JSON can: texts, finite numbers, true, false, null, lists and objects`;
    return [{ path, reason }];
  }
  return Object.entries(value).flatMap(([key, item]) => invalidValues([...path, key], item));
}

/** Problems of a list that could not be stored by key, named by index. */
function listProblems(name: string, items: readonly unknown[]): InputProblem[] {
  const firstIndex = new Map<string, number>();
  return items.flatMap((item, index): InputProblem[] => {
    const path = [name, index];
    if (item === UNKNOWN) return [];
    if (!isPlainObject(item)) return [{ path, reason: "must be a setting: { settingId, value }" }];
    const problems = settingProblems(path, item);
    const key = settingKey(item);
    const first = key === undefined ? undefined : firstIndex.get(key);
    if (key !== undefined && first === undefined) firstIndex.set(key, index);
    if (first === undefined) return problems;
    const reason = `gives the setting "${key}" a second time, after ${name}[${first}]; each setting may be given once`;
    return [...problems, { path: [...path, "settingId"], reason }];
  });
}

function settingProblems(path: readonly PropertyKey[], setting: PlainObject): InputProblem[] {
  const result = settingSchema.safeParse(setting);
  if (result.success) return [];
  return result.error.issues
    .map(withoutKeysOfOthers)
    .flatMap((issue) => issueProblems(path, setting, issue, SETTING_KEYS));
}

/**
 * A service may add keys to a setting, and they must not be lost. So an unknown key is passed on, unless it
 * looks like a misspelt known key.
 */
function withoutKeysOfOthers(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "unrecognized_keys") return issue;
  const misspelt = issue.keys.filter((key) => nearestName(key, SETTING_KEYS) !== undefined);
  return { ...issue, keys: misspelt };
}

/** The problems behind one of zod's issues; none if the value is not known yet. */
export function issueProblems(
  path: readonly PropertyKey[],
  value: unknown,
  issue: z.core.$ZodIssue,
  known: readonly string[],
): InputProblem[] {
  if (issue.code === "unrecognized_keys") {
    // The names that a nested object may have are not known here.
    const names = issue.path.length === 0 ? known : [];
    return issue.keys.map((key) => {
      return { path: [...path, ...issue.path, key], reason: unknownName(key, names) };
    });
  }
  const found = issue.path.reduce<unknown>(
    (parent, key) =>
      parent === UNKNOWN ? parent : (parent as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
  if (found === UNKNOWN) return [];
  const reason = found === undefined ? `is required and ${issue.message}` : issue.message;
  return [{ path: [...path, ...issue.path], reason }];
}

function unknownName(name: string, known: readonly string[]): string {
  if (known.length === 0) return "is no known name";
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
  return `is no known name${hint} (known: ${known.join(", ")})`;
}
