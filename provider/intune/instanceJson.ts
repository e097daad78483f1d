/**
 * Instances of settings in the JSON that Graph takes.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfigv2-devicemanagementconfigurationsettinginstance?view=graph-rest-beta
 * @module
 */
import type { IntuneDefinition } from "../catalogue/catalogue";

const TYPE = "#microsoft.graph.deviceManagementConfiguration";

/** An instance as a body has it. */
export interface InstanceJson {
  readonly "@odata.type": string;
  readonly settingDefinitionId: string;
  readonly choiceSettingValue?: {
    readonly value: string;
    readonly children: readonly InstanceJson[];
  };
  readonly simpleSettingValue?: SimpleJson;
  readonly simpleSettingCollectionValue?: readonly SimpleJson[];
}

interface SimpleJson {
  readonly "@odata.type": string;
  readonly value: string | number;
}

/** An instance of a choice. @param item - Value of the option: `1` for a state that is on. */
export function choiceOf(
  { id, options }: Pick<IntuneDefinition, "id" | "options">,
  item: string,
  children: readonly InstanceJson[] = [],
): InstanceJson {
  const odd = options !== undefined && Object.hasOwn(options, item) ? options[item] : undefined;
  return {
    "@odata.type": `${TYPE}ChoiceSettingInstance`,
    settingDefinitionId: id,
    choiceSettingValue: {
      value: odd ?? `${id}_${item}`.toLowerCase(),
      children: inOrder(children),
    },
  };
}

/** An instance of a text or number. */
export function simpleOf(id: string, form: "integer" | "string", value: string): InstanceJson {
  return {
    "@odata.type": `${TYPE}SimpleSettingInstance`,
    settingDefinitionId: id,
    simpleSettingValue: form === "integer" ? integer(value) : string(value),
  };
}

/** An instance of several texts. */
export function textsOf(id: string, lines: readonly string[]): InstanceJson {
  return {
    "@odata.type": `${TYPE}SimpleSettingCollectionInstance`,
    settingDefinitionId: id,
    simpleSettingCollectionValue: lines.map(string),
  };
}

function integer(value: string): SimpleJson {
  return { "@odata.type": `${TYPE}IntegerSettingValue`, value: Number(value) };
}

function string(value: string): SimpleJson {
  return { "@odata.type": `${TYPE}StringSettingValue`, value };
}

/** Instances by the ids of their definitions, so that the same settings are the same JSON. */
export function inOrder(instances: readonly InstanceJson[]): InstanceJson[] {
  return [...instances].sort((a, b) => (a.settingDefinitionId < b.settingDefinitionId ? -1 : 1));
}
