import assert from "node:assert/strict";
import { hitText, searchCatalogue } from "../../cli/catalogue/search";
import { allowedValues, card, finder, fullName, programLines } from "../../cli/catalogue/show";
import type { Catalogue, CatalogueSetting } from "../../provider/catalogue/catalogue";

const catalogueOf = (settings: Record<string, CatalogueSetting>): Catalogue => ({
  version: 1,
  sources: [],
  settings,
});

const CALC = { scope: "user", app: "Calc", category: "Calc 2016 > Options" } as const;
const ON_OFF = { "1": "Enabled", "0": "Disabled" };

const SETTINGS: Record<string, CatalogueSetting> = {
  "calc16;L_Macros": {
    ...CALC,
    name: "Macro Notification Settings",
    kind: "policy",
    help: "First line.\n\n- A point about sheets.",
  },
  "calc16;L_Macros;L_empty4": {
    ...CALC,
    name: "Macro Notification Settings",
    kind: "enum",
    values: { "1": "Enable all", "2": "Disable all without notification" },
    key: "software\\calc\\security",
    valueName: "vbawarnings",
    type: "REG_DWORD",
    policy: "calc16;L_Macros",
  },
  "calc16;L_Macros;L_Signed": {
    ...CALC,
    name: "Signed ones only:",
    kind: "boolean",
    values: { "1": "Yes", "0": "No" },
    policy: "calc16;L_Macros",
  },
  "calc16;L_Save;L_Minutes": {
    ...CALC,
    name: "Save every (minutes):",
    kind: "decimal",
    min: 1,
    max: 120,
  },
  "calc16;L_UpdateChannel": {
    ...CALC,
    name: "Update channel",
    kind: "toggle",
    scope: "machine",
    values: ON_OFF,
  },
  "text16;L_BlockFromInternet": {
    name: "Block macros in files from the internet.",
    app: "Text",
    scope: "user",
    kind: "toggle",
    values: { "0": "Enabled", "1": "Disabled" },
  },
};
const CATALOGUE = catalogueOf(SETTINGS);

const found = (words: string, settings = SETTINGS) =>
  searchCatalogue(catalogueOf(settings), words).map(({ id }) => id);

