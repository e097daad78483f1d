import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { type Answer, ask, type Json } from "./ask";

export const LIST = "/beta/deviceManagement/configurationPolicies";
export const TYPE = "#microsoft.graph.deviceManagementConfiguration";
export const OFFICE =
  "user_vendor_msft_policy_config_excel16v2~policy~l_invented~l_area_l_invented";
export const GROUP = "1f2e3d4c-5b6a-4788-9990-0a1b2c3d4e5f";

/** A choice of one of the invented policies: `choice("05", 1)`. */
export const choice = (number: string, option: number, children: object[] = []) => ({
  "@odata.type": `${TYPE}ChoiceSettingInstance`,
  settingDefinitionId: `${OFFICE}${number}`,
  choiceSettingValue: { value: `${OFFICE}${number}_${option}`, children },
});

/** An element with a number or a text. */
export const simple = (id: string, value: number | string) => ({
  "@odata.type": `${TYPE}SimpleSettingInstance`,
  settingDefinitionId: id,
  simpleSettingValue: {
    "@odata.type": `${TYPE}${typeof value === "number" ? "Integer" : "String"}SettingValue`,
    value,
  },
});

export const settings = (...instances: object[]) =>
  instances.map((settingInstance) => ({ settingInstance }));

export const POLICY = {
  name: "Macros",
  description: "For all",
  platforms: "windows10",
  technologies: "mdm",
  roleScopeTagIds: ["0"],
  settings: settings(choice("05", 1), choice("10", 0)),
};

export const group = (groupId: string, more: object = {}) => ({
  "@odata.type": "#microsoft.graph.groupAssignmentTarget",
  groupId,
  ...more,
});

/** An emulator's policies over its socket. */
export class PolicyTenant {
  private constructor(readonly emulator: Emulator) {}

  /** A tenant without policies, unless the options have some. */
  static start(options: EmulatorOptions = {}): Promise<PolicyTenant> {
    return PolicyTenant.fresh({ configurationPolicies: [], ...options });
  }

  /** A tenant with the policies that its preset gives it. */
  static async fresh(options: EmulatorOptions): Promise<PolicyTenant> {
    return new PolicyTenant(await createEmulator(options));
  }

  ask(method: string, path = LIST, body?: object): Promise<Answer> {
    return ask(this.emulator, method, path, { body });
  }

  /** Makes a policy. @returns its path. */
  async make(body: object = POLICY): Promise<string> {
    const answer = await this.ask("POST", LIST, body);
    assert.equal(answer.status, 201, answer.text);
    return `${LIST}/${String(answer.json.id)}`;
  }

  /** The items of all pages of a list. */
  async all(path: string): Promise<Json[]> {
    const answer = await this.ask("GET", path);
    assert.equal(answer.status, 200, answer.text);
    const next = this.nextOf(answer);
    return [...itemsOf(answer), ...(next === "" ? [] : await this.all(next))];
  }

  /** Path of the next page; empty for the last. */
  nextOf({ json }: Answer): string {
    return String(json["@odata.nextLink"] ?? "").replace(this.emulator.url, "");
  }
}

export const itemsOf = ({ json }: Answer) => json.value as Json[];

/** The ids of the definitions of settings. */
export const definitionsOf = (found: Json[]) =>
  found.map(({ settingInstance }) => (settingInstance as Json).settingDefinitionId);

export const errorOf = ({ json }: Answer) => json.error as Json & { code: string; message: string };

/** The words inside Intune's JSON message. */
export const wordsOf = (answer: Answer) =>
  (JSON.parse(errorOf(answer).message) as { Message: string }).Message;
