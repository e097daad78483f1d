/**
 * Instances of Intune's settings, as Graph's JSON has them, for the invented catalogue.
 *
 * @module
 */
const TYPE = "#microsoft.graph.deviceManagementConfiguration";

/** Start of the ids of definitions for users, before the app. */
export const USER = "user_vendor_msft_policy_config_";

/** Id of a definition: `excel16v2` and `l_macros` in an invented category. */
export function definition(template: string, names: string): string {
  return `${USER}${template}~policy~l_invented~l_area_${names}`;
}

export function choice(id: string, item: string, children: readonly unknown[] = []): object {
  return {
    "@odata.type": `${TYPE}ChoiceSettingInstance`,
    settingDefinitionId: id,
    settingInstanceTemplateReference: null,
    choiceSettingValue: { settingValueTemplateReference: null, value: `${id}_${item}`, children },
  };
}

export function simple(id: string, value: unknown, type?: string): object {
  const kind = type ?? (typeof value === "number" ? "Integer" : "String");
  return {
    "@odata.type": `${TYPE}SimpleSettingInstance`,
    settingDefinitionId: id,
    settingInstanceTemplateReference: null,
    simpleSettingValue: {
      "@odata.type": `${TYPE}${kind}SettingValue`,
      settingValueTemplateReference: null,
      value,
    },
  };
}

export function texts(id: string, values: readonly unknown[]): object {
  return {
    "@odata.type": `${TYPE}SimpleSettingCollectionInstance`,
    settingDefinitionId: id,
    settingInstanceTemplateReference: null,
    simpleSettingCollectionValue: values.map((value) => ({
      "@odata.type": `${TYPE}StringSettingValue`,
      settingValueTemplateReference: null,
      value,
    })),
  };
}

/** A list of names and values. */
export function pairs(id: string, values: Readonly<Record<string, string>>): object {
  return {
    "@odata.type": `${TYPE}GroupSettingCollectionInstance`,
    settingDefinitionId: id,
    settingInstanceTemplateReference: null,
    groupSettingCollectionValue: Object.entries(values).map(([name, value]) => ({
      settingValueTemplateReference: null,
      children: [simple(`${id}_key`, name), simple(`${id}_value`, value)],
    })),
  };
}
