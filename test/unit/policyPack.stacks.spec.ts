import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noConflictingPolicies } from "../../policy/rules/conflicts";
import { noMachineSetting } from "../../policy/rules/machineSettings";
import { requiredSettings } from "../../policy/rules/requiredSettings";
import { type Judged, judge, judgeStack, UNKNOWN, type Verdicts } from "../policyRules";

const FINE: Verdicts = { violations: [] };
const GROUP = "11111111-1111-4111-8111-11111111111a";
const OTHER = "11111111-1111-4111-8111-11111111111b";
const FILTER = "22222222-2222-4222-8222-22222222222a";

const ID = "office16;L_SendFeedback";

function assertOne({ violations, waits }: Verdicts, ...words: readonly string[]): void {
  assert.equal(violations.length, 1, violations.join("\n"));
  assert.equal(waits, undefined);
  for (const word of words) assert.ok(violations[0]?.includes(word), violations[0]);
}

describe("no-conflicting-policies in Cloud Policy", () => {
  const policy = (name: string, value: unknown, priority?: unknown, more: object = {}): Judged => ({
    name,
    props: { policies: { [ID]: value }, ...(priority !== undefined && { priority }), ...more },
  });
  const look = (...policies: Judged[]) => judgeStack(noConflictingPolicies, policies);

  it("names the settings in which two of the same priority disagree, and no value", () => {
    const verdicts = look(policy("a", "planted", 3), policy("b", "0", 3));
    assertOne(verdicts, `b: It gives other values than "a" to ${ID}`, "the same priority");
    assert.doesNotMatch(String(verdicts.violations[0]), /planted/);
    const security = {
      ...policy("b", "0", 3),
      kind: "WindowsOfficeClientSecurityConfiguration" as const,
    };
    assertOne(look(policy("a", "1", 3), security));
    const patch = { ...policy("b", "0", 3), kind: "OfficeClientConfigurationPatch" as const };
    assertOne(look(policy("a", "1", 3), patch));
  });

  it("lets others be: other priorities, none, the same values, other inputs and platforms", () => {
    assert.deepEqual(look(policy("a", "1", 3), policy("b", "0", 4)), FINE);
    assert.deepEqual(look(policy("a", "1"), policy("b", "0")), FINE);
    assert.deepEqual(look(policy("a", "1", 3), policy("b", "1", 3)), FINE);
    assert.deepEqual(
      look(policy("a", "1", 3), {
        name: "b",
        props: { priority: 3, userPreferences: { [ID]: "0" } },
      }),
      FINE,
    );
    const mac = {
      name: "b",
      props: { priority: 3, policies: { [`${ID}@Mac`]: { value: "0", platform: "Mac" } } },
    };
    assert.deepEqual(look(policy("a", "1", 3), mac), FINE);
    assert.deepEqual(look(policy("a", "1", 3)), FINE);
  });

  it("compares every pair", () => {
    const { violations } = look(policy("a", "1", 0), policy("b", "0", 0), policy("c", "2", 0));
    assert.deepEqual(
      violations.map((text) => text.slice(0, 1)),
      ["b", "c", "c"],
    );
  });

  it("waits where a value, a priority or settings that are not known yet decide", () => {
    assert.match(
      String(look(policy("a", "1", 3), policy("b", UNKNOWN, 3)).waits),
      /^b: .*SendFeedback/,
    );
    assert.match(
      String(look(policy("a", "1", UNKNOWN), policy("b", "0", 3)).waits),
      /^a: .*priority/,
    );
    const unknown = { name: "b", props: { priority: 3, policies: UNKNOWN } };
    assert.match(String(look(policy("a", "1", 3), unknown).waits), /^b: .*policies/);
  });

  it("does not wait where they decide nothing", () => {
    assert.deepEqual(look(policy("a", "1", 4), policy("b", UNKNOWN, 3)), FINE);
    assert.deepEqual(look(policy("a", "1", UNKNOWN), policy("b", "1", 3)), FINE);
  });

  it("reports what is known beside what is not", () => {
    const more = { policies: { [ID]: "0", "office16;L_Other": UNKNOWN } };
    const both = { policies: { [ID]: "1", "office16;L_Other": "1" } };
    const { violations, waits } = look(policy("a", "", 3, both), policy("b", "", 3, more));
    assert.equal(violations.length, 1);
    assert.match(String(waits), /L_Other/);
  });
});

