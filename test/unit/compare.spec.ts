import { strict as assert } from "node:assert";
import fc from "fast-check";
import {
  type ComparedSetting,
  compareSides,
  counts,
  differ,
  withBaseline,
} from "../../cli/compare/comparison";
import type { Side } from "../../cli/compare/side";
import type { LeftKind } from "../../cli/convert/resolution";
import { NO_GLOSSARY } from "../../provider/settings/glossary";
import { UNKNOWN } from "../../provider/settings/json";
import { anySide, sideOf, type TestPolicy } from "../comparedSides";

const A = "a;L_A";
const TENANTS = ["a", "b"].map((letter) => `${letter.repeat(8)}-1111-4111-8111-111111111111`);

function compare(
  left: readonly TestPolicy[],
  right: readonly TestPolicy[],
  glossary = NO_GLOSSARY,
) {
  return compareSides({ left: sideOf(left), right: sideOf(right) }, glossary);
}

const outcomes = ({ settings }: { readonly settings: readonly ComparedSetting[] }) =>
  settings.map(({ payload, key, outcome }) => [`${payload} ${key}`, outcome]);

const remarks = ({ settings }: { readonly settings: readonly ComparedSetting[] }) =>
  settings.flatMap((setting) => setting.remarks);

describe("two sides", () => {
  it("are told apart setting by setting", () => {
    const result = compare(
      [{ policies: { [A]: "1", "a;L_Left": "1", "a;L_Other": "1" } }],
      [{ policies: { [A]: "1", "a;L_Right": "1", "a;L_Other": "2" } }],
    );
    assert.deepEqual(outcomes(result), [
      ["policies a;L_A", "same"],
      ["policies a;L_Left", "onlyLeft"],
      ["policies a;L_Other", "different"],
      ["policies a;L_Right", "onlyRight"],
    ]);
    assert.deepEqual(counts(result), {
      onlyLeft: 1,
      onlyRight: 1,
      different: 1,
      conflict: 0,
      unknown: 0,
      apart: 0,
      same: 1,
    });
  });

  it("are the same where values are written differently", () => {
    const result = compare(
      [
        {
          policies: [
            { settingId: A, value: 1 },
            { settingId: "b;B", value: true },
          ],
        },
      ],
      [{ policies: { "b;B": { value: "1" }, [A]: "1" } }],
    );
    assert.equal(counts(result).same, 2);
  });

  it("keep policies and user preferences apart, and say where else a setting is", () => {
    const result = compare([{ policies: { [A]: "1" } }], [{ userPreferences: { [A]: "1" } }]);
    assert.deepEqual(outcomes(result), [
      ["policies a;L_A", "onlyLeft"],
      ["userPreferences a;L_A", "onlyRight"],
    ]);
    assert.deepEqual(remarks(result), [
      "right has it among its userPreferences",
      "left has it among its policies",
    ]);
  });

  it("have a setting for each platform", () => {
    const settings = (platform: string) => [{ settingId: A, value: "1", platform }];
    const result = compare([{ policies: settings("Win32") }], [{ policies: settings("Mac") }]);
    assert.deepEqual(outcomes(result), [
      ["policies a;L_A@Mac", "onlyRight"],
      ["policies a;L_A@Win32", "onlyLeft"],
    ]);
  });

  it("have JSON that is no list of settings as a whole", () => {
    const json = (value: unknown) => [{ policies: { $json: value } }];
    assert.deepEqual(outcomes(compare(json({ any: 1 }), json({ any: 1 }))), [
      ["policies ", "same"],
    ]);
    assert.deepEqual(outcomes(compare(json({ any: 1 }), json({ any: 2 }))), [
      ["policies ", "different"],
    ]);
  });

  it("have JSON that does not overrule other JSON", () => {
    const one = { policies: { $json: { any: 1 } } };
    const result = compare([one, { policies: { $json: { any: 2 } } }], [one]);
    assert.deepEqual(outcomes(result), [["policies ", "different"]]);
    const fates = result.settings[0]?.effects.left.map(({ fate }) => fate);
    assert.deepEqual(fates, ["wins", "wins"]);
  });

  it("differ in a value that is not known as little as they are the same", () => {
    const result = compare([{ policies: { [A]: UNKNOWN } }], [{ policies: { [A]: "1" } }]);
    assert.deepEqual(outcomes(result), [["policies a;L_A", "unknown"]]);
  });

  it("may have a setting in a payload that is not known", () => {
    const result = compare(
      [{ policies: UNKNOWN }, { policies: { [A]: "1" } }],
      [{ policies: { [A]: "1", "b;B": "1" } }],
    );
    assert.deepEqual(outcomes(result), [
      ["policies ", "unknown"],
      ["policies a;L_A", "same"],
      ["policies b;B", "unknown"],
    ]);
    assert.deepEqual(remarks(result), ['left may have it in "P0", whose policies are not known']);
  });

  it("are not the same if a payload is not known, whatever else they have", () => {
    const open = [{ policies: UNKNOWN }];
    for (const [left, right] of [
      [open, []],
      [open, open],
      [[], open],
      [open, [{ policies: { $json: 1 } }]],
    ] as const) {
      assert.deepEqual(outcomes(compare(left, right)), [["policies ", "unknown"]]);
    }
  });

  it("say that no group gets a setting, that its groups differ, or that its order is not known", () => {
    const policies = { [A]: "1" };
    assert.deepEqual(remarks(compare([{ policies, groups: [] }], [{ policies }])), [
      "left gives it to no group",
    ]);
    assert.deepEqual(remarks(compare([{ policies, groups: [] }], [])), [
      "left gives it to no group",
    ]);
    assert.deepEqual(remarks(compare([{ policies, groups: ["x"] }], [{ policies }])), [
      "the values are the same, but not the groups",
    ]);
    const unordered = [
      { policies, rank: undefined },
      { policies: { [A]: "2" }, rank: undefined },
    ];
    assert.deepEqual(remarks(compare([{ policies }], unordered)), [
      "which policy of right wins is not known",
    ]);
  });

  it("of two tenants have groups that cannot be compared", () => {
    const policies = { [A]: "1" };
    const of = (tenantId: string | undefined, group: string) =>
      sideOf([{ policies, groups: [group] }], { tenantId });
    const result = compareSides(
      { left: of(TENANTS[0], "x"), right: of(TENANTS[1], "y") },
      NO_GLOSSARY,
    );
    assert.equal(counts(result).same, 1);
    assert.match(result.notes[0] ?? "", /of two tenants, so their groups are not compared/);
    for (const right of [of(TENANTS[0]?.toUpperCase(), "y"), of(undefined, "y")]) {
      const { settings } = compareSides({ left: of(TENANTS[0], "x"), right }, NO_GLOSSARY);
      assert.equal(settings[0]?.outcome, "different");
    }
  });

  it("doubt what is the same if nobody gets it on a side", () => {
    const policies = { [A]: "1", "b;B": "1" };
    const source = { policies, audience: { kind: "source" } as const };
    const result = compare([source], [{ policies, groups: [] }]);
    assert.equal(counts(result).same, 2);
    assert.deepEqual(result.doubts, [
      "right gives 2 settings that are the same to no group, so nobody gets them",
    ]);
    assert.deepEqual([differ(result, false), differ(result, true)], [false, true]);
    assert.deepEqual(compare([{ policies, groups: [] }], [{ policies, groups: [] }]).doubts, []);
    assert.deepEqual(compare([source], [{ policies }]).doubts, []);
  });

  it("note of which policies the groups are not known", () => {
    const audience = { kind: "unsaid" } as const;
    const many = Array.from({ length: 5 }, () => ({ audience }));
    assert.deepEqual(compare([], [{ audience }]).notes, [
      "right does not say which groups get its policies, so only the values are compared there",
    ]);
    assert.match(compare([{}, ...many], []).notes[0] ?? "", /get "P1", "P2", "P3" and 2 more, so/);
  });

  it("are told to be one if they are", () => {
    const side = sideOf([], { title: "tenant x" });
    const notes = (right: Side) => compareSides({ left: side, right }, NO_GLOSSARY).notes;
    assert.deepEqual(notes(side), ["both sides are the same tenant x"]);
    assert.deepEqual(notes(sideOf([])), []);
  });

  it("have names from the catalogue, else from the tenant", () => {
    const named = [
      { settingId: "b;B", value: "1", name: "From the tenant" },
      { settingId: A, value: "1", name: "x" },
    ];
    const glossary = (id: string) => (id === A ? { name: "From the catalogue" } : undefined);
    const { settings } = compare([{ policies: named }], [{ policies: { "b;B": "1" } }], glossary);
    assert.deepEqual(
      settings.map(({ name }) => name),
      ["From the catalogue", "From the tenant"],
    );
  });

  it("hide a value on both sides if it is secret on one", () => {
    const isSecret = (_: string, key: string) => key === A;
    const policies = { [A]: "1", "b;B": "1" };
    const { settings } = compare([{ policies, isSecret }], [{ policies }]);
    assert.deepEqual(
      settings.map((each) => each.isSecret),
      [true, false],
    );
  });

  it("differ, or may, if any setting is not the same, or a value was not read", () => {
    const policies = { [A]: "1" };
    const is = (left: Side, isStrict = false) =>
      differ(compareSides({ left, right: sideOf([{ policies }]) }, NO_GLOSSARY), isStrict);
    assert.equal(is(sideOf([{ policies }])), false);
    assert.equal(is(sideOf([])), true);
    assert.equal(is(sideOf([{ policies: { [A]: "2" } }])), true);
    assert.equal(is(sideOf([{ policies: { [A]: UNKNOWN } }])), true);
    const line = { source: "s", key: "k", valueName: "v", reason: "r" };
    const unread = (kind: LeftKind) => sideOf([{ policies }], { left: [{ ...line, kind }] });
    for (const kind of ["ambiguous", "value", "incomplete", "unread"] as const) {
      assert.equal(is(unread(kind)), true, kind);
    }
    for (const kind of [
      "machine",
      "deletion",
      "unknown",
      "foreign",
      "list",
      "part",
      "replaced",
      "notConfigured",
    ] as const) {
      assert.deepEqual([is(unread(kind)), is(unread(kind), true)], [false, true], kind);
    }
    const noted = sideOf([{ policies }], { notes: ["something"] });
    assert.deepEqual([is(noted), is(noted, true)], [false, true]);
    assert.equal(is(sideOf([{ policies }]), true), false);
  });

  it("are the same if the left one is a baseline, and the right one has more", () => {
    const baseline = [{ policies: { [A]: "1" } }];
    const more = (value: string) =>
      withBaseline(compare(baseline, [{ policies: { [A]: value, "b;B": "1" } }]));
    assert.deepEqual(more("1").notes, ["right has 1 more setting, which does not count"]);
    assert.deepEqual([differ(more("1"), true), differ(more("2"), false)], [false, true]);
    assert.deepEqual(outcomes(more("2")), [["policies a;L_A", "different"]]);
    assert.equal(differ(withBaseline(compare(baseline, [])), false), true);
    assert.deepEqual(withBaseline(compare(baseline, baseline)).notes, []);
  });

  it("are the same if they are one", () => {
    fc.assert(
      fc.property(anySide, (side) => {
        const { settings } = compareSides({ left: side, right: side }, NO_GLOSSARY);
        assert.deepEqual(
          settings.filter(({ outcome }) => outcome !== "same"),
          [],
        );
      }),
    );
  });

  it("have the same differences in the other order", () => {
    const mirrored = { onlyLeft: "onlyRight", onlyRight: "onlyLeft" } as Record<string, string>;
    fc.assert(
      fc.property(anySide, anySide, (left, right) => {
        const there = outcomes(compareSides({ left, right }, NO_GLOSSARY));
        const back = outcomes(compareSides({ left: right, right: left }, NO_GLOSSARY));
        assert.deepEqual(
          there,
          back.map(([key, outcome = ""]) => [key, mirrored[outcome] ?? outcome]),
        );
      }),
    );
  });
});
