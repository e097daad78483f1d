import assert from "node:assert/strict";
import fc from "fast-check";
import type { CatalogueSetting, IntuneDefinition } from "../../provider/catalogue/catalogue";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { byDefinition } from "../../provider/intune/comparison";
import { IntuneSettings } from "../../provider/intune/intuneSettings";
import { readInstances } from "../../provider/intune/reading";
import { writeSettings } from "../../provider/intune/writing";
import { choice, definition, simple, texts } from "../intuneInstances";

const id = (names: string) => definition("calc16v2", names);

const intune = (names: string, more: Partial<IntuneDefinition> = {}) => ({
  intune: { id: id(names), ...more },
});

const user = { name: "N", scope: "user" } as const;

const BLOCK = "calc16;L_Block";
const SIGNED = "calc16;L_Signed";
const PLACE = "calc16;L_Place";
const FORMAT = "calc16;L_Format;L_Item";

const SETTINGS: Readonly<Record<string, CatalogueSetting>> = {
  [BLOCK]: {
    ...user,
    name: "Block",
    kind: "toggle",
    values: { "0": "Enabled", "1": "Disabled" },
    on: "0",
    off: "1",
    ...intune("l_block"),
  },
  [SIGNED]: {
    ...user,
    name: "Signed",
    kind: "toggle",
    values: { "1": "Enabled", "2": "Disabled" },
    on: "1",
    off: "2",
    ...intune("l_signed", { requires: [id("l_warn_v2"), id("l_block_v2")] }),
  },
  "calc16;L_Signed;L_Minutes": {
    ...user,
    name: "Minutes",
    kind: "decimal",
    policy: SIGNED,
    type: "REG_DWORD",
    ...intune("l_signed_l_minutes", { optional: true }),
  },
  "calc16;L_Warn": { ...user, name: "Warn", kind: "policy", ...intune("l_warn") },
  "calc16;L_Warn;L_Level": {
    ...user,
    name: "Level",
    kind: "enum",
    values: { "1": "Low", "2": "High" },
    policy: "calc16;L_Warn",
    ...intune("l_warn_l_level"),
  },
  [PLACE]: { ...user, name: "Place", kind: "policy", ...intune("l_place") },
  "calc16;L_Place;L_Path": {
    ...user,
    name: "Path",
    kind: "text",
    maxLength: 10,
    policy: PLACE,
    ...intune("l_place_l_path"),
  },
  "calc16;L_Place;L_Lines": {
    ...user,
    name: "Lines",
    kind: "multiText",
    policy: PLACE,
    ...intune("l_place_l_lines", { optional: true }),
  },
  "calc16;L_Place;L_Below": {
    ...user,
    name: "Below",
    kind: "boolean",
    values: { "1": "Yes" },
    on: "1",
    deletes: true,
    policy: PLACE,
    ...intune("l_place_l_below"),
  },
  "calc16;L_Format": { ...user, name: "Format", kind: "policy", ...intune("l_format") },
  [FORMAT]: {
    ...user,
    name: "Item",
    kind: "enum",
    values: { SHA1: "a", Sha2: "b", sha2: "c", MD5: "d" },
    policy: "calc16;L_Format",
    ...intune("l_format_l_item", { options: { MD5: `${id("l_format_l_item")}_7` } }),
  },
  "calc16;L_Listed": { ...user, name: "Listed", kind: "policy", ...intune("l_listed") },
  "calc16;L_Listed;L_Free": {
    ...user,
    name: "Free",
    kind: "text",
    policy: "calc16;L_Listed",
    ...intune("l_listed_l_free"),
  },
  "calc16;L_Listed;L_Names": {
    ...user,
    name: "Names",
    kind: "list",
    policy: "calc16;L_Listed",
    ...intune("l_listed_l_names", { form: "pairs" }),
  },
  "calc16;L_Blocks": { ...user, name: "Only in the cloud", kind: "toggle", on: "1", off: "0" },
  "calc16;L_Unknown": { ...user, name: "Unknown", kind: "unknown", ...intune("l_unknown") },
  "calc16;L_Machine": { ...user, name: "Machine", scope: "machine", kind: "toggle" },
};

