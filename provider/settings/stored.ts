/**
 * The form in which a payload stands in the inputs and outputs of a resource.
 *
 * A list of settings is stored as an object with the setting as key, so that its order means
 * nothing, the engine's own diff is short, and a value keeps its place (and with that the engine's
 * mark of a secret) whatever is added or taken away around it. Everything else stands under
 * `$json` as it was given.
 *
 * @module
 */
import { isPlainObject, type JsonValue, type PlainObject } from "./json";

/** One setting, as it goes on the wire and as programs write it. */
export type Setting = PlainObject & { settingId: string; value: JsonValue };

/** A payload as it is stored: settings by their key, or any other JSON under `$json`. */
export type StoredPayload = PlainObject;

/** The key under which a payload stands that is no list of settings. */
export const JSON_KEY = "$json";

/** The key under which the text of a payload stands that is no JSON; only a tenant can hold one. */
export const TEXT_KEY = "$text";

/** The key under which the base64 of a payload stands that is no UTF-8; only a tenant can hold one. */
export const BYTES_KEY = "$base64";

/** The key of the marker that stands for a value which JSON has no word for; only `check` sees it. */
export const INVALID_KEY = "$invalid";

/**
 * Says if a program wrote the stored form of a payload that is no list of settings: `{ $json }`,
 * `{ $text }` or `{ $base64 }` and nothing else. It is how to write what has no other form in a
 * program: JSON that is neither an object nor settings, and what is no JSON.
 */
export function isStoredForm(value: PlainObject): boolean {
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0) return false;
  if (key === JSON_KEY) return true;
  return (key === TEXT_KEY || key === BYTES_KEY) && typeof value[key] === "string";
}

/**
 * Says if an object is settings by their ids, as outputs show them: one of its keys is an id, which is
 * a template, a semicolon and a policy. An object without keys has no settings.
 */
export function isSettingsMap(value: PlainObject): boolean {
  const keys = Object.keys(value);
  return keys.length === 0 || keys.some((key) => /^[^;\s]+;[^;\s]/.test(key));
}

/**
 * A stored payload as a program writes it, so that a resource that is given it stores the same:
 * a list of settings, a JSON object, or the stored form of what is neither.
 */
export function programForm(stored: StoredPayload): PlainObject[] | PlainObject {
  if (isStoredSettings(stored)) return settingsOf(stored);
  const json = stored[JSON_KEY];
  return isPlainObject(json) && !isStoredForm(json) && !isSettingsMap(json) ? json : stored;
}

/** Says if a stored payload is a list of settings. */
export function isStoredSettings(stored: unknown): stored is PlainObject {
  return (
    isPlainObject(stored) &&
    !(JSON_KEY in stored) &&
    !(TEXT_KEY in stored) &&
    !(BYTES_KEY in stored)
  );
}

/**
 * Says if an array was meant as a list of settings: each element is an object, and one of them has
 * something like a `settingId` or a `value`. An empty array is an empty list of settings.
 */
export function isMeantAsSettings(items: readonly unknown[]): boolean {
  return (
    items.length === 0 ||
    (items.every(isPlainObject) &&
      items.some((item) =>
        Object.keys(item).some((key) => key === "value" || isLikeSettingId(key)),
      ))
  );
}

function isLikeSettingId(key: string): boolean {
  return key.replaceAll(/[-_ ]/g, "").toLowerCase() === "settingid";
}

/**
 * The key of a setting: its id, and its platform where it names one, as the service keeps settings
 * of several platforms side by side.
 */
export function settingKey(setting: PlainObject): string | undefined {
  const { settingId, platform } = setting;
  if (typeof settingId !== "string" || settingId === "") return undefined;
  if (platform === undefined || platform === null) return settingId;
  return typeof platform === "string" ? `${settingId}@${platform}` : undefined;
}

/**
 * Stores a list of settings by key.
 *
 * @returns undefined if an element has no key or two have the same: such a list is left for
 *   validation to name.
 */
export function storeSettings(items: readonly unknown[]): StoredPayload | undefined {
  const entries: [string, unknown][] = [];
  const keys = new Set<string>();
  for (const item of items) {
    const key = isPlainObject(item) ? settingKey(item) : undefined;
    if (key === undefined || keys.has(key)) return undefined;
    keys.add(key);
    entries.push([key, storeSetting(item as PlainObject)]);
  }
  return Object.fromEntries(entries);
}

/** A setting that says nothing but its value is stored as that value: one line of a diff. */
function storeSetting({ settingId: _, ...rest }: PlainObject): unknown {
  const keys = Object.keys(rest);
  const isValueOnly = keys.length === 1 && keys[0] === "value" && !isNested(rest.value);
  return isValueOnly ? rest.value : rest;
}

function isNested(value: unknown): boolean {
  return isPlainObject(value) || Array.isArray(value);
}

/** The setting behind one entry of a stored payload. */
export function settingOf(key: string, stored: unknown): PlainObject {
  if (!isPlainObject(stored)) return { settingId: key, value: stored };
  const { platform } = stored;
  const suffix = typeof platform === "string" ? `@${platform}` : "";
  const settingId = suffix !== "" && key.endsWith(suffix) ? key.slice(0, -suffix.length) : key;
  return { settingId, ...stored };
}

/** The settings of a stored payload, in the order of their keys. */
export function settingsOf(stored: PlainObject): PlainObject[] {
  return Object.keys(stored)
    .sort()
    .map((key) => settingOf(key, stored[key]));
}

/** Stores any JSON value: settings by key, everything else as it is. */
export function storeJson(value: unknown): StoredPayload | unknown[] {
  if (Array.isArray(value) && isMeantAsSettings(value)) return storeSettings(value) ?? value;
  return { [JSON_KEY]: value };
}
