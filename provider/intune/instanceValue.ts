import type { CatalogueSetting, SettingKind } from "../catalogue/catalogue";
import { show } from "../settings/show";
import { isSecret, type SettingInstance, type SimpleValue } from "./instance";

/**
 * Kinds of reasons why something has no value that Cloud Policy takes.
 *
 * - `machine`: a setting of the computer. Cloud Policy takes user settings only.
 * - `unknown`: a setting of Office that the catalogue does not have.
 * - `foreign`: a setting of another product.
 * - `ambiguous`: several settings have the names of the definition.
 * - `value`: the setting does not take the value, or which one it is is not known.
 * - `deletion`: Group Policy deletes the registry value then.
 * - `list`: an element that is a list.
 * - `incomplete`: a policy without the values of its elements.
 * - `replaced`: the definition for a later version of the templates sets the same.
 * - `unread`: the instance has no form that can be read.
 */
export type NotCarried =
  | "machine"
  | "unknown"
  | "foreign"
  | "ambiguous"
  | "value"
  | "deletion"
  | "list"
  | "incomplete"
  | "replaced"
  | "unread";

/** A value of Cloud Policy, or why there is none. */
export type Reading =
  | { readonly value: string }
  | {
      readonly kind: NotCarried;
      /** A clause for a person. */
      readonly reason: string;
    };

const not = (kind: NotCarried, reason: string): Reading => ({ kind, reason });

/** The value of an instance, as Cloud Policy writes it. Policies without a value of their own have none. */
export function settingValue(instance: SettingInstance, setting: CatalogueSetting): Reading {
  switch (setting.kind) {
    case "toggle":
    case "boolean":
      return ownState(instance, setting);
    case "enum":
      return itemValue(instance, setting);
    case "decimal":
      return numberValue(instance);
    case "text":
      return textValue(instance);
    case "multiText":
      return linesValue(instance);
    case "list":
      return not("list", "it is a list, whose value in a program is not known");
    case "policy":
      return policyValue(instance, setting);
    case "unknown":
      return not(
        "value",
        "the catalogue does not know its values: only templates (ADMX) tell them",
      );
  }
}

/** Intune names the states of a policy or check box `<definition>_1` and `<definition>_0`, whatever they write. */
export function stateOf(
  instance: SettingInstance,
  setting: CatalogueSetting,
): "on" | "off" | undefined {
  const item = itemOf(instance, setting);
  return item === "1" ? "on" : item === "0" ? "off" : undefined;
}

/** A check box as a custom profile writes it. */
function tickOf({ simpleSettingValue }: SettingInstance): "on" | "off" | undefined {
  const text = textOf(simpleSettingValue)?.trim();
  if (text === undefined || !/^(?:true|false|1|0)$/i.test(text)) return undefined;
  return /^(?:true|1)$/i.test(text) ? "on" : "off";
}

/** The value of the chosen option, which is the part of its id behind that of the definition; undefined for none. */
function itemOf(
  { settingDefinitionId, choiceSettingValue }: SettingInstance,
  { intune }: CatalogueSetting,
): string | undefined {
  const chosen = choiceSettingValue?.value;
  const [odd] = Object.entries(intune?.options ?? {}).find(([, id]) => id === chosen) ?? [];
  if (odd !== undefined) return odd;
  const start = `${settingDefinitionId}_`;
  return chosen?.toLowerCase().startsWith(start.toLowerCase())
    ? chosen.slice(start.length)
    : undefined;
}

function ownState(instance: SettingInstance, setting: CatalogueSetting): Reading {
  const state =
    stateOf(instance, setting) ?? (setting.kind === "boolean" ? tickOf(instance) : undefined);
  if (state === undefined) return otherForm(instance, setting.kind);
  const value = setting[state];
  if (value !== undefined) return { value };
  const word = setting.kind === "toggle" ? STATES[state] : TICKS[state];
  return setting.deletes === true
    ? not(
        "deletion",
        `it is ${word}, and Group Policy deletes the registry value then: how Cloud Policy writes that is not known`,
      )
    : not("value", `it is ${word}, and the catalogue does not know which value that is`);
}

const STATES = { on: "enabled", off: "disabled" } as const;
const TICKS = { on: "ticked", off: "not ticked" } as const;

function policyValue(instance: SettingInstance, setting: CatalogueSetting): Reading {
  const state = stateOf(instance, setting);
  if (state === undefined) return otherForm(instance, "policy");
  return state === "on"
    ? not("incomplete", "it is enabled, without the values of its elements")
    : not(
        "deletion",
        "it is disabled, which deletes the values of its elements: how Cloud Policy writes that is not known",
      );
}

function itemValue(instance: SettingInstance, setting: CatalogueSetting): Reading {
  const item = itemOf(instance, setting) ?? textOf(instance.simpleSettingValue);
  if (item === undefined) return otherForm(instance, "enum");
  const values = Object.keys(setting.values ?? {});
  // Ids of options are in lower case.
  const same = values.filter((value) => value.toLowerCase() === item.toLowerCase());
  const value = values.includes(item) ? item : same.length === 1 ? same[0] : undefined;
  return value === undefined ? not("value", `${show(item)} is none of its values`) : { value };
}

function numberValue(instance: SettingInstance): Reading {
  const text = textOf(instance.simpleSettingValue);
  if (text === undefined) return otherForm(instance, "decimal");
  return /^\d+$/.test(text) ? { value: text } : not("value", `${show(text)} is no whole number`);
}

function textValue(instance: SettingInstance): Reading {
  const value = textOf(instance.simpleSettingValue);
  return value === undefined ? otherForm(instance, "text") : { value };
}

function linesValue(instance: SettingInstance): Reading {
  const lines = (instance.simpleSettingCollectionValue ?? []).map(textOf);
  const known = lines.filter((line) => line !== undefined);
  return known.length === 0 || known.length < lines.length
    ? otherForm(instance, "multiText")
    : { value: known.join("\n") };
}

/** A number beyond those that JSON keeps exact is none. */
function textOf(simple: SimpleValue | null | undefined): string | undefined {
  if (simple == null || isSecret(simple)) return undefined;
  const { value } = simple;
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === "string" ? value : undefined;
}

/** Forms of a value in words, by kind of setting. */
const FORMS: Readonly<Partial<Record<SettingKind, string>>> = {
  toggle: "enabled or disabled",
  policy: "enabled or disabled",
  boolean: "true or false",
  enum: "one of its options",
  decimal: "a whole number",
  text: "a text",
  multiText: "lines of text",
};

function otherForm(instance: SettingInstance, kind: SettingKind): Reading {
  const simple = instance.simpleSettingValue;
  if (simple != null && isSecret(simple)) {
    return not("unread", "its value is a secret, which Intune does not tell");
  }
  return not("unread", `its value has another form than ${FORMS[kind] ?? "a setting's"}`);
}
