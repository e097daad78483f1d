import { strict as assert } from "node:assert";
import fc from "fast-check";
import { RESOURCES } from "../../provider/resources";
import {
  type Difference,
  groupDifferences,
  namesOf,
  replacing,
  sameGroups,
} from "../../provider/settings/differences";
import { type PlainObject, propertyPath, UNKNOWN } from "../../provider/settings/json";
import { driftInWords, inWords, tenantChangesInWords } from "../../provider/settings/words";
import { linesOf } from "../differences";

const ID = "13a5ac73-ac73-13a5-73ac-a51373aca513";
const [GROUP_A, GROUP_B] = ["a", "b"].map((end) => `11111111-1111-4111-8111-11111111111${end}`);
const policy = RESOURCES.WindowsOfficeClientConfiguration.lifecycle();
const patch = RESOURCES.OfficeClientConfigurationPatch.lifecycle();
const order = RESOURCES.OfficeClientConfigurationPriorities.lifecycle();
const singleton = RESOURCES.OfficeConfiguration.lifecycle();

/** Path, kind and values of each difference. */
function data(differences: readonly Difference[]): unknown[] {
  return differences.map(({ path, kind, old, new: next }) => [propertyPath(path), kind, old, next]);
}

describe("the differences of a policy", () => {
  const before = {
    displayName: "Baseline",
    policies: { "office16;L_X": { value: "1", type: "REG_SZ" }, "office16;L_Y": "1" },
    assignments: [GROUP_A],
  };

  it("have a property path each, and the values there", () => {
    const after = {
      displayName: "Base",
      description: "d",
      policies: { "office16;L_X": { value: "2", app: "x16" }, "office16;L_Z": "3" },
      userPreferences: { $text: "t" },
      assignments: [GROUP_B],
      includeCheckinData: true,
    };
    assert.deepEqual(data(policy.differences(before, after)), [
      ["displayName", "update", "Baseline", "Base"],
      ["description", "add", undefined, "d"],
      ['policies["office16;L_X"].value', "update", "1", "2"],
      ['policies["office16;L_X"].type', "remove", "REG_SZ", undefined],
      ['policies["office16;L_X"].app', "add", undefined, "x16"],
      ['policies["office16;L_Y"]', "remove", "1", undefined],
      ['policies["office16;L_Z"]', "add", undefined, "3"],
      ["userPreferences", "add", undefined, { $text: "t" }],
      ["assignments[0]", "add", undefined, GROUP_B],
      ["assignments[0]", "remove", GROUP_A, undefined],
      ["includeCheckinData", "add", undefined, true],
    ]);
    assert.deepEqual(namesOf(policy.differences(before, after)), Object.keys(after));
  });

  it("say for each setting whether it is secret, before or afterwards", () => {
    const olds = { ...before, __secrets: ["policies/office16;L_X", "assignments"] };
    const news = { displayName: "n", __secrets: ["displayName"] };
    const secrets = policy.differences(olds, news).filter(({ isSecret }) => isSecret);
    assert.deepEqual(
      secrets.map(({ path }) => propertyPath(path)),
      ["displayName", 'policies["office16;L_X"]', "assignments[0]"],
    );
  });

  it("are none where a setting is only spelt in another way", () => {
    const spelt = { ...before, policies: { ...before.policies, "office16;L_Y": { value: "1" } } };
    assert.deepEqual(policy.differences(before, spelt), []);
    assert.deepEqual(policy.differences(spelt, before), []);
  });

  it("are none for check-in data that neither asks for", () => {
    assert.deepEqual(policy.differences({}, { includeCheckinData: false }), []);
    assert.deepEqual(policy.differences({ includeCheckinData: false }, {}), []);
    assert.deepEqual(linesOf(policy, before, { ...before, includeCheckinData: true }), [
      "Baseline: includeCheckinData (none) => true",
    ]);
  });

  it("are one of the whole payload where that is not known yet", () => {
    const after = { ...before, policies: UNKNOWN };
    assert.deepEqual(data(policy.differences(before, after)), [
      ["policies", "update", before.policies, UNKNOWN],
    ]);
    assert.deepEqual(linesOf(policy, before, after), ["Baseline: policies (known after apply)"]);
  });

  it("say so where nothing but the secrets differ, and only there", () => {
    const secret = { ...before, __secrets: ["policies"] };
    const line = "Baseline: only the marks of secrets change, no value does";
    assert.deepEqual(linesOf(policy, before, secret), [line]);
    assert.deepEqual(linesOf(policy, before, { ...secret, description: "d" }), [
      'Baseline: description (none) => "d"',
    ]);
  });
});

