/**
 * The form of a payload in the inputs and outputs of a resource.
 *
 * A list of settings is stored as an object keyed by setting. So the order means nothing, the engine's own
 * diff is short, and a value keeps its place (and the engine's mark of a secret) when other settings are
 * added or removed. Everything else is stored unchanged under `$json`.
 *
 * @module
 */
import { isPlainObject, type JsonValue, type PlainObject } from "./json";

/** One setting, as on the wire and in programs. */
export type Setting = PlainObject & { settingId: string; value: JsonValue };

/** A payload as it is stored: settings by their key, or any other JSON under `$json`. */
export type StoredPayload = PlainObject;

/** The key for a payload that is not a list of settings. */
export const JSON_KEY = "$json";

/** The key for the text of a payload that is not JSON; only a tenant can have one. */
export const TEXT_KEY = "$text";

/** The key for the base64 of a payload that is not UTF-8; only a tenant can have one. */
export const BYTES_KEY = "$base64";

/** The key of the marker for a value that JSON cannot express; only `check` sees it. */
export const INVALID_KEY = "$invalid";

/**
 * Whether a program wrote the stored form of a payload that is not a list of settings: `{ $json }`,
 * `{ $text }` or `{ $base64 }` and nothing else. A program needs it for JSON that is neither an object nor
 * settings, and for payloads that are not JSON.
 */
export function isStoredForm(value: PlainObject): boolean {
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0) return false;
  if (key === JSON_KEY) return true;
  return (key === TEXT_KEY || key === BYTES_KEY) && typeof value[key] === "string";
}

/**
 * Whether an object is a map of settings by id, as outputs show it: one of its keys is an id, which is a
 * template, a semicolon and a policy. An object without keys has no settings.
 */
export function isSettingsMap(value: PlainObject): boolean {
  const keys = Object.keys(value);
  return keys.length === 0 || keys.some((key) => /^[^;\s]+;[^;\s]/.test(key));
}

/**
 * A stored payload in a program's form; a resource with it stores the same again. It is a list of settings,
 * a JSON object, or otherwise the stored form.
 */
export function programForm(stored: StoredPayload): PlainObject[] | PlainObject {
  if (isStoredSettings(stored)) return settingsOf(stored);
  const json = stored[JSON_KEY];
  return isPlainObject(json) && !isStoredForm(json) && !isSettingsMap(json) ? json : stored;
}

/** Whether a stored payload is a list of settings. */
export function isStoredSettings(stored: unknown): stored is PlainObject {
  return (
    isPlainObject(stored) &&
    !(JSON_KEY in stored) &&
    !(TEXT_KEY in stored) &&
    !(BYTES_KEY in stored)
  );
}

/**
 * Whether an array is meant as a list of settings: each element is an object, and at least one has
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
 * The key of a setting: its id, with its platform if it names one. The service keeps settings of several
 * platforms side by side.
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
 * @returns undefined if an element has no key or two have the same: validation reports such a list.
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

/** A setting without other attributes is stored as its value: one line of a diff. */
function storeSetting({ settingId: _, ...rest }: PlainObject): unknown {
  const keys = Object.keys(rest);
  const isValueOnly = keys.length === 1 && keys[0] === "value" && !isNested(rest.value);
  return isValueOnly ? rest.value : rest;
}

function isNested(value: unknown): boolean {
  return isPlainObject(value) || Array.isArray(value);
}

/** The setting of one entry of a stored payload. */
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

/** Stores any JSON value: settings by key, everything else unchanged. */
export function storeJson(value: unknown): StoredPayload | unknown[] {
  if (Array.isArray(value) && isMeantAsSettings(value)) return storeSettings(value) ?? value;
  return { [JSON_KEY]: value };
}
