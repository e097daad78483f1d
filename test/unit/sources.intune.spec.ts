import { strict as assert } from "node:assert";
import { FileError } from "../../cli/files/fileError";
import type { SourceReader } from "../../cli/sources/reader";
import { READERS } from "../../cli/sources/readers";
import type { Source } from "../../cli/sources/source";
import { SourceFile } from "../../cli/sources/sourceFile";
import { choice, definition, simple } from "../intuneInstances";
import { readMutated } from "../mutatedFiles";

const fileOf = (content: unknown, name = "file.json") =>
  new SourceFile(
    name,
    Buffer.from(typeof content === "string" ? content : JSON.stringify(content)),
  );

function readerOf(file: SourceFile): SourceReader | undefined {
  return READERS.find((reader) => reader.matches(file));
}

function read(content: unknown): readonly Source[] {
  const file = fileOf(content);
  const reader = readerOf(file);
  assert.ok(reader, "no reader knows it");
  const sources = reader.read(file);
  for (const source of sources) assert.equal(source.kind, reader.kind);
  return sources;
}

function one(content: unknown): Source {
  const sources = read(content);
  assert.equal(sources.length, 1);
  return sources[0] as Source;
}

const MACROS = definition("excel16v2", "l_macros");
const instance = choice(MACROS, "1", [choice(`${MACROS}_l_level`, "4")]);
const settings = [{ id: "0", settingInstance: instance }];
const policy = {
  "@odata.context": "https://graph.contoso.example/beta/$metadata#configurationPolicies/$entity",
  id: "00000000-0000-4000-8000-000000000001",
  name: "Macros\u0007 off",
  description: "For all",
  platforms: "windows10",
  technologies: "mdm",
  settingCount: 1,
  settings,
};
const entries = [{ form: "definition", instance }];
const unread = (place: string, reason: string) => ({ form: "unread", place, reason });

describe("a policy of Intune's settings catalogue", () => {
  it("is read as Graph gives it: alone, in a list, as a page of its settings", () => {
    assert.deepEqual(one(policy), {
      name: "Macros off",
      description: "For all",
      path: "file.json",
      kind: "Intune settings catalogue policy",
      entries,
      conditions: [],
      notes: [],
    });
    const other = { ...policy, name: "", displayName: "Other" };
    assert.deepEqual(
      read({ value: [policy, other] }).map(({ name }) => name),
      ["Macros off", "Other"],
    );
    assert.deepEqual(
      read([policy]).map((source) => source.entries),
      [entries],
    );
    for (const page of [{ value: settings }, settings, { settings }]) {
      const source = one(page);
      assert.deepEqual([source.name, source.entries], ["file", entries]);
    }
  });

  it("is read from a template of CIPP, which has it as text in a text", () => {
    const { name: _, ...nameless } = policy;
    const inner = { Displayname: "Inner", Description: "Why", RAWJson: JSON.stringify(nameless) };
    for (const content of [inner, { JSON: JSON.stringify(inner), RowKey: "1" }]) {
      const source = one(content);
      assert.deepEqual(
        [source.name, source.description, source.entries],
        ["Inner", "For all", entries],
      );
    }
  });

  it("is read with a setting that a tool has taken out of its list", () => {
    assert.deepEqual(one({ ...policy, settings: settings[0] }).entries, entries);
    assert.deepEqual(one({ ...policy, settings: [instance] }).entries, entries);
  });

  it("says what the file lacks of its settings", () => {
    const { settings: _, ...bare } = policy;
    const none = "the file has the policy without its settings: save it with ?$expand=settings";
    assert.deepEqual(one(bare).entries, [unread("settings", none)]);
    assert.deepEqual(one({ ...bare, settingCount: 0, settings: [] }).entries, []);
    const few = "the policy has 26 settings, and the file has 1 of them";
    assert.deepEqual(one({ ...policy, settingCount: 26 }).entries, [
      ...entries,
      unread("settings", few),
    ]);
    const more = "more of its settings are on a page that the file does not have (@odata.nextLink)";
    const next = "https://graph.contoso.example/next";
    assert.deepEqual(one({ value: settings, "@odata.nextLink": next }).entries, [
      ...entries,
      unread("settings", more),
    ]);
    const notes = read({ value: [policy, policy], "@odata.nextLink": next }).map(
      (source) => source.notes,
    );
    assert.deepEqual(notes, [
      ["More policies are on a page that the file does not have (@odata.nextLink)"],
      [],
    ]);
    assert.deepEqual(one({ ...policy, "settings@odata.nextLink": next }).entries, [
      ...entries,
      unread("settings", more),
    ]);
  });

  it("names a setting that is none", () => {
    assert.deepEqual(one({ ...policy, settings: [...settings, "@{id=1}", {}] }).entries, [
      ...entries,
      unread("settings[1]", "it is no setting"),
      unread("settings[2]", "it is no setting"),
    ]);
  });

  it("has the groups that it is assigned to, and as conditions what Cloud Policy cannot carry", () => {
    const target = (type: string, more: object = {}) => ({
      id: "a",
      target: { "@odata.type": `#microsoft.graph.${type}`, ...more },
    });
    const filter = (type: string) => ({
      deviceAndAppManagementAssignmentFilterId: "f1",
      deviceAndAppManagementAssignmentFilterType: type,
    });
    const source = one({
      ...policy,
      assignments: [
        target("groupAssignmentTarget", { groupId: "g1", ...filter("include") }),
        target("groupAssignmentTarget", { groupId: "g2", ...filter("none") }),
        target("groupAssignmentTarget", { groupId: "g2" }),
        target("groupAssignmentTarget", { groupName: "Sales\nTeam" }),
        target("exclusionGroupAssignmentTarget", { groupId: "g3" }),
        target("allLicensedUsersAssignmentTarget"),
        target("allDevicesAssignmentTarget"),
        target("newTarget"),
        "@{target=}",
      ],
    });
    assert.deepEqual(source.groups, ["g1", "g2"]);
    assert.deepEqual(source.conditions, [
      "the assignment filter f1 (include)",
      "the exclusion of the group g3",
      "the assignment to all users",
      "the assignment to all devices",
      "the assignment target newTarget",
    ]);
    assert.deepEqual(source.notes, [
      'It is assigned to the group "Sales Team", whose id the file does not have',
      "Assignments that cannot be read: 1",
    ]);
    assert.deepEqual(one({ ...policy, assignments: [] }).groups, []);
    assert.equal(one(policy).groups, undefined);
  });

  it("is no other JSON", () => {
    const others = [{}, [], [1], { settings: [1] }, { value: [{ id: "1" }] }, { settings: {} }];
    for (const content of others) assert.equal(readerOf(fileOf(content)), undefined);
  });
});

