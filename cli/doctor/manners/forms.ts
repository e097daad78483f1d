/**
 * Forms of values in answers: pure functions of raw JSON.
 *
 * @module
 */
import { isPlainObject, type PlainObject } from "../../../provider/settings/json";
import type { PAYLOAD_FORMS } from "./schema";

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The objects of a list's JSON. */
export function objectsOf(body: unknown): PlainObject[] {
  const items: unknown = isPlainObject(body) ? body.value : undefined;
  return Array.isArray(items) ? items.filter(isPlainObject) : [];
}

/** Whether a list's JSON has a link to the next page. */
export function hasNextLink(body: unknown): boolean {
  return isPlainObject(body) && typeof body["@odata.nextLink"] === "string";
}

/** The number of items of a page that has a link to the next; undefined for the last page. */
export function cutPage(body: unknown): number | undefined {
  const { length } = objectsOf(body);
  return hasNextLink(body) && length > 0 ? length : undefined;
}

/** The one form of several values, `mixed` for two; undefined without a value. */
export function commonForm<T extends string>(forms: readonly T[]): T | "mixed" | undefined {
  const [first, ...others] = new Set(forms);
  return others.length > 0 ? "mixed" : first;
}

/** The forms of the types of objects that name them. */
export function typeNameForms(objects: readonly PlainObject[]): ("hash" | "plain")[] {
  return objects.flatMap(({ "@odata.type": type }) => {
    if (typeof type !== "string") return [];
    return type.startsWith("#") ? ["hash"] : ["plain"];
  });
}

/** The case of GUIDs. GUIDs without letters, and other ids, have none. */
export function idCases(ids: readonly unknown[]): ("lower" | "upper" | "mixed")[] {
  return ids.flatMap((id) => {
    if (typeof id !== "string" || !GUID.test(id) || !/[a-f]/i.test(id)) return [];
    if (id === id.toLowerCase()) return ["lower"];
    return id === id.toUpperCase() ? ["upper"] : ["mixed"];
  });
}

/** An id in the other case; undefined if it has no case. */
export function inOtherCase(id: string): string | undefined {
  const [form] = idCases([id]);
  if (form === undefined) return undefined;
  return form === "upper" ? id.toLowerCase() : id.toUpperCase();
}

/** Whether an object has properties that its API does not name. Annotations do not count. */
export function hasUnknown(object: PlainObject, known: ReadonlySet<string>): boolean {
  return Object.keys(object).some((name) => !name.includes("@") && !known.has(name));
}

/** Most digits of a second's fraction in dates: services may leave out zeros at the end. */
export function mostDateDigits(dates: readonly unknown[]): number | undefined {
  const digits = dates.flatMap((date) => {
    const found =
      typeof date === "string" ? /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d+))?/.exec(date) : null;
    return found === null ? [] : [found[1]?.length ?? 0];
  });
  return digits.length === 0 ? undefined : Math.min(Math.max(...digits), 20);
}

/** The encoding of an inline payload. Text that both alphabets could have written counts as the standard one. */
export function encodingOf(text: string): "base64" | "base64url" | "text" {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0) return "base64";
  return /^[A-Za-z0-9_-]*={0,2}$/.test(text) ? "base64url" : "text";
}

/** Contents of a payload's bytes. */
export function contentOf(bytes: Uint8Array): "settings" | "list" | "object" | "text" {
  const json = parsed(bytes);
  if (isPlainObject(json)) return "object";
  if (!Array.isArray(json)) return "text";
  const isSetting = (item: unknown) =>
    isPlainObject(item) && typeof item.settingId === "string" && "value" in item;
  return json.length > 0 && json.every(isSetting) ? "settings" : "list";
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

/** Form of a payload in an object's JSON. */
export type PayloadForm = (typeof PAYLOAD_FORMS)[number];

/** The form of a payload in an object's JSON. An empty text is no payload. */
export function payloadFormOf(object: PlainObject, name: string): PayloadForm {
  if (typeof object[name] === "string" && object[name] !== "") return "inline";
  if (typeof object[`${name}@odata.mediaReadLink`] === "string") return "stream";
  return object[name] === undefined ? "missing" : "null";
}
