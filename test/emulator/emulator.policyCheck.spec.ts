import { strict as assert } from "node:assert";
import type { EmulatorOptions } from "../../emulator";
import {
  choice,
  LIST,
  OFFICE,
  POLICY,
  PolicyTenant,
  settings,
  simple,
  TYPE,
  wordsOf,
} from "./policies";

describe("a setting that the emulator's catalogue does not allow", () => {
  let tenant: PolicyTenant;

  afterEach(() => tenant.emulator.close());

  const start = async (options: EmulatorOptions = {}) => {
    tenant = await PolicyTenant.start(options);
    return tenant;
  };
  const kind = (options: EmulatorOptions = {}) => start({ preset: "kind", ...options });

  const part = (number: string) => `${OFFICE}${number}_l_part`;
  const list = (id: string, property: string, value: unknown, type: string) => ({
    "@odata.type": `${TYPE}${type}`,
    settingDefinitionId: id,
    [property]: value,
  });
  const texts = (number: string, ...values: unknown[]) =>
    list(
      part(number),
      "simpleSettingCollectionValue",
      values.map((value) => ({ "@odata.type": `${TYPE}StringSettingValue`, value })),
      "SimpleSettingCollectionInstance",
    );
  const pairs = (...keys: object[][]) =>
    list(
      part("09"),
      "groupSettingCollectionValue",
      keys.map((children) => ({ children })),
      "GroupSettingCollectionInstance",
    );
  const key = simple(`${part("09")}_key`, "a");
  const value = simple(`${part("09")}_value`, "b");
  const inner = (option: number) => ({
    ...choice("01", 0),
    settingDefinitionId: part("01"),
    choiceSettingValue: { value: `${part("01")}_${option}` },
  });

  const refused: [string, object[], RegExp][] = [
    ["an unknown definition", [choice("99", 1)], /definition '.*99' does not exist/],
    [
      "an option of another setting",
      [choice("05", 2)],
      /^Selected Option \S+05_2 does not match with the list of expected options: \S+05_0, \S+05_1 /,
    ],
    ["a child that is required", [choice("02", 1)], /Child setting '.*02_l_part' is required/],
    [
      "a child of an option that has none",
      [choice("02", 0, [simple(part("02"), 1)])],
      /not a child/,
    ],
    ["a child of another policy", [choice("05", 1, [simple(part("02"), 1)])], /not a child/],
    ["a child as a root", [simple(part("02"), 1)], /its parent is missing/],
    ["a number that is too large", [choice("02", 1, [simple(part("02"), 3)])], /not allowed/],
    ["a number that is too small", [choice("02", 1, [simple(part("02"), 0)])], /not allowed/],
    ["a text for a number", [choice("02", 1, [simple(part("02"), "2")])], /not allowed/],
    ["a number for a text", [choice("03", 1, [simple(part("03"), 2)])], /not allowed/],
    [
      "a text that is too long",
      [choice("03", 1, [simple(part("03"), "x".repeat(1025))])],
      /not allowed/,
    ],
    [
      "another type of instance",
      [{ ...choice("05", 1), "@odata.type": `${TYPE}SimpleSettingInstance` }],
      /is not one of setting/,
    ],
    [
      "an instance of no type",
      [{ ...choice("05", 1), "@odata.type": "#microsoft.graph.x" }],
      /is not one of setting/,
    ],
    [
      "an instance without its value",
      [{ ...choice("05", 1), choiceSettingValue: null }],
      /has no value/,
    ],
    ["one setting twice", [choice("05", 1), choice("05", 0)], /more than once/],
    ["half of a name and value", [choice("09", 1, [pairs([key])])], /_value' is required/],
    [
      "too many values",
      [choice("04", 1, [texts("04", ...Array.from({ length: 601 }, () => "x"))])],
      /more than 600/,
    ],
    ["a wrong option deep inside", [choice("01", 1, [inner(3)])], /expected options/],
  ];

  for (const [what, instances, words] of refused) {
    it(`is refused: ${what}`, async () => {
      await kind();
      const answer = await tenant.ask("POST", LIST, {
        ...POLICY,
        settings: settings(...instances),
      });
      assert.equal(answer.status, 400, answer.text);
      assert.match(wordsOf(answer), words);
      const path = await tenant.make();
      assert.equal(
        (await tenant.ask("PUT", path, { ...POLICY, settings: settings(...instances) })).status,
        400,
      );
      assert.equal(tenant.emulator.configurationPolicies.list()[0]?.settings.length, 2);
    });
  }

  it("is not one of these: choices, numbers, texts, lists, names with values, optional elements", async () => {
    await kind();
    const instances = [
      choice("01", 1, [inner(2)]),
      choice("02", 1, [simple(part("02"), 2)]),
      choice("03", 1, [simple(part("03"), "text")]),
      choice("04", 1, [texts("04", "a", "b")]),
      choice("09", 1, [pairs([key, value], [value, key])]),
      choice("14", 1),
      choice("05", 0),
    ];
    const path = await tenant.make({ ...POLICY, settings: settings(...instances) });
    const found = await tenant.all(`${path}/settings`);
    // What was read can be written: the service takes its own nulls.
    assert.equal((await tenant.ask("PUT", path, { ...POLICY, settings: found })).status, 204);
    assert.deepEqual(await tenant.all(`${path}/settings`), found);
  });

  it("is judged by the definitions that the emulator was given", async () => {
    const id = "user_vendor_msft_policy_config_calc16v2~policy~l_calc_l_a";
    const definition = {
      "@odata.type": `${TYPE}ChoiceSettingDefinition`,
      id,
      options: [{ itemId: `${id}_1` }],
    };
    await kind({ settingDefinitions: [definition] });
    const own = { ...choice("05", 1), settingDefinitionId: id };
    const given = { ...own, choiceSettingValue: { value: `${id}_1` } };
    await tenant.make({ ...POLICY, settings: settings(given) });
    const other = await tenant.ask("POST", LIST, POLICY);
    assert.match(wordsOf(other), /does not exist/);
    const { json } = await tenant.ask("GET", "/beta/deviceManagement/configurationSettings");
    assert.deepEqual(json.value, [definition]);
  });
});
