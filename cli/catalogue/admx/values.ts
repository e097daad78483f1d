import type { CatalogueSetting, RegistryType } from "../../../provider/catalogue/catalogue";
import { attribute, child, childrenOf, type XmlElement } from "../../files/xml";

/** Registry value that a state writes, with its type; `delete` if the state deletes the value instead. */
export type WrittenValue = { readonly value: string; readonly type: RegistryType } | "delete";

/** Content of `<value>`, `<enabledValue>` and the like; undefined if it is missing or cannot be read. */
export function writtenValue(element: XmlElement | undefined): WrittenValue | undefined {
  for (const item of element?.children ?? []) {
    if (item.name === "delete") return "delete";
    if (item.name === "string") return { value: item.text.trim(), type: "REG_SZ" };
    if (item.name !== "decimal" && item.name !== "longDecimal") continue;
    const digits = attribute(item, "value") ?? "";
    if (!/^\d{1,20}$/.test(digits)) return undefined;
    const type = item.name === "decimal" ? "REG_DWORD" : "REG_QWORD";
    return { value: digits.replace(/^0+(?=\d)/, ""), type };
  }
  return undefined;
}

/** A registry value by its full name, as templates write it. */
export interface Target {
  readonly key: string | undefined;
  readonly valueName: string | undefined;
}

interface ListItem extends Target {
  readonly value: WrittenValue | undefined;
}

/** Items of `<enabledList>`, `<valueList>` and the like. @param key - Key of the policy. */
export function listItems(list: XmlElement | undefined, key: string | undefined): ListItem[] {
  return childrenOf(list, "item").map((item) => ({
    key: attribute(item, "key") ?? attribute(list, "defaultKey") ?? key,
    valueName: attribute(item, "valueName"),
    value: writtenValue(child(item, "value")),
  }));
}

/** One state of a toggle or check box, as its element describes it. */
interface State {
  /** The property of the setting that has its value. */
  readonly side: "on" | "off";
  /** `enabled`, `disabled`, `true` or `false`: the beginnings of `enabledValue` and `enabledList`. */
  readonly name: string;
  readonly label: string;
  /** Value if the template does not state one. */
  readonly standard: WrittenValue;
}

/** Group Policy writes 1 for an enabled policy and a ticked check box, and deletes the value otherwise. */
const ON: WrittenValue = { value: "1", type: "REG_DWORD" };

export const POLICY_STATES: readonly State[] = [
  { side: "on", name: "enabled", label: "Enabled", standard: ON },
  { side: "off", name: "disabled", label: "Disabled", standard: "delete" },
];

export const CHECK_BOX_STATES: readonly State[] = [
  { side: "on", name: "true", label: "Yes", standard: ON },
  { side: "off", name: "false", label: "No", standard: "delete" },
];

/** The part of a setting that says which values it takes. */
export type AllowedValues = Pick<
  CatalogueSetting,
  "values" | "on" | "off" | "deletes" | "type" | "alsoSets"
>;

/** Values of a toggle or check box: from its value elements, or from its lists if they name its registry value. */
export function stateValues(
  element: XmlElement,
  states: readonly State[],
  target: Target,
): AllowedValues {
  const lists = states.map(({ name }) => listItems(child(element, `${name}List`), target.key));
  const written = states.map(({ side, name, label, standard }, index) => {
    const own = writtenValue(child(element, `${name}Value`)) ?? ofList(lists[index] ?? [], target);
    return { side, label, value: own ?? (target.valueName === undefined ? undefined : standard) };
  });
  const sides = written.flatMap(({ side, value }) =>
    typeof value === "object" ? [[side, value.value]] : [],
  );
  return {
    ...allowed(written),
    ...(Object.fromEntries(sides) as Pick<CatalogueSetting, "on" | "off">),
    ...alsoSets(lists.flat(), target),
  };
}

/** Value that a list writes to the policy's own registry value. A policy without one takes the value of its list, if all items agree. */
function ofList(items: readonly ListItem[], target: Target): WrittenValue | undefined {
  const own = items.filter((item) => target.valueName === undefined || isSame(item, target));
  const [first, ...others] = own.map(({ value }) => value);
  return others.every((value) => sameValue(value, first)) ? first : undefined;
}

function sameValue(a: WrittenValue | undefined, b: WrittenValue | undefined): boolean {
  return a === b || (typeof a === "object" && typeof b === "object" && a.value === b.value);
}

function isSame(a: Target, b: Target): boolean {
  const names = [a.key, a.valueName, b.key, b.valueName].map((name) => name?.toLowerCase());
  return names[0] === names[2] && names[1] === names[3];
}

/** Values by what they write. Two labels of the same value stand together. */
export function allowed(
  written: readonly { readonly label: string; readonly value: WrittenValue | undefined }[],
): AllowedValues {
  const labels = new Map<string, string[]>();
  const types = new Set<RegistryType>();
  for (const { label, value } of written) {
    if (value === undefined || value === "delete") continue;
    types.add(value.type);
    const known = labels.get(value.value) ?? [];
    if (!known.includes(label)) labels.set(value.value, [...known, label]);
  }
  const [type] = types;
  const values = [...labels].map(([value, all]) => [value, all.join(" / ")] as const);
  return {
    ...(values.length > 0 && { values: Object.fromEntries(values) }),
    ...(written.some(({ value }) => value === "delete") && { deletes: true }),
    ...(type !== undefined && types.size === 1 && { type }),
  };
}

/** Registry values that a setting writes beside its own, each once. */
export function alsoSets(
  items: readonly ListItem[],
  own: Target,
): Pick<CatalogueSetting, "alsoSets"> {
  const others = items.filter((item) => own.valueName === undefined || !isSame(item, own));
  const names = others.map(({ key, valueName }) => [key, valueName].filter(Boolean).join("\\"));
  return names.length === 0 ? {} : { alsoSets: [...new Set(names)].sort() };
}
