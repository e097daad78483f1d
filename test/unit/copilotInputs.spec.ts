import { strict as assert } from "node:assert";
import { CopilotPolicySettingLifecycle } from "../../provider/resources/copilotPolicySetting/lifecycle";
import {
  COPILOT_SETTINGS,
  copilotSetting,
  meaningOf,
} from "../../provider/settings/copilotSettings";
import {
  copilotSettingDoubts,
  copilotSettingProblems,
} from "../../provider/settings/inputs/copilotPolicySetting";
import { type PlainObject, propertyPath, UNKNOWN } from "../../provider/settings/json";
import { CopilotHost, IMAGES, WEB } from "../copilotHost";
import { linesOf } from "../differences";

const lifecycle = new CopilotPolicySettingLifecycle();

const problemsOf = (inputs: PlainObject) =>
  Object.fromEntries(
    copilotSettingProblems(inputs).map(({ path, reason }) => [propertyPath(path), reason]),
  );

describe("inputs of one of Copilot's settings", () => {
  it("are accepted if they are texts, whatever the setting, or not known yet", () => {
    for (const value of ["1", "https://contoso.example", "<a/>", '{"a":1}']) {
      assert.deepEqual(problemsOf({ setting: "microsoft.copilot.new-one", value }), {});
    }
    assert.deepEqual(problemsOf({ setting: UNKNOWN, value: UNKNOWN, policyId: UNKNOWN }), {});
  });

  it("have every problem named at once", () => {
    assert.deepEqual(problemsOf({}), {
      setting:
        "is required and must be the id of a setting, such as microsoft.copilot.allowwebsearch",
      value: 'is required and must be a text, such as "1"',
    });
    assert.deepEqual(
      problemsOf({ setting: "a/b", value: "", policyId: "", polcyId: "x", timeouts: 1 }),
      {
        setting: "must be the id of a setting, such as microsoft.copilot.allowwebsearch",
        value: "must not be empty: to clear the setting, remove the resource",
        policyId: "must be the id of a policy",
        polcyId:
          'is no known name; did you mean "policyId"? (known: setting, value, policyId, timeouts)',
        timeouts: "must be an object with some of create, read, update and delete",
      },
    );
    assert.deepEqual(problemsOf({ setting: "a".repeat(257), value: "x".repeat(65_537) }), {
      setting: "must be at most 256 characters",
      value: "must be at most 65536 characters",
    });
    assert.deepEqual(problemsOf({ setting: WEB, value: 1 }), {
      value: 'must be a text, such as "1"',
    });
  });

  for (const setting of ["", ".", "..", "../x", "a b", "a?b", "a#b", ".a", "a.", "a\u0000", "-"]) {
    it(`refuse the id ${JSON.stringify(setting)}`, () => {
      assert.ok("setting" in problemsOf({ setting, value: "1" }));
    });
  }
});

