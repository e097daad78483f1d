import { strict as assert } from "node:assert";
import {
  type Comparison,
  compareSides,
  differ,
  listedSettings,
  withBaseline,
} from "../../cli/compare/comparison";
import { comparisonJson } from "../../cli/compare/json";
import { comparisonMarkdown } from "../../cli/compare/markdown";
import type { Side } from "../../cli/compare/side";
import { summary } from "../../cli/compare/summary";
import { comparisonText } from "../../cli/compare/text";
import { NO_GLOSSARY } from "../../provider/settings/glossary";
import { UNKNOWN } from "../../provider/settings/json";
import {
  ALL_USERS as ALL,
  targetsOf as audience,
  intuneTenant as intune,
  cloudTenant as tenant,
} from "../comparedSides";

const A = "a;L_A";
const compare = (left: Side, right: Side) => compareSides({ left, right }, NO_GLOSSARY);

const outcomes = ({ settings }: Comparison) => settings.map(({ key, outcome }) => [key, outcome]);

const remarks = ({ settings }: Comparison) => settings.flatMap((setting) => setting.remarks);

describe("two roads to the same users", () => {
  it("are looked through for settings that a user has twice, and who wins", () => {
    const result = compare(
      tenant({ policies: { [A]: "1", "a;L_B": "1", "a;L_Cloud": "1" } }),
      intune({ policies: { [A]: "2", "a;L_B": "1", "a;L_Intune": "1" }, ...ALL }),
    );
    assert.deepEqual(outcomes(result), [
      [A, "different"],
      ["a;L_B", "same"],
      ["a;L_Cloud", "onlyLeft"],
      ["a;L_Intune", "onlyRight"],
    ]);
    assert.deepEqual(remarks(result), ["users get both values: Cloud Policy's is likely to win"]);
    assert.deepEqual(
      result.settings.map(({ twice }) => twice),
      [{ meet: "yes", likely: "left" }, { meet: "yes" }, undefined, undefined],
    );
    assert.deepEqual(
      listedSettings(result).map(({ key }) => key),
      [A, "a;L_B"],
    );
    assert.equal(differ(result, false), true);
    assert.equal(
      summary(result),
      "2 settings set twice: 1 with different values, 1 with the same value. Besides: 1 set by Cloud Policy alone, 1 set by Intune alone.",
    );
    assert.match(result.notes[0] ?? "", /^Cloud Policy and Intune are two roads /);
    assert.match(result.notes[1] ?? "", /^Microsoft documents .* is not documented$/);
  });

  it("are the same in the other order", () => {
    const sides = [
      tenant({ policies: { [A]: "1" } }),
      intune({ policies: { [A]: "2" }, ...ALL }),
    ] as const;
    const [one, other] = [compare(sides[0], sides[1]), compare(sides[1], sides[0])];
    assert.deepEqual(remarks(one), remarks(other));
    assert.deepEqual(other.settings[0]?.twice, { meet: "yes", likely: "right" });
    assert.deepEqual(other.roads, { left: "intune", right: "cloudPolicy" });
  });

  it("do not differ where values are equal, or no user gets both", () => {
    const result = compare(
      tenant({ policies: { [A]: "1", "a;L_B": "1" }, groups: ["x"] }),
      intune(
        { policies: { [A]: 1 }, ...ALL },
        {
          policies: { "a;L_B": "2" },
          audience: audience({ all: "users" }, { excludedGroupId: "x" }),
        },
      ),
    );
    assert.deepEqual(outcomes(result), [
      [A, "same"],
      ["a;L_B", "apart"],
    ]);
    assert.equal(differ(result, true), false);
    assert.equal(
      summary(result),
      "1 setting set twice: 1 with the same value. Besides: 1 set by both for different users.",
    );
  });

  it("may differ where it is not known who is in groups, and a note says so", () => {
    const result = compare(
      tenant({ policies: { [A]: "1" }, groups: ["x"] }),
      intune({ policies: { [A]: "2" }, audience: audience({ groupId: "y" }) }),
    );
    assert.deepEqual(remarks(result), [
      "a user may get both values: Cloud Policy's is likely to win",
    ]);
    assert.match(result.notes.join("\n"), /members of groups are not read/);
    assert.equal(differ(result, false), true);
  });

  it("name the policies that disagree where others do not, and leave out those that are overruled", () => {
    const result = compare(
      tenant(
        { name: "First", policies: { [A]: "1" }, groups: ["x"] },
        { name: "Second", policies: { [A]: "2" }, groups: ["x", "y"] },
        { name: "Never", policies: { [A]: "3" }, groups: ["x"] },
      ),
      intune({ name: "Office", policies: { [A]: "1" }, ...ALL }),
    );
    assert.deepEqual(remarks(result), [
      "users get both values: Cloud Policy's is likely to win",
      'they disagree in "Second" and "Office"',
    ]);
  });

  it("may meet where an earlier policy of Cloud Policy's takes the group that both have", () => {
    const result = compare(
      tenant(
        { policies: { [A]: "1" }, groups: ["x"] },
        { policies: { [A]: "2" }, groups: ["x", "y"] },
      ),
      intune({ policies: { [A]: "1" }, audience: audience({ groupId: "x" }) }),
    );
    assert.deepEqual(result.settings[0]?.twice, { meet: "may", likely: "left" });
  });

  it("promise nothing where Cloud Policy has a setting among its user preferences", () => {
    const result = compare(
      tenant({ userPreferences: { [A]: "1" } }),
      intune({ policies: { [A]: "2" }, ...ALL }),
    );
    assert.deepEqual(outcomes(result), [[A, "different"]]);
    assert.deepEqual(remarks(result), [
      "users get both values: left has it among its userPreferences, and which one wins is not documented",
    ]);
    assert.equal(result.settings[0]?.effects.left.length, 1);
    assert.deepEqual(result.settings[0]?.twice, { meet: "yes" });
  });

  it("meet for Windows, not for other platforms", () => {
    const settings = (platform: string) => [{ settingId: A, value: "1", platform }];
    const right = intune({ policies: { [A]: "2" }, ...ALL });
    assert.deepEqual(outcomes(compare(tenant({ policies: settings("Win32") }), right)), [
      [A, "different"],
    ]);
    assert.deepEqual(outcomes(compare(tenant({ policies: settings("Mac") }), right)), [
      [A, "onlyRight"],
      [`${A}@Mac`, "onlyLeft"],
    ]);
  });

  it("are not known where a value, or a whole payload, is not", () => {
    const right = intune({ policies: { [A]: "2" }, ...ALL });
    const one = compare(tenant({ policies: { [A]: UNKNOWN } }), right);
    assert.deepEqual(outcomes(one), [[A, "unknown"]]);
    assert.match(remarks(one).join(), /^users get it on both roads/);
    assert.equal(summary(one), "No setting is set twice. Besides: 1 not known.");
    const whole = compare(tenant({ policies: UNKNOWN }), right);
    assert.deepEqual(outcomes(whole), [
      ["", "unknown"],
      [A, "unknown"],
    ]);
    const json = compare(tenant({ policies: { $json: { any: 1 } } }), right);
    assert.deepEqual(outcomes(json), [
      ["", "unknown"],
      [A, "onlyRight"],
    ]);
    for (const each of [one, whole, json]) assert.equal(differ(each, false), true);
  });

  it("tell of policies of Intune's that disagree, whether Cloud Policy has the setting or not", () => {
    const right = intune(
      { name: "One", policies: { [A]: "1" }, ...ALL },
      { name: "Two", policies: { [A]: "2" }, audience: audience({ groupId: "y" }) },
      { name: "Idle", policies: { [A]: "3" }, audience: audience() },
    );
    const alone = compare(tenant(), right);
    assert.deepEqual(outcomes(alone), [[A, "conflict"]]);
    const conflict = '"One" and "Two" disagree and reach the same users: a conflict in Intune';
    assert.deepEqual(remarks(alone), [conflict]);
    assert.match(alone.notes.join("\n"), /^Intune shows a conflict/m);
    assert.equal(differ(alone, false), true);
    const both = compare(tenant({ policies: { [A]: "1" }, groups: ["x"] }), right);
    assert.deepEqual(outcomes(both), [[A, "different"]]);
    assert.ok(remarks(both).includes(conflict));
  });

  it("hide a secret of either road, and compare it", () => {
    const isSecret = () => true;
    const result = compare(
      tenant({ policies: { [A]: "planted" }, isSecret }),
      intune({ policies: { [A]: "other" }, ...ALL }),
    );
    assert.deepEqual(outcomes(result), [[A, "different"]]);
    const shown = [
      comparisonText(result, NO_GLOSSARY, 80),
      comparisonMarkdown(result, NO_GLOSSARY),
      comparisonJson(result, NO_GLOSSARY),
    ];
    for (const each of shown) assert.doesNotMatch(each, /planted|other"/);
  });

  it("must have the same for the same users if the left one is a baseline", () => {
    const left = tenant({ policies: { [A]: "1", "a;L_B": "1", "a;L_C": "1" }, groups: ["x"] });
    const result = compare(
      left,
      intune(
        { policies: { [A]: "1" }, ...ALL },
        { policies: { "a;L_B": "1" }, audience: audience() },
      ),
    );
    assert.equal(differ(result, true), false);
    const baseline = withBaseline(result);
    assert.deepEqual(
      listedSettings(baseline).map(({ outcome }) => outcome),
      ["same", "apart", "onlyLeft"],
    );
    assert.equal(differ(baseline, false), true);
    assert.deepEqual(baseline.notes, [
      "right must have what left has, for the same users: what right has alone does not count",
    ]);
    assert.match(
      comparisonText(baseline, NO_GLOSSARY, 80),
      /^only left \(1\)\n {2}a;L_C\n[\s\S]*^both, for different users \(1\)\n {2}a;L_B\n[\s\S]*note {3}right gives it to nobody$/m,
    );
  });
});
