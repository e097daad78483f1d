import assert from "node:assert/strict";
import fc from "fast-check";
import { readSettingList } from "../../cli/catalogue/csv";
import { readIntuneAnswer } from "../../cli/catalogue/intune";
import type { IntuneDefinition, IntuneForm } from "../../provider/catalogue/catalogue";

const HEADER = "Id,Name,registryKeyPath,registrySubPath";

function listOf(...lines: string[]) {
  const { settings, problems } = readSettingList([HEADER, ...lines].join("\n"));
  return { settings: Object.fromEntries(settings), problems };
}

describe("a list of settings as CSV", () => {
  const row = { scope: "user", kind: "unknown", source: "csv" } as const;

  it("gives ids with their names and registry values", () => {
    const { settings, problems } = listOf(
      "calc16;L_Cloud,Save to the cloud,software\\calc,cloud",
      "MacSetting,Mac setting,NA,NA",
      "office16;office16;L_Twice,none,none,",
    );
    assert.deepEqual(settings, {
      "calc16;L_Cloud": {
        ...row,
        name: "Save to the cloud",
        key: "software\\calc",
        valueName: "cloud",
      },
      MacSetting: { ...row, name: "Mac setting" },
      "office16;office16;L_Twice": { ...row, name: "office16;office16;L_Twice" },
    });
    assert.deepEqual(problems, []);
  });

  it("knows which ids are elements, and which policy has no value of its own", () => {
    const { settings } = listOf(
      "calc16;L_P;L_E,Element,soft,e",
      "calc16;L_P,Policy,NA,NA",
      "calc16;L_V,With a value,soft,v",
      "calc16;L_V;L_E,Element,soft,e",
      "calc16;L_None;L_E,Element,soft,e",
    );
    const kinds = Object.entries(settings).map(([id, { kind, policy }]) => [id, kind, policy]);
    assert.deepEqual(kinds, [
      ["calc16;L_P;L_E", "unknown", "calc16;L_P"],
      ["calc16;L_P", "policy", undefined],
      ["calc16;L_V", "unknown", undefined],
      ["calc16;L_V;L_E", "unknown", "calc16;L_V"],
      ["calc16;L_None;L_E", "unknown", undefined],
    ]);
  });

  it("may have quotes in its names, and columns in another order", () => {
    const { settings } = readSettingList(
      '\ufeffNAME,More,id\r\nDo not show "Manage",1,calc16;L_A\r\n"Name, with a comma",2,calc16;L_B\r\n\r\n',
    );
    assert.deepEqual(
      [...settings].map(([id, { name }]) => [id, name]),
      [
        ["calc16;L_A", 'Do not show "Manage"'],
        ["calc16;L_B", "Name, with a comma"],
      ],
    );
  });

  it("loses a broken line, and no line after it", () => {
    const { settings, problems } = listOf(
      'calc16;L_A,"stray,NA,NA',
      "calc16;L_B,Name with,a comma,NA,NA",
      ",Nothing,NA,NA",
      "calc16;L_C",
      `${"x".repeat(1025)},Name,NA,NA`,
      "calc16;L_D,Good,NA,NA",
    );
    assert.deepEqual(Object.keys(settings), ["calc16;L_D"]);
    assert.deepEqual(problems, [
      "line 2 has a quote that is not closed",
      "line 3 has 5 columns, not 4",
      "line 4 has no Id",
      "line 5 has 1 column, not 4",
      "line 6 has an Id of more than 1024 characters",
    ]);
  });

  it("is refused if its first line does not name the columns", () => {
    for (const text of ["", "Id;Name\n", "a,b\n1,2", '"Id,Name']) {
      assert.throws(() => readSettingList(text), {
        name: "TypeError",
        message: /does not name the columns Id and Name/,
      });
    }
  });

  it("has no setting for a line whose id is not known", () => {
    const { settings, problems } = listOf("Na,Name,,", "none,,,");
    assert.deepEqual(settings, {});
    assert.deepEqual(problems, ["line 2 has no Id", "line 3 has no Id"]);
  });

  it("gives settings or names problems, whatever is in it", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom(...'a;,"\n\r NA') })), (lines) => {
        const { settings, problems } = listOf(...lines);
        for (const { name } of Object.values(settings)) assert.ok(name !== "");
        assert.ok(
          Object.keys(settings).length + problems.length <= lines.join("\n").length + lines.length,
        );
      }),
    );
  });
});

