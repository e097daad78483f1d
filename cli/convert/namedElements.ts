/**
 * Elements of a policy by their labels.
 *
 * @module
 */
import type { CatalogueSetting, SettingKind } from "../../provider/catalogue/catalogue";
import type { KnownSettings } from "../../provider/catalogue/knownSettings";
import { show } from "../../provider/settings/show";
import type { NamedElement, NamedValue } from "../sources/source";
import type { LeftReason } from "./outcome";
import { folded } from "./policyNames";

/** Ids that each element of an entry may be, in the order of the entry. */
export function elementIds(
  policy: string,
  elements: readonly NamedElement[],
  settings: KnownSettings,
): string[][] {
  const ids = settings.elementsOf(policy);
  const byLabel = elements.map(({ label, value }) => {
    const same = ids.filter((id) => label !== "" && labelOf(id, settings) === labelText(label));
    const fitting = same.filter((id) => isOfKind(settings.find(id), value));
    return fitting.length > 0 ? fitting : same;
  });
  const taken = new Set(byLabel.flat());
  return byLabel.map((found, index) => {
    if (found.length > 0) return found;
    const value = elements[index]?.value;
    const rivals = elements.filter(
      (other, place) => byLabel[place]?.length === 0 && other.value?.kind === value?.kind,
    );
    const free = ids.filter((id) => !taken.has(id) && isOfKind(settings.find(id), value));
    // One that is left over on both sides must be the same.
    return rivals.length === 1 &&
      free.length === 1 &&
      isUnlabelled(free[0], elements[index], settings)
      ? free
      : [];
  });
}

/** Whether one of the two has no label, so that labels could not be compared. */
function isUnlabelled(
  id: string | undefined,
  element: NamedElement | undefined,
  settings: KnownSettings,
): boolean {
  if (element?.label === "") return true;
  const setting = settings.find(id ?? "");
  // An element without a label has its policy's name.
  return setting?.name === settings.find(setting?.policy ?? "")?.name;
}

function labelOf(id: string, settings: KnownSettings): string {
  return labelText(settings.find(id)?.name ?? "");
}

/** Labels end in a colon or not, by language and version. */
function labelText(label: string): string {
  return folded(label).replace(/\s*[:：]$/, "");
}

const KINDS: Readonly<Record<NamedValue["kind"], readonly SettingKind[]>> = {
  item: ["enum"],
  text: ["text", "multiText"],
  number: ["decimal"],
  checked: ["boolean"],
  written: ["enum", "text", "multiText", "decimal"],
  list: ["list"],
};

/** A value that could not be read may be of any kind. */
function isOfKind(setting: CatalogueSetting | undefined, value: NamedValue | undefined): boolean {
  if (setting === undefined) return false;
  return value === undefined || KINDS[value.kind].includes(setting.kind);
}

/** The value of an element as Cloud Policy writes it, or why it has none. */
export type ElementValue = { readonly value: string } | { readonly why: LeftReason };

export function elementValue(setting: CatalogueSetting, value: NamedValue): ElementValue {
  switch (value.kind) {
    case "item":
      return itemValue(setting, value.label);
    case "text":
      return { value: value.text };
    case "number":
      return { value: value.number };
    case "checked":
      return stateValue(
        setting,
        value.isChecked ? "on" : "off",
        value.isChecked ? "ticked" : "not ticked",
      );
    case "written":
      return { value: value.value };
    case "list":
      return { why: { kind: "value", reason: "its value is a list" } };
  }
}

/** Two items that write the same value stand together in a catalogue: `Low / None`. */
function itemValue({ values = {} }: CatalogueSetting, label: string): ElementValue {
  const wanted = folded(label);
  const same = Object.keys(values).filter((value) => {
    const whole = values[value] ?? "";
    return [whole, ...whole.split(" / ")].some((each) => folded(each) === wanted);
  });
  const [value] = same;
  if (value !== undefined && same.length === 1) return { value };
  const reason =
    same.length === 0
      ? `${show(label)} is none of its items`
      : `${show(label)} is the label of ${same.map((each) => show(each)).join(" and ")}`;
  return { why: { kind: same.length === 0 ? "value" : "ambiguous", reason } };
}

/** The value of a state of a toggle or check box. @param word - The state in words: `disabled`. */
export function stateValue(
  setting: CatalogueSetting,
  state: "on" | "off",
  word: string,
): ElementValue {
  const value = setting[state];
  if (value !== undefined) return { value };
  if (setting.deletes !== true) {
    const reason = `it is ${word}, and the catalogue does not know which value that is`;
    return { why: { kind: "value", reason } };
  }
  const reason = `it is ${word}: Group Policy deletes the registry value then, and a program deletes no values`;
  return { why: { kind: "deletion", reason } };
}
