/**
 * The settings of a side: for each the policies that set it.
 *
 * @module
 */
import { holdsUnknown, type PlainObject, UNKNOWN } from "../../provider/settings/json";
import { PAYLOAD_NAMES, type PayloadName } from "../../provider/settings/names";
import { isStoredSettings, settingOf } from "../../provider/settings/stored";
import type { Road, Side, SidePolicy } from "./side";

/** A setting in a payload; or the whole payload, if it is no list of settings or not known. */
export interface SettingPlace {
  readonly payload: PayloadName;
  /** Id of the setting, with `@` and its platform if it names one. Empty for the whole payload. */
  readonly key: string;
  /** Only where settings are told apart by their road. */
  readonly road?: Road;
}

/** One policy's value of a setting. */
export interface Entry {
  readonly policy: SidePolicy;
  /** The setting with its attributes; for a whole payload its stored form under `value`. */
  readonly setting: PlainObject;
  readonly isSecret: boolean;
  /** Whether the value can be compared: an Output, or a secret of a state, cannot. */
  readonly isKnown: boolean;
}

/** The settings of a side. */
export interface SideSettings {
  /** By {@link placeKey}; policies in the order of the side. */
  readonly entries: ReadonlyMap<
    string,
    { readonly place: SettingPlace; readonly entries: Entry[] }
  >;
  /** Policies whose whole payload is not known: it may have any setting. */
  readonly open: Readonly<Record<PayloadName, readonly SidePolicy[]>>;
}

/** A text for each place. */
export function placeKey({ payload, key, road }: SettingPlace): string {
  return `${payload} ${road ?? ""} ${key}`;
}

/**
 * Finds all settings of a side.
 *
 * @param isByRoad - Whether a setting that policies of several roads have is one for each road.
 */
export function settingsOfSide(
  { policies }: Pick<Side, "policies">,
  isByRoad: boolean,
): SideSettings {
  const entries = new Map<string, { place: SettingPlace; entries: Entry[] }>();
  const open: Record<PayloadName, SidePolicy[]> = { policies: [], userPreferences: [] };
  for (const policy of policies) {
    for (const payload of PAYLOAD_NAMES) {
      const stored = policy.payloads[payload];
      if (stored === UNKNOWN) open[payload].push(policy);
      for (const [key, setting] of settingsIn(stored)) {
        const road = isByRoad ? policy.road : undefined;
        const place = { payload, key, ...(road !== undefined && { road }) };
        const found = entries.get(placeKey(place)) ?? { place, entries: [] };
        found.entries.push(entryOf(policy, place, setting));
        entries.set(placeKey(place), found);
      }
    }
  }
  return { entries, open };
}

function settingsIn(stored: unknown): [key: string, setting: PlainObject][] {
  if (stored === undefined) return [];
  if (!isStoredSettings(stored)) return [["", { value: stored }]];
  return Object.keys(stored).map((key) => [key, settingOf(key, stored[key])]);
}

function entryOf(policy: SidePolicy, { payload, key }: SettingPlace, setting: PlainObject): Entry {
  return {
    policy,
    setting,
    isSecret: policy.isSecret?.(payload, key) === true,
    isKnown: !holdsUnknown(setting),
  };
}
