import assert from "node:assert/strict";
import { baselineText, readBaseline } from "../../provider/settings/baseline";

describe("a baseline", () => {
  it("is written by id, and read as it was written", () => {
    const text = baselineText([
      { payload: "policies", settingId: "word16;L_B", value: "1" },
      { payload: "userPreferences", settingId: "excel16;L_A", value: "5" },
      { payload: "policies", settingId: "excel16;L_A", value: "4" },
    ]);
    assert.equal(
      text,
      '{\n  "policies": {\n    "excel16;L_A": "4",\n    "word16;L_B": "1"\n  },\n  "userPreferences": {\n    "excel16;L_A": "5"\n  }\n}\n',
    );
    assert.deepEqual(readBaseline(text), {
      policies: { "excel16;L_A": ["4"], "word16;L_B": ["1"] },
      userPreferences: { "excel16;L_A": ["5"] },
    });
    assert.equal(baselineText([]), "{}\n");
    assert.deepEqual(readBaseline("\uFEFF{}"), { policies: {}, userPreferences: {} });
  });

  it("takes several values, and numbers and booleans as their texts", () => {
    const { policies } = readBaseline('{ "policies": { "a": ["3", 4], "b": true, "c": false } }');
    assert.deepEqual(policies, { a: ["3", "4"], b: ["1"], c: ["0"] });
  });

  it("is refused with the place of what is wrong", () => {
    for (const [text, message] of [
      ["{", /^is no JSON: /],
      ["[]", /^must hold an object$/],
      ['{ "polices": {} }', /^has "polices", and may have policies and userPreferences only$/],
      ['{ "policies": [] }', /^must have an object as policies$/],
      ['{ "policies": { "a": null } }', /at policies, "a"$/],
      ['{ "userPreferences": { "a": [] } }', /at userPreferences, "a"$/],
      ['{ "policies": { "a": ["1", {}] } }', /a value, or a list of values, at policies, "a"$/],
    ] as const) {
      assert.throws(() => readBaseline(text), { message }, text);
    }
  });
});
