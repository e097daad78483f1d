import { isDeepStrictEqual } from "node:util";
import { configure } from "safe-stable-stringify";

/** Any value that JSON text can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A JSON object: neither an array nor an instance of a class. */
export type PlainObject = Record<string, unknown>;

/**
 * The engine's placeholder for a value that is not known during a preview. It can be at any depth of an
 * input.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts (unknownValue)
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * Writes a value as canonical JSON: sorted keys, no white space.
 *
 * @throws TypeError if the value holds something that JSON cannot express.
 */
export const canonicalJson = configure({ deterministic: true, strict: true }) as (
  value: unknown,
) => string;

/** Whether two values are the same JSON. Ignores the order of keys, but not of arrays. */
export function sameJson(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b) || isDeepStrictEqual(asItTravels(a), asItTravels(b));
}

/** A copy with 0 in place of -0 and with well-formed texts, like everything that the engine returns. */
function asItTravels(value: unknown): unknown {
  if (value === 0) return 0;
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(asItTravels);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.toWellFormed(), asItTravels(item)]),
  );
}

/** Whether a value is an object with named values, and not an array, a class instance or null. */
export function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The object's own value of a key: a setting may be called "constructor", which every object inherits. */
export function ownValue(object: PlainObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Whether a value contains the engine's placeholder for "known after apply" at any depth. */
export function holdsUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isPlainObject(value) && Object.values(value).some(holdsUnknown);
}

/**
 * A copy that the engine accepts: without `undefined`, which it refuses only after the work is done, and
 * without halves of surrogate pairs, which it refuses or silently loses.
 */
export function forEngine<T>(value: T): T {
  if (typeof value === "string") return value.toWellFormed() as T;
  if (Array.isArray(value)) return value.map(forEngine) as T;
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key.toWellFormed(), forEngine(item)]),
  ) as T;
}

/** Adds a key or an index to a Pulumi property path: `policies["office16;L_X"].value`, `a[1]`. */
export function propertyPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, position) => {
      if (typeof key === "number") return `[${key}]`;
      const name = String(key);
      if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `[${JSON.stringify(name)}]`;
      return position === 0 ? name : `.${name}`;
    })
    .join("");
}
