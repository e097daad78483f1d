/**
 * Definitions of Intune's settings catalogue, as Graph's JSON has them. All of them are invented; only the forms of
 * their names are those of Office.
 *
 * @module
 */
import type { GraphObject } from "../graph/api";

const TYPE = "#microsoft.graph.deviceManagementConfiguration";

/** Templates of Office, with the version that Intune writes behind their names. */
const OFFICE = ["excel16v2", "word16v2", "office16v2"] as const;

const POLICIES_EACH = 30;

const SCOPES = ["User", "Device"] as const;

type Scope = (typeof SCOPES)[number];

/** A policy of a template. */
interface Policy {
  /** `excel16v2`. */
  readonly template: string;
  readonly scope: Scope;
  /** `L_Invented07`. */
  readonly name: string;
  readonly number: number;
}

/** All definitions of the catalogue, in an order that keeps no product together. */
export function inventedDefinitions(): GraphObject[] {
  const office = officePolicies().flatMap(definitionsOf);
  const others = otherDefinitions();
  const step = Math.ceil(office.length / others.length);
  return others.flatMap((other, place) => [
    ...office.slice(place * step, (place + 1) * step),
    other,
  ]);
}

function officePolicies(): Policy[] {
  const templates = OFFICE.flatMap((template) =>
    Array.from({ length: POLICIES_EACH }, (_, place) => policyOf(template, place + 1)),
  );
  // A policy that two versions of a template have.
  const [renewed] = templates;
  const later = renewed && { ...renewed, template: `${renewed.template}.updates.2` };
  return [...templates, ...(later === undefined ? [] : [later])].flatMap((policy) =>
    SCOPES.map((scope) => ({ ...policy, scope })),
  );
}

function policyOf(template: string, number: number): Omit<Policy, "scope"> {
  return { template, name: `L_Invented${String(number).padStart(2, "0")}`, number };
}

/** The policy, and the elements that most have. */
function definitionsOf(policy: Policy): GraphObject[] {
  const root = rootId(policy);
  const elements = elementsOf(policy, root);
  const [element] = elements;
  // Documented as the root "if the setting is a child setting": a root has its own id, an empty text or null.
  const ownRoot = [root, "", null][policy.number % 3];
  const dependedOnBy =
    element === undefined ? [] : [{ dependedOnBy: element.id, required: isRequired(policy) }];
  const choice = {
    "@odata.type": `${TYPE}ChoiceSettingDefinition`,
    ...common(policy, { id: root, name: policy.name, rootDefinitionId: ownRoot }),
    ...options(root, [
      { name: "Disabled", dependedOnBy: [] },
      { name: "Enabled", dependedOnBy },
    ]),
  };
  return [choice, ...elements];
}

/** Whether the policy cannot be enabled without its element: most cannot. */
function isRequired({ number }: Policy): boolean {
  return number % 10 !== 4;
}

/** The element, before the parts of its items if it has any. */
function elementsOf(policy: Policy, root: string): GraphObject[] {
  const name = "L_Part";
  const id = `${root}_l_part`;
  const shared = {
    ...common(policy, { id, name, rootDefinitionId: root }),
    dependentOn: [{ dependentOn: `${root}_1`, parentSettingId: root }],
    dependedOnBy: [],
  };
  switch (policy.number % 5) {
    case 1: {
      const choices = ["Never", "Sometimes", "Always"].map((each) => ({ name: each }));
      return [
        { "@odata.type": `${TYPE}ChoiceSettingDefinition`, ...shared, ...options(id, choices) },
      ];
    }
    case 2:
      return [simple(shared, "Integer", { minimumValue: 1, maximumValue: policy.number })];
    case 3:
      return [simple(shared, "String", TEXT)];
    case 4:
      return policy.number % 10 === 9 ? pairsOf(policy, shared, root) : [listOf(shared)];
    default:
      return [];
  }
}

const TEXT = {
  fileTypes: [],
  format: "none",
  inputValidationSchema: null,
  isSecret: false,
  minimumLength: 0,
  maximumLength: 1024,
};

function simple(shared: GraphObject, value: string, limits: GraphObject): GraphObject {
  return {
    "@odata.type": `${TYPE}SimpleSettingDefinition`,
    ...shared,
    valueDefinition: { "@odata.type": `${TYPE}${value}SettingValueDefinition`, ...limits },
    defaultValue: null,
  };
}

/** A list of texts. */
function listOf(shared: GraphObject): GraphObject {
  return {
    ...simple(shared, "String", { maximumLength: null }),
    "@odata.type": `${TYPE}SimpleSettingCollectionDefinition`,
    minimumCount: 0,
    maximumCount: 600,
  };
}

