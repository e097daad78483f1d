import assert from "node:assert/strict";
import { forEachKnownSetting, validateOfficePolicies, validateOfficePolicy } from "../../policy";
import type { OfficePolicyKind } from "../../policy/view/kinds";
import { OfficePolicy } from "../../policy/view/officePolicy";
import { SeenProperties } from "../../policy/view/seenProperties";
import { UNKNOWN, UnknownValueError, unknownCheckingProxy } from "../policyRules";

const ID = "office16;L_SendFeedback";

function policyOf(
  props: object,
  kind: OfficePolicyKind = "WindowsOfficeClientConfiguration",
): OfficePolicy {
  const seen = new SeenProperties(unknownCheckingProxy(props), undefined);
  return new OfficePolicy({ kind, name: "baseline", urn: "urn:pulumi:dev::p::t::baseline" }, seen);
}

const waits = (message: RegExp) => (error: unknown) =>
  error instanceof UnknownValueError && message.test(error.message);

describe("a policy as rules see it", () => {
  it("gives the value of a setting in every form that the engine may have", () => {
    for (const policies of [
      { [ID]: "1" },
      { [ID]: 1 },
      { [ID]: true },
      { [ID]: { value: "1", type: "REG_DWORD" } },
      [{ settingId: ID, value: "1" }],
      [{ settingId: ID, value: 1, type: "REG_DWORD" }],
      JSON.stringify([{ settingId: ID, value: "1" }]),
    ]) {
      const setting = policyOf({ policies }).setting(ID);
      assert.equal(setting.value, "1", JSON.stringify(policies));
      assert.deepEqual([setting.payload, setting.isSet, setting.isKnown], ["policies", true, true]);
    }
    assert.deepEqual(policyOf({ policies: { [ID]: { value: ["a"] } } }).setting(ID).value, ["a"]);
  });

  it("says that a setting is not set, also for names that every object has", () => {
    for (const props of [
      {},
      { policies: {} },
      { policies: { $json: { [ID]: "1" } } },
      { policies: null },
    ]) {
      const setting = policyOf(props).setting(ID);
      assert.deepEqual(
        [setting.value, setting.isSet, setting.payload],
        [undefined, false, undefined],
      );
    }
    assert.equal(policyOf({ policies: {} }).setting("constructor").isSet, false);
  });

  it("takes the setting that the user cannot change first, and the one for Windows", () => {
    const both = policyOf({ policies: { [ID]: "1" }, userPreferences: { [ID]: "0" } });
    assert.equal(both.setting(ID).value, "1");
    assert.deepEqual(
      both.settings.map(({ payload, value }) => [payload, value]),
      [
        ["policies", "1"],
        ["userPreferences", "0"],
      ],
    );
    assert.equal(
      policyOf({ userPreferences: { [ID]: "0" } }).setting(ID).payload,
      "userPreferences",
    );
    const platforms = policyOf({
      policies: {
        [`${ID}@Mac`]: { value: "2", platform: "Mac" },
        [`${ID}@Win32`]: { value: "3", platform: "Win32" },
      },
    });
    assert.deepEqual([platforms.setting(ID).value, platforms.setting(ID).platform], ["3", "Win32"]);
    const any = policyOf({
      policies: { [`${ID}@Win32`]: { value: "3", platform: "Win32" }, [ID]: "4" },
    });
    assert.equal(any.setting(ID).value, "4");
  });

  it("gives what else a setting says, and other JSON", () => {
    const setting = policyOf({ policies: { [ID]: { value: "1", class: "User" } } }).setting(ID);
    assert.deepEqual(
      [setting.property("class"), setting.property("constructor")],
      ["User", undefined],
    );
    assert.equal(setting.platform, undefined);
    const other = policyOf({
      policies: { $json: { deep: [1] } },
      userPreferences: { $text: "no JSON" },
    });
    assert.deepEqual(other.otherContent("policies"), { deep: [1] });
    assert.equal(other.otherContent("userPreferences"), "no JSON");
    assert.deepEqual(policyOf({ policies: { $base64: "/w==" } }).otherContent("policies"), {
      $base64: "/w==",
    });
    assert.equal(policyOf({ policies: { [ID]: "1" } }).otherContent("policies"), undefined);
    assert.equal(policyOf({}).otherContent("policies"), undefined);
    assert.deepEqual(other.settings, []);
  });

  it("gives names, priorities, times and groups", () => {
    const policy = policyOf({
      displayName: "Baseline",
      priority: 0,
      lastModifiedDateTime: "2026-10-01T00:00:00Z",
      assignments: ["a", { groupId: "b" }, { target: { groupId: "c" } }],
    });
    assert.deepEqual([policy.displayName, policy.priority], ["Baseline", 0]);
    assert.equal(policy.lastModifiedDateTime, "2026-10-01T00:00:00Z");
    assert.deepEqual(policy.assignments, [{ groupId: "a" }, { groupId: "b" }, { groupId: "c" }]);
    const intune = policyOf(
      { name: "In Intune", assignments: [{ all: "users" }, "a"] },
      "IntuneOfficePolicy",
    );
    assert.equal(intune.displayName, "In Intune");
    assert.deepEqual(intune.assignments, [{ all: "users" }, { groupId: "a" }]);
    const none = policyOf({});
    assert.deepEqual(
      [none.displayName, none.priority, none.lastModifiedDateTime, none.assignments],
      [undefined, undefined, undefined, undefined],
    );
  });

  it("shows a setting of Copilot as a policy of one setting", () => {
    const web = policyOf(
      { setting: "microsoft.copilot.allowwebsearch", value: "1" },
      "CopilotPolicySetting",
    );
    assert.equal(web.setting("microsoft.copilot.allowwebsearch").value, "1");
    assert.equal(web.settings.length, 1);
    const later = policyOf({ setting: "a.b", value: UNKNOWN }, "CopilotPolicySetting");
    assert.throws(() => later.setting("a.b").value, waits(/\.value /));
    const nameless = policyOf({ setting: UNKNOWN, value: "1" }, "CopilotPolicySetting");
    assert.throws(() => nameless.settings, waits(/\.setting /));
  });
});