const settingsWith = (settings: Readonly<Record<string, CatalogueSetting>>) =>
  new IntuneSettings(new KnownSettings({ version: 1, sources: [], settings }));

const ALL = settingsWith(SETTINGS);

const write = (given: Record<string, string>) => writeSettings(new Map(Object.entries(given)), ALL);

/** Instances without what their types say already. */
const bare = (instance: unknown) =>
  JSON.parse(
    JSON.stringify(instance, (key, value: unknown) =>
      /TemplateReference$/.test(key) ? undefined : value,
    ),
  ) as unknown;

function instances(given: Record<string, string>): unknown {
  const written = write(given);
  assert.deepEqual(written.left, []);
  return written.instances;
}

function left(given: Record<string, string>): [id: string, kind: string, reason: string][] {
  return write(given).left.map(({ settingId, kind, reason }) => [settingId, kind, reason]);
}

describe("settings written for Intune", () => {
  it("are toggles by their state, whatever value that is", () => {
    assert.deepEqual(instances({ [BLOCK]: "0" }), [bare(choice(id("l_block"), "1"))]);
    assert.deepEqual(instances({ [BLOCK]: "1" }), [bare(choice(id("l_block"), "0"))]);
  });

  it("are the elements of a policy inside of it, in an order of their own", () => {
    const given = {
      "calc16;L_Warn;L_Level": "2",
      "calc16;L_Place;L_Below": "1",
      "calc16;L_Place;L_Path": "C:\\",
      "calc16;L_Place;L_Lines": "a\r\nb",
      [FORMAT]: "SHA1",
    };
    assert.deepEqual(instances(given), [
      bare(choice(id("l_format"), "1", [choice(id("l_format_l_item"), "sha1")])),
      bare(
        choice(id("l_place"), "1", [
          choice(id("l_place_l_below"), "1"),
          texts(id("l_place_l_lines"), ["a", "b"]),
          simple(id("l_place_l_path"), "C:\\"),
        ]),
      ),
      bare(choice(id("l_warn"), "1", [choice(id("l_warn_l_level"), "2")])),
    ]);
  });

  it("have the option that the definition names, where its id is not made of the value", () => {
    const item = choice(id("l_format_l_item"), "7");
    assert.deepEqual(instances({ [FORMAT]: "MD5" }), [bare(choice(id("l_format"), "1", [item]))]);
    assert.deepEqual(
      readInstances([choice(id("l_format"), "1", [item])], ALL).map((line) =>
        "value" in line ? line.value : line.kind,
      ),
      ["MD5"],
    );
  });

  it("have a check box off that deletes its registry value then, if it is not given", () => {
    assert.deepEqual(instances({ "calc16;L_Place;L_Path": "C:" }), [
      bare(
        choice(id("l_place"), "1", [
          choice(id("l_place_l_below"), "0"),
          simple(id("l_place_l_path"), "C:"),
        ]),
      ),
    ]);
  });

  it("are refused, with what is missing, if Intune wants more of the policy", () => {
    assert.deepEqual(left({ "calc16;L_Place;L_Below": "1" }), [
      [
        "calc16;L_Place;L_Below",
        "incomplete",
        '"Place" needs calc16;L_Place;L_Path "Place > Path" in Intune',
      ],
    ]);
    const [free] = left({ "calc16;L_Listed;L_Free": "a" });
    assert.deepEqual(free?.slice(1), [
      "incomplete",
      '"Listed" needs calc16;L_Listed;L_Names "Listed > Names" in Intune',
    ]);
    // An element that cannot be written takes the others with it.
    assert.deepEqual(
      left({ "calc16;L_Place;L_Path": "longer than it may be", "calc16;L_Place;L_Below": "1" }).map(
        ([, kind]) => kind,
      ),
      ["value", "incomplete"],
    );
    const [minutes] = left({ "calc16;L_Signed;L_Minutes": "5" });
    assert.deepEqual(minutes?.slice(1), [
      "incomplete",
      '"Signed" needs calc16;L_Signed "Signed" in Intune',
    ]);
  });

  it("have other policies inside, where the definition requires them, or are refused", () => {
    const given = { [SIGNED]: "1", [BLOCK]: "1", "calc16;L_Warn;L_Level": "2" };
    const inside = [
      choice(id("l_block_v2"), "0"),
      choice(id("l_warn_v2"), "1", [choice(id("l_warn_v2_l_level"), "2")]),
    ];
    assert.deepEqual(instances(given), [
      bare(choice(id("l_block"), "0")),
      bare(choice(id("l_signed"), "1", inside)),
      bare(choice(id("l_warn"), "1", [choice(id("l_warn_l_level"), "2")])),
    ]);
    assert.deepEqual(left({ [SIGNED]: "1", [BLOCK]: "1" }), [
      [SIGNED, "incomplete", '"Signed" needs calc16;L_Warn "Warn" in Intune'],
    ]);
    assert.deepEqual(instances({ [SIGNED]: "2" }), [bare(choice(id("l_signed"), "0"))]);
  });

  it("are refused if what a policy requires is not known, or requires the policy", () => {
    const requires = (names: string) => intune("l_a", { requires: [id(names)] });
    const toggle = { ...user, kind: "toggle", on: "1", off: "0" } as const;
    const settings = settingsWith({
      "calc16;L_A": { ...toggle, name: "A", ...requires("l_b_v2") },
      "calc16;L_B": { ...toggle, name: "B", ...intune("l_b") },
      "calc16;L_C": { ...toggle, name: "C", ...intune("l_c", { requires: [id("l_nothing_v2")] }) },
      "calc16;L_D": { ...toggle, name: "D", ...intune("l_d", { requires: [id("l_d_v2")] }) },
    });
    const given = ["A", "B", "C", "D"].map((name) => [`calc16;L_${name}`, "1"] as const);
    const written = writeSettings(new Map(given), settings);
    assert.deepEqual(
      written.left.map(({ settingId, kind }) => [settingId, kind]),
      [
        ["calc16;L_C", "incomplete"],
        ["calc16;L_D", "incomplete"],
      ],
    );
    assert.match(written.left[0]?.reason ?? "", /l_nothing_v2/);
    assert.deepEqual(
      written.instances,
      [choice(id("l_a"), "1", [choice(id("l_b_v2"), "1")]), choice(id("l_b"), "1")].map(bare),
    );
  });

  it("have no elements in a policy that is off", () => {
    const given = { [SIGNED]: "2", "calc16;L_Signed;L_Minutes": "5" };
    assert.deepEqual(left(given), [
      ["calc16;L_Signed;L_Minutes", "value", '"Signed" is disabled, and has no elements then'],
    ]);
    assert.deepEqual(write(given).instances, [bare(choice(id("l_signed"), "0"))]);
  });

  it("are refused by themselves, with the nearest that Intune has", () => {
    const given = {
      "calc16;L_Blok": "1",
      "calc16;L_Blocks": "1",
      "calc16;L_Machine": "1",
      "calc16;L_Warn": "1",
      "calc16;L_Listed;L_Names": "a",
      "calc16;L_Unknown": "1",
      [BLOCK]: "2",
      [FORMAT]: "sha2",
    };
    const lines = write(given).left;
    assert.deepEqual(
      lines.map(({ settingId, kind }) => [settingId, kind]),
      [
        ["calc16;L_Blok", "unknown"],
        ["calc16;L_Blocks", "undefined"],
        ["calc16;L_Machine", "machine"],
        ["calc16;L_Warn", "value"],
        ["calc16;L_Listed;L_Names", "list"],
        ["calc16;L_Unknown", "value"],
        [BLOCK, "value"],
        [FORMAT, "value"],
      ],
    );
    assert.match(
      lines[3]?.reason ?? "",
      /^"Warn" has no value of its own: give calc16;L_Warn;L_Level/,
    );
    assert.deepEqual(
      lines.slice(0, 2).map(({ nearest }) => nearest?.[0]),
      [BLOCK, BLOCK],
    );
    assert.equal(lines[2]?.nearest, undefined);
    assert.match(lines[7]?.reason ?? "", /^"Format > Item": Intune has no option for "sha2"$/);
    assert.match(lines[5]?.reason ?? "", /does not know which of its values is on/);
  });

  it("are numbers that Graph's type holds", () => {
    const signed = { [SIGNED]: "1", [BLOCK]: "1", "calc16;L_Warn;L_Level": "2" };
    const minutes = (value: string) => ({ ...signed, "calc16;L_Signed;L_Minutes": value });
    assert.match(JSON.stringify(instances(minutes("2147483647"))), /"value":2147483647\b/);
    assert.equal(
      left(minutes("2147483648")).at(-1)?.[2],
      `"Signed > Minutes": Intune's numbers end at 2147483647, before "2147483648"`,
    );
  });

  it("have no form that the definition contradicts", () => {
    const cases = [
      ["text", "choice", "7"],
      ["text", "integer", "x"],
      ["text", "pairs", "7"],
      ["decimal", "string", "7"],
    ] as const;
    const odd = settingsWith(
      Object.fromEntries(
        cases.flatMap(([kind, form], place): [string, CatalogueSetting][] => {
          const policy = `a;L_${place}`;
          return [
            [policy, { ...user, kind: "policy", intune: { id: `${place}` } }],
            [`${policy};E`, { ...user, kind, policy, intune: { id: `${place}_e`, form } }],
          ];
        }),
      ),
    );
    const given = new Map(cases.map(([, , value], place) => [`a;L_${place};E`, value]));
    const written = writeSettings(given, odd);
    assert.deepEqual(
      written.left.map(({ settingId, kind }) => [settingId, kind]),
      [
        ["a;L_0;E", "value"],
        ["a;L_1;E", "value"],
        ["a;L_2;E", "value"],
      ],
    );
    assert.deepEqual(written.instances, [bare(choice("3", "1", [simple("3_e", "7")]))]);
  });

  it("need a catalogue with definitions", () => {
    const none = settingsWith({ "a;L_A": { ...user, kind: "toggle", on: "1", off: "0" } });
    assert.equal(none.hasDefinitions, false);
    assert.equal(ALL.hasDefinitions, true);
    const [line] = writeSettings(new Map([["a;L_A", "1"]]), none).left;
    assert.match(line?.reason ?? "", /no definitions of Intune's: build it with --intune/);
  });
});

describe("settings written for Intune, and read again", () => {
  const values: Readonly<Record<string, readonly string[]>> = {
    [BLOCK]: ["0", "1", "2"],
    [SIGNED]: ["1", "2"],
    "calc16;L_Signed;L_Minutes": ["0", "15", "x"],
    "calc16;L_Warn;L_Level": ["1", "2", "3"],
    "calc16;L_Place;L_Path": ["C:\\", "", "D:"],
    "calc16;L_Place;L_Lines": ["a", "a\nb", "\n"],
    "calc16;L_Place;L_Below": ["1"],
    [FORMAT]: ["SHA1", "MD5", "sha2"],
    "calc16;L_Listed;L_Free": ["a"],
    "calc16;L_Blocks": ["1"],
    "calc16;L_Unknown": ["1"],
    "calc16;L_Nothing": ["1"],
    constructor: ["1"],
  };
  const given = fc
    .record(
      Object.fromEntries(
        Object.entries(values).map(([each, all]) => [each, fc.constantFrom(...all)]),
      ),
      { requiredKeys: [] },
    )
    .map((record) => new Map(Object.entries(record as Record<string, string>)));

  it("are the same settings, but for those that were left", () => {
    fc.assert(
      fc.property(given, (settings) => {
        const { instances: written, left: lines } = writeSettings(settings, ALL);
        const not = new Set(lines.map(({ settingId }) => settingId));
        const kept = [...settings].filter(([each]) => !not.has(each));
        const read = readInstances(written, ALL).flatMap((line) =>
          "value" in line ? [[line.settingId, line.value] as const] : [],
        );
        assert.deepEqual(
          new Map(read),
          new Map(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, v])),
        );
        const again = writeSettings(new Map(read), ALL);
        assert.deepEqual(again, { instances: written, left: [] });
      }),
    );
  });

  it("are written the same in whatever order they are given", () => {
    fc.assert(
      fc.property(given, fc.nat(), (settings, turn) => {
        const entries = [...settings];
        const turned = entries.map((_, place) => entries[(place + turn) % entries.length]);
        assert.deepEqual(
          writeSettings(new Map(turned as [string, string][]), ALL).instances,
          writeSettings(settings, ALL).instances,
        );
      }),
    );
  });
});