/** A list of names with values: the list, and the two parts of each item. */
function pairsOf(policy: Policy, shared: GraphObject, root: string): GraphObject[] {
  const list = String(shared.id);
  const parts = ["key", "value"].map((part) =>
    simple(
      {
        ...common(policy, {
          id: `${list}_${part}`,
          name: `${String(shared.name)}_${part}`,
          rootDefinitionId: root,
        }),
        dependentOn: [{ dependentOn: list, parentSettingId: list }],
        dependedOnBy: [],
      },
      "String",
      TEXT,
    ),
  );
  return [
    {
      "@odata.type": `${TYPE}SettingGroupCollectionDefinition`,
      ...shared,
      childIds: parts.map(({ id }) => id),
      minimumCount: 0,
      maximumCount: 600,
      dependedOnBy: parts.map(({ id }) => ({ dependedOnBy: id, required: true })),
    },
    ...parts,
  ];
}

/** Id of a policy: its names in lower case. */
function rootId({ template, scope, name }: Policy): string {
  const place = `${template}~policy~l_invented~l_area`;
  return `${scope}_vendor_msft_policy_config_${place}_${name}`.toLowerCase();
}

/** Properties that all definitions of a policy have. */
function common(
  { template, scope, name, number }: Policy,
  own: { readonly id: string; readonly name: string; readonly rootDefinitionId: unknown },
): GraphObject {
  const app = template.replace(/16.*$/, "");
  const isPolicy = own.name === name;
  return {
    accessTypes: "add,delete,get,replace",
    applicability: {
      "@odata.type": `${TYPE}WindowsSettingApplicability`,
      description: null,
      platform: "windows10",
      deviceMode: "none",
      technologies: "mdm",
      configurationServiceProviderVersion: "5.0",
      maximumSupportedVersion: null,
      minimumSupportedVersion: "10.0.15063",
      requiresAzureAd: false,
      requiredAzureAdTrustType: "none",
      windowsSkus: [],
    },
    baseUri: `./${scope}/Vendor/MSFT/Policy`,
    categoryId: categoryOf(template),
    description: number % 4 === 0 ? null : `What the invented setting ${number} of ${app} does.`,
    displayName: `${isPolicy ? "Invented setting" : "Part of setting"} ${number} (${scope})`,
    helpText: null,
    infoUrls: [],
    keywords: isPolicy ? [own.name, `\\Invented ${app}\\Area`] : [],
    occurrence: { minDeviceOccurrence: 0, maxDeviceOccurrence: 1 },
    offsetUri: `/Config/${template}~Policy~L_Invented~L_Area/${name}`,
    referredSettingInformationList: null,
    riskLevel: "low",
    settingUsage: "configuration",
    uxBehavior: "default",
    version: "0",
    visibility: "settingsCatalog,template",
    ...own,
  };
}

interface Option {
  readonly name: string;
  /** Elements that belong to this option. @default none */
  readonly dependedOnBy?: readonly object[];
}

function options(id: string, each: readonly Option[]): GraphObject {
  return {
    defaultOptionId: null,
    options: each.map(({ name, dependedOnBy = [] }, place) => ({
      itemId: `${id}_${place}`,
      name,
      displayName: name,
      description: null,
      helpText: null,
      optionValue: {
        "@odata.type": `${TYPE}IntegerSettingValue`,
        settingValueTemplateReference: null,
        value: place,
      },
      dependentOn: [],
      dependedOnBy,
    })),
  };
}

/** Definitions of products that are none of Office: of a browser, of Windows, of another platform. */
function otherDefinitions(): GraphObject[] {
  return Array.from({ length: 240 }, (_, place) => {
    const policy: Policy = {
      ...policyOf("contosobrowser~Policy~contosobrowser", place + 1),
      scope: "Device",
    };
    const isOfWindows = place % 3 !== 0;
    const prefix = isOfWindows ? "device_vendor_msft_policy_config_contoso_" : "com.contoso.app_";
    const id = `${prefix}setting${place + 1}`;
    const offsetUri = place % 3 === 1 ? `/Config/Contoso/Setting${place + 1}` : undefined;
    return {
      "@odata.type": `${TYPE}ChoiceSettingDefinition`,
      ...common(policy, { id, name: `Setting${place + 1}`, rootDefinitionId: id }),
      ...options(id, [{ name: "Block" }, { name: "Allow" }]),
      ...(offsetUri !== undefined && { offsetUri }),
      // Another platform has no paths of Windows.
      ...(!isOfWindows && NOT_OF_WINDOWS),
    };
  });
}

const NOT_OF_WINDOWS = {
  applicability: {
    "@odata.type": `${TYPE}SettingApplicability`,
    description: null,
    platform: "macOS",
    deviceMode: "none",
    technologies: "mdm,appleRemoteManagement",
  },
  baseUri: null,
  offsetUri: null,
};

/** A GUID for each template. */
function categoryOf(template: string): string {
  const place = OFFICE.findIndex((name) => template.startsWith(name));
  return `0ca7e606-0000-4000-8000-00000000000${place + 1}`;
}