describe("a saved answer of Intune", () => {
  const APP = "user_vendor_msft_policy_config_calc16v2~policy~l_calc_l_a";
  const policy = {
    "@odata.type": "#microsoft.graph.deviceManagementConfigurationChoiceSettingDefinition",
    id: APP,
    rootDefinitionId: APP,
    name: "L_A",
    displayName: "Macro settings (User)",
    description: "First.\r\nSecond.",
    baseUri: "./User/Vendor/MSFT/Policy",
    offsetUri: "/Config/calc16v2~Policy~L_Calc~L_Options/L_A",
    keywords: ["L_A", "\\Calc 2016\\Options"],
    options: [
      { displayName: "Disabled", optionValue: { value: 0 } },
      { displayName: "Enabled", optionValue: { value: 1 } },
    ],
  };
  const element = (name: string, more: object) => ({
    "@odata.type": "#microsoft.graph.deviceManagementConfigurationSimpleSettingDefinition",
    id: `${APP}_${name.toLowerCase()}`,
    rootDefinitionId: APP,
    name,
    displayName: `${name}: (User)`,
    description: "",
    baseUri: "./User/Vendor/MSFT/Policy",
    offsetUri: policy.offsetUri,
    keywords: [],
    ...more,
  });
  const valueDefinition = (type: string, limits: object) => ({
    valueDefinition: {
      "@odata.type": `#microsoft.graph.deviceManagementConfiguration${type}SettingValueDefinition`,
      ...limits,
    },
  });
  const read = (content: unknown) => {
    const { settings, others } = readIntuneAnswer(content);
    return { settings: Object.fromEntries(settings), others };
  };
  const shared = { scope: "user", source: "intune", policy: "calc16;L_A" } as const;
  const intune = (name: string, form: IntuneForm, more: Partial<IntuneDefinition> = {}) => ({
    intune: { id: `${APP}${name}`, form, ...more },
  });

  it("gives policies and their elements, with names, values, ranges and help", () => {
    const { settings, others } = read({
      value: [
        policy,
        element("L_E", {
          options: [
            { displayName: " On ", optionValue: { value: "3" } },
            { displayName: "", optionValue: { value: 4 } },
            { displayName: "?" },
          ],
        }),
        element("L_N", valueDefinition("Integer", { minimumValue: 1, maximumValue: 120 })),
        element("L_T", valueDefinition("String", { maximumLength: 200, minimumValue: null })),
        element("L_L", {
          "@odata.type":
            "#microsoft.graph.deviceManagementConfigurationSimpleSettingCollectionDefinition",
        }),
        element("L_?", {}),
        element("L_B", {
          options: [
            { displayName: "False", optionValue: { value: 0 } },
            { displayName: "True", optionValue: { value: 1 } },
          ],
        }),
      ],
    });
    assert.deepEqual(settings, {
      "calc16;L_A": {
        name: "Macro settings",
        scope: "user",
        kind: "policy",
        category: "Calc 2016 > Options",
        help: "First.\nSecond.",
        source: "intune",
        ...intune("", "choice"),
      },
      "calc16;L_A;L_E": { ...shared, name: "L_E:", kind: "enum", values: { "3": "On", "4": "4" } },
      "calc16;L_A;L_N": {
        ...shared,
        name: "L_N:",
        kind: "decimal",
        min: 1,
        max: 120,
        ...intune("_l_n", "integer"),
      },
      "calc16;L_A;L_T": {
        ...shared,
        name: "L_T:",
        kind: "text",
        maxLength: 200,
        ...intune("_l_t", "string"),
      },
      "calc16;L_A;L_B": { ...shared, name: "L_B:", kind: "boolean" },
      "calc16;L_A;L_L": { ...shared, name: "L_L:", kind: "list" },
      "calc16;L_A;L_?": { ...shared, name: "L_?:", kind: "unknown" },
    });
    assert.equal(others, 0);
  });

  it("gives the definition of each, with what its id does not tell", () => {
    const option = (value: number | string, itemId: string, dependedOnBy: object[] = []) => ({
      itemId,
      displayName: "A",
      optionValue: { value },
      dependedOnBy,
    });
    const choice = policy["@odata.type"];
    const other = "user_vendor_msft_policy_config_calc16v2~policy~l_calc_l_other_v2";
    const { settings } = read([
      {
        ...policy,
        options: [
          option(0, `${APP}_0`),
          option(1, `${APP}_1`, [
            { dependedOnBy: `${APP}_l_e`, required: true },
            { dependedOnBy: `${APP}_l_n`, required: false },
            { dependedOnBy: other, required: true },
            { dependedOnBy: `${other}x`, required: false },
          ]),
        ],
      },
      element("L_E", {
        "@odata.type": choice,
        options: [option("MD5", `${APP}_l_e_md5`), option("Sha", `${APP}_l_e_2`)],
      }),
      element("L_N", valueDefinition("Integer", {})),
      element("L_L", {
        "@odata.type":
          "#microsoft.graph.deviceManagementConfigurationSettingGroupCollectionDefinition",
      }),
    ]);
    assert.deepEqual(
      Object.values(settings).map((setting) => setting.intune),
      [
        intune("", "choice", { requires: [other] }).intune,
        intune("_l_e", "choice", { options: { Sha: `${APP}_l_e_2` } }).intune,
        intune("_l_n", "integer", { optional: true }).intune,
        intune("_l_l", "pairs").intune,
      ],
    );
  });

  it("has no definition for devices, and one for users whichever comes first", () => {
    const device = {
      ...policy,
      id: APP.replace("user", "device"),
      baseUri: "./Device/Vendor/MSFT",
    };
    assert.equal(read([device]).settings["calc16;L_A"]?.intune, undefined);
    for (const content of [
      [device, policy],
      [policy, device],
    ]) {
      assert.equal(read(content).settings["calc16;L_A"]?.intune?.id, APP);
    }
  });

  it("has the policy itself, and not its copy for use inside of another one", () => {
    const copy = (uri: string) => {
      const id = `${APP}_v2`;
      return { ...policy, id, rootDefinitionId: id, name: "L_A_v2", offsetUri: uri };
    };
    const version = policy.id.replace("calc16v2", "calc16v6");
    for (const uri of [policy.offsetUri, `${policy.offsetUri}_v2`]) {
      const inner = { ...element("L_E", {}), id: `${version}_v2_l_e`, offsetUri: uri };
      const { settings, others } = read([copy(uri), inner, policy, element("L_E", {})]);
      assert.deepEqual(Object.keys(settings), ["calc16;L_A", "calc16;L_A;L_E"]);
      assert.equal(settings["calc16;L_A"]?.intune?.id, APP);
      assert.equal(others, 0);
    }
    // Only the copy is there: it is a policy like any other.
    assert.equal(read([copy(policy.offsetUri)]).settings["calc16;L_A"]?.intune?.id, `${APP}_v2`);
  });

  it("leaves out the parts of a list's items, which Intune defines by themselves", () => {
    const dependsOn = (parentSettingId: string | null) => ({
      dependentOn: [{ dependentOn: parentSettingId, parentSettingId }],
    });
    const { settings, others } = read([
      policy,
      element("L_L", {
        "@odata.type":
          "#microsoft.graph.deviceManagementConfigurationSettingGroupCollectionDefinition",
        ...dependsOn(APP),
      }),
      element("L_L_key", dependsOn(`${APP}_l_l`)),
      element("L_L_value", dependsOn(`${APP}_l_l`)),
      element("L_N", dependsOn(null)),
    ]);
    assert.deepEqual(Object.keys(settings).sort(), [
      "calc16;L_A",
      "calc16;L_A;L_L",
      "calc16;L_A;L_N",
    ]);
    assert.equal(settings["calc16;L_A;L_L"]?.kind, "list");
    assert.equal(others, 0);
  });

  it("names an element without a label after its policy, and knows no value of a policy alone", () => {
    const { settings } = read([element("L_E", { displayName: "L_E (User)" }), policy]);
    assert.equal(settings["calc16;L_A;L_E"]?.name, "Macro settings");
    assert.equal(read([policy]).settings["calc16;L_A"]?.kind, "unknown");
    assert.equal(
      read([element("L_E", { displayName: "L_E" })]).settings["calc16;L_A;L_E"]?.name,
      "L_E",
    );
  });

  it("may be pages, or definitions alone, among those of others", () => {
    const other = { ...policy, offsetUri: "/Config/Browser/AllowX" };
    const device = {
      ...policy,
      name: "L_M",
      baseUri: "./Device/Vendor/MSFT/Policy",
      offsetUri: "/Config/calc16v2~Policy~L_Calc/L_M",
    };
    for (const content of [
      [{ value: [policy, other] }, { value: [device, null] }],
      [policy, other, device, 3],
    ]) {
      const { settings, others } = read(content);
      assert.deepEqual(Object.keys(settings), ["calc16;L_A", "calc16;L_M"]);
      assert.equal(settings["calc16;L_M"]?.scope, "machine");
      assert.equal(others, 2);
    }
  });

  it("takes the definition for the latest version of the templates", () => {
    const at = (version: string) => ({
      ...policy,
      displayName: version,
      offsetUri: `/Config/calc16${version}~Policy~L_Calc/L_A`,
    });
    for (const versions of [
      ["v2", "v2.updates", "v10", "v9"],
      ["v10", "v9", "v2"],
    ]) {
      assert.equal(read(versions.map(at)).settings["calc16;L_A"]?.name, "v10");
    }
  });

  it("takes the definition for users before that for devices, of whatever version", () => {
    const forDevices = {
      ...policy,
      displayName: "For devices",
      baseUri: "./Device/Vendor/MSFT/Policy",
      offsetUri: policy.offsetUri.replace("16v2~", "16v10~"),
    };
    for (const content of [
      [policy, forDevices],
      [forDevices, policy],
    ]) {
      const found = read(content).settings["calc16;L_A"];
      assert.deepEqual([found?.name, found?.scope], ["Macro settings", "user"]);
    }
  });

  it("knows a policy that names no root, and one that names itself", () => {
    for (const rootDefinitionId of [APP, "", null, undefined]) {
      const { settings } = read([{ ...policy, rootDefinitionId }]);
      assert.deepEqual(Object.keys(settings), ["calc16;L_A"]);
    }
  });

  it("is refused if it is neither", () => {
    for (const content of [null, 3, {}, { value: 3 }]) {
      assert.throws(() => readIntuneAnswer(content), {
        name: "TypeError",
        message: /neither \{ "value": \[\.\.\.\] \} nor an array/,
      });
    }
  });
});