describe("settings near one that Intune cannot have", () => {
  it("are at most three, and have a value and a definition", () => {
    const toggle = { ...user, kind: "toggle", on: "1", off: "0" } as const;
    const names = ["Blocks1", "Blocks2", "Blocks3", "Blocks4", "Blocks5", "Blocks6"];
    const settings = settingsWith({
      ...Object.fromEntries(
        names.map((name, place): [string, CatalogueSetting] => [
          `calc16;L_${name}`,
          place === 0
            ? toggle
            : { ...toggle, kind: place === 1 ? "policy" : "toggle", ...intune(name) },
        ]),
      ),
      "calc16;L_Part;L_Blocks7": { ...toggle, policy: "calc16;L_Part", ...intune("l_blocks7") },
      "calc16;L_Part": { ...user, kind: "policy" },
    });
    const { left: lines } = writeSettings(new Map([["calc16;L_Blocks1", "1"]]), settings);
    assert.deepEqual(
      lines.map(({ kind, nearest }) => [kind, nearest]),
      [["undefined", ["calc16;L_Blocks3", "calc16;L_Blocks4", "calc16;L_Blocks5"]]],
    );
    // Intune must have the policy of an element, too.
    const part = writeSettings(new Map([["calc16;L_Part;L_Blocks7", "1"]]), settings).left;
    assert.deepEqual(
      part.map(({ kind }) => kind),
      ["undefined"],
    );
  });
});

