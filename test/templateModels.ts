/**
 * Policies of an app that does not exist, as XML and as the settings that must come out of it.
 *
 * @module
 */
import fc from "fast-check";
import type { CatalogueSetting } from "../provider/catalogue/catalogue";
import { escaped } from "./templates";

/** A part of a template in XML, and what must come out of it. */
export interface Model {
  readonly policies: string;
  readonly strings: Record<string, string>;
  readonly presentations: string;
  readonly expected: Record<string, CatalogueSetting>;
}

type Facts = Partial<CatalogueSetting>;

/** An element without its id and registry value: its XML is put together by the policy. */
interface ElementModel {
  readonly tag: string;
  readonly attributes: string;
  readonly content: string;
  readonly facts: Facts;
  readonly hasValueName: boolean;
}

const LETTERS = [..."abcXYZ019éß中&<>\"']"];
const word = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 12 });
const label = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" "));
const identifier = fc.string({
  unit: fc.constantFrom(..."ABCdef012_"),
  minLength: 1,
  maxLength: 8,
});
const wholeNumber = fc.nat({ max: 4_294_967_295 });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const attribute = (name: string, value: unknown) =>
  value === undefined ? "" : ` ${name}="${escaped(String(value))}"`;

const written = fc.oneof(
  wholeNumber.map((value) => ({
    xml: `<decimal value="${value}" />`,
    value: String(value),
    type: "REG_DWORD" as const,
  })),
  wholeNumber.map((value) => ({
    xml: `<longDecimal value="${value}" />`,
    value: String(value),
    type: "REG_QWORD" as const,
  })),
  word.map((value) => ({
    xml: `<string>${escaped(value)}</string>`,
    value,
    type: "REG_SZ" as const,
  })),
);

/** Two different values of one registry type. */
const pair = fc
  .tuple(written, written)
  .filter(([a, b]) => a.type === b.type && a.value !== b.value);

const boolean: fc.Arbitrary<ElementModel> = optional(pair).map((values) => ({
  tag: "boolean",
  attributes: "",
  content:
    values === undefined
      ? ""
      : `<trueValue>${values[0].xml}</trueValue><falseValue>${values[1].xml}</falseValue>`,
  facts:
    values === undefined
      ? { kind: "boolean", values: { "1": "Yes" }, on: "1", deletes: true, type: "REG_DWORD" }
      : {
          kind: "boolean",
          values: { [values[0].value]: "Yes", [values[1].value]: "No" },
          on: values[0].value,
          off: values[1].value,
          type: values[0].type,
        },
  hasValueName: true,
}));

const enumeration: fc.Arbitrary<ElementModel> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(wholeNumber, label), {
      minLength: 1,
      maxLength: 6,
      selector: ([value]) => value,
    }),
    fc.boolean(),
  )
  .map(([items, required]) => ({
    tag: "enum",
    attributes: required ? ' required="true"' : "",
    content: items
      .map(
        ([value, text]) =>
          `<item displayName="${escaped(text)}"><value><decimal value="${value}" /></value></item>`,
      )
      .join(""),
    facts: {
      kind: "enum",
      ...(required && { required }),
      values: Object.fromEntries(items.map(([value, text]) => [value, text])),
      type: "REG_DWORD",
    },
    hasValueName: true,
  }));

const decimal: fc.Arbitrary<ElementModel> = fc
  .record({
    min: optional(wholeNumber),
    max: optional(wholeNumber),
    isLong: fc.boolean(),
    isText: fc.boolean(),
  })
  .map(({ min, max, isLong, isText }) => ({
    tag: isLong ? "longDecimal" : "decimal",
    attributes: `${attribute("minValue", min)}${attribute("maxValue", max)}${isText ? ' storeAsText="true"' : ""}`,
    content: "",
    facts: {
      kind: "decimal",
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
      type: isText ? "REG_SZ" : isLong ? "REG_QWORD" : "REG_DWORD",
    },
    hasValueName: true,
  }));

