/**
 * A payload on the wire: the UTF-8 bytes of one JSON text, as base64 in a JSON body or as a separate
 * stream.
 *
 * @see https://learn.microsoft.com/graph/api/intune-cirrus-windowsofficeclientconfiguration-create?view=graph-rest-beta
 * @module
 */
import { isNestedTooDeep } from "../text/nesting";
import { canonicalJson, isPlainObject } from "./json";
import {
  BYTES_KEY,
  isStoredSettings,
  JSON_KEY,
  type StoredPayload,
  settingsOf,
  storeJson,
  TEXT_KEY,
} from "./stored";

/**
 * The bytes of a stored payload: canonical JSON; a list of settings becomes an array in the order of their
 * keys.
 *
 * @throws TypeError if it is not in a stored form.
 */
export function payloadBytes(stored: StoredPayload): Buffer {
  if (isStoredSettings(stored)) return Buffer.from(canonicalJson(settingsOf(stored)), "utf8");
  if (JSON_KEY in stored) return Buffer.from(canonicalJson(stored[JSON_KEY]), "utf8");
  const { [TEXT_KEY]: text, [BYTES_KEY]: base64 } = stored;
  if (typeof text === "string") return Buffer.from(text, "utf8");
  const bytes = typeof base64 === "string" ? decodeBase64(base64) : undefined;
  if (bytes === undefined)
    throw new TypeError("The payload is in no stored form; nothing is sent.");
  return bytes;
}

/**
 * The stored form of a payload's bytes. Bytes that are not UTF-8, and text that is not JSON or is nested
 * too deep to process, are kept and shown unchanged, so that their owner can still see and save them.
 */
export function storePayloadBytes(bytes: Uint8Array): StoredPayload {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { [BYTES_KEY]: Buffer.from(bytes).toString("base64") };
  }
  if (text.trim() === "") return {};
  try {
    const json: unknown = JSON.parse(text);
    if (isNestedTooDeep(json)) return { [TEXT_KEY]: text };
    const stored = storeJson(json);
    // A list with the same setting twice cannot be keyed; it is kept as JSON.
    return Array.isArray(stored) ? { [JSON_KEY]: stored } : stored;
  } catch {
    return { [TEXT_KEY]: text };
  }
}

/**
 * Reads the base64 of a JSON body: the standard alphabet and the URL one (the API's metadata says
 * `base64url`, Microsoft's SDKs write the standard one), padded or not.
 *
 * @returns undefined if the text is not base64.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const compact = text.replaceAll(/\s/g, "").replaceAll("-", "+").replaceAll("_", "/");
  const unpadded = compact.replace(/={1,2}$/, "");
  if (!/^[A-Za-z0-9+/]*$/.test(unpadded) || unpadded.length % 4 === 1) return undefined;
  return Buffer.from(unpadded, "base64");
}

/**
 * The part of a tenant's payload that the program sets. A service may add its own keys to a setting (names,
 * versions). They are not drift, so a setting of the program keeps only the keys that the program gave.
 */
export function projectOnto(known: unknown, found: StoredPayload): StoredPayload {
  if (!isStoredSettings(known) || !isStoredSettings(found)) return found;
  return Object.fromEntries(
    Object.entries(found).map(([key, value]) => [
      key,
      Object.hasOwn(known, key) ? projectSetting(known[key], value) : value,
    ]),
  );
}

function projectSetting(known: unknown, found: unknown): unknown {
  if (!isPlainObject(found)) return isPlainObject(known) ? { value: found } : found;
  if (!isPlainObject(known)) return found.value;
  return Object.fromEntries(Object.entries(found).filter(([key]) => Object.hasOwn(known, key)));
}
