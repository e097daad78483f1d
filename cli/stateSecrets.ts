/**
 * Secrets in a state, and in the engine's events: an object that Pulumi knows by a signature.
 *
 * @module
 */
import { isPlainObject } from "../provider/settings/json";
import { PAYLOAD_NAMES } from "../provider/settings/names";

/** Key and value by which a state tells a secret from an object. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** Properties that are encrypted, or hold something that is; settings as `policies/<key>`. */
export function encryptedPaths(outputs: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(outputs).flatMap(([name, value]) => {
    if (!holdsCiphertext(value)) return [];
    const isPayload = PAYLOAD_NAMES.some((payload) => payload === name);
    if (!isPayload || isCiphertext(value) || !isPlainObject(value)) return [name];
    return Object.keys(value)
      .filter((key) => holdsCiphertext(value[key]))
      .map((key) => `${name}/${key}`);
  });
}

function isCiphertext(value: unknown): boolean {
  return isPlainObject(value) && value[SIGNATURE_KEY] === SECRET_SIGNATURE;
}

function holdsCiphertext(value: unknown): boolean {
  if (isCiphertext(value)) return true;
  if (Array.isArray(value)) return value.some(holdsCiphertext);
  return isPlainObject(value) && Object.values(value).some(holdsCiphertext);
}

/** A value with another one in place of each encrypted one. */
export function withoutSecrets(value: unknown, instead: string): unknown {
  if (isCiphertext(value)) return instead;
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, instead));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, instead)]),
  );
}
