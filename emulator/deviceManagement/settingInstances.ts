/**
 * Instances of settings in a policy: their JSON in a body, and the form in which the service keeps them.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfigv2-devicemanagementconfigurationsettinginstance?view=graph-rest-beta
 * @module
 */
import { z } from "zod";
import type { GraphObject } from "../graph/api";

const TYPE = "microsoft.graph.deviceManagementConfiguration";

const valueReference = z.looseObject({ settingValueTemplateId: z.string() }).nullish();

const simpleValue = z.object({
  "@odata.type": z.string(),
  value: z.union([z.string(), z.int()]),
  settingValueTemplateReference: valueReference,
});

const choiceValue = z.object({
  value: z.string(),
  settingValueTemplateReference: valueReference,
  get children() {
    return z.array(instanceBody).nullish();
  },
});

const groupValue = z.object({
  settingValueTemplateReference: valueReference,
  get children() {
    return z.array(instanceBody);
  },
});

/** An instance in a body. Properties that the service does not know are left aside. */
export const instanceBody = z.object({
  "@odata.type": z.string(),
  settingDefinitionId: z.string().min(1),
  settingInstanceTemplateReference: z
    .looseObject({ settingInstanceTemplateId: z.string() })
    .nullish(),
  simpleSettingValue: simpleValue.nullish(),
  simpleSettingCollectionValue: z.array(simpleValue).nullish(),
  get choiceSettingValue() {
    return choiceValue.nullish();
  },
  get choiceSettingCollectionValue() {
    return z.array(choiceValue).nullish();
  },
  get groupSettingCollectionValue() {
    return z.array(groupValue).nullish();
  },
});

/** An instance, as parsed from a body. */
export type InstanceBody = z.infer<typeof instanceBody>;

/** A choice of an instance, with its children. */
export type ChoiceValue = z.infer<typeof choiceValue>;

/** A simple value of an instance. */
export type SimpleValue = z.infer<typeof simpleValue>;

/** The kinds of instances: the property with their value, and the type of definitions that they belong to. */
const KINDS = {
  ChoiceSettingInstance: ["choiceSettingValue", "ChoiceSettingDefinition"],
  ChoiceSettingCollectionInstance: [
    "choiceSettingCollectionValue",
    "ChoiceSettingCollectionDefinition",
  ],
  SimpleSettingInstance: ["simpleSettingValue", "SimpleSettingDefinition"],
  SimpleSettingCollectionInstance: [
    "simpleSettingCollectionValue",
    "SimpleSettingCollectionDefinition",
  ],
  GroupSettingCollectionInstance: [
    "groupSettingCollectionValue",
    "SettingGroupCollectionDefinition",
  ],
} as const;

/** A kind of instances. */
export interface InstanceKind {
  /** Name of the property that holds the value. */
  readonly property: (typeof KINDS)[keyof typeof KINDS][0];
  /** Type of definitions, without the namespace and the words before it. */
  readonly definition: string;
}

/** The kind that an instance's `@odata.type` names, with or without `#`; undefined if there is none. */
export function kindOf(instance: Pick<InstanceBody, "@odata.type">): InstanceKind | undefined {
  const name = shortName(instance["@odata.type"]);
  if (!Object.hasOwn(KINDS, name)) return undefined;
  const [property, definition] = KINDS[name as keyof typeof KINDS];
  return { property, definition };
}

/** A type of this API without what all their names begin with: `ChoiceSettingInstance`. */
export function shortName(type: string): string {
  const name = type.replace(/^#/, "");
  return name.startsWith(TYPE) ? name.slice(TYPE.length) : "";
}

/** Settings of a policy in Graph's JSON. */
export const settingsBody = z.array(z.object({ settingInstance: instanceBody }));

/** Their instances in the form that the service keeps. */
export function keptSettings(settings: z.infer<typeof settingsBody>): GraphObject[] {
  return settings.map(({ settingInstance }) => keptInstance(settingInstance));
}

/** An instance in the form that the service keeps, with the nulls that it adds. */
function keptInstance(instance: InstanceBody): GraphObject {
  const kind = kindOf(instance);
  return {
    "@odata.type": `#${TYPE}${shortName(instance["@odata.type"])}`,
    settingDefinitionId: instance.settingDefinitionId,
    settingInstanceTemplateReference: instance.settingInstanceTemplateReference ?? null,
    auditRuleInformation: null,
    ...(kind !== undefined && { [kind.property]: keptValue(instance[kind.property]) }),
  };
}

type AnyValue = ChoiceValue | SimpleValue | z.infer<typeof groupValue>;

function keptValue(value: AnyValue | AnyValue[] | null | undefined): unknown {
  if (value == null) return null;
  if (Array.isArray(value)) return value.map(keptValue);
  const { settingValueTemplateReference: reference = null, ...rest } = value;
  if (!("value" in rest)) {
    return { settingValueTemplateReference: reference, children: rest.children.map(keptInstance) };
  }
  if ("@odata.type" in rest) {
    const type = `#${rest["@odata.type"].replace(/^#/, "")}`;
    return { ...rest, "@odata.type": type, settingValueTemplateReference: reference };
  }
  const children = (rest.children ?? []).map(keptInstance);
  return { value: rest.value, settingValueTemplateReference: reference, children };
}

/** The ids of all definitions that an instance uses, its own first. */
export function definitionIdsOf(instance: unknown): string[] {
  if (typeof instance !== "object" || instance === null) return [];
  return Object.entries(instance).flatMap(([name, value]) =>
    name === "settingDefinitionId" ? [String(value)] : definitionIdsOf(value),
  );
}

/** All children of an instance. */
export function childrenOf(instance: InstanceBody): InstanceBody[] {
  const choices = [
    ...(instance.choiceSettingValue == null ? [] : [instance.choiceSettingValue]),
    ...(instance.choiceSettingCollectionValue ?? []),
  ];
  return [
    ...choices.flatMap(({ children }) => children ?? []),
    ...(instance.groupSettingCollectionValue ?? []).flatMap(({ children }) => children),
  ];
}