describe("the differences of groups", () => {
  const lines = (old: unknown, next: unknown, isSecret = false) =>
    inWords("x", groupDifferences("assignments", old, next, isSecret));

  it("are told in one line", () => {
    assert.deepEqual(lines([GROUP_A], [GROUP_B, UNKNOWN]), [
      `x: assignments + ${GROUP_B}, + (known after apply), - ${GROUP_A}`,
    ]);
    assert.deepEqual(lines([GROUP_A], UNKNOWN), ["x: assignments (known after apply)"]);
    assert.deepEqual(lines(undefined, []), ["x: assignments (none) => []"]);
    assert.deepEqual(lines([], undefined), ["x: assignments [] => (none)"]);
  });

  it("are not shown where they are secret", () => {
    for (const next of [[GROUP_B], UNKNOWN, undefined]) {
      assert.deepEqual(lines([GROUP_A], next, true), ["x: assignments [secret]"]);
    }
  });

  it("are there exactly where the lists do not name the same groups", () => {
    const groups = fc.option(fc.array(fc.constantFrom(GROUP_A, GROUP_B, GROUP_A?.toUpperCase())), {
      nil: undefined,
    });
    fc.assert(
      fc.property(groups, groups, (old, next) => {
        const isSame = groupDifferences("assignments", old, next, false).length === 0;
        assert.equal(isSame, sameGroups(old, next));
        assert.equal(lines(old, next).length, isSame ? 0 : 1);
      }),
    );
  });
});

describe("the differences of a patch", () => {
  const before = { configurationId: ID, description: "a", priority: 1, __secrets: ["description"] };

  it("replace it where it is for another policy, and are told in one line", () => {
    const after = { ...before, configurationId: "other", priority: 2 };
    const differences = patch.differences(before, after);
    assert.deepEqual(replacing(differences), ["configurationId"]);
    assert.deepEqual(namesOf(differences), ["configurationId", "priority"]);
    assert.deepEqual(inWords("Patch", differences), [
      "Patch: is removed, and made again for another policy",
    ]);
  });

  it("say of a property that is named no more that it is put back, and not that only secrets differ", () => {
    const after = { configurationId: ID, priority: 1 };
    const [dropped, ...others] = patch.differences(before, after);
    assert.deepEqual(
      [dropped?.becomes, dropped?.kind, dropped?.old, dropped?.isSecret],
      ["restored", "remove", "a", true],
    );
    assert.deepEqual(namesOf(others), ["__secrets"]);
    assert.deepEqual(linesOf(patch, before, after), [
      `Patch of ${ID}: description is put back as it was found`,
    ]);
  });
});

describe("the differences of an order", () => {
  const configurations = [
    { configurationId: "a", displayName: "A\n" },
    { configurationId: "b", displayName: "B" },
  ];
  const before = { configurationIds: ["a", "b", "c"], configurations };

  it("are one for each place that another policy has", () => {
    const after = { configurationIds: ["b", "a", "c", "d"] };
    assert.deepEqual(data(order.differences(before, after)), [
      ["configurationIds[0]", "update", "a", "b"],
      ["configurationIds[1]", "update", "b", "a"],
      ["configurationIds[3]", "add", undefined, "d"],
    ]);
  });

  it("are told by policy: from which place to which, by names as far as they are known", () => {
    assert.deepEqual(linesOf(order, before, { configurationIds: ["d", "b", "a"] }), [
      "Priorities: + d at 1",
      'Priorities: "A\\n" 1 => 3',
      "Priorities: - c",
    ]);
    assert.deepEqual(linesOf(order, before, { configurationIds: ["b"] }), [
      'Priorities: "B" 2 => 1',
      'Priorities: - "A\\n"',
      "Priorities: - c",
    ]);
  });

  it("are one where the order is not known yet", () => {
    for (const ids of [UNKNOWN, ["a", UNKNOWN], []]) {
      const after = { configurationIds: ids };
      assert.deepEqual(data(order.differences(before, after)), [
        ["configurationIds", "update", before.configurationIds, ids],
      ]);
      assert.deepEqual(linesOf(order, before, after), ["Priorities: (known after apply)"]);
    }
    assert.deepEqual(order.differences(before, { ...before }), []);
  });
});