describe("doubts about one of Copilot's settings", () => {
  it("are none for known values, and for what is not known yet", () => {
    for (const [setting, { values }] of Object.entries(COPILOT_SETTINGS)) {
      for (const value of Object.keys(values)) {
        assert.deepEqual(copilotSettingDoubts({ setting, value }), []);
      }
    }
    assert.deepEqual(copilotSettingDoubts({ setting: WEB, value: UNKNOWN }), []);
    assert.deepEqual(copilotSettingDoubts({ setting: UNKNOWN, value: "1" }), []);
    assert.deepEqual(copilotSettingDoubts({}), []);
  });

  it("name the values that are known", () => {
    assert.deepEqual(copilotSettingDoubts({ setting: IMAGES, value: "off" }), [
      'the value "off" is none that is known for this setting: "0" (on), "1" (off)',
    ]);
    assert.deepEqual(copilotSettingDoubts({ setting: IMAGES, value: "constructor" }).length, 1);
  });

  it("name the setting that was probably meant, and none if nothing is near", () => {
    assert.deepEqual(
      copilotSettingDoubts({ setting: "microsoft.copilot.allowwebserch", value: "1" }),
      [`"microsoft.copilot.allowwebserch" is no setting that is known; did you mean "${WEB}"?`],
    );
    for (const setting of ["constructor", "contoso.something.else"]) {
      assert.deepEqual(copilotSettingDoubts({ setting, value: "1" }), []);
    }
  });

  it("show no secret", () => {
    const hidden = { setting: IMAGES, value: "hidden", __secrets: ["value"] };
    assert.match(copilotSettingDoubts(hidden)[0] ?? "", /^the value is none that is known/);
    const id = { setting: "microsoft.copilot.allowwebserch", __secrets: ["setting"] };
    assert.deepEqual(copilotSettingDoubts(id), []);
  });

  it("are shown as warnings, and refuse nothing", async () => {
    const host = new CopilotHost();
    try {
      const lines = await host.run(() => host.setting().up({ setting: IMAGES, value: "2" }));
      assert.deepEqual(lines, [
        'Control access to Designer Image Generation: warning: the value "2" is none that is known for this setting: "0" (on), "1" (off)',
      ]);
      assert.equal(host.value(IMAGES), "2");
      const misspelt = { setting: "microsoft.copilot.allowwebserch", value: "" };
      const silent = await host.run(() => assert.rejects(host.setting("b").check(misspelt)));
      assert.deepEqual(silent, []);
    } finally {
      host.close();
    }
  });
});

describe("the names of Copilot's settings and values", () => {
  it("are those of Microsoft's page, otherwise the id", () => {
    assert.equal(lifecycle.label({ setting: WEB }), "Allow web search in Copilot");
    assert.equal(
      lifecycle.label({ setting: "microsoft.copilot.new" }),
      "Copilot setting microsoft.copilot.new",
    );
    assert.equal(lifecycle.label({ setting: UNKNOWN }), "Copilot setting (known after apply)");
    assert.equal(lifecycle.label({ setting: WEB, __secrets: ["setting"] }), "[secret]");
    assert.equal(lifecycle.label({}, { setting: WEB }), "Allow web search in Copilot");
  });

  it("are known by id and value only", () => {
    assert.equal(meaningOf(WEB, "1"), "off everywhere");
    assert.equal(meaningOf(IMAGES, "1"), "off");
    for (const [id, value] of [
      [WEB, "9"],
      [WEB, "constructor"],
      ["constructor", "1"],
      [undefined, "1"],
      [WEB, 1],
    ]) {
      assert.equal(meaningOf(id, value), undefined);
    }
    assert.equal(copilotSetting("__proto__"), undefined);
  });
});

describe("differences of one of Copilot's settings", () => {
  const olds = { setting: WEB, value: "0", resolvedPolicyId: "p" };

  it("are none for the same inputs, and for another spelling of the policy", () => {
    assert.deepEqual(linesOf(lifecycle, olds, { setting: WEB, value: "0" }), []);
    const named = { ...olds, policyId: "ABC" };
    assert.deepEqual(linesOf(lifecycle, named, { setting: WEB, value: "0", policyId: "abc" }), []);
  });

  it("show values that have no meaning as they are", () => {
    assert.deepEqual(linesOf(lifecycle, olds, { setting: WEB, value: "x" }), [
      'Allow web search in Copilot: value on everywhere (0) => "x"',
    ]);
    assert.deepEqual(linesOf(lifecycle, olds, { setting: WEB, value: UNKNOWN }), [
      "Allow web search in Copilot: value on everywhere (0) => (known after apply)",
    ]);
  });

  it("say that only the marks of secrets change", () => {
    assert.deepEqual(linesOf(lifecycle, olds, { ...olds, __secrets: ["value"] }), [
      "Allow web search in Copilot: only the marks of secrets change, no value does",
    ]);
  });

  it("may be about nobody's setting", () => {
    assert.deepEqual(lifecycle.exclusiveUses({}), []);
    assert.deepEqual(lifecycle.exclusiveUses({ setting: UNKNOWN }), []);
  });
});