describe("an administrative template of Intune's", () => {
  const presentation = (type: string, label: string, value: object) => ({
    "@odata.type": `#microsoft.graph.groupPolicyPresentationValue${type}`,
    presentation: { label },
    ...value,
  });
  const expanded = {
    enabled: true,
    "definition@odata.bind": "https://graph.contoso.example/groupPolicyDefinitions('d1')",
    definition: {
      displayName: "AutoSave",
      categoryPath: "\\Calc 2016\\Options\\Save",
      classType: "user",
    },
    presentationValues: [
      presentation("Text", "Level:", { value: "4" }),
      presentation("Decimal", "Minutes", { value: 10 }),
      presentation("Boolean", "Warn", { value: false }),
      presentation("MultiText", "Lines", { values: ["a", "b"] }),
      presentation("List", "Names", { values: [{ name: "a", value: "b" }] }),
      presentation("Text", "", { value: null }),
      "@{value=1}",
    ],
  };
  const template = {
    displayName: "Calc",
    policyConfigurationIngestionType: "builtIn",
    definitionValues: [expanded],
  };

  it("is its policies by name, each with its elements by label", () => {
    const source = one(template);
    assert.deepEqual([source.name, source.kind], ["Calc", "Intune administrative template"]);
    assert.deepEqual(source.entries, [
      {
        form: "named",
        hive: "user",
        policy: "AutoSave",
        category: ["Calc 2016", "Options", "Save"],
        state: "enabled",
        elements: [
          { label: "Level:", value: { kind: "written", value: "4" } },
          { label: "Minutes", value: { kind: "number", number: "10" } },
          { label: "Warn", value: { kind: "checked", isChecked: false } },
          { label: "Lines", value: { kind: "text", text: "a\nb" } },
          { label: "Names", value: { kind: "list" } },
          { label: "", value: undefined },
          { label: "", value: undefined },
        ],
      },
    ]);
  });

  it("is read with the names that a tool writes beside the values", () => {
    const value = {
      enabled: false,
      "definition@odata.bind": "https://graph.contoso.example/groupPolicyDefinitions('d1')",
      "#Definition_displayName": "AutoSave",
      "#Definition_classType": "machine",
      "#Definition_categoryPath": "\\Calc 2016",
      presentationValues: { "#Presentation_Label": "Level", value: "4" },
    };
    for (const content of [{ ...template, definitionValues: value }, [value], { value: [value] }]) {
      assert.deepEqual(one(content).entries, [
        {
          form: "named",
          hive: "machine",
          policy: "AutoSave",
          category: ["Calc 2016"],
          state: "disabled",
          elements: [{ label: "Level", value: { kind: "written", value: "4" } }],
        },
      ]);
    }
  });

  it("says which of its policies the file does not name, and what it lacks", () => {
    const bind = "https://graph.contoso.example/groupPolicyDefinitions('d1')";
    const nameless = { enabled: true, "definition@odata.bind": bind, presentationValues: [] };
    const inner = {
      Displayname: "A",
      Type: "Admin",
      RAWJson: JSON.stringify({ added: [nameless] }),
    };
    for (const content of [inner, [nameless, 7]]) {
      const [first] = one(content).entries;
      assert.deepEqual(first, {
        form: "unread",
        place: "groupPolicyDefinitions('d1')",
        reason:
          "the file names the policy by an id of Graph only: save it with its definition (?$expand=definition)",
      });
    }
    assert.deepEqual(one([nameless, 7]).entries[1], {
      form: "unread",
      place: "definitionValues[1]",
      reason: "it is no value of a policy",
    });
    const { definitionValues: _, ...bare } = template;
    assert.match(JSON.stringify(one(bare).entries), /without its settings/);
    const next = {
      ...template,
      "definitionValues@odata.nextLink": "https://graph.contoso.example",
    };
    assert.match(JSON.stringify(one(next).entries), /on a page that the file does not have/);
  });
});

