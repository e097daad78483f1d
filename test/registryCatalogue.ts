/**
 * A catalogue of invented settings with their registry values, and sources for it.
 *
 * @module
 */

import type { Resolution } from "../cli/convert/resolution";
import { resolveSources } from "../cli/convert/resolve";
import type { RegistryEntry, Source, SourceEntry } from "../cli/sources/source";
import type { Catalogue, CatalogueSetting } from "../provider/catalogue/catalogue";
import { definition } from "./intuneInstances";

const CALC = { scope: "user", app: "Calc", category: "Calc 2016 > Security" } as const;

/** Key of the invented app, as its template has it. */
export const CALC_KEY = "software\\policies\\microsoft\\office\\16.0\\calc";

const PLACE_KEY = `${CALC_KEY}\\places\\place1`;

const SETTINGS: Record<string, CatalogueSetting> = {
  "calc16;L_Block": {
    ...CALC,
    name: "Block macros",
    kind: "toggle",
    values: { "1": "Enabled", "0": "Disabled" },
    on: "1",
    off: "0",
    key: CALC_KEY,
    valueName: "blockmacros",
    type: "REG_DWORD",
  },
  "calc16;L_Macros": { ...CALC, name: "Macro settings", kind: "policy", key: CALC_KEY },
  "calc16;L_Macros;L_Level": {
    ...CALC,
    name: "Macro settings",
    kind: "enum",
    values: { "1": "Enable all", "4": "Disable all" },
    alsoSets: [`${CALC_KEY}\\levelname`],
    key: CALC_KEY,
    valueName: "level",
    type: "REG_DWORD",
    policy: "calc16;L_Macros",
  },
  "calc16;L_Place": { ...CALC, name: "Trusted place 1", kind: "policy", key: PLACE_KEY },
  "calc16;L_Place;L_Path": {
    ...CALC,
    name: "Path:",
    kind: "text",
    required: true,
    key: PLACE_KEY,
    valueName: "path",
    type: "REG_EXPAND_SZ",
    policy: "calc16;L_Place",
  },
  "calc16;L_Place;L_Below": {
    ...CALC,
    name: "Allow folders below:",
    kind: "boolean",
    values: { "1": "Yes" },
    on: "1",
    deletes: true,
    key: PLACE_KEY,
    valueName: "below",
    type: "REG_DWORD",
    policy: "calc16;L_Place",
  },
  "calc16;L_AddIns": { ...CALC, name: "Add-ins", kind: "policy", key: `${CALC_KEY}\\addins` },
  "calc16;L_AddIns;L_List": {
    ...CALC,
    name: "List of add-ins",
    kind: "list",
    key: `${CALC_KEY}\\addins`,
    type: "REG_SZ",
    policy: "calc16;L_AddIns",
  },
  "calc16;L_Minutes": {
    ...CALC,
    name: "Minutes",
    kind: "decimal",
    min: 1,
    max: 120,
    key: `${CALC_KEY}\\save`,
    valueName: "minutes",
    type: "REG_DWORD",
  },
  "calc16;L_Lines": {
    ...CALC,
    name: "Lines",
    kind: "multiText",
    key: CALC_KEY,
    valueName: "lines",
    type: "REG_MULTI_SZ",
  },
  "calc16;L_PasteOptions": {
    ...CALC,
    name: "Paste options",
    kind: "toggle",
    values: { "1": "Enabled", "0": "Disabled" },
    on: "1",
    off: "0",
    key: "software\\policies\\microsoft\\office\\16.0\\common",
    valueName: "pasteoptions",
    type: "REG_DWORD",
  },
  "office16;L_PasteButtons": {
    scope: "user",
    app: "Office",
    category: "Office 2016",
    name: "Paste buttons",
    kind: "enum",
    values: { "1": "Show", "2": "Hide" },
    key: "software\\policies\\microsoft\\office\\16.0\\common",
    valueName: "pasteoptions",
    type: "REG_DWORD",
  },
  "office16;L_WebFolders": {
    scope: "user",
    app: "Office",
    name: "Web folders",
    kind: "toggle",
    values: { "1": "Enabled" },
    key: "software\\policies\\microsoft\\windows\\explorer",
    valueName: "nowebfolders",
    type: "REG_DWORD",
  },
  "office16;L_Channel": {
    scope: "machine",
    app: "Office",
    name: "Channel",
    kind: "text",
    key: "software\\policies\\microsoft\\office\\16.0\\common\\update",
    valueName: "channel",
    type: "REG_SZ",
  },
  "office16;L_CloudOnly": {
    scope: "user",
    app: "Office",
    name: "Cloud only",
    kind: "unknown",
    key: "software\\policies\\microsoft\\office\\16.0\\common\\cloud",
    valueName: "only",
    source: "csv",
  },
  OtherPlatform: {
    scope: "user",
    name: "Other platform",
    kind: "unknown",
    key: "Software/Microsoft/Office/16.0/Calc/Sound",
    source: "csv",
  },
};

export const REGISTRY_CATALOGUE: Catalogue = { version: 1, sources: [], settings: SETTINGS };

/** A source of the entries. */
export function sourceOf(entries: readonly SourceEntry[], given: Partial<Source> = {}): Source {
  return {
    name: "Calc users",
    path: "gpo",
    kind: "GPO backup",
    entries,
    conditions: [],
    notes: [],
    ...given,
  };
}

/** A DWORD of a user. */
export function dword(
  key: string,
  valueName: string,
  value: number | string,
  given: Partial<RegistryEntry> = {},
): RegistryEntry {
  return {
    form: "registry",
    hive: "user",
    key,
    valueName,
    action: "set",
    data: { type: "REG_DWORD", value: String(value) },
    ...given,
  };
}

/** A text of a user. */
export function sz(key: string, valueName: string, value: string): RegistryEntry {
  return dword(key, valueName, 0, { data: { type: "REG_SZ", value } });
}

/** An instruction to delete something of a user. */
export function deletion(
  action: RegistryEntry["action"],
  key: string,
  valueName = "",
): RegistryEntry {
  return { form: "registry", hive: "user", key, valueName, action };
}

/** The resolution of one source with the entries. */
export function resolve(...entries: SourceEntry[]): Resolution {
  return resolveSources([sourceOf(entries)], REGISTRY_CATALOGUE);
}

/** Settings that entries are, as `id=value`, with the payload if it is not that of policies. */
export function settingsOf(...entries: SourceEntry[]): string[] {
  return resolve(...entries).policies.flatMap(({ settings }) =>
    settings.map(
      ({ settingId, value, payload }) =>
        `${settingId}=${value}${payload === "policies" ? "" : ` (${payload})`}`,
    ),
  );
}

/** Entries that are left, as kind and reason. */
export function leftOf(...entries: SourceEntry[]): string[] {
  return resolve(...entries).left.map(({ kind, reason }) => `${kind}: ${reason}`);
}

/** The same settings with definitions of Intune's: all of users but two. */
export const DEFINED_CATALOGUE: Catalogue = {
  ...REGISTRY_CATALOGUE,
  settings: Object.fromEntries(
    Object.entries(SETTINGS).map(([id, setting]) => [id, defined(id, setting)]),
  ),
};

function defined(id: string, setting: CatalogueSetting): CatalogueSetting {
  const [app, ...names] = id.toLowerCase().split(";");
  const isOdd = ["calc16;L_Minutes", "office16;L_PasteButtons"].includes(id);
  const isKnown = setting.scope === "user" && names.length > 0 && !isOdd;
  return isKnown
    ? { ...setting, intune: { id: definition(`${app}v2`, names.join("_")) } }
    : setting;
}
