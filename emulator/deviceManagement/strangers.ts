/**
 * Policies that others have in the tenant: of another product, of another platform, from a template, of one name.
 * All of them are invented, of invented settings.
 *
 * @module
 */
import type { SeedPolicy } from "./policySeed";

const TYPE = "#microsoft.graph.deviceManagementConfiguration";

/** More settings than a page of them has. */
const MANY_SETTINGS = 30;

/** The policies of others that an unkind tenant has from the start. */
export function strangers(): SeedPolicy[] {
  return [
    {
      name: "Contoso browser",
      description: "Settings of another product",
      settings: [browser(2, 1), browser(3, 0)],
      assignments: [{ target: { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" } }],
    },
    { name: "Shared computers", settings: [office("excel16v2", 5, 1)] },
    {
      name: "Endpoint protection",
      templateReference: {
        templateId: "0ca7e607-0000-4000-8000-000000000001_1",
        templateFamily: "endpointSecurityAntivirus",
        templateDisplayName: "Contoso antivirus",
        templateDisplayVersion: "Version 1",
      },
      settings: [
        {
          settingInstance: {
            ...browser(5, 1).settingInstance,
            settingInstanceTemplateReference: {
              settingInstanceTemplateId: "0ca7e608-0000-4000-8000-000000000001",
            },
          },
        },
      ],
    },
    // The service takes a name as often as it comes.
    { name: "Shared computers", settings: [office("word16v2", 5, 0), browser(6, 1)] },
    {
      name: "Contoso app on Macs",
      platforms: "macOS",
      technologies: "mdm,appleRemoteManagement",
      settings: [choice("com.contoso.app_setting4", 1)],
    },
    {
      name: "Workplace baseline",
      settings: Array.from({ length: MANY_SETTINGS }, (_, place) => browser(place * 3 + 2, 0)),
    },
  ];
}

function browser(number: number, option: number) {
  return choice(`device_vendor_msft_policy_config_contoso_setting${number}`, option);
}

/** A policy of Office that has no elements. */
function office(template: string, number: number, option: number) {
  const place = `${template}~policy~l_invented~l_area_l_invented`;
  const id = `user_vendor_msft_policy_config_${place}${String(number).padStart(2, "0")}`;
  return choice(id, option);
}

function choice(id: string, option: number) {
  return {
    settingInstance: {
      "@odata.type": `${TYPE}ChoiceSettingInstance`,
      settingDefinitionId: id,
      choiceSettingValue: { value: `${id}_${option}`, children: [] },
    },
  };
}
