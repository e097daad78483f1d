import { strict as assert } from "node:assert";
import { settingsOf } from "../../cli/compare/sides/intune";
import { policiesOf } from "../../cli/compare/sides/resources";
import type { WholePolicy } from "../../provider/api/configurationPolicyReader";
import { UNKNOWN } from "../../provider/settings/json";
import { targetsOf as audience } from "../comparedSides";
import { INTUNE_ID as ID, intuneCatalogue, TOGGLE_DEFINITION } from "../intuneHost";
import { choice, simple } from "../intuneInstances";

const A = "a;L_A";

/** Target of an assignment in Graph's JSON. */
const target = (kind: string, more: object = {}) => ({
  "@odata.type": `#microsoft.graph.${kind}AssignmentTarget`,
  ...more,
});

describe("the policies of a tenant in Intune, as a side", () => {
  const catalogue = { version: 1 as const, sources: [], settings: intuneCatalogue() };

  function policy(
    id: string,
    name: string,
    instances: readonly unknown[],
    targets: WholePolicy["targets"] = [],
  ): WholePolicy {
    return { id, policy: { id, name }, instances, targets };
  }

  const browser = choice("device_vendor_msft_policy_config_contoso_setting2", "1");

  it("have settings of Office by their ids, with their targets", () => {
    const { policies, left } = settingsOf(
      [
        policy(
          "1",
          "Macros",
          [choice(TOGGLE_DEFINITION, "1"), browser],
          [target("allLicensedUsers"), target("exclusionGroup", { groupId: "g" })],
        ),
        policy("2", "Browser", [browser]),
      ],
      catalogue,
    );
    assert.deepEqual(policies, [
      {
        road: "intune",
        name: "Macros",
        id: "1",
        audience: audience({ all: "users" }, { excludedGroupId: "g" }),
        payloads: { policies: { [ID.toggle]: "1" }, userPreferences: undefined },
      },
    ]);
    assert.deepEqual(left, []);
  });

  it("have names that tell them apart, and say of how many targets the form is not known", () => {
    const one = [choice(TOGGLE_DEFINITION, "1")];
    const { policies } = settingsOf(
      [policy("1", "Macros", one, [target("someOther")]), policy("2", "Macros", one)],
      catalogue,
    );
    assert.deepEqual(
      policies.map(({ name }) => name),
      ["Macros (1)", "Macros (2)"],
    );
    assert.deepEqual(policies[0]?.audience, { kind: "targets", targets: [], unread: 1 });
  });

  it("keep what may be a setting of Office and cannot be read as one, and nothing of other products", () => {
    const unread = { settingDefinitionId: "device_vendor_msft_policy_config_contoso_setting3" };
    const { left } = settingsOf(
      [
        policy("1", "Macros", [
          simple(TOGGLE_DEFINITION, 1),
          unread,
          { settingDefinitionId: TOGGLE_DEFINITION.replace("05", "10") },
          "broken",
        ]),
      ],
      catalogue,
    );
    assert.deepEqual(
      left.map(({ source, kind }) => [source, kind]),
      [
        ["Macros", "unread"],
        ["Macros", "unread"],
        ["Macros", "unread"],
      ],
    );
  });
});

describe("a policy of Intune's in a program or a state", () => {
  const [{ road, name, audience: who, payloads } = {}] = policiesOf([
    {
      kind: "IntuneOfficePolicy",
      name: "macros",
      id: undefined,
      properties: {
        name: "Macros",
        policies: [{ settingId: A, value: "1" }],
        assignments: ["g", { all: "devices" }, { excludedGroupId: "h" }],
      },
    },
  ]);

  it("is on the road of Intune, with its targets", () => {
    assert.deepEqual([road, name], ["intune", "Macros"]);
    assert.deepEqual(payloads, { policies: { [A]: "1" }, userPreferences: undefined });
    assert.deepEqual(who, audience({ groupId: "g" }, { all: "devices" }, { excludedGroupId: "h" }));
  });

  for (const [what, assignments, kind] of [
    ["says nothing of them if it gives none", undefined, "unsaid"],
    ["does not know them if one is not known", [{ groupId: UNKNOWN }], "unknown"],
    ["does not know them if all are not known", UNKNOWN, "unknown"],
  ] as const) {
    it(what, () => {
      const properties = { name: UNKNOWN, policies: {}, assignments };
      const [policy] = policiesOf([
        { kind: "IntuneOfficePolicy", name: "macros", id: "1", properties },
      ]);
      assert.equal(policy?.audience.kind, kind);
      assert.equal(policy?.name, "macros");
    });
  }
});