const text: fc.Arbitrary<ElementModel> = fc
  .record({
    maxLength: optional(fc.nat(10_000)),
    isExpandable: fc.boolean(),
    isMulti: fc.boolean(),
  })
  .map(({ maxLength, isExpandable, isMulti }) => ({
    tag: isMulti ? "multiText" : "text",
    attributes: `${attribute("maxLength", maxLength)}${isExpandable ? ' expandable="1"' : ""}`,
    content: "",
    facts: {
      kind: isMulti ? "multiText" : "text",
      ...(maxLength !== undefined && { maxLength }),
      type: isMulti ? "REG_MULTI_SZ" : isExpandable ? "REG_EXPAND_SZ" : "REG_SZ",
    },
    hasValueName: true,
  }));

const list: fc.Arbitrary<ElementModel> = fc.boolean().map((isExpandable) => ({
  tag: "list",
  attributes: ` valuePrefix=""${isExpandable ? ' expandable="true"' : ""}`,
  content: "",
  facts: { kind: "list", type: isExpandable ? "REG_EXPAND_SZ" : "REG_SZ" },
  hasValueName: false,
}));

const element = fc.record({
  id: identifier,
  model: fc.oneof(boolean, enumeration, decimal, text, list),
  label: optional(label),
  key: optional(identifier),
  valueName: identifier,
});

const policy = fc.record({
  name: identifier,
  title: label,
  help: optional(label),
  scope: fc.constantFrom("User", "Machine", "Both"),
  key: identifier,
  toggle: fc.record({ valueName: identifier, values: pair }),
  elements: fc.uniqueArray(element, { maxLength: 4, selector: ({ id }) => id }),
});

/** Policies with all kinds of elements. */
export const models: fc.Arbitrary<Model> = fc
  .uniqueArray(policy, { minLength: 1, maxLength: 5, selector: ({ name }) => name })
  .map((policies) => {
    const model: Model = { policies: "", strings: {}, presentations: "", expected: {} };
    return policies.reduce(withPolicy, model);
  });

type PolicyModel = typeof policy extends fc.Arbitrary<infer T> ? T : never;

function withPolicy(
  model: Model,
  { name, title, help, scope, key, toggle, elements }: PolicyModel,
): Model {
  const id = `calc16;${name}`;
  const shared = { scope: scope === "Machine" ? "machine" : "user", key } as const;
  const [on, off] = toggle.values;
  const isToggle = elements.length === 0;
  const ownValue = isToggle
    ? `<enabledValue>${on.xml}</enabledValue><disabledValue>${off.xml}</disabledValue>`
    : "";
  const expected: Record<string, CatalogueSetting> = {
    [id]: {
      name: title,
      ...(isToggle
        ? {
            kind: "toggle",
            values: { [on.value]: "Enabled", [off.value]: "Disabled" },
            on: on.value,
            off: off.value,
            type: on.type,
            valueName: toggle.valueName,
          }
        : { kind: "policy" }),
      ...shared,
      ...(help !== undefined && { help }),
    },
  };
  let content = "";
  let controls = "";
  for (const { id: elementId, model: item, label: text, key: ownKey, valueName } of elements) {
    content += `<${item.tag} id="${elementId}"${attribute("key", ownKey)}${item.hasValueName ? attribute("valueName", valueName) : ""}${item.attributes}>${item.content}</${item.tag}>`;
    if (text !== undefined)
      controls += `<checkBox refId="${elementId}">${escaped(text)}</checkBox>`;
    expected[`${id};${elementId}`] = {
      name: text ?? title,
      ...shared,
      kind: "unknown",
      ...item.facts,
      ...(ownKey !== undefined && { key: ownKey }),
      ...(item.hasValueName && { valueName }),
      policy: id,
    };
  }
  const refs = `displayName="$(string.${name})"${help === undefined ? "" : ` explainText="$(string.${name}_Help)"`} presentation="$(presentation.${name})"`;
  return {
    policies: `${model.policies}<policy name="${name}" class="${scope}" key="${key}"${isToggle ? attribute("valueName", toggle.valueName) : ""} ${refs}>${ownValue}${elements.length > 0 ? `<elements>${content}</elements>` : ""}</policy>`,
    strings: {
      ...model.strings,
      [name]: title,
      ...(help !== undefined && { [`${name}_Help`]: help }),
    },
    presentations: `${model.presentations}<presentation id="${name}">${controls}</presentation>`,
    expected: { ...model.expected, ...expected },
  };
}
