import type { Vocabulary } from "../graph/api";

/**
 * Names of this API. `$select` knows the properties of the type that all definitions derive from, and refuses those
 * of the types below it, such as `options`.
 */
export const VOCABULARY: Vocabulary = {
  properties: [
    "id",
    "applicability",
    "accessTypes",
    "keywords",
    "infoUrls",
    "occurrence",
    "baseUri",
    "offsetUri",
    "rootDefinitionId",
    "categoryId",
    "settingUsage",
    "uxBehavior",
    "visibility",
    "riskLevel",
    "referredSettingInformationList",
    "description",
    "helpText",
    "name",
    "displayName",
    "version",
    "@odata.type",
  ],
  types: [],
  baseType: "deviceManagementConfigurationSettingDefinition",
  actions: [],
  forms: {
    applicability: "object",
    occurrence: "object",
    options: "objects",
    optionValue: "object",
    valueDefinition: "object",
    categoryId: "id",
  },
};

/** The same for `$filter`: properties whose page says that they can be filtered by, as far as the emulator does it. */
export const FILTERABLE: Vocabulary = { ...VOCABULARY, properties: ["categoryId"] };

/** Names in the collection of configuration policies, by the API's pages. */
export const POLICY_VOCABULARY: Vocabulary = {
  properties: [
    "id",
    "name",
    "description",
    "platforms",
    "technologies",
    "createdDateTime",
    "lastModifiedDateTime",
    "settingCount",
    "creationSource",
    "roleScopeTagIds",
    "isAssigned",
    "disableEntraGroupPolicyAssignment",
    "templateReference",
    "priorityMetaData",
    "settings",
    "settingDefinitions",
    "settingInstance",
    "assignments",
    "target",
    "@odata.type",
  ],
  types: [],
  baseType: "deviceManagementConfigurationPolicy",
  actions: ["assign"],
  forms: {
    ...VOCABULARY.forms,
    templateReference: "object",
    settings: "objects",
    settingDefinitions: "objects",
    settingInstance: "object",
    choiceSettingValue: "object",
    choiceSettingCollectionValue: "objects",
    simpleSettingValue: "object",
    simpleSettingCollectionValue: "objects",
    groupSettingCollectionValue: "objects",
    children: "objects",
    settingInstanceTemplateReference: "object",
    settingValueTemplateReference: "object",
    assignments: "objects",
    target: "object",
    groupId: "id",
    sourceId: "id",
    deviceAndAppManagementAssignmentFilterId: "id",
  },
};
