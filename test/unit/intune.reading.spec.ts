import assert from "node:assert/strict";
import fc from "fast-check";
import type { CatalogueSetting } from "../../provider/catalogue/catalogue";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { IntuneSettings } from "../../provider/intune/intuneSettings";
import { type IntuneLine, readInstances } from "../../provider/intune/reading";
import { choice, definition, pairs, simple, texts, USER } from "../intuneInstances";
import { CATALOGUE, ID } from "../inventedCatalogue";

const INVERTED = "excel16;L_Inverted";
const TWICE = "excel16;L_Twice";

/** Settings beside those of the invented catalogue, each with another trap. */
const MORE: Readonly<Record<string, CatalogueSetting>> = {
  [INVERTED]: {
    name: "Inverted",
    scope: "user",
    kind: "toggle",
    values: { "0": "Enabled", "1": "Disabled" },
    on: "0",
    off: "1",
  },
  "excel16;L_Inverted;L_Ticks": {
    name: "Ticks",
    scope: "user",
    kind: "boolean",
    values: { yes: "Yes", no: "No" },
    on: "yes",
    off: "no",
    policy: INVERTED,
  },
  // The name of a policy that ends in that of another, and an element with its policy's name.
  "excel16;L_Other_L_Inverted": { name: "Other", scope: "user", kind: "toggle", on: "7", off: "8" },
  [TWICE]: { name: "Twice", scope: "user", kind: "policy" },
  "excel16;L_Twice;L_Twice": {
    name: "Twice",
    scope: "user",
    kind: "enum",
    values: { SHA1: "SHA-1", Sha1: "the same", MD5: "MD5" },
    policy: TWICE,
  },
  "excel16;constructor": { name: "A name", scope: "user", kind: "toggle", on: "1", off: "0" },
  "excel16;L_NoFacts": { name: "No facts", scope: "user", kind: "unknown", source: "csv" },
};

const SETTINGS = new IntuneSettings(
  new KnownSettings({ ...CATALOGUE, settings: { ...CATALOGUE.settings, ...MORE } }),
);

const read = (...instances: unknown[]) => readInstances(instances, SETTINGS);

const excel = (names: string) => definition("excel16v2", names);

const carried = (definitionId: string, settingId: string, value: string): IntuneLine => ({
  definitionId,
  settingId,
  value,
});

/** Kinds and candidates of lines that are left. */
const left = (lines: readonly IntuneLine[]) =>
  lines.map((line) => ("value" in line ? line : [line.kind, ...(line.candidates ?? [])]));

const reasons = (lines: readonly IntuneLine[]) =>
  lines.map((line) => ("value" in line ? "carried" : line.reason));

describe("a toggle of Intune's", () => {
  const block = excel("l_blockmacros");

  it("has the catalogue's value of its state, whatever that is", () => {
    const inverted = excel("l_inverted");
    assert.deepEqual(read(choice(block, "1"), choice(block.toUpperCase(), "0")), [
      carried(block, ID.block, "1"),
      carried(block.toUpperCase(), ID.block, "0"),
    ]);
    assert.deepEqual(read(choice(inverted, "1"))[0], carried(inverted, INVERTED, "0"));
    assert.deepEqual(read(choice(inverted, "0"))[0], carried(inverted, INVERTED, "1"));
  });

  it("is left in a state that deletes its registry value, and one whose values are not known", () => {
    const below = excel("l_place1_l_below");
    const place = excel("l_place1");
    const lines = read(choice(place, "1", [choice(below, "0")]), choice(excel("l_nofacts"), "1"));
    assert.deepEqual(left(lines), [
      ["deletion", ID.below],
      ["value", "excel16;L_NoFacts"],
    ]);
    assert.match(reasons(lines)[0] ?? "", /^it is not ticked, and Group Policy deletes/);
  });

  it("is left if no state is chosen", () => {
    assert.deepEqual(left(read(choice(block, "2"), simple(block, "1"), choice(`${block}x`, "1"))), [
      ["unread", ID.block],
      ["unread", ID.block],
      ["unknown"],
    ]);
    const other = { settingDefinitionId: block, choiceSettingValue: { value: "1" } };
    assert.deepEqual(left(read(other)), [["unread", ID.block]]);
  });

  it("may be called like a property that every object has", () => {
    const id = excel("constructor");
    assert.deepEqual(read(choice(id, "1")), [carried(id, "excel16;constructor", "1")]);
  });
});