describe("the differences of the singleton", () => {
  const summary = (failedUserCount: number) => ({
    "@odata.type": "x",
    succeededUserCount: 1,
    failedUserCount,
  });
  const written = (value: string) => ({ __written: { tenantUserCheckinSummary: value } });

  it("are of what the program gives, and do not claim to know what it gave before", () => {
    const news: PlainObject = {
      tenantUserCheckinSummary: summary(2),
      tenantCheckinStatuses: [{ userId: "u" }],
      includeCheckinStatuses: true,
      __secrets: ["tenantCheckinStatuses/0/userId"],
    };
    const differences = singleton.differences(written("before"), news);
    assert.deepEqual(data(differences), [
      [
        "tenantUserCheckinSummary",
        "update",
        undefined,
        { succeededUserCount: 1, failedUserCount: 2 },
      ],
      ["tenantCheckinStatuses", "add", undefined, [{ userId: "u" }]],
      ["includeCheckinStatuses", "add", undefined, true],
    ]);
    assert.deepEqual(inWords("it", differences), [
      'it: tenantUserCheckinSummary => {"succeededUserCount":1,"failedUserCount":2}',
      "it: tenantCheckinStatuses => [secret]",
      "it: includeCheckinStatuses true",
    ]);
  });

  it("say of a report that is given no more that it is left as it is", () => {
    const differences = singleton.differences(written("before"), {});
    assert.deepEqual(data(differences), [
      ["tenantUserCheckinSummary", "remove", undefined, undefined],
    ]);
    assert.deepEqual(inWords("it", differences), ["it: tenantUserCheckinSummary is left as it is"]);
  });
});

describe("drift in words", () => {
  it("is marked as such, also where it is of a secret", () => {
    const olds = { displayName: "x", description: "a", policies: { "office16;L_A": "1" } };
    const secret = { ...olds, __secrets: ["policies"] };
    const found = { ...secret, description: "b", policies: { "office16;L_A": "2" } };
    assert.deepEqual(driftInWords("x", policy.differences(secret, found)), [
      'x: description "a" => "b" (changed in the tenant)',
      "x: office16;L_A [secret] => [secret] (changed in the tenant)",
    ]);
  });
});

describe("changes of somebody else in words", () => {
  const base = { kind: "update", form: "settings", isSecret: false, isKept: false } as const;

  it("say whether they are kept or overwritten", () => {
    const key = "office16;L_A";
    const kept = "was added in the tenant since, and is kept; a refresh shows it";
    const group = { ...base, form: "groups", isKept: true, new: GROUP_A } as const;
    assert.deepEqual(
      tenantChangesInWords("x", [
        { ...base, path: ["policies", key], old: "1", new: { value: "2", app: "a" } },
        { ...base, path: ["userPreferences", key], new: "1", isKept: true },
        { ...base, path: ["policies", key], old: "1", isSecret: true },
        { ...base, path: ["policies"], old: { $json: 1 }, new: {} },
        { ...group, path: ["assignments", 0] },
        { ...group, path: ["assignments", 1], isSecret: true },
      ]),
      [
        `x: ${key} was changed in the tenant since, "1" => "2"; the program's value is written`,
        `x: userPreferences ${key} "1" ${kept}`,
        `x: ${key} was changed in the tenant since, [secret] => (none); the program's value is written`,
        `x: policies was changed in the tenant since, {"$json":1} => {}; the program's value is written`,
        `x: assignments ${GROUP_A} ${kept}`,
        `x: assignments [secret] ${kept}`,
      ],
    );
  });
});