describe("values that are not known yet", () => {
  it("throw Pulumi's error when they are read, and not before", () => {
    const policy = policyOf({
      policies: {
        [ID]: UNKNOWN,
        "excel16;L_A": { value: UNKNOWN, type: "REG_SZ" },
        "excel16;L_B": "1",
      },
      userPreferences: UNKNOWN,
      priority: UNKNOWN,
      displayName: UNKNOWN,
      assignments: ["a", UNKNOWN],
    });
    assert.equal(policy.setting("excel16;L_B").value, "1");
    const setting = policy.setting(ID);
    assert.deepEqual([setting.isSet, setting.isKnown], [true, false]);
    assert.throws(() => setting.value, waits(/\.policies\.office16;L_SendFeedback /));
    assert.throws(() => policy.setting("excel16;L_A").value, waits(/L_A\.value /));
    assert.equal(policy.setting("excel16;L_A").property("type"), "REG_SZ");
    assert.throws(() => policy.setting("excel16;L_Missing"), waits(/\.userPreferences /));
    assert.throws(() => policy.settings, waits(/\.userPreferences /));
    assert.throws(() => policy.priority, waits(/\.priority /));
    assert.throws(() => policy.displayName, waits(/\.displayName /));
    assert.throws(() => policy.assignments, waits(/\.assignments\.1 /));
    assert.throws(() => policyOf({ assignments: UNKNOWN }).assignments, waits(/\.assignments /));
  });

  it("hide a whole list if a setting of it has no id yet", () => {
    const list = policyOf({
      policies: [
        { settingId: UNKNOWN, value: "1" },
        { settingId: ID, value: "1" },
      ],
    });
    assert.throws(() => list.setting(ID), waits(/\.policies\.0\.settingId/));
    const entry = policyOf({ policies: { [ID]: { settingId: UNKNOWN, value: "1" } } });
    assert.throws(() => entry.settings, waits(/\.settingId /));
    const json = policyOf({ policies: { $json: { deep: UNKNOWN } } });
    assert.throws(() => json.otherContent("policies"), waits(/deep/));
  });

  it("do not keep a rule from the others", () => {
    const policy = policyOf({
      policies: { [ID]: UNKNOWN, "excel16;L_A": "1" },
      userPreferences: { "excel16;L_B": "2" },
    });
    const seen: unknown[] = [];
    assert.throws(
      () => forEachKnownSetting(policy, ({ value }) => seen.push(value)),
      waits(/SendFeedback/),
    );
    assert.deepEqual(seen, ["1", "2"]);
  });

  it("are not taken for other errors", () => {
    const policy = policyOf({ policies: { [ID]: "1" } });
    assert.throws(
      () =>
        forEachKnownSetting(policy, () => {
          throw new Error("a bug of the rule");
        }),
      /a bug of the rule/,
    );
  });
});

describe("rules of one's own", () => {
  const resource = (type: string, props: object) =>
    ({ type, name: "r", urn: `urn:pulumi:dev::p::${type}::r`, props }) as never;
  const office = "pulumi-nodejs:dynamic/officeConfiguration:IntuneOfficePolicy";

  it("judge the resources of this package alone", () => {
    const seen: string[] = [];
    const rule = validateOfficePolicies((policies) => {
      seen.push(...policies.map(({ kind, resourceName, urn }) => `${kind} ${resourceName} ${urn}`));
    });
    void rule(
      { resources: [resource("aws:s3:Bucket", {}), resource(office, {})] } as never,
      () => undefined,
    );
    assert.deepEqual(seen, [`IntuneOfficePolicy r urn:pulumi:dev::p::${office}::r`]);
    const other = validateOfficePolicy(() => seen.push("never"));
    const args = { ...(resource("aws:s3:Bucket", {}) as object), notApplicable: () => undefined };
    void other(args as never, () => undefined);
    assert.equal(seen.length, 1);
  });

  it("report a violation of the whole stack with the stack's URN", () => {
    const urns: unknown[] = [];
    const rule = validateOfficePolicies((_policies, _args, report) => {
      report("of the stack");
      report("of a policy", "urn:own");
    });
    const stack = resource("pulumi:pulumi:Stack", {});
    void rule({ resources: [stack] } as never, (_message, urn) => urns.push(urn));
    assert.deepEqual(urns, ["urn:pulumi:dev::p::pulumi:pulumi:Stack::r", "urn:own"]);
  });
});