describe("instances held against each other", () => {
  const one = choice(id("l_place"), "1", [simple(id("l_b"), "x"), simple(id("l_a"), 1)]);

  it("are equal without what the service adds, in whatever order and case of their ids", () => {
    const served = {
      ...(bare(
        choice(id("l_place"), "1", [simple(id("l_a"), 1), simple(id("l_b"), "x")]),
      ) as object),
      auditRuleInformation: null,
      undocumentedText: "Not in the documentation.",
      "choiceSettingValue@odata.context": "https://graph.contoso.example",
      settingInstanceTemplateReference: null,
      somethingNew: null,
    };
    assert.deepEqual(byDefinition([served]), byDefinition([one]));
    const upper = { ...one, settingDefinitionId: id("l_place").toUpperCase() };
    assert.deepEqual(byDefinition([upper]), byDefinition([one]));
    assert.deepEqual([...byDefinition([upper]).keys()], [id("l_place")]);
  });

  it("differ by their values, and by their children", () => {
    for (const other of [
      choice(id("l_place"), "0", [simple(id("l_a"), 1), simple(id("l_b"), "x")]),
      choice(id("l_place"), "1", [simple(id("l_a"), 2), simple(id("l_b"), "x")]),
      choice(id("l_place"), "1", [simple(id("l_a"), 1)]),
    ]) {
      assert.notDeepEqual(byDefinition([other]), byDefinition([one]));
    }
  });
});
