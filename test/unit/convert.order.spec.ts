import assert from "node:assert/strict";
import fc from "fast-check";
import type { RegistryAction, RegistryEntry, SourceEntry } from "../../cli/sources/source";
import { CALC_KEY, deletion, dword, leftOf, resolve, settingsOf, sz } from "../registryCatalogue";

const COMMON = "Software\\Policies\\Microsoft\\Office\\16.0\\Common";
const PLACE = `${CALC_KEY}\\places\\place1`;

describe("the order of registry entries", () => {
  const level = (value: number, given: Partial<RegistryEntry> = {}) =>
    dword(CALC_KEY, "level", value, given);

  it("lets the last one for a value win", () => {
    assert.deepEqual(settingsOf(level(1), level(4)), ["calc16;L_Macros;L_Level=4"]);
    assert.deepEqual(leftOf(level(1), level(4)), [
      "replaced: another entry of the source for the same value takes its place",
    ]);
  });

  it("lets a deletion take away what was set before it, and nothing after", () => {
    for (const action of ["delete", "deleteValues", "deleteKey"] as const) {
      const gone = deletion(action, CALC_KEY, action === "delete" ? "LEVEL" : "");
      assert.deepEqual(settingsOf(level(1), gone), [], action);
      assert.deepEqual(settingsOf(gone, level(1)), ["calc16;L_Macros;L_Level=1"], action);
    }
    const above = deletion("deleteKey", "Software\\Policies\\Microsoft\\Office\\16.0");
    assert.deepEqual(settingsOf(level(1), above), []);
    assert.deepEqual(settingsOf(above, level(1)), ["calc16;L_Macros;L_Level=1"]);
    const beside = deletion("deleteValues", "Software\\Policies\\Microsoft\\Office\\16.0");
    assert.deepEqual(settingsOf(level(1), beside), ["calc16;L_Macros;L_Level=1"]);
  });

  it("does not mix up users and the computer, nor 32-bit apps and others", () => {
    const machine32 = "Software\\Wow6432Node\\Policies\\Microsoft\\Office\\16.0\\Calc";
    const both = [
      level(1, { hive: "machine" }),
      { ...level(1, { hive: "machine" }), key: machine32 },
    ];
    assert.deepEqual(
      resolve(...both).left.map(({ kind }) => kind),
      ["machine", "machine"],
    );
    assert.deepEqual(leftOf(level(1), { ...level(4), key: machine32 }), [
      `replaced: the source sets "Macro settings (Calc)" at ${machine32}\\level too, which wins`,
    ]);
    const machine = { ...deletion("deleteKey", CALC_KEY), hive: "machine" as const };
    assert.deepEqual(settingsOf(level(1), machine), ["calc16;L_Macros;L_Level=1"]);
  });

  it("sets what should be set if it is missing only then", () => {
    const soft = level(4, { action: "setIfMissing" });
    assert.deepEqual(settingsOf(soft), ["calc16;L_Macros;L_Level=4"]);
    assert.deepEqual(settingsOf(level(1), soft), ["calc16;L_Macros;L_Level=1"]);
    assert.deepEqual(settingsOf(soft, level(1)), ["calc16;L_Macros;L_Level=1"]);
    const gone = deletion("delete", CALC_KEY, "level");
    assert.deepEqual(settingsOf(level(1), gone, soft), ["calc16;L_Macros;L_Level=4"]);
    const cleared = deletion("deleteValues", CALC_KEY);
    assert.deepEqual(settingsOf(level(1), cleared, soft), ["calc16;L_Macros;L_Level=4"]);
  });
});

