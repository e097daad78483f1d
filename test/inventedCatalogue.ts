/**
 * A catalogue of invented settings, in the form of Office's.
 *
 * @module
 */
import type { Catalogue } from "../provider/catalogue/catalogue";

/** Ids of the catalogue. */
export const ID = {
  macros: "excel16;L_Macros",
  macroLevel: "excel16;L_Macros;L_Level",
  block: "excel16;L_BlockMacros",
  minutes: "excel16;L_AutoSave;L_Minutes",
  place: "excel16;L_Place1",
  path: "excel16;L_Place1;L_Path",
  date: "excel16;L_Place1;L_Date",
  below: "excel16;L_Place1;L_Below",
  lines: "excel16;L_Lines;L_Text",
  list: "excel16;L_List;L_Items",
  channel: "office16;L_Channel",
  free: "excel16;L_Free;L_Text",
  cloudOnly: "cloud16;L_Copilot",
} as const;

export const CATALOGUE: Catalogue = {
  version: 1,
  sources: [{ kind: "admx", file: "excel16.admx", language: "en-us", settings: 11 }],
  settings: {
    [ID.macros]: { name: "Macro Notification", scope: "user", kind: "policy", app: "Excel" },
    [ID.macroLevel]: {
      name: "Macro Notification",
      scope: "user",
      kind: "enum",
      values: { "1": "Enable", "2": "Disable with notification", "4": "Disable all" },
      policy: ID.macros,
      app: "Excel",
    },
    [ID.block]: {
      name: "Block macros from the internet",
      scope: "user",
      kind: "toggle",
      values: { "1": "Enabled", "0": "Disabled" },
      on: "1",
      off: "0",
      app: "Excel",
    },
    "excel16;L_AutoSave": { name: "AutoSave", scope: "user", kind: "policy", app: "Excel" },
    [ID.minutes]: {
      name: "Minutes:",
      scope: "user",
      kind: "decimal",
      min: 1,
      max: 120,
      type: "REG_DWORD",
      policy: "excel16;L_AutoSave",
      app: "Excel",
    },
    [ID.place]: { name: "Trusted Location #1", scope: "user", kind: "policy", app: "Excel" },
    [ID.path]: {
      name: "Path",
      scope: "user",
      kind: "text",
      maxLength: 10,
      required: true,
      policy: ID.place,
    },
    [ID.date]: { name: "Date", scope: "user", kind: "text", required: true, policy: ID.place },
    [ID.below]: {
      name: "Allow sub folders",
      scope: "user",
      kind: "boolean",
      values: { "1": "Yes" },
      on: "1",
      deletes: true,
      policy: ID.place,
    },
    [ID.lines]: { name: "Lines", scope: "user", kind: "multiText", maxLength: 5, required: true },
    [ID.free]: { name: "Free", scope: "user", kind: "text" },
    [ID.list]: { name: "List", scope: "user", kind: "list" },
    [ID.channel]: { name: "Update Channel", scope: "machine", kind: "toggle", app: "Office" },
    [ID.cloudOnly]: { name: "Pin Copilot", scope: "user", kind: "unknown", source: "csv" },
  },
};