describe("a search of a catalogue", () => {
  it("finds settings by name, label, help, id and registry name", () => {
    assert.equal(found("macro notification")[0], "calc16;L_Macros;L_empty4");
    assert.equal(found("without notification")[0], "calc16;L_Macros;L_empty4");
    assert.ok(found("sheets").includes("calc16;L_Macros;L_empty4"));
    assert.deepEqual(found("calc16;L_Macros;L_empty4")[0], "calc16;L_Macros;L_empty4");
    assert.equal(found("BlockFromInternet")[0], "text16;L_BlockFromInternet");
    assert.deepEqual(found("vbawarnings"), ["calc16;L_Macros;L_empty4"]);
  });

  it("takes misspelt words and beginnings of words", () => {
    assert.equal(found("intrenet blok")[0], "text16;L_BlockFromInternet");
    assert.equal(found("notif")[0], "calc16;L_Macros;L_empty4");
  });

  it("wants all words, or some if no setting has all", () => {
    assert.deepEqual(found("macros internet"), ["text16;L_BlockFromInternet"]);
    assert.ok(found("internet minutes").length >= 2);
    assert.deepEqual(found("zebra"), []);
    assert.deepEqual(found("; ,"), []);
  });

  it("shows elements in place of their policy, and machine settings last", () => {
    assert.ok(!found("macro").includes("calc16;L_Macros"));
    const twins = {
      "a16;L_Machine": { ...CALC, name: "Channel of updates", kind: "toggle", scope: "machine" },
      "a16;L_User": { ...CALC, name: "Channel of updates", kind: "toggle" },
    } as const;
    assert.deepEqual(found("channel updates", twins), ["a16;L_User", "a16;L_Machine"]);
  });

  it("finds words of other scripts, and ids that every object has", () => {
    const settings = { constructor: { name: "宏通知设置", scope: "user", kind: "text" } } as const;
    assert.deepEqual(found("宏通知设置", settings), ["constructor"]);
  });

  it("prints each hit with its values and a line to paste", () => {
    const [hit] = searchCatalogue(CATALOGUE, "vbawarnings");
    assert.ok(hit);
    assert.equal(
      hitText(hit, CATALOGUE, 80),
      `Macro Notification Settings (Calc)
  Calc 2016 > Options
    "1" Enable all
    "2" Disable all without notification
  { settingId: "calc16;L_Macros;L_empty4", value: "" }, // "1" or "2"`,
    );
    const machine = {
      id: "calc16;L_UpdateChannel",
      setting: SETTINGS["calc16;L_UpdateChannel"] as CatalogueSetting,
    };
    assert.match(
      hitText(machine, CATALOGUE, 80),
      /\n {2}calc16;L_UpdateChannel\n {2}A machine setting: Cloud Policy takes user settings only\.$/,
    );
  });

  it("prints six values of a hit, and how many more there are", () => {
    const values = Object.fromEntries(
      Array.from({ length: 9 }, (_, value) => [value, `Label ${value}`]),
    );
    const text = hitText(
      { id: "a", setting: { name: "A", scope: "user", kind: "enum", values } },
      CATALOGUE,
      80,
    );
    assert.match(text, /"5" Label 5\n {4}and 3 more\n {2}\{/);
  });
});

describe("a line of a program", () => {
  const lines = (setting: Partial<CatalogueSetting>) =>
    programLines("a;L_A", { name: "A", scope: "user", kind: "text", ...setting }, CATALOGUE);

  it("escapes what cannot be seen, as the id above it does", () => {
    const setting = { name: "A", scope: "user", kind: "text" } as const;
    const id = "a;\u202e\n";
    assert.deepEqual(programLines(id, setting, CATALOGUE), [
      '{ settingId: "a;\\u202e\\n", value: "" }, // a text',
    ]);
    assert.match(card(id, setting, CATALOGUE, 80), /^a;\\u202e\\u000a\n {2}A\n/);
    const machine = { ...setting, scope: "machine" } as const;
    assert.match(hitText({ id, setting: machine }, CATALOGUE, 80), /\n {2}a;\\u202e\\u000a\n/);
  });

  it("switches a toggle or check box on, whatever value that is", () => {
    assert.deepEqual(
      lines({ kind: "toggle", values: { "0": "Enabled", "1": "Disabled" }, on: "0" }),
      ['{ settingId: "a;L_A", value: "0" }, // Enabled'],
    );
    assert.deepEqual(lines({ kind: "boolean", values: { "3": "Yes" }, on: "3", deletes: true }), [
      '{ settingId: "a;L_A", value: "3" }, // Yes',
    ]);
  });

  it("leaves any other value to the user, and says what is allowed", () => {
    assert.deepEqual(lines({ kind: "enum", values: { "1": "A", "2": "B", "3": "C" } }), [
      '{ settingId: "a;L_A", value: "" }, // "1", "2" or "3"',
    ]);
    assert.deepEqual(lines({ kind: "enum", values: { "1": "Enabled" } }), [
      '{ settingId: "a;L_A", value: "" }, // "1"',
    ]);
    assert.deepEqual(lines({ kind: "decimal", min: 1, max: 9999 }), [
      '{ settingId: "a;L_A", value: "" }, // a whole number from 1 to 9,999',
    ]);
    assert.deepEqual(lines({ kind: "toggle" }), [
      '{ settingId: "a;L_A", value: "" }, // not known',
    ]);
  });

  it("is one for each element of a policy without a value, and none for a machine setting", () => {
    const [policy] = Object.keys(SETTINGS);
    const setting = SETTINGS["calc16;L_Macros"] as CatalogueSetting;
    assert.equal(programLines(policy ?? "", setting, CATALOGUE).length, 2);
    assert.deepEqual(lines({ scope: "machine" }), []);
  });
});

describe("what a setting takes", () => {
  const cases: [Partial<CatalogueSetting>, string[]][] = [
    [{ kind: "decimal" }, ["a whole number from 0"]],
    [{ kind: "text" }, ["a text"]],
    [{ kind: "text", maxLength: 1024 }, ["a text of at most 1,024 characters"]],
    [{ kind: "multiText" }, ["lines of text"]],
    [{ kind: "multiText", maxLength: 9 }, ["lines of text, each of at most 9 characters"]],
    [{ kind: "list" }, ["a list of texts; whether Cloud Policy takes lists is not known"]],
    [{ kind: "policy" }, []],
    [{ kind: "unknown" }, ["not known"]],
    [
      { kind: "boolean", values: { "1": "Yes" }, deletes: true },
      ['"1" Yes', "or none: one state deletes the registry value"],
    ],
  ];
  for (const [setting, expected] of cases) {
    it(`is ${expected.join(" ") || "nothing"} for ${JSON.stringify(setting)}`, () => {
      assert.deepEqual(
        allowedValues({ name: "A", scope: "user", kind: "text", ...setting }),
        expected,
      );
    });
  }
});

describe("all about a setting", () => {
  it("is its name, its facts, its line, and the help of its policy", () => {
    const setting = SETTINGS["calc16;L_Macros;L_empty4"] as CatalogueSetting;
    assert.equal(
      card("calc16;L_Macros;L_empty4", setting, CATALOGUE, 60),
      `calc16;L_Macros;L_empty4
  Macro Notification Settings (Calc)

  policy    calc16;L_Macros
  place     Calc 2016 > Options
  scope     user
  values    "1" Enable all
            "2" Disable all without notification
  registry  software\\calc\\security
            vbawarnings (REG_DWORD)

  { settingId: "calc16;L_Macros;L_empty4", value: "" }, // "1" or "2"

  First line.

  - A point about sheets.`,
    );
  });

  it("lists the elements of a policy, what it sets beside its value, and where it is known from", () => {
    const setting = {
      ...(SETTINGS["calc16;L_Macros"] as CatalogueSetting),
      alsoSets: ["soft\\x"],
      intune: { id: "user_calc_l_macros" },
      source: "intune",
    } as const;
    const text = card("calc16;L_Macros", setting, CATALOGUE, 80);
    assert.match(
      text,
      /elements {4}calc16;L_Macros;L_empty4 Macro Notification Settings\n {14}calc16;L_Macros;L_Signed/,
    );
    assert.match(
      text,
      /also sets {3}soft\\x\n {2}in Intune {3}user_calc_l_macros\n {2}known from {2}Intune\n/,
    );
    assert.doesNotMatch(text, /values|registry/);
  });

  it("is found by the id, in another case, or by what is nearest", () => {
    const find = finder(CATALOGUE);
    assert.deepEqual(find("calc16;L_Macros")?.near, []);
    assert.deepEqual(
      [find("CALC16;l_macros")?.id, find("CALC16;l_macros")?.near],
      ["calc16;L_Macros", []],
    );
    const near = find("calc16;L_Macro;L_empty4");
    assert.deepEqual(
      [near?.id, near?.near[0]],
      ["calc16;L_Macros;L_empty4", "calc16;L_Macros;L_empty4"],
    );
    assert.equal(find("nothing like this at all"), undefined);
  });

  it("names an element after its policy, without marks at the end", () => {
    const named = (id: string) => fullName(SETTINGS[id] as CatalogueSetting, CATALOGUE);
    assert.equal(
      named("calc16;L_Macros;L_Signed"),
      "Macro Notification Settings: Signed ones only (Calc)",
    );
    assert.equal(
      named("text16;L_BlockFromInternet"),
      "Block macros in files from the internet (Text)",
    );
  });
});
