/**
 * A payload as given: in any form that programs write and outputs show.
 *
 * @module
 */
import { holdsUnknown, isPlainObject, type PlainObject, UNKNOWN } from "./json";
import {
  BYTES_KEY,
  INVALID_KEY,
  isMeantAsSettings,
  isSettingsMap,
  isStoredForm,
  isStoredSettings,
  JSON_KEY,
  settingKey,
  settingOf,
  storeJson,
  storeSettings,
  TEXT_KEY,
} from "./stored";
import { decodeBase64, storePayloadBytes } from "./wire";

/**
 * The stored form of a payload in any form that a program writes. Values without a stored form stay
 * unchanged, so that validation reports them.
 */
export function storeGiven(given: unknown): unknown {
  if (typeof given === "string") {
    const json = parsed(given);
    return json === undefined ? given : storeValue(json.value);
  }
  if (!isPlainObject(given)) return storeValue(given);
  if (isStoredForm(given)) return storeForm(given);
  return INVALID_KEY in given ? given : storeValue(given);
}

/**
 * The stored form of a payload that comes to `check`. A resource class has already stored it; a
 * transformation or an edited state may give any form. An object stays an object with the same keys,
 * because the engine marks secrets by them. A list or a text becomes an object, and the engine then marks
 * all of it.
 */
export function storeChecked(payload: unknown): unknown {
  if (payload === undefined || payload === null) return undefined;
  if (payload === UNKNOWN) return payload;
  if (Array.isArray(payload) && hasUnknownPlaces(payload)) return UNKNOWN;
  const stored = isPlainObject(payload) ? payload : storeGiven(payload);
  return isStoredSettings(stored) ? withTexts(stored) : stored;
}

/** The setting of an element, and so its place, is known only later. */
function hasUnknownPlaces(items: readonly unknown[]): boolean {
  return items.some(
    (item) =>
      item === UNKNOWN ||
      (isPlainObject(item) && (item.settingId === UNKNOWN || item.platform === UNKNOWN)),
  );
}

/** A JSON value of a program: a list of settings, a map of settings by id, or any other JSON. */
function storeValue(value: unknown): unknown {
  if (isPlainObject(value) && isSettingsMap(value)) return storeMap(value);
  if (!Array.isArray(value)) return { [JSON_KEY]: value };
  return isMeantAsSettings(value) ? (storeSettings(value) ?? value) : { [JSON_KEY]: value };
}

/** The value of JSON text, which may begin with a byte order mark, as files do. */
function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, "")) };
  } catch {
    return undefined;
  }
}

/** Settings by id, as outputs show them; each value may also be a setting as in a list. */
function storeMap(map: PlainObject): PlainObject {
  return Object.fromEntries(Object.entries(map).map(([key, given]) => storeEntry(key, given)));
}

/** One setting by its key, which includes its platform; a bare value if it has no other attributes. */
function storeEntry(key: string, given: unknown): [string, unknown] {
  if (Array.isArray(given)) return [key, { value: given }];
  if (!isPlainObject(given)) return [key, given];
  const { settingId, ...setting } = given;
  const { settingId: id } = settingOf(key, setting);
  // Under the id of another setting: unchanged, so that validation reports it.
  if (settingId !== undefined && settingId !== id) return [key, given];
  const { value, ...rest } = setting;
  const isBare = "value" in setting && Object.keys(rest).length === 0;
  if (isBare && !Array.isArray(value) && !isPlainObject(value)) return [key, value];
  return [settingKey({ ...setting, settingId: id }) ?? key, setting];
}

/**
 * The stored form of a payload that a program gave in stored form; equals the form read from the tenant.
 */
function storeForm(form: PlainObject): unknown {
  const { [JSON_KEY]: json, [TEXT_KEY]: text, [BYTES_KEY]: base64 } = form;
  if (typeof text === "string") return storePayloadBytes(Buffer.from(text, "utf8"));
  if (typeof base64 === "string") {
    const bytes = decodeBase64(base64);
    return bytes === undefined ? form : storePayloadBytes(bytes); // Left for `check` to name.
  }
  const stored = storeJson(json);
  return Array.isArray(stored) ? form : stored;
}

/** Problem of the form of an object that comes to `check`; undefined if it is a stored form. */
export function formProblem(payload: PlainObject): string | undefined {
  if (isStoredSettings(payload)) return undefined;
  if (!isStoredForm(payload)) {
    return `must have ${JSON_KEY}, ${TEXT_KEY} or ${BYTES_KEY} alone, with text under the last two`;
  }
  if (holdsUnknown(payload)) return undefined;
  const [key] = Object.keys(payload);
  const [canonical] = Object.keys(storeForm(payload) as PlainObject);
  if (canonical === key) return undefined;
  return key === JSON_KEY
    ? "holds settings: give the list of settings itself"
    : `holds what has another form: give the list of settings or JSON value itself`;
}

/** Settings in their shortest form, with their values as texts, as the service writes them. */
function withTexts(settings: PlainObject): PlainObject {
  return Object.fromEntries(
    Object.entries(settings).map(([key, given]) => {
      const [own, entry] = storeEntry(key, given);
      const stored = own === key ? entry : given;
      if (!isPlainObject(stored)) return [key, asText(stored)];
      return [key, "value" in stored ? { ...stored, value: asText(stored.value) } : stored];
    }),
  );
}

/** A number or a boolean as the service writes it: `"4"`, `"1"` for true, `"0"` for false. */
export function asText(value: unknown): unknown {
  if (typeof value === "boolean") return value ? "1" : "0";
  return typeof value === "number" ? JSON.stringify(value) : value;
}
