/**
 * Judges the settings of a payload by a catalogue.
 *
 * A catalogue is built from templates, and the service has some sixty settings that no template has. So a verdict
 * is `wrong` only if the setting cannot be meant as it is, and `doubtful` if the catalogue may be what lacks.
 *
 * @module
 */
import { isPlainObject, ownValue, type PlainObject, sameJson, UNKNOWN } from "../settings/json";
import { isStoredSettings, settingOf as storedSetting } from "../settings/stored";
import type { CatalogueSetting } from "./catalogue";
import type { KnownSettings } from "./knownSettings";
import { unknownId } from "./unknownId";
import { type Judgement, valueProblem } from "./values";

/** A judgement of one setting of a resource. */
export interface Verdict extends Judgement {
  /** Path inside the resource: `["policies", "excel16;L_X", "value"]`. */
  readonly path: readonly string[];
  /** Whether the resource had the setting before, with the same value. */
  readonly isOld: boolean;
}

/** A payload in its stored form. */
export interface JudgedPayload {
  /** Name of the input: `policies`. */
  readonly name: string;
  readonly stored: unknown;
  /** As the resource had it before; undefined if it had none. */
  readonly before: unknown;
  /** Whether a setting's value must not be shown. */
  readonly isSecret: (key: string) => boolean;
}

/** One setting of a payload. */
interface Given {
  readonly key: string;
  readonly id: string;
  readonly setting: PlainObject;
  readonly known: CatalogueSetting | undefined;
  readonly isOld: boolean;
}

/**
 * Everything that a catalogue does not allow in a payload, in the order of the payload. Other JSON than settings is
 * not judged, nor are values that are not known yet, nor settings of a platform other than Windows, which the
 * templates are for.
 */
export function verdictsOf(settings: KnownSettings, payload: JudgedPayload): Verdict[] {
  const { name, stored, before, isSecret } = payload;
  if (!isStoredSettings(stored)) return [];
  const old = isStoredSettings(before) ? before : {};
  const given = Object.keys(stored).flatMap((key): Given[] => {
    const setting = storedSetting(key, stored[key]);
    const { settingId: id, platform } = setting;
    const isForWindows = typeof platform !== "string" || /^win/i.test(platform);
    if (typeof id !== "string" || id === UNKNOWN || !isForWindows) return [];
    const isOld = hasSameValue(old, key, setting.value);
    return [{ key, id, setting, known: settings.find(id), isOld }];
  });
  return [
    ...given.flatMap((each) => ownVerdict(settings, name, each, isSecret(each.key)) ?? []),
    ...missingElements(settings, name, given, old),
  ];
}

/** A value that is not known yet may be the one that the resource has. */
function hasSameValue(old: PlainObject, key: string, value: unknown): boolean {
  if (!Object.hasOwn(old, key)) return false;
  return value === UNKNOWN || sameJson(storedSetting(key, ownValue(old, key)).value, value);
}

function ownVerdict(
  settings: KnownSettings,
  name: string,
  { key, id, setting, known, isOld }: Given,
  isSecret: boolean,
): Verdict | undefined {
  if (known === undefined) return { path: [name, key], ...unknownId(settings, id), isOld };
  const words = settings.nameOf(id);
  if (known.scope === "machine") {
    const reason = `cannot be set: Cloud Policy takes user settings; this one is a machine setting: ${words}`;
    return { path: [name, key], reason, weight: "wrong", isOld };
  }
  if (known.kind === "policy") {
    if (!isBare(setting)) return undefined;
    const elements = settings.listElements(settings.elementsOf(id));
    const instead = elements === "" ? "" : `: give ${elements}`;
    const reason = `has no value of its own, as ${words} consists of elements${instead}`;
    return { path: [name, key], reason, weight: "wrong", isOld };
  }
  const problem = valueProblem(known, setting.value, isSecret);
  if (problem === undefined) return undefined;
  const reason = `${problem.reason}: ${words}`;
  return { path: [name, key, "value"], reason, weight: problem.weight, isOld };
}

/** Properties of a setting that a person writes. */
const WRITTEN = new Set(["settingId", "value", "type", "valueName", "app", "platform"]);

/**
 * Whether a setting has only what a person writes. The service may send a policy with elements itself, for example
 * to disable it, with `enabled` and other properties.
 */
function isBare(setting: PlainObject): boolean {
  return Object.keys(setting).every((property) => WRITTEN.has(property));
}

/** Policies of which the payload gives some elements, but not all that the policy requires. */
function missingElements(
  settings: KnownSettings,
  name: string,
  given: readonly Given[],
  old: PlainObject,
): Verdict[] {
  const ids = new Set(given.map(({ id }) => id));
  const byPolicy = Map.groupBy(given, ({ known }) => known?.policy);
  return [...byPolicy].flatMap(([policy, elements]): Verdict[] => {
    if (policy === undefined) return [];
    const required = settings.elementsOf(policy).filter((id) => settings.find(id)?.required);
    const missing = required.filter((id) => !ids.has(id));
    const [first] = elements;
    if (missing.length === 0 || first === undefined) return [];
    const reason = `is given without ${settings.listElements(missing)}, which the policy requires too`;
    const isOld = elements.every((each) => each.isOld) && !missing.some((id) => hasId(old, id));
    return [{ path: [name, first.key], reason, weight: "wrong", isOld }];
  });
}

function hasId(stored: PlainObject, id: string): boolean {
  return Object.entries(stored).some(
    ([key, value]) =>
      key === id || (isPlainObject(value) && storedSetting(key, value).settingId === id),
  );
}
