/**
 * Changes between two stored payloads, setting by setting, in words for a reviewer.
 *
 * @module
 */
import { slice, withUnseenEscaped } from "../text/messageText";
import { holdsUnknown, isPlainObject, ownValue, type PlainObject, sameJson, UNKNOWN } from "./json";
import { BYTES_KEY, isStoredSettings, JSON_KEY, settingOf, TEXT_KEY } from "./stored";

/** Longest piece of a value that is shown, in characters. */
const MAX_SHOWN_CHARACTERS = 120;

/** Characters shown before the place where two long values begin to differ. */
const CONTEXT_CHARACTERS = 20;

/** Stands after a secret value that differs from the one before. */
export const SECRET_CHANGED = " (changed)";

/** Says for the key of a setting if its value must not be shown. */
export type IsSecret = (key: string) => boolean;

/**
 * The changes from one stored payload to another, one line each:
 * `office16;L_VBAWarningsPolicy "2" => "4"`, `+ office16;L_X "1"`, `- office16;L_Y "0"`.
 *
 * @param before - The stored payload as it is, or undefined where there is none.
 * @param after - The stored payload as it shall be; the engine's unknown value where it is not known.
 */
export function payloadChanges(before: unknown, after: unknown, isSecret: IsSecret): string[] {
  if (sameJson(before, after)) return [];
  if (after === UNKNOWN) return ["(known after apply)"];
  const old = before ?? {};
  const next = after ?? {};
  if (isEmpty(old) && isEmpty(next)) {
    return [before === undefined ? "(given, without settings)" : "(not given any more)"];
  }
  if (isStoredSettings(old) && isStoredSettings(next)) return settingChanges(old, next, isSecret);
  if (isEmpty(old)) return [show(whole(next), isSecret(""))];
  const [shownOld, shownNew] = showPair(whole(old), whole(next), isSecret(""));
  return [`${shownOld} => ${shownNew}`];
}

function isEmpty(stored: unknown): boolean {
  return isPlainObject(stored) && Object.keys(stored).length === 0;
}

/** The value that a payload of another kind than settings holds. */
function whole(stored: unknown): unknown {
  if (!isPlainObject(stored) || isStoredSettings(stored)) return stored;
  return stored[JSON_KEY] ?? stored[TEXT_KEY] ?? stored[BYTES_KEY];
}

function settingChanges(old: PlainObject, next: PlainObject, isSecret: IsSecret): string[] {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])].sort();
  return keys.flatMap((key) => {
    const [before, after] = [ownValue(old, key), ownValue(next, key)];
    if (sameJson(before, after)) return [];
    const hidden = isSecret(key);
    const [was, is] = [settingOf(key, before), settingOf(key, after)];
    if (!Object.hasOwn(old, key)) return [`+ ${key} ${showSetting(is, hidden)}`];
    if (!Object.hasOwn(next, key)) return [`- ${key} ${showSetting(was, hidden)}`];
    return [`${key} ${attributeChanges(was, is, hidden).join(", ")}`];
  });
}

function showSetting(setting: PlainObject, hidden: boolean): string {
  return show(setting.value, hidden);
}

/** `"2" => "4"`, and where another key of the setting changes, that key by name. */
function attributeChanges(old: PlainObject, next: PlainObject, hidden: boolean): string[] {
  const keys = [...new Set(["value", ...Object.keys(old), ...Object.keys(next)])];
  return keys
    .filter((key) => !sameJson(ownValue(old, key), ownValue(next, key)))
    .map((key) => {
      const [shownOld, shownNew] = showPair(ownValue(old, key), ownValue(next, key), hidden);
      return `${key === "value" ? "" : `${key} `}${shownOld} => ${shownNew}`;
    });
}

/** A value as one short line; control characters, which could steer a terminal, are escaped. */
export function show(value: unknown, hidden = false): string {
  return shorten(spell(value, hidden), 0);
}

/** Two values as one line each; of long ones, the part from where they differ. */
export function showPair(old: unknown, next: unknown, hidden = false): [string, string] {
  const a = spell(old, hidden);
  const b = spell(next, hidden);
  // Else the two would look alike.
  if (hidden && a === b) return [a, `${b}${SECRET_CHANGED}`];
  let start = 0;
  if (Math.max(a.length, b.length) > MAX_SHOWN_CHARACTERS) {
    while (start < a.length && a[start] === b[start]) start += 1;
    start = Math.max(0, start - CONTEXT_CHARACTERS);
  }
  return [shorten(a, start), shorten(b, start)];
}

function spell(value: unknown, hidden: boolean): string {
  if (value === undefined) return "(none)";
  if (value === UNKNOWN) return "(known after apply)";
  if (hidden) return "[secret]";
  const text = JSON.stringify(value, (_, item: unknown) => (item === UNKNOWN ? "?" : item)) ?? "";
  const printable = withUnseenEscaped(text);
  return holdsUnknown(value) ? `${printable} (? known after apply)` : printable;
}

function shorten(text: string, start: number): string {
  if (start === 0 && text.length <= MAX_SHOWN_CHARACTERS) return text;
  const piece = slice(text, start, start + MAX_SHOWN_CHARACTERS);
  return `${start > 0 ? "…" : ""}${piece}${start + piece.length < text.length ? "…" : ""}`;
}
