/**
 * Registry items of Group Policy Preferences: `Preferences\Registry\Registry.xml` of a GPO. An item may be in collections,
 * and it and they may be turned off or have filters, which are called item-level targeting.
 *
 * @see https://learn.microsoft.com/openspecs/windows_protocols/ms-gppref/35cea5a1-6dbe-4a41-9f40-41e7cc2d9f2c
 * @module
 */
import { attribute, child, childrenOf, type XmlElement } from "../../files/xml";
import type { SourceReader } from "../reader";
import { hiveOfPath, placedKey } from "../registry/hives";
import type { Hive, RegistryAction, RegistryData, SourceEntry } from "../source";
import { itemConditions, someOf, type TargetedItem } from "./targeting";

/** Name of the root element. */
export const PREFERENCES_ROOT = "RegistrySettings";

/** A `Registry.xml` alone. */
export const preferencesReader: SourceReader = {
  kind: "Group Policy Preferences",
  matches: ({ rootName }) => rootName === PREFERENCES_ROOT,
  read: (file) => [
    {
      name: file.sourceName,
      path: file.path,
      kind: "Group Policy Preferences",
      ...readPreferences(file.xml(), hiveOfPath(file.path, 3) ?? "user"),
    },
  ],
};

/** Values and conditions of registry items. */
export interface Preferences {
  readonly entries: readonly SourceEntry[];
  readonly conditions: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Reads registry items.
 *
 * @param root - The element `RegistrySettings` of a file or of a report.
 * @param side - Half of the GPO that they are in: the computer's half applies as the system's account.
 */
export function readPreferences(root: XmlElement, side: Hive): Preferences {
  const items = itemsOf(root, { isOff: false, filters: [] });
  const entries = items.map((item) => itemEntry(item, side));
  return {
    entries,
    notes: variableNotes(entries),
    conditions: itemConditions(items.filter(({ isOff }) => !isOff)),
  };
}

/** The client puts values in the place of variables, in texts of every type. */
function variableNotes(entries: readonly SourceEntry[]): string[] {
  const names = entries.flatMap((entry) => {
    if (entry.form !== "registry") return [];
    const { data } = entry;
    return data?.type === "REG_SZ" && /%[^%\s]+%/.test(data.value) ? [entry.valueName] : [];
  });
  if (names.length === 0) return [];
  return [
    `Group Policy Preferences replace the variables in ${someOf(names)}, and Cloud Policy does not`,
  ];
}

interface Item extends TargetedItem {
  readonly isOff: boolean;
  readonly properties: XmlElement | undefined;
}

/** Conditions that an item takes over from the collections around it. */
type Inherited = Pick<Item, "isOff" | "filters">;

function itemsOf(parent: XmlElement, inherited: Inherited): Item[] {
  return parent.children.flatMap((element) => {
    const isOff = inherited.isOff || attribute(element, "disabled") === "1";
    const filters = [...inherited.filters, ...childrenOf(element, "Filters")];
    if (element.name === "Collection") return itemsOf(element, { isOff, filters });
    if (element.name !== "Registry") return [];
    const properties = child(element, "Properties");
    const name =
      attribute(element, "name") ?? attribute(properties, "key") ?? "an item without a name";
    return [{ name, isOff, filters, properties }];
  });
}

function itemEntry({ name, isOff, properties }: Item, side: Hive): SourceEntry {
  const key = properties?.attributes.get("key") ?? "";
  const unread = (reason: string): SourceEntry => {
    const path = key === "" ? name : `${key}\\${properties?.attributes.get("name") ?? ""}`;
    return { form: "unread", place: `preferences ${path}`, reason };
  };
  if (properties === undefined) return unread("it has no properties");
  if (isOff) return unread("it is turned off");
  const root = attribute(properties, "hive") ?? "";
  const placed = placedKey(`${root}\\${key.replace(/^\\+/, "")}`);
  if (typeof placed === "string") return unread(placed);
  if (side === "machine" && placed.hive === "user")
    return unread("it is among the computer's preferences, where the user is the system's account");
  const entry = actionEntry(properties);
  if (typeof entry === "string") return unread(entry);
  return { form: "registry", hive: placed.hive, key: placed.key, ...entry };
}

interface Action {
  readonly action: RegistryAction;
  readonly valueName: string;
  readonly data?: RegistryData;
}

/** A value is created, replaced, updated or deleted: C, R, U, D. Without a name, the item is about its key. */
function actionEntry(properties: XmlElement): Action | string {
  const isDefault = attribute(properties, "default") === "1";
  const valueName = isDefault ? "" : (properties.attributes.get("name") ?? "");
  const isKey = valueName === "" && !isDefault;
  const action = attribute(properties, "action")?.toUpperCase() ?? "U";
  if (isKey && /^[DR]$/.test(action)) return { action: "deleteKey", valueName };
  if (isKey) return "it creates a key and sets nothing";
  if (action === "D") return { action: "delete", valueName };
  if (!/^[CRU]$/.test(action)) return `its action ${action} is not known`;
  const data = dataOf(properties);
  if (typeof data === "string") return data;
  return { action: action === "C" ? "setIfMissing" : "set", valueName, data };
}

function dataOf(properties: XmlElement): RegistryData | string {
  const type = attribute(properties, "type")?.toUpperCase() ?? "";
  const value = properties.attributes.get("value") ?? "";
  switch (type) {
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return { type, value };
    case "REG_DWORD":
      return numberData(type, value, 8);
    case "REG_QWORD":
      return numberData(type, value, 16);
    case "REG_MULTI_SZ":
      return listData(properties, value);
    case "":
      return "its data has no type";
    default:
      return { type: "other", name: type };
  }
}

/**
 * Numbers are hexadecimal, of all digits, however the editor shows them. Files that others write may have decimal ones:
 * one digit means the same in both.
 */
function numberData(
  type: "REG_DWORD" | "REG_QWORD",
  value: string,
  digits: number,
): RegistryData | string {
  const isWhole = value.length === digits && /^[\da-f]+$/i.test(value);
  if (!isWhole && !/^\d$/.test(value))
    return `its number does not have ${digits} hexadecimal digits`;
  return { type, value: `${BigInt(`0x${value}`)}` };
}

/** Texts of a list are elements; the attribute has them with spaces between. */
function listData(properties: XmlElement, value: string): RegistryData | string {
  const texts = childrenOf(properties, "Values", "Value").map(({ text }) => text);
  if (texts.length === 0 && value !== "") return "the texts of its list are not apart";
  return { type: "REG_MULTI_SZ", value: texts };
}
