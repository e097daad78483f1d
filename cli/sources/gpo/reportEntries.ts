import { oneLine } from "../../../provider/text/messageText";
import { child, childrenOf, type XmlElement } from "../../files/xml";
import type {
  Hive,
  NamedElement,
  NamedEntry,
  NamedValue,
  RegistryData,
  SourceEntry,
} from "../source";
import { childText } from "./childText";

/** The entries of an element of a report's registry settings. */
export function settingEntries(element: XmlElement, hive: Hive): readonly SourceEntry[] {
  const loser = overruled(element);
  if (loser !== undefined) return [loser];
  switch (element.name) {
    case "Policy":
      return [policyEntry(element, hive)];
    case "RegistrySetting":
      return registryEntries(element, hive);
    case "Blocked":
      return [];
    default:
      return [unread(oneLine(element.name), "it is a part of a report that is not known")];
  }
}

/** In a resultant set, a setting that a GPO of higher precedence sets, too. */
function overruled(element: XmlElement): SourceEntry | undefined {
  if (Number(childText(element, "Precedence") ?? 1) <= 1) return undefined;
  const place = childText(element, "Name") ?? childText(element, "KeyPath") ?? "a setting";
  return unread(place, "a GPO of higher precedence sets it, too");
}

function unread(place: string, reason: string): SourceEntry {
  return { form: "unread", place, reason };
}

const STATES: ReadonlyMap<string | undefined, NamedEntry["state"]> = new Map([
  ["Enabled", "enabled"],
  ["Disabled", "disabled"],
  ["NotConfigured", "notConfigured"],
]);

function policyEntry(element: XmlElement, hive: Hive): SourceEntry {
  const policy = childText(element, "Name");
  if (policy === undefined) return unread("a policy", "it has no name");
  const state = STATES.get(childText(element, "State"));
  if (state === undefined) return unread(policy, "its state is not known");
  const category = childText(element, "Category")?.split("/") ?? [];
  return { form: "named", hive, policy, category, state, elements: elementsOf(element) };
}

/** Children of a policy that are about itself, and texts between its elements. */
const OF_POLICY = new Set([
  "Name",
  "State",
  "Category",
  "Explain",
  "Supported",
  "Comment",
  "Text",
  "GPO",
  "Precedence",
]);

/** Elements of a policy. One that is not configured sets nothing, and is left out. */
function elementsOf(policy: XmlElement): NamedElement[] {
  return policy.children
    .filter(({ name }) => !OF_POLICY.has(name))
    .filter((element) => childText(element, "State") !== "NotConfigured")
    .map((element) => ({
      label: childText(element, "Name") ?? "",
      value: elementValue(element),
    }));
}

function elementValue(element: XmlElement): NamedValue | undefined {
  const value = child(element, "Value");
  switch (element.name) {
    case "CheckBox":
      return checkedValue(childText(element, "State"));
    case "DropDownList":
      return withText(childText(value, "Name"), (label) => ({ kind: "item", label }));
    case "Numeric":
      return withText(value?.text.trim(), (number) =>
        /^\d{1,20}$/.test(number) ? { kind: "number", number } : undefined,
      );
    case "EditText":
      return withText(value?.text, (text) => ({ kind: "text", text }));
    case "ListBox":
    case "MultiText":
      return { kind: "list" };
    default:
      return undefined;
  }
}

function withText(
  text: string | undefined,
  value: (text: string) => NamedValue | undefined,
): NamedValue | undefined {
  return text === undefined ? undefined : value(text);
}

function checkedValue(state: string | undefined): NamedValue | undefined {
  if (state === "Enabled") return { kind: "checked", isChecked: true };
  return state === "Disabled" ? { kind: "checked", isChecked: false } : undefined;
}

/** Entries of a key whose values no template of the report's computer names. A deletion has no value. */
function registryEntries(element: XmlElement, hive: Hive): SourceEntry[] {
  const key = child(element, "KeyPath")?.text.trim() ?? "";
  if (key === "") return [unread("a registry setting", "it has no key")];
  const values = childrenOf(element, "Value");
  if (values.length === 0) {
    return [unread(key, "the report names its key and no value, as it does for a deletion")];
  }
  return values.map((value) => {
    const valueName = child(value, "Name")?.text ?? "";
    const data = dataOf(value);
    if (data === undefined)
      return unread(`${key}\\${valueName}`, "its data is in no form that is known");
    return { form: "registry", hive, key, valueName, action: "set", data };
  });
}

function dataOf(value: XmlElement): RegistryData | undefined {
  const data = value.children.find(({ name }) => name !== "Name");
  if (data === undefined) return undefined;
  switch (data.name) {
    case "Number":
      return numberData(data.text.trim());
    case "String":
      return { type: "REG_SZ", value: data.text };
    case "ExpandString":
      return { type: "REG_EXPAND_SZ", value: data.text };
    case "Binary":
      return { type: "other", name: "REG_BINARY" };
    default:
      return undefined;
  }
}

/** A report does not tell a REG_DWORD from a REG_QWORD. */
function numberData(text: string): RegistryData | undefined {
  if (!/^\d{1,20}$/.test(text)) return undefined;
  const number = BigInt(text);
  if (number >= 2n ** 64n) return undefined;
  return { type: number < 2n ** 32n ? "REG_DWORD" : "REG_QWORD", value: `${number}` };
}
