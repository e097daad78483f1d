import { isPlainObject, UNKNOWN } from "../../provider/settings/json";

/**
 * The key by which Pulumi tells secrets, assets and resources from objects.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts (specialSigKey)
 */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

/**
 * Why a JSON value would not come out of Pulumi's engine as it went in; undefined if it would.
 * Seen on the engine: the value of a key `__proto__` is lost, half of a surrogate pair ends the
 * update, and -0 comes back as 0.
 */
export function whyNotCarried(value: unknown): string | undefined {
  if (value === UNKNOWN) return "holds the text that Pulumi has for unknown values";
  if (Object.is(value, -0)) return "holds the number -0";
  if (typeof value === "string") {
    return value.isWellFormed() ? undefined : "holds text that is no well-formed Unicode";
  }
  if (Array.isArray(value)) return firstReason(value);
  if (!isPlainObject(value)) return undefined;
  if (Object.hasOwn(value, "__proto__")) return 'holds the key "__proto__"';
  if (Object.hasOwn(value, SIGNATURE_KEY)) return `holds Pulumi's own key "${SIGNATURE_KEY}"`;
  return firstReason(Object.entries(value).flat());
}

function firstReason(values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const reason = whyNotCarried(value);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
