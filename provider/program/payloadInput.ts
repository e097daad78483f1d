/**
 * The program's side of a payload: a resource class converts it before the engine sees it.
 *
 * This must happen here and not in `check`. The engine marks secrets by their path, so if `check` moved a
 * value, it would be stored in plain text.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import { storeGiven } from "../settings/given";
import { isPlainObject, type PlainObject } from "../settings/json";
import { BYTES_KEY, INVALID_KEY, JSON_KEY, settingKey, TEXT_KEY } from "../settings/stored";

/** The stored form of a payload input: a value, or an Output of one. */
export function storePayloadInput(input: unknown): unknown {
  if (input === undefined || input === null) return undefined;
  const payload = markInvalid(input);
  if (isDeferred(payload) || isDeferredForm(payload)) {
    return pulumi.output(payload as object).apply(storeResolved);
  }
  if (!Array.isArray(payload)) return storeResolved(payload);
  if (payload.some((item) => isDeferred(item) || hasDeferredKey(item))) {
    // The setting of an element, and so its place, is known only later.
    return pulumi.output(payload as object).apply(storeResolved);
  }
  return storeResolved(payload);
}

/** Its form, such as `{ $json }`, depends on the Output's value. */
function isDeferredForm(payload: unknown): boolean {
  if (!isPlainObject(payload)) return false;
  const [key = "", ...others] = Object.keys(payload);
  return (
    others.length === 0 && [JSON_KEY, TEXT_KEY, BYTES_KEY].includes(key) && isDeferred(payload[key])
  );
}

function hasDeferredKey(item: unknown): boolean {
  return isPlainObject(item) && (isDeferred(item.settingId) || isDeferred(item.platform));
}

/** Stores a payload whose own form is known; Outputs may be inside it. */
function storeResolved(payload: unknown): unknown {
  if (payload === undefined || payload === null) return undefined;
  return storeGiven(markInvalid(payload));
}

/** Whether a value of a program will be known later: an Output or a promise. */
export function isDeferred(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/**
 * A copy with a marker in place of everything that JSON cannot express. `check` turns the marker into a
 * message: the engine would drop the value, or loop forever on a cycle.
 */
function markInvalid(value: unknown, above: readonly unknown[] = []): unknown {
  if (isDeferred(value) || value === null) return value;
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : invalid(String(value));
    case "undefined":
      return invalid("undefined");
    case "bigint":
    case "symbol":
    case "function":
      return invalid(`a ${typeof value}`);
    case "object":
      break;
  }
  if (above.includes(value)) return invalid("a cycle");
  const path = [...above, value];
  if (Array.isArray(value)) return Array.from(value, (item) => markInvalid(item, path));
  if (!isPlainObject(value)) return invalid(`an instance of ${className(value)}`);
  if (Object.hasOwn(value, "__proto__"))
    return invalid("an object with the key __proto__, which Pulumi loses");
  return markObject(value, path);
}

function markObject(value: PlainObject, path: readonly unknown[]): PlainObject {
  const isSetting = settingKey(value) !== undefined || isDeferred(value.settingId);
  return Object.fromEntries(
    Object.entries(value)
      // TypeScript lets an optional key of a setting be undefined: leave it out.
      .filter(([key, item]) => !(isSetting && item === undefined && key !== "value"))
      .map(([key, item]) => [key, markInvalid(item, path)]),
  );
}

function className(value: object): string {
  return (value as { constructor?: { name?: string } }).constructor?.name ?? "a class";
}

function invalid(what: string): PlainObject {
  return { [INVALID_KEY]: what };
}

/**
 * The names of the inputs with secret values, and of such settings in stored payloads: `displayName`,
 * `policies` as a whole, `policies/office16;L_X`. The provider gets secrets in plain text, so it must be
 * told which values not to show.
 *
 * @returns undefined if nothing can be secret.
 */
export function secretNames(inputs: PlainObject): pulumi.Output<string[] | undefined> | undefined {
  const candidates: [string, unknown][] = [];
  for (const [name, value] of Object.entries(inputs)) {
    if (!isPlainObject(value)) {
      if (holdsDeferred(value)) candidates.push([name, value]);
      continue;
    }
    for (const [key, item] of Object.entries(value)) {
      if (holdsDeferred(item)) candidates.push([key === JSON_KEY ? name : `${name}/${key}`, item]);
    }
  }
  if (candidates.length === 0) return undefined;
  return pulumi.output(
    Promise.all(
      candidates.map(async ([name, value]) =>
        (await pulumi.isSecret(pulumi.output(value))) ? [name] : [],
      ),
    ).then((names) => {
      const secret = names.flat().sort();
      return secret.length > 0 ? secret : undefined;
    }),
  );
}

function holdsDeferred(value: unknown): boolean {
  if (isDeferred(value)) return true;
  if (Array.isArray(value)) return value.some(holdsDeferred);
  return isPlainObject(value) && Object.values(value).some(holdsDeferred);
}
