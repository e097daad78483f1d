/**
 * A baseline: the settings that the policies of a stack must have. `office-configuration convert --baseline` writes the
 * file, and a rule of the policy pack reads it.
 *
 * @see docs/policy-as-code.md
 * @module
 */
import { cut, oneLine } from "../text/messageText";
import { asText } from "./given";
import { isPlainObject, type PlainObject } from "./json";
import { PAYLOAD_NAMES, type PayloadName } from "./names";

/** Allowed values of settings, by the ids of the settings. */
type RequiredSettings = Readonly<Record<string, readonly string[]>>;

/** Required settings by the input that has them. `policies`: the user cannot change them. */
export type Baseline = Readonly<Record<PayloadName, RequiredSettings>>;

/** A setting of a baseline that is written. */
interface WrittenSetting {
  readonly payload: PayloadName;
  readonly settingId: string;
  readonly value: string;
}

/** The text of a baseline file, sorted by the ids of the settings. */
export function baselineText(settings: readonly WrittenSetting[]): string {
  const file = Object.fromEntries(
    PAYLOAD_NAMES.flatMap((name): [string, object][] => {
      const own = settings
        .filter(({ payload }) => payload === name)
        .map(({ settingId, value }) => [settingId, value] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      return own.length === 0 ? [] : [[name, Object.fromEntries(own)]];
    }),
  );
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/**
 * Reads the text of a baseline file: `policies` and `userPreferences`, each an object with a value, or a list of allowed
 * values, for each id.
 *
 * @throws Error with a clause that goes on from the name of the file.
 */
export function readBaseline(text: string): Baseline {
  const file = parsed(text);
  if (!isPlainObject(file)) throw new Error("must hold an object");
  const other = Object.keys(file).find((key) => !PAYLOAD_NAMES.some((name) => name === key));
  if (other !== undefined) {
    throw new Error(`has ${shown(other)}, and may have ${PAYLOAD_NAMES.join(" and ")} only`);
  }
  return {
    policies: required(file, "policies"),
    userPreferences: required(file, "userPreferences"),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new Error(`is no JSON: ${oneLine((cause as Error).message, 200)}`, { cause });
  }
}

function required(file: PlainObject, name: PayloadName): RequiredSettings {
  const settings = file[name] ?? {};
  if (!isPlainObject(settings)) throw new Error(`must have an object as ${name}`);
  return Object.fromEntries(
    Object.entries(settings).map(([id, allowed]) => [
      id,
      valuesOf(allowed, `${name}, ${shown(id)}`),
    ]),
  );
}

function valuesOf(allowed: unknown, place: string): string[] {
  const values = (Array.isArray(allowed) ? allowed : [allowed]).map(asText);
  if (values.length > 0 && values.every((value) => typeof value === "string")) return values;
  throw new Error(`must have a value, or a list of values, at ${place}`);
}

function shown(key: string): string {
  return cut(JSON.stringify(oneLine(key)), 100);
}