describe("no-conflicting-policies in Intune", () => {
  const policy = (name: string, value: string, assignments: unknown): Judged => ({
    kind: "IntuneOfficePolicy",
    name,
    props: { policies: { [ID]: value }, assignments },
  });
  const look = (first: unknown, second: unknown) =>
    judgeStack(noConflictingPolicies, [policy("a", "1", first), policy("b", "0", second)]);

  it("reports two for the same group, or for all", () => {
    for (const [first, second] of [
      [[{ groupId: GROUP }], [{ groupId: GROUP.toUpperCase() }]],
      [[{ groupId: GROUP }], [{ excludedGroupId: OTHER }, { groupId: GROUP }]],
      [[{ all: "users" }], [{ groupId: GROUP }]],
      [[{ groupId: GROUP }], [{ all: "devices" }]],
      [[{ all: "users" }], [{ all: "devices" }]],
      [[{ groupId: GROUP, filter: { include: FILTER } }], [{ groupId: GROUP }]],
      [
        [{ groupId: GROUP, filter: { include: FILTER } }],
        [{ groupId: GROUP, filter: { include: FILTER } }],
      ],
      [
        [{ groupId: OTHER }, { groupId: GROUP }],
        [{ groupId: GROUP }, { excludedGroupId: OTHER }],
      ],
    ]) {
      assertOne(look(first, second), "for whom Intune reports a conflict");
    }
  });

  it("lets others be", () => {
    for (const [first, second] of [
      [[{ groupId: GROUP }], [{ groupId: OTHER }]],
      [[{ all: "users" }, { excludedGroupId: GROUP }], [{ groupId: GROUP }]],
      [[{ groupId: GROUP }], [{ groupId: GROUP }, { excludedGroupId: GROUP }]],
      [
        [{ groupId: GROUP, filter: { include: FILTER } }],
        [{ groupId: GROUP, filter: { exclude: FILTER } }],
      ],
      [[], [{ groupId: GROUP }]],
      [undefined, [{ groupId: GROUP }]],
    ]) {
      assert.deepEqual(look(first, second), FINE);
    }
    assert.deepEqual(
      judgeStack(noConflictingPolicies, [
        policy("a", "1", [{ all: "users" }]),
        { name: "b", props: { policies: { [ID]: "0" }, assignments: [GROUP] } },
      ]),
      FINE,
    );
  });

  it("waits for targets that are not known yet", () => {
    assert.match(
      String(look([{ groupId: UNKNOWN }], [{ groupId: GROUP }]).waits),
      /^a: .*assignments/,
    );
    assert.deepEqual(look([{ groupId: UNKNOWN }], []), FINE);
  });
});

describe("required-settings", () => {
  const place = { env: {}, folder: "/nowhere" };
  const baseline = {
    policies: { [ID]: "0", "excel16;L_VBAWarningsPolicy;L_empty4": [3, "4"] },
    userPreferences: { "excel16;L_AutoRecovertime;L_SaveAutoRecoverinfoevery": "5" },
  };
  const preference = "excel16;L_AutoRecovertime;L_SaveAutoRecoverinfoevery";
  const warnings = "excel16;L_VBAWarningsPolicy;L_empty4";
  const look = (...all: (readonly [policies: unknown, preferences?: unknown])[]) =>
    judgeStack(
      requiredSettings(place),
      all.map(([policies, userPreferences], index) => ({
        name: `p${index}`,
        props: { policies, userPreferences },
      })),
      { baseline },
    );

  it("is content if the policies together have them all, with an allowed value", () => {
    assert.deepEqual(look([{ [ID]: "0" }, { [preference]: "9" }], [{ [warnings]: "3" }]), FINE);
    assert.deepEqual(look([{ [ID]: "0", [warnings]: "4", [preference]: "5" }]), FINE);
    assert.match(String(judgeStack(requiredSettings(place), []).notApplicable), /No baseline/);
  });

  it("names what no policy sets, in one line, for the whole stack", () => {
    const { violations } = look([{}, { [ID]: "0" }]);
    assert.deepEqual(violations, [
      `No policy sets ${ID} ("0"), ${warnings} ("3" or "4") and ${preference} ("5").\nAdd what is missing.`,
    ]);
  });

  it("names other values of a policy, and does not show them", () => {
    const { violations } = look([{ [ID]: "planted", [warnings]: "2" }, { [preference]: "5" }]);
    assert.deepEqual(violations, [
      `p0: It has other values than the baseline: ${ID} must be "0" and ${warnings} must be "3" or "4".\nGive it the values of the baseline.`,
    ]);
  });

  it("waits for values that are not known yet, and for settings that may be what is missing", () => {
    const value = look([{ [ID]: UNKNOWN, [warnings]: "3" }, { [preference]: "5" }]);
    assert.deepEqual(value.violations, []);
    assert.match(String(value.waits), /^p0: .*SendFeedback/);
    const settings = look([{ [ID]: "0" }], [UNKNOWN]);
    assert.deepEqual(settings.violations, []);
    assert.match(String(settings.waits), /^p1: .*policies/);
    const beside = look([{ [ID]: "1" }], [UNKNOWN]);
    assert.equal(beside.violations.length, 1);
  });

  it("says that a baseline cannot be used", () => {
    const with_ = (given: unknown) => judgeStack(requiredSettings(place), [], { baseline: given });
    assertOne(with_({ polices: {} }), 'The baseline in the pack\'s configuration has "polices"');
    assertOne(with_("none.json"), "There is no file", "none.json.\nGive its path from the root.");
  });
});

