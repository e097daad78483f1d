import { strict as assert } from "node:assert";
import { type Comparison, compareSides, counts } from "../../cli/compare/comparison";
import { comparisonJson } from "../../cli/compare/json";
import type { Side } from "../../cli/compare/side";
import { comparisonText } from "../../cli/compare/text";
import { NO_GLOSSARY } from "../../provider/settings/glossary";
import {
  ALL_USERS as ALL,
  targetsOf as audience,
  intuneTenant as intune,
  sideOf,
  type TestPolicy,
  cloudTenant as tenant,
} from "../comparedSides";

const A = "a;L_A";
const TENANTS = ["a", "b"].map((letter) => `${letter.repeat(8)}-1111-4111-8111-111111111111`);

const compare = (left: Side, right: Side) => compareSides({ left, right }, NO_GLOSSARY);

const outcomes = ({ settings }: Comparison) => settings.map(({ key, outcome }) => [key, outcome]);

const remarks = ({ settings }: Comparison) => settings.flatMap((setting) => setting.remarks);

describe("sides of the same road", () => {
  const stack = (...policies: TestPolicy[]) => sideOf(policies, { title: "stack a" });
  const cloud = { road: "cloudPolicy", policies: { [A]: "1" } } as const;
  const through = { road: "intune", policies: { [A]: "1" }, ...ALL, rank: undefined } as const;

  it("are compared: of a stack, the policies on the road of the other side", () => {
    const result = compare(stack(cloud, through), intune({ policies: { [A]: "1" }, ...ALL }));
    assert.equal(result.roads, undefined);
    assert.deepEqual(outcomes(result), [[A, "same"]]);
    assert.deepEqual(result.notes, [
      "left has 1 policy of Cloud Policy, which is not compared: right has those of Intune only",
    ]);
    const other = compare(tenant({ policies: { [A]: "1" } }), stack(cloud, through, through));
    assert.deepEqual(outcomes(other), [[A, "same"]]);
    assert.deepEqual(other.notes, [
      "right has 2 policies of Intune, which are not compared: left has those of Cloud Policy only",
    ]);
  });

  it("are two roads only beside Intune: a tenant's Cloud Policy has what a stack has there, or not", () => {
    assert.deepEqual(compare(stack(cloud), intune(through)).roads, {
      left: "cloudPolicy",
      right: "intune",
    });
    assert.equal(compare(stack(), intune(through)).roads, undefined);
    const result = compare(stack(through), tenant({ policies: { [A]: "1" } }));
    assert.equal(result.roads, undefined);
    assert.deepEqual(outcomes(result), [[A, "onlyRight"]]);
    assert.deepEqual(result.notes, [
      "left has 1 policy of Intune, which is not compared: right has those of Cloud Policy only",
    ]);
  });

  it("are told apart by road between programs, and say which setting goes through Intune", () => {
    const result = compare(stack(cloud), stack(through));
    assert.deepEqual(outcomes(result), [
      [A, "onlyLeft"],
      [A, "onlyRight"],
    ]);
    assert.match(
      comparisonText(result, NO_GLOSSARY, 80),
      /^only right \(1\)\n {2}a;L_A, through Intune\n/m,
    );
    const { settings } = JSON.parse(comparisonJson(result, NO_GLOSSARY)) as {
      readonly settings: readonly { readonly road?: string }[];
    };
    assert.deepEqual(
      settings.map(({ road }) => road),
      ["cloudPolicy", "intune"],
    );
  });

  it("are compared by their values with files, whatever the road", () => {
    const file = sideOf([{ policies: { [A]: "1" }, audience: { kind: "source" } }]);
    assert.deepEqual(outcomes(compare(file, intune(through))), [[A, "same"]]);
    assert.deepEqual(outcomes(compare(file, stack(through))), [[A, "same"]]);
  });

  it("are compared by their values where they are of two tenants", () => {
    const [left, right] = TENANTS;
    const result = compare(
      { ...tenant({ policies: { [A]: "1" } }), tenantId: left },
      { ...intune({ policies: { [A]: "1" }, ...ALL }), tenantId: right },
    );
    assert.equal(result.roads, undefined);
    assert.deepEqual(counts(result).same, 1);
  });

  it("differ in Intune's targets, and say whom they reach", () => {
    const targets = audience(
      { all: "users", filter: { include: "F" } },
      { groupId: "X" },
      { excludedGroupId: "Y" },
    );
    const result = compare(
      intune({ policies: { [A]: "1" }, ...ALL }),
      intune({ policies: { [A]: "1" }, audience: targets }),
    );
    assert.deepEqual(remarks(result), ["the values are the same, but not the groups"]);
    const text = comparisonText(result, NO_GLOSSARY, 120);
    assert.match(
      text,
      /right {2}"1": "P0" for all users \(filter f\) and the group x, but not for the group y$/m,
    );
    assert.doesNotMatch(text, /does not say/);
    const nobody = compare(
      intune({ policies: { [A]: "1" }, audience: audience({ excludedGroupId: "y" }) }),
      intune({ policies: { [A]: "1" }, audience: { kind: "targets", targets: [], unread: 1 } }),
    );
    const other = comparisonText(nobody, NO_GLOSSARY, 120);
    assert.match(other, /left {3}"1": "P0" for nobody$[\s\S]*note {3}left gives it to nobody$/m);
    assert.match(other, /right does not say which groups get its policies/);
  });

  it("say which policies of Intune's disagree, instead of which one wins", () => {
    const two = intune(
      { name: "One", policies: { [A]: "1" }, ...ALL },
      { name: "Two", policies: { [A]: "2" }, ...ALL },
    );
    const result = compare(intune({ policies: { [A]: "1" }, ...ALL }), two);
    assert.deepEqual(remarks(result), [
      '"One" and "Two" disagree and reach the same users: a conflict in Intune',
    ]);
    assert.doesNotMatch(comparisonText(result, NO_GLOSSARY, 120), /a user gets the first one/);
  });
});