describe("a policy with elements of Intune's", () => {
  const macros = excel("l_macros");
  const level = excel("l_macros_l_level");

  it("is its elements, if it is enabled", () => {
    const save = excel("l_autosave");
    const minutes = `${save}_l_minutes`;
    const place = excel("l_place1");
    const [path, date, below] = ["l_path", "l_date", "l_below"].map((name) => `${place}_${name}`);
    assert.deepEqual(
      read(
        choice(macros, "1", [choice(level, "2")]),
        choice(save, "1", [simple(minutes, 30)]),
        choice(place, "1", [
          simple(String(path), "C:\\a"),
          simple(String(date), ""),
          choice(String(below), "1"),
        ]),
      ),
      [
        carried(level, ID.macroLevel, "2"),
        carried(minutes, ID.minutes, "30"),
        carried(String(path), ID.path, "C:\\a"),
        carried(String(date), ID.date, ""),
        carried(String(below), ID.below, "1"),
      ],
    );
  });

  it("is left if it is disabled, or enabled without any of them", () => {
    const foreign = choice(`${USER}onedrive~policy~x_l_a`, "1");
    assert.deepEqual(left(read(choice(macros, "0"), choice(macros, "1", [foreign]))), [
      ["deletion", ID.macros],
      ["incomplete", ID.macros],
      ["foreign"],
    ]);
  });

  it("that is disabled is left, beside elements that it has all the same", () => {
    assert.deepEqual(left(read(choice(macros, "0", [choice(level, "2")]))), [
      ["deletion", ID.macros],
      carried(level, ID.macroLevel, "2"),
    ]);
  });

  it("is left if only the elements of another policy are in it", () => {
    const lines = read(choice(macros, "1", [choice(excel("l_blockmacros_v2"), "1")]));
    assert.deepEqual(left(lines)[0], ["incomplete", ID.macros]);
  });

  it("may hold a policy that is none of its elements, which is a setting of its own", () => {
    const copy = excel("l_blockmacros_v2");
    const place = excel("l_place1_v2");
    const lines = read(
      choice(macros, "1", [
        choice(level, "1"),
        choice(copy, "0"),
        choice(place, "1", [simple(`${place}_l_path`, "C:")]),
      ]),
    );
    assert.deepEqual(lines, [
      carried(level, ID.macroLevel, "1"),
      carried(copy, ID.block, "0"),
      carried(`${place}_l_path`, ID.path, "C:"),
    ]);
  });

  it("tells an element from a policy with the same name by what it is nested in", () => {
    const twice = excel("l_twice");
    const element = `${twice}_l_twice`;
    assert.deepEqual(read(choice(twice, "1", [choice(element, "md5")])), [
      carried(element, "excel16;L_Twice;L_Twice", "MD5"),
    ]);
    // Not nested: no policy has that name, and one element has.
    assert.deepEqual(read(choice(level, "4")), [carried(level, ID.macroLevel, "4")]);
  });
});

describe("an element of Intune's", () => {
  const twice = excel("l_twice");
  const item = (text: string) => read(choice(twice, "1", [choice(`${twice}_l_twice`, text)]));

  it("takes the value of its option in any case, unless two values differ by case only", () => {
    assert.deepEqual(item("md5")[0], carried(`${twice}_l_twice`, "excel16;L_Twice;L_Twice", "MD5"));
    assert.deepEqual(
      item("Sha1")[0],
      carried(`${twice}_l_twice`, "excel16;L_Twice;L_Twice", "Sha1"),
    );
    assert.deepEqual(left(item("sha1")), [["value", "excel16;L_Twice;L_Twice"]]);
    assert.match(reasons(item("9"))[0] ?? "", /"9" is none of its values/);
  });

  it("is a check box by its state, and not by the number of its option", () => {
    const ticks = excel("l_inverted_l_ticks");
    const states = ["1", "0"].map((state) => read(choice(ticks, state))[0]);
    assert.deepEqual(states, [
      carried(ticks, "excel16;L_Inverted;L_Ticks", "yes"),
      carried(ticks, "excel16;L_Inverted;L_Ticks", "no"),
    ]);
  });

  it("is a check box as a custom profile writes it", () => {
    const ticks = excel("l_inverted_l_ticks");
    const values = ["true", "False", "1", "0"].map((value) => read(simple(ticks, value))[0]);
    assert.deepEqual(
      values.map((line) => (line && "value" in line ? line.value : line?.kind)),
      ["yes", "no", "yes", "no"],
    );
    assert.deepEqual(left(read(simple(ticks, "2"))), [["unread", "excel16;L_Inverted;L_Ticks"]]);
  });

  it("that is a number takes whole numbers, as a number or as text", () => {
    const minutes = excel("l_autosave_l_minutes");
    const values = [10, "20", -1, 1.5, 2 ** 53, "", "ten", null, true];
    assert.deepEqual(left(values.flatMap((value) => read(simple(minutes, value)))), [
      carried(minutes, ID.minutes, "10"),
      carried(minutes, ID.minutes, "20"),
      ["value", ID.minutes],
      ["unread", ID.minutes],
      ["unread", ID.minutes],
      ["value", ID.minutes],
      ["value", ID.minutes],
      ["unread", ID.minutes],
      ["unread", ID.minutes],
    ]);
  });

  it("that is several lines has them in one text", () => {
    const lines = excel("l_lines_l_text");
    assert.deepEqual(
      left(read(texts(lines, ["a", "b"]), texts(lines, []), texts(lines, [1, null]))),
      [carried(lines, ID.lines, "a\nb"), ["unread", ID.lines], ["unread", ID.lines]],
    );
  });

  it("is left if it is a list, once for the whole list", () => {
    const list = excel("l_list_l_items");
    const names = pairs(list, { a: "1", b: "2" });
    assert.deepEqual(left(read(texts(list, ["a", "b"]), names)), [
      ["list", ID.list],
      ["list", ID.list],
    ]);
  });

  it("is left if it is a secret, without a word of its value", () => {
    const free = excel("l_free_l_text");
    const lines = read(simple(free, "hunter2", "Secret"));
    assert.deepEqual(left(lines), [["unread", ID.free]]);
    assert.equal(JSON.stringify(lines).includes("hunter2"), false);
    assert.match(reasons(lines)[0] ?? "", /secret/);
  });
});

