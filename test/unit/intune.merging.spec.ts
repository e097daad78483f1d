import assert from "node:assert/strict";
import fc from "fast-check";
import type { CatalogueSetting } from "../../provider/catalogue/catalogue";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { byDefinition } from "../../provider/intune/comparison";
import { IntuneSettings } from "../../provider/intune/intuneSettings";
import { mergeSettings } from "../../provider/intune/merging";
import { valuesIn } from "../../provider/intune/values";
import { choice, definition, simple } from "../intuneInstances";

const id = (names: string, template = "calc16v2") => definition(template, names);
const user = { name: "N", scope: "user" } as const;
const toggle = (names: string): CatalogueSetting => ({
  ...user,
  kind: "toggle",
  values: { "1": "On", "0": "Off" },
  on: "1",
  off: "0",
  intune: { id: id(names) },
});
const part = (names: string, kind: CatalogueSetting["kind"], optional = false) => ({
  ...user,
  kind,
  policy: "calc16;L_Place",
  intune: { id: id(names), ...(optional && { optional: true as const }) },
});

const [BLOCK, WARN, PATH, NOTE] = [
  "calc16;L_Block",
  "calc16;L_Warn",
  "calc16;L_Place;L_Path",
  "calc16;L_Place;L_Note",
] as const;

const SETTINGS = new IntuneSettings(
  new KnownSettings({
    version: 1,
    sources: [],
    settings: {
      [BLOCK]: toggle("l_block"),
      [WARN]: toggle("l_warn"),
      "calc16;L_Place": { ...user, kind: "policy", intune: { id: id("l_place") } },
      [PATH]: part("l_place_l_path", "text"),
      [NOTE]: part("l_place_l_note", "text", true),
      "calc16;L_Place;L_Minutes": part("l_place_l_minutes", "decimal", true),
    },
  }),
);

function merged(
  theirs: readonly unknown[],
  values: Record<string, string>,
  dropped: readonly string[] = [],
) {
  const wanted = { values: new Map(Object.entries(values)), dropped: new Set(dropped) };
  const { instances, others, left } = mergeSettings(theirs, wanted, SETTINGS);
  assert.deepEqual(left, []);
  return { others, settings: byDefinition(instances) };
}

const FOREIGN = choice("device_vendor_msft_policy_config_contoso", "1", [simple("nested", "x")]);
const MACHINE = choice(id("l_block").replace("user_", "device_"), "1");

describe("settings of a program in a policy that has others", () => {
  it("leave those of other products, of computers and of Office that it does not name", () => {
    const warn = choice(id("l_warn"), "0");
    assert.deepEqual(merged([FOREIGN, warn, MACHINE], { [BLOCK]: "1" }), {
      others: 3,
      settings: byDefinition([FOREIGN, warn, MACHINE, choice(id("l_block"), "1")]),
    });
  });

  it("replace their own, in whatever case their ids are, and those of another version", () => {
    const upper = {
      ...choice(id("l_block"), "0"),
      settingDefinitionId: id("l_block").toUpperCase(),
    };
    const earlier = choice(id("l_block", "calc16v1"), "0");
    assert.deepEqual(merged([upper, earlier], { [BLOCK]: "1" }), {
      others: 0,
      settings: byDefinition([choice(id("l_block"), "1")]),
    });
  });

  it("are removed if the program had them, and no others", () => {
    const block = choice(id("l_block"), "1");
    const warn = choice(id("l_warn"), "1");
    assert.deepEqual(merged([block, warn], {}, [BLOCK]).settings, byDefinition([warn]));
  });

  it("keep the elements and nested policies that the program does not name, and drop what it named", () => {
    const inside = [
      simple(id("l_place_l_path"), "a"),
      simple(id("l_place_l_note"), "n"),
      simple(id("l_place_l_minutes"), 4),
      choice(id("l_other_v2"), "1"),
    ];
    const theirs = [choice(id("l_place"), "1", inside)];
    const kept = [simple(id("l_place_l_path"), "b"), inside[2], inside[3]];
    assert.deepEqual(
      merged(theirs, { [PATH]: "b" }, [NOTE]).settings,
      byDefinition([choice(id("l_place"), "1", kept)]),
    );
  });

  it("are written where they are nested in a policy that the program does not name, and not once more", () => {
    const inOther = (item: string) => choice(id("l_other"), "1", [choice(id("l_warn_v2"), item)]);
    for (const before of ["0", "1"]) {
      assert.deepEqual(
        merged([inOther(before)], { [WARN]: "1" }).settings,
        byDefinition([inOther("1")]),
      );
    }
  });

  it("are written at the top if a policy inside of another one cannot have them, or goes with it", () => {
    const off = [choice(id("l_other"), "1", [choice(id("l_place_v2"), "0")])];
    assert.deepEqual(
      merged(off, { [PATH]: "a" }).settings,
      byDefinition([...off, choice(id("l_place"), "1", [simple(id("l_place_l_path"), "a")])]),
    );
    const outer = [choice(id("l_block"), "1", [choice(id("l_warn_v2"), "1")])];
    assert.deepEqual(
      merged(outer, { [BLOCK]: "0", [WARN]: "1" }).settings,
      byDefinition([choice(id("l_block"), "0"), choice(id("l_warn"), "1")]),
    );
  });

  it("are there afterwards, whatever was there before, and writing them again changes nothing", () => {
    const theirs = fc.uniqueArray(
      fc.constantFrom(
        FOREIGN,
        MACHINE,
        choice(id("l_block"), "0"),
        choice(id("l_warn"), "1", [choice(id("l_block_v2"), "0")]),
        choice(id("l_other"), "1", [choice(id("l_block_v2"), "0"), choice(id("l_warn_v2"), "1")]),
        choice(id("l_place"), "0"),
      ),
    );
    const values = fc.record(
      {
        [BLOCK]: fc.constantFrom("0", "1"),
        [WARN]: fc.constantFrom("0", "1"),
        [PATH]: fc.constantFrom("a", "", "b"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(theirs, values, (before, record) => {
        const wanted = {
          values: new Map(Object.entries(record as Record<string, string>)),
          dropped: new Set<string>(),
        };
        const { instances } = mergeSettings(before, wanted, SETTINGS);
        assert.deepEqual(valuesIn(instances, SETTINGS, wanted.values), wanted.values);
        const again = mergeSettings(instances, wanted, SETTINGS).instances;
        assert.deepEqual(byDefinition(again), byDefinition(instances));
        const has = byDefinition(instances);
        for (const [each, text] of byDefinition([FOREIGN, MACHINE])) {
          assert.equal(has.get(each), byDefinition(before).has(each) ? text : undefined);
        }
      }),
    );
  });
});

describe("values in a policy of Intune's", () => {
  it("are the program's own spelling if they are the same in Intune", () => {
    const minutes = "calc16;L_Place;L_Minutes";
    const there = [choice(id("l_place"), "1", [simple(id("l_place_l_minutes"), 4)])];
    const values = (text: string) =>
      valuesIn(there, SETTINGS, new Map([[minutes, text]])).get(minutes);
    assert.deepEqual([values("04"), values("4"), values("5")], ["04", "4", "4"]);
  });

  it("are those that differ, if a setting stands twice", () => {
    const there = [choice(id("l_warn"), "1", [choice(id("l_block_v2"), "0")])];
    const both = [...there, choice(id("l_block"), "1")];
    for (const order of [both, both.toReversed()]) {
      assert.equal(valuesIn(order, SETTINGS, new Map([[BLOCK, "1"]])).get(BLOCK), "0");
    }
  });
});
