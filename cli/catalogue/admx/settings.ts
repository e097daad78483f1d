import type { CatalogueSetting, RegistryType } from "../../../provider/catalogue/catalogue";
import { oneLine } from "../../../provider/text/messageText";
import { attribute, child, childrenOf, type XmlElement } from "../../files/xml";
import { categoriesAbove, type Template } from "./template";
import type { Dictionary } from "./texts";
import {
  type AllowedValues,
  allowed,
  alsoSets,
  CHECK_BOX_STATES,
  listItems,
  POLICY_STATES,
  stateValues,
  type Target,
  writtenValue,
} from "./values";

/** Sources of a policy's settings: its template, the others, and their texts. */
export interface PolicyContext {
  readonly template: Template;
  /** All templates by namespace. */
  readonly templates: ReadonlyMap<string, Template>;
  /** Texts of a template. */
  readonly textsOf: (template: Template) => Dictionary;
}

/** Settings of a policy: the policy itself, then each element, by their ids. Those without a name have none. */
export function policySettings(
  policy: XmlElement,
  context: PolicyContext,
): [id: string, setting: CatalogueSetting][] {
  const { template } = context;
  const policyName = attribute(policy, "name");
  if (policyName === undefined) return [];
  const texts = context.textsOf(template);
  const id = `${template.app};${policyName}`;
  const elements = child(policy, "elements")?.children ?? [];
  const own = { key: keyOf(policy), valueName: attribute(policy, "valueName") };
  const name = nameOf(texts.resolve(attribute(policy, "displayName")), policyName);
  const shared = { scope: scopeOf(policy), ...placeIn(policy, context) };
  const states = stateValues(policy, POLICY_STATES, own);
  const help = helpOf(texts.resolve(attribute(policy, "explainText")));
  const isParent = elements.length > 0 && own.valueName === undefined;
  const settings: [string, CatalogueSetting][] = [
    [
      id,
      {
        name,
        kind: isParent ? "policy" : "toggle",
        ...shared,
        ...(isParent ? { alsoSets: states.alsoSets } : states),
        ...own,
        help,
      },
    ],
  ];
  for (const element of elements) {
    const elementId = attribute(element, "id");
    if (elementId === undefined) continue;
    const label = texts.label(attribute(policy, "presentation"), elementId);
    const target = {
      key: keyOf(element) ?? own.key,
      valueName: attribute(element, "valueName"),
    };
    const facts = elementFacts(element, target, texts);
    const setting = { name: nameOf(label, name), ...shared, ...facts, ...target, policy: id };
    settings.push([`${id};${elementId}`, setting]);
  }
  return settings.map(([key, setting]) => [key, withoutUndefined(setting)]);
}

/** A policy must have a key: some that need none have the word. */
function keyOf(element: XmlElement): string | undefined {
  const key = attribute(element, "key");
  return key?.toLowerCase() === "none" ? undefined : key;
}

function nameOf(text: string | undefined, otherwise: string): string {
  return oneLine(text ?? "") || otherwise;
}

function scopeOf(policy: XmlElement): CatalogueSetting["scope"] {
  return attribute(policy, "class")?.toLowerCase() === "machine" ? "machine" : "user";
}

/** Lines end in line feeds, and nothing is around the text. */
function helpOf(text: string | undefined): string | undefined {
  const help = text
    ?.toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[^\S\n]+$/gm, "")
    .trim();
  return help || undefined;
}

function placeIn(
  policy: XmlElement,
  context: PolicyContext,
): Pick<CatalogueSetting, "category" | "app"> {
  const places = categoriesAbove(policy, context.template, context.templates);
  const titles = places.map(({ template, category }) =>
    context.textsOf(template).resolve(attribute(category, "displayName")),
  );
  const names = places.map(({ category }, index) =>
    nameOf(titles[index], attribute(category, "name") ?? ""),
  );
  const app = titles[0] === undefined ? undefined : appOf(oneLine(titles[0]));
  return { ...(names.length > 0 && { category: names.join(" > ") }), ...(app && { app }) };
}

/** `Microsoft Excel 2016` is Excel, and `Microsoft Office 2016 (Machine)` is Office. */
function appOf(title: string): string {
  return title
    .replace(/\s*\([^)]*\)$/, "")
    .replace(/\s*\b(?:19|20)\d\d\b/, "")
    .replace(/^Microsoft\s+/i, "")
    .trim();
}

type ElementFacts = Pick<CatalogueSetting, "kind" | "min" | "max" | "maxLength" | "required"> &
  AllowedValues;

/** @see https://learn.microsoft.com/previous-versions/windows/desktop/Policy/element-elements */
function elementFacts(element: XmlElement, target: Target, texts: Dictionary): ElementFacts {
  const required = isTrue(element, "required") ? { required: true } : {};
  const textType: RegistryType = isTrue(element, "expandable") ? "REG_EXPAND_SZ" : "REG_SZ";
  switch (element.name) {
    case "boolean":
      return { kind: "boolean", ...required, ...stateValues(element, CHECK_BOX_STATES, target) };
    case "enum":
      return { kind: "enum", ...required, ...enumValues(element, target, texts) };
    case "decimal":
    case "longDecimal": {
      const type = element.name === "decimal" ? "REG_DWORD" : "REG_QWORD";
      const limits = { min: numberOf(element, "minValue"), max: numberOf(element, "maxValue") };
      return {
        kind: "decimal",
        ...required,
        ...limits,
        type: isTrue(element, "storeAsText") ? "REG_SZ" : type,
      };
    }
    case "text":
      return {
        kind: "text",
        ...required,
        maxLength: numberOf(element, "maxLength"),
        type: textType,
      };
    case "multiText":
      return {
        kind: "multiText",
        ...required,
        maxLength: numberOf(element, "maxLength"),
        type: "REG_MULTI_SZ",
      };
    case "list":
      return { kind: "list", type: textType };
    default:
      return { kind: "unknown", ...required };
  }
}

function enumValues(element: XmlElement, target: Target, texts: Dictionary): AllowedValues {
  const items = childrenOf(element, "item");
  const written = items.map((item) => {
    const value = writtenValue(child(item, "value"));
    const title = texts.resolve(attribute(item, "displayName"));
    return { label: nameOf(title, typeof value === "object" ? value.value : ""), value };
  });
  const others = items.flatMap((item) => listItems(child(item, "valueList"), target.key));
  return { ...allowed(written), ...alsoSets(others, target) };
}

function isTrue(element: XmlElement, name: string): boolean {
  return /^(?:true|1)$/i.test(attribute(element, name) ?? "");
}

/** Undefined as well for a number beyond those that JSON keeps exact: it limits nothing in practice. */
function numberOf(element: XmlElement, name: string): number | undefined {
  const digits = attribute(element, name) ?? "";
  const number = /^\d{1,20}$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Properties with `undefined` are left out, as JSON leaves them out. */
function withoutUndefined(
  setting: { [Key in keyof CatalogueSetting]: CatalogueSetting[Key] | undefined },
): CatalogueSetting {
  const known = Object.entries(setting).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as unknown as CatalogueSetting;
}