describe("deletions", () => {
  it("name what they would delete", () => {
    assert.deepEqual(
      leftOf(
        deletion("delete", CALC_KEY, "level"),
        deletion("delete", CALC_KEY, "other"),
        deletion("deleteValues", PLACE),
        deletion("deleteKey", CALC_KEY),
        deletion("deleteKey", "Software\\Policies\\Microsoft\\Edge"),
      ),
      [
        'deletion: the source deletes "Macro settings (Calc)", and a program deletes no values',
        "deletion: the source deletes it, and a program deletes no values",
        'deletion: the source deletes all values of the key, and a program deletes no values: "Trusted place 1 > Path (Calc)" and "Trusted place 1 > Allow folders below (Calc)"',
        'deletion: the source deletes the key with the keys below it, and a program deletes no values: "Block macros (Calc)", "Macro settings (Calc)", "Lines (Calc)", "Trusted place 1 > Path (Calc)" and 3 more',
        "foreign: it is not a value of Office",
      ],
    );
  });

  it("are Office's if they delete a key above its own", () => {
    const above = "Software\\Policies\\Microsoft";
    assert.match(leftOf(deletion("deleteKey", above))[0] ?? "", /^deletion: .* and 7 more$/);
    assert.deepEqual(leftOf(deletion("deleteValues", above)), [
      "foreign: it is not a value of Office",
    ]);
  });

  it("are deletions for computers, and in a key of Windows that has a setting, too", () => {
    const kinds = leftOf(
      { ...deletion("delete", CALC_KEY, "level"), hive: "machine" },
      deletion("deleteValues", "Software\\Policies\\Microsoft\\Windows\\Explorer"),
    );
    assert.match(kinds[0] ?? "", /^deletion: the source deletes "Macro settings \(Calc\)"/);
    assert.match(kinds[1] ?? "", /^deletion: .*: "Web folders \(Office\)"$/);
  });

  it("lose nothing before the values of a list", () => {
    const key = `${CALC_KEY}\\addins`;
    assert.deepEqual(
      leftOf(deletion("deleteValues", key), sz(key, "a", "1"))[0],
      "deletion: the source deletes all values of the key before it sets some: nothing is lost",
    );
  });
});

describe("every entry of a source", () => {
  const actions: RegistryAction[] = ["set", "setIfMissing", "delete", "deleteValues", "deleteKey"];
  const registry = fc.record({
    form: fc.constant("registry" as const),
    hive: fc.constantFrom("user" as const, "machine" as const),
    key: fc.constantFrom(
      ...[
        CALC_KEY,
        PLACE,
        COMMON,
        `${CALC_KEY}\\addins`,
        "Software\\Microsoft\\Office\\16.0\\Calc",
      ],
      ...[
        "Software\\Policies\\Microsoft\\Cloud\\Office\\16.0\\Calc",
        "Software\\Policies",
        "",
        "__proto__",
      ],
    ),
    valueName: fc.constantFrom(
      ...[
        "level",
        "LEVEL",
        "blockmacros",
        "path",
        "below",
        "lines",
        "pasteoptions",
        "__proto__",
        "",
      ],
    ),
    action: fc.constantFrom(...actions),
    data: fc.constantFrom(
      { type: "REG_DWORD" as const, value: "1" },
      { type: "REG_SZ" as const, value: "*/" },
      { type: "REG_MULTI_SZ" as const, value: ["a", "\u202e"] },
      { type: "other" as const, name: "type 9" },
    ),
  });
  const other: fc.Arbitrary<SourceEntry> = fc.oneof(
    fc.record({
      form: fc.constant("setting" as const),
      settingId: fc.constantFrom(
        "calc16;L_Block",
        "calc16;L_Macros",
        "__proto__",
        "office16;L_Channel",
      ),
      value: fc.constantFrom("1", "", "\ud800"),
    }),
    fc.record({
      form: fc.constant("unread" as const),
      place: fc.string(),
      reason: fc.constant("its data is cut short"),
    }),
  );

  it("is exactly one line, and each setting of a policy is there once", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(registry, other), { maxLength: 12 }), (entries) => {
        const { converted, left, policies } = resolve(...entries);
        assert.equal(converted.length + left.length, entries.length);
        const settings = policies.flatMap((policy) => policy.settings);
        assert.equal(settings.length, converted.length);
        const ids = settings.map(({ payload, settingId }) => `${payload} ${settingId}`);
        assert.equal(new Set(ids).size, ids.length);
      }),
    );
  });
});