describe("a definition that the catalogue has", () => {
  it("is its setting, whatever the names in its id are", () => {
    const renamed = "user_vendor_msft_policy_config_excel16v2~policy~l_old_l_oldname";
    const settings = new IntuneSettings(
      new KnownSettings({
        ...CATALOGUE,
        settings: {
          [ID.block]: {
            ...(CATALOGUE.settings[ID.block] as CatalogueSetting),
            intune: { id: renamed },
          },
          "excel16;L_OldName": { name: "Other", scope: "user", kind: "toggle", on: "7", off: "8" },
        },
      }),
    );
    for (const id of [renamed, renamed.toUpperCase()]) {
      assert.deepEqual(readInstances([choice(id, "1")], settings), [carried(id, ID.block, "1")]);
    }
    const before = renamed.replace("v2~", "v1~");
    assert.deepEqual(readInstances([choice(before, "1")], settings), [
      carried(before, "excel16;L_OldName", "7"),
    ]);
  });
});

describe("what Intune has and Cloud Policy has not", () => {
  it("is left: settings for devices, of other products, that the catalogue lacks", () => {
    const device = excel("l_blockmacros").replace("user_", "device_");
    const channel = definition("office16v2", "l_channel");
    const lines = read(
      choice(device, "1"),
      choice(channel, "1"),
      choice("device_vendor_msft_policy_config_browser_block", "1"),
      choice(excel("l_new"), "1"),
      choice(definition("word16v2", "l_blockmacros"), "1"),
      choice(`${excel("l_blockmacros")}${"x".repeat(2000)}`, "1"),
    );
    assert.deepEqual(left(lines), [
      ["machine", ID.block],
      ["machine"],
      ["foreign"],
      ["unknown"],
      ["unknown"],
      ["foreign"],
    ]);
    assert.notEqual(reasons(lines)[2], reasons(lines)[3]);
  });

  it("is left if several settings have its names", () => {
    const id = excel("l_other_l_inverted");
    assert.deepEqual(left(read(choice(id, "1"))), [
      ["ambiguous", "excel16;L_Other_L_Inverted", INVERTED],
    ]);
  });

  it("is left if a definition for a later version of the templates sets the same", () => {
    const [older, newer, newest] = ["excel16v2", "excel16v2.updates.2", "excel16v10"].map((name) =>
      definition(name, "l_blockmacros"),
    ) as [string, string, string];
    const lines = read(choice(newer, "1"), choice(older, "0"));
    assert.deepEqual(left(lines), [carried(newer, ID.block, "1"), ["replaced", ID.block]]);
    assert.match(reasons(lines)[1] ?? "", /\(v2\.updates\.2\)$/);
    assert.deepEqual(left(read(choice(newer, "1"), choice(newest, "0"))), [
      ["replaced", ID.block],
      carried(newest, ID.block, "0"),
    ]);
  });

  it("is left if it has another form than Graph documents", () => {
    let deep: object = choice(excel("l_macros"), "1");
    for (let depth = 0; depth < 200; depth += 1) deep = choice(excel("l_macros"), "1", [deep]);
    const cut = { settingDefinitionId: "a", choiceSettingValue: "@{value=a_1}" };
    const lines = read(null, "text", {}, cut, { settingDefinitionId: 7 }, deep);
    assert.deepEqual(
      lines.map((line) => [line.definitionId, "value" in line ? "" : line.kind]),
      [
        ["", "unread"],
        ["", "unread"],
        ["", "unread"],
        ["a", "unread"],
        ["", "unread"],
        [excel("l_macros"), "unread"],
      ],
    );
  });

  it("never throws, and says something of every instance", () => {
    const known = fc.constantFrom(excel("l_macros"), excel("l_blockmacros"), "__proto__", "x");
    const instance = fc.letrec<{ node: object }>((tie) => ({
      node: fc.record(
        {
          settingDefinitionId: fc.oneof(known, fc.string()),
          choiceSettingValue: fc.oneof(
            fc.record({
              value: fc.oneof(
                fc.string(),
                known.map((id) => `${id}_1`),
              ),
              children: fc.array(fc.oneof({ depthSize: "small" }, fc.jsonValue(), tie("node"))),
            }),
            fc.jsonValue(),
          ),
          simpleSettingValue: fc.jsonValue(),
          simpleSettingCollectionValue: fc.jsonValue(),
        },
        { requiredKeys: ["settingDefinitionId"] },
      ),
    })).node;
    fc.assert(
      fc.property(fc.array(fc.oneof(instance, fc.jsonValue()), { maxLength: 5 }), (instances) => {
        assert.ok(read(...instances).length >= instances.length);
      }),
    );
  });
});