describe("a custom profile of Intune's", () => {
  const PLACE = "./User/Vendor/MSFT/Policy/Config/Excel16~Policy~L_Invented~L_Area/L_Macros";
  const setting = (value: unknown, omaUri = PLACE, more: object = {}) => ({
    "@odata.type": "#microsoft.graph.omaSettingString",
    displayName: "Macros",
    omaUri,
    value,
    ...more,
  });
  const profile = (...omaSettings: unknown[]) => ({ displayName: "Custom", omaSettings });
  const id = "user_vendor_msft_policy_config_excel16~policy~l_invented~l_area_l_macros";

  it("is the same settings as in the settings catalogue", () => {
    const source = one(
      profile(setting(' <enabled/> <data id="L_Level" value="4"/>'), setting("<disabled />")),
    );
    assert.deepEqual([source.name, source.kind], ["Custom", "Intune custom profile"]);
    assert.deepEqual(source.entries, [
      {
        form: "definition",
        instance: {
          settingDefinitionId: id,
          choiceSettingValue: {
            value: `${id}_1`,
            children: [
              { settingDefinitionId: `${id}_l_level`, simpleSettingValue: { value: "4" } },
            ],
          },
        },
      },
      {
        form: "definition",
        instance: {
          settingDefinitionId: id,
          choiceSettingValue: { value: `${id}_0`, children: [] },
        },
      },
    ]);
  });

  it("names values that cannot be read", () => {
    const source = one(
      profile(
        setting("<enabled/>"),
        setting("****", PLACE, { isEncrypted: true }),
        setting("1"),
        setting("<enabled/><disabled/>"),
        setting("<enabled>", "./Device/Vendor/MSFT/Policy/Config/System/A"),
        { value: 1 },
      ),
    );
    assert.deepEqual(source.entries.slice(1), [
      unread(PLACE, "its value is encrypted, and the file does not have it"),
      unread(PLACE, "its value is not that of a policy of a template"),
      unread(PLACE, "its value is not that of a policy of a template"),
      unread(
        "./Device/Vendor/MSFT/Policy/Config/System/A",
        "its value is not that of a policy of a template",
      ),
      unread("omaSettings[5]", "it has no OMA-URI"),
    ]);
  });

  it("is none if it sets no policy of a template", () => {
    const other = setting("1", "./Device/Vendor/MSFT/Policy/Config/System/AllowTelemetry");
    assert.equal(readerOf(fileOf(profile(other))), undefined);
  });
});

describe("damaged files of Intune", () => {
  const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "g1" };
  const catalogue = {
    ...policy,
    settings: [...settings, { settingInstance: simple(definition("word16v2", "l_a"), 7) }],
    assignments: [{ target }],
  };
  const template = {
    displayName: "Calc",
    definitionValues: [
      {
        enabled: true,
        definition: { displayName: "A", categoryPath: "\\B\\C", classType: "user" },
        presentationValues: [{ value: "4", presentation: { label: "L" } }, { values: ["a"] }],
      },
    ],
  };
  const profile = {
    omaSettings: [
      {
        omaUri: "./User/Vendor/MSFT/Policy/Config/Excel16~Policy~L_A/L_B",
        value: '<enabled/><data id="L_C" value="1"/>',
      },
    ],
  };
  for (const [kind, content] of [
    ["Intune settings catalogue policy", catalogue],
    ["Intune administrative template", template],
    ["Intune custom profile", profile],
  ] as const) {
    it(`are refused, or read without an error: ${kind}`, () => {
      const reader = READERS.find((each) => each.kind === kind);
      assert.ok(reader);
      const { read: known } = readMutated(reader, JSON.stringify(content), 10_000);
      assert.ok(known > 500, String(known));
    });
  }

  it("have a typed error", () => {
    const file = fileOf("id,registryKeyPath\na,b", "list.csv");
    assert.throws(() => readerOf(file)?.read(file), FileError);
  });
});