describe("files of rules", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "policy-pack-"));
    mkdirSync(join(folder, "app", "node_modules", "package", "pack"), { recursive: true });
    writeFileSync(join(folder, "app", "Pulumi.yaml"), "name: test\n");
  });
  after(() => rmSync(folder, { recursive: true }));

  const packed = () => ({
    env: {},
    folder: join(folder, "app", "node_modules", "package", "pack"),
  });
  const elsewhere = (env: NodeJS.ProcessEnv) => ({ env, folder: join(folder, "elsewhere") });
  const baseline = (place: { env: NodeJS.ProcessEnv; folder: string }, named: string) =>
    judgeStack(requiredSettings(place), [], { baseline: named });

  it("are found in the project around the pack, around the shell, and by their whole path", () => {
    const file = join(folder, "app", "baseline.json");
    writeFileSync(file, JSON.stringify({ policies: { [ID]: "0" } }));
    for (const found of [
      baseline(packed(), "baseline.json"),
      baseline(elsewhere({ PWD: join(folder, "app") }), "baseline.json"),
      baseline(elsewhere({ INIT_CWD: join(folder, "app", "node_modules") }), "baseline.json"),
      baseline(elsewhere({}), file),
    ]) {
      assertOne(found, `No policy sets ${ID}`);
    }
    assertOne(baseline(elsewhere({ PWD: "" }), "baseline.json"), "There is no file", "elsewhere");
    const missing = join(folder, "none.json");
    const { violations } = baseline(packed(), missing);
    assert.deepEqual(violations, [`There is no file ${missing}.`]);
    writeFileSync(file, "{");
    assertOne(baseline(packed(), "baseline.json"), `${file} is no JSON`);
    assertOne(baseline(packed(), "node_modules"), "There is no file");
  });

  it("name machine settings, by the catalogue of the project, of the stack, or of the rule", () => {
    const catalogue = {
      version: 1,
      sources: [],
      settings: { [ID]: { name: "Feedback", scope: "machine", kind: "unknown" } },
    };
    const file = join(folder, "app", "office-settings.json");
    const props = { policies: { [ID]: "0", "office16;L_User": "1" } };
    const said: string[] = [];
    const rule = (place = packed()) => noMachineSetting(place, (line) => said.push(line));
    assert.deepEqual(judge(rule(), { props }), FINE);
    assert.match(String(said), /there is no office-settings.json/);
    writeFileSync(file, JSON.stringify(catalogue));
    assertOne(judge(rule(), { props }), `${ID} is a setting of the computer`);
    const PULUMI_CONFIG = JSON.stringify({ "officeConfiguration:catalogue": file });
    assertOne(judge(rule(elsewhere({ PULUMI_CONFIG })), { props }), ID);
    assertOne(judge(rule(elsewhere({})), { props }, { catalogue: file }), ID);
    assert.equal(said.length, 1);
    const missing = rule();
    assertOne(judge(missing, { props }, { catalogue: "none.json" }), "There is no file");
    assert.deepEqual(judge(missing, { props }, { catalogue: "none.json" }), FINE);
    writeFileSync(file, "[]");
    assertOne(judge(rule(), { props }), "office-settings.json", "it must hold an object");
  });

  it("are not needed for settings that say that they are the computer's", () => {
    const look = (properties: object) =>
      judge(
        noMachineSetting(elsewhere({}), () => undefined),
        {
          props: { policies: { [ID]: { value: "0", ...properties } } },
        },
      );
    assertOne(look({ class: "Machine" }), ID);
    assertOne(look({ regKeyFullPath: "HKEY_LOCAL_MACHINE\\software\\policies" }), ID);
    assertOne(look({ key: "hklm\\software" }), ID);
    assert.deepEqual(look({ class: "User", key: "common\\loop" }), FINE);
    assert.match(String(look({ class: UNKNOWN }).waits), /class/);
  });
});
