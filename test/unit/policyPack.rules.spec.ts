import assert from "node:assert/strict";
import { onlyAllowedGroups } from "../../policy/rules/allowedGroups";
import { macrosFromInternetBlocked } from "../../policy/rules/macros";
import { policyNames } from "../../policy/rules/names";
import { noTakeOver } from "../../policy/rules/takeOver";
import { noTrustedLocationOnNetwork } from "../../policy/rules/trustedLocations";
import { noPolicyLeftUnassigned } from "../../policy/rules/unassigned";
import { type Judged, judge, judgeStack, UNKNOWN, type Verdicts } from "../policyRules";

const FINE: Verdicts = { violations: [] };
const GROUP = "11111111-1111-4111-8111-11111111111a";
const OTHER = "11111111-1111-4111-8111-11111111111b";

/** Asserts that a rule reports one violation, which says all of these words. */
function assertOne({ violations, waits }: Verdicts, ...words: readonly string[]): void {
  assert.equal(violations.length, 1, violations.join("\n"));
  assert.equal(waits, undefined);
  for (const word of words) assert.ok(violations[0]?.includes(word), violations[0]);
}

describe("macros-from-internet-blocked", () => {
  const BLOCK = "excel16;L_BlockMacroExecutionFromInternet";
  const WARNINGS = "excel16;L_VBAWarningsPolicy;L_empty4";
  const look = (policies: unknown, userPreferences?: unknown, kind?: Judged["kind"]) =>
    judge(macrosFromInternetBlocked, {
      ...(kind && { kind }),
      props: { policies, userPreferences },
    });

  it("is content with policies without macros, and with macros of an app whose block is on", () => {
    assert.deepEqual(look({ "office16;L_SendFeedback": "0" }), FINE);
    assert.deepEqual(look({ [WARNINGS]: "3", [BLOCK]: "1" }), FINE);
    assert.deepEqual(look({ [WARNINGS]: "3", [BLOCK]: { value: "1", type: "REG_DWORD" } }), FINE);
    assert.deepEqual(look(undefined), FINE);
  });

  it("asks for the block of the same app, once, in every kind of policy", () => {
    const policies = {
      [WARNINGS]: "3",
      "excel16;L_VBAWarningsPolicy;L_XL4WarningPolicy": "1",
      "word16;L_BlockMacroExecutionFromInternet": "1",
    };
    for (const kind of [
      "WindowsOfficeClientConfiguration",
      "WindowsOfficeClientSecurityConfiguration",
      "OfficeClientConfigurationPatch",
      "IntuneOfficePolicy",
    ] as const) {
      assertOne(look(policies, undefined, kind), `Add ${BLOCK} with the value "1"`);
    }
    assertOne(look({}, { [WARNINGS]: "1" }), `It sets ${WARNINGS}`);
  });

  it("refuses a block that is off, or that the user can change", () => {
    assertOne(
      look({ [WARNINGS]: "3", [BLOCK]: "0" }),
      `${BLOCK} lets macros from the Internet run`,
    );
    assertOne(look({ [WARNINGS]: "3" }, { [BLOCK]: "1" }), `${BLOCK} is a preference`);
    assert.deepEqual(look({ [WARNINGS]: "3", [BLOCK]: "1" }, { [BLOCK]: "0" }), FINE);
  });

  it("waits for values that are not known yet, and reports what is known beside them", () => {
    const { violations, waits } = look({
      [BLOCK]: UNKNOWN,
      "word16;L_BlockMacroExecutionFromInternet": "0",
    });
    assert.match(String(waits), /\.policies\.excel16;L_BlockMacroExecutionFromInternet/);
    assert.equal(violations.length, 1);
    const { violations: none, waits: all } = look(UNKNOWN, { [WARNINGS]: "3" });
    assert.match(String(all), /\.policies /);
    assert.deepEqual(none, []);
    const preferences = look({ [WARNINGS]: "3" }, UNKNOWN);
    assert.match(String(preferences.waits), /userPreferences/);
    assert.equal(preferences.violations.length, 1);
  });
});

describe("no-trusted-location-on-network", () => {
  const PATH = "word16;L_TrustedLoc02;L_pathcolon7";
  const look = (path: unknown) =>
    judge(noTrustedLocationOnNetwork, { props: { policies: { [PATH]: path } } });

  it("refuses shares and web addresses, and shows none of them", () => {
    for (const path of [
      "\\\\server\\share",
      " //server/share",
      '"\\\\server\\share"',
      "\\\\?\\UNC\\server\\share",
      "file://server/share",
      "https://contoso.example/templates",
      "HTTP://contoso.example",
      "%LOGONSERVER%\\netlogon",
    ]) {
      assertOne(look(path), `${PATH} is a place on the network`);
      assert.doesNotMatch(String(look(path).violations[0]), /server|contoso/);
    }
  });

  it("lets paths of the computer be", () => {
    for (const path of [
      "C:\\Templates",
      "%APPDATA%\\Microsoft\\Templates",
      "\\\\?\\C:\\Templates",
      "\\\\.\\C:\\Templates",
      "file:///C:/Templates",
      "file://localhost/C:/Templates",
      "",
    ]) {
      assert.deepEqual(look(path), FINE, path);
    }
    assert.deepEqual(
      judge(noTrustedLocationOnNetwork, {
        props: { policies: { "word16;L_Example": "\\\\server\\share" } },
      }),
      FINE,
    );
  });

  it("refuses to allow locations on the network", () => {
    const allow = (value: string) =>
      judge(noTrustedLocationOnNetwork, {
        props: { userPreferences: { "ppt16;L_AllowTrustedLocationsOnTheNetwork": value } },
      });
    assertOne(allow("1"), 'Set ppt16;L_AllowTrustedLocationsOnTheNetwork to "0"');
    assert.deepEqual(allow("0"), FINE);
  });

  it("waits for a path that is not known yet", () => {
    assert.match(String(look(UNKNOWN).waits), /L_TrustedLoc02/);
  });
});

describe("no-policy-left-unassigned", () => {
  const now = () => Date.parse("2026-11-30T12:00:00Z");
  const rule = noPolicyLeftUnassigned(now);
  const look = (props: Record<string, unknown>, days?: number, kind?: Judged["kind"]) =>
    judgeStack(rule, [{ ...(kind && { kind }), props }], days === undefined ? {} : { days });
  const old = { lastModifiedDateTime: "2026-10-01T00:00:00.1234567Z" };
  const recent = { lastModifiedDateTime: "2026-11-29T00:00:00Z" };

  it("names policies that have had no group for long", () => {
    assertOne(
      look({ ...old, assignments: [] }),
      "baseline: It is assigned to nobody",
      "60 days ago (2026-10-01)",
    );
    assertOne(look(old), "The program assigns it to nobody");
    assert.deepEqual(look({ ...old, assignments: [GROUP] }), FINE);
  });

  it("gives a new policy time, and one whose age nobody tells", () => {
    assert.deepEqual(look({ ...recent, assignments: [] }), FINE);
    assert.deepEqual(look({ assignments: [] }), FINE);
    assert.deepEqual(look({ name: "In Intune" }, 1, "IntuneOfficePolicy"), FINE);
    assertOne(look(recent, 1));
    assert.deepEqual(look(recent, 2), FINE);
  });

  it("takes no time for an excuse with 0 days", () => {
    assertOne(look({}, 0), "The program assigns it to nobody.\nAssign the policy");
    assertOne(look({ name: "In Intune", assignments: [] }, 0, "IntuneOfficePolicy"));
    assert.deepEqual(look({ setting: "a.b", value: "1" }, 0, "CopilotPolicySetting"), FINE);
    assert.deepEqual(look({ configurationId: "1" }, 0, "OfficeClientConfigurationPatch"), FINE);
  });

  it("waits for groups that are not known yet, and says of which policy", () => {
    assert.match(
      String(look({ ...old, assignments: UNKNOWN }).waits),
      /^baseline: .*\.assignments/,
    );
  });
});

describe("only-allowed-groups", () => {
  const look = (assignments: unknown, kind?: Judged["kind"], groups: unknown = [GROUP]) =>
    judge(onlyAllowedGroups, { ...(kind && { kind }), props: { assignments } }, { groups });

  it("does nothing without a list", () => {
    const { notApplicable } = judge(onlyAllowedGroups, { props: { assignments: [OTHER] } });
    assert.match(String(notApplicable), /No groups/);
  });

  it("lets groups of the list be, in all their forms", () => {
    assert.deepEqual(look([GROUP.toUpperCase()]), FINE);
    assert.deepEqual(look([{ target: { groupId: GROUP } }]), FINE);
    assert.deepEqual(
      look([GROUP, { groupId: GROUP }, { excludedGroupId: GROUP }], "IntuneOfficePolicy"),
      FINE,
    );
    assert.deepEqual(look([{ all: "users" }], "IntuneOfficePolicy", ["All users"]), FINE);
    assert.deepEqual(look(undefined), FINE);
  });

  it("names others by their place, and does not show them", () => {
    assertOne(look([GROUP, OTHER]), "assignments[1] is a group that is not in the list");
    assert.ok(!String(look([OTHER]).violations[0]).includes(OTHER));
    assertOne(look([{ excludedGroupId: OTHER }], "IntuneOfficePolicy"), "an excluded group");
    assertOne(look([{ all: "devices" }], "IntuneOfficePolicy"), "all devices, which the list");
  });

  it("waits for groups that are not known yet, and reports the others", () => {
    const { violations, waits } = look([UNKNOWN, OTHER]);
    assert.match(String(waits), /\.assignments\.0/);
    assert.equal(violations.length, 1);
    assert.match(String(look([{ groupId: UNKNOWN }], "IntuneOfficePolicy").waits), /groupId/);
  });
});

describe("policy-names", () => {
  const look = (props: Record<string, unknown>, pattern = "^CORP - ", kind?: Judged["kind"]) =>
    judge(policyNames, { ...(kind && { kind }), props }, { pattern });

  it("compares names with a pattern, whatever they are called", () => {
    assert.deepEqual(look({ displayName: "CORP - Macros" }), FINE);
    assert.deepEqual(look({ displayName: "CORP - Macros" }, "^CORP \\- "), FINE);
    assertOne(look({ displayName: "Macros" }), "does not match ^CORP - ");
    assertOne(look({ name: "Macros" }, undefined, "IntuneOfficePolicy"));
    assert.deepEqual(look({ policies: {} }, undefined, "OfficeClientConfigurationPatch"), FINE);
    assert.match(String(judge(policyNames, { props: {} }).notApplicable), /No pattern/);
  });

  it("does not show the name, and waits for one that is not known yet", () => {
    assert.doesNotMatch(String(look({ displayName: "Planted" }).violations[0]), /Planted/);
    assert.match(String(look({ displayName: UNKNOWN }).waits), /displayName/);
  });

  it("says that a pattern is wrong", () => {
    assertOne(
      look({ displayName: "CORP - Macros" }, "("),
      "pattern of this rule is no regular expression",
    );
  });

  it("leaves out resources that are excepted, and others than policies", () => {
    const props = { displayName: "Macros" };
    const { notApplicable } = judge(
      policyNames,
      { name: "legacy", props },
      { pattern: "^C", except: ["legacy"] },
    );
    assert.match(String(notApplicable), /excepts/);
    assert.match(
      String(
        judge(policyNames, { kind: "OfficeConfiguration", props }, { pattern: "^C" }).notApplicable,
      ),
      /no settings of Office/,
    );
  });
});

describe("the settings of a rule", () => {
  it("are refused where the rule does not have them, once, with the nearest name", () => {
    const { violations } = judge(policyNames, { props: {} }, { patern: "^C" });
    assert.deepEqual(violations, [
      'The pack\'s configuration gives "patern", which this rule does not have.\nDid you mean pattern?',
    ]);
    assert.deepEqual(judge(policyNames, { props: {} }, { patern: "^C" }).violations, []);
    const stack = judgeStack(noPolicyLeftUnassigned(Date.now), [], { zzzzzzzz: 1 });
    assertOne(stack, 'gives "zzzzzzzz"', "It has days, except.");
  });
});

describe("no-take-over", () => {
  const identical = { PULUMI_CONFIG: '{"officeConfiguration:takeOver":"identical"}' };
  const production: Judged = { stack: "contoso-prod", props: {} };
  const settings = { stacks: "prod$" };

  it("names the key, once for a stack", () => {
    const rule = noTakeOver(identical);
    assertOne(
      judge(rule, production, settings),
      "officeConfiguration:takeOver is identical",
      '"contoso-prod"',
    );
    assert.deepEqual(judge(rule, production, settings), FINE);
  });

  it("names the variable", () => {
    const rule = noTakeOver({ OFFICE_CONFIGURATION_TAKE_OVER: "identical" });
    assertOne(judge(rule, production, settings), "OFFICE_CONFIGURATION_TAKE_OVER is identical");
  });

  it("lets other stacks be, and stacks without it", () => {
    assert.deepEqual(judge(noTakeOver(identical), { ...production, stack: "dev" }, settings), FINE);
    assert.deepEqual(judge(noTakeOver({ PULUMI_CONFIG: "{}" }), production, settings), FINE);
    assert.deepEqual(judge(noTakeOver({ PULUMI_CONFIG: "no JSON" }), production, settings), FINE);
    assert.deepEqual(judge(noTakeOver({}), production, settings), FINE);
    const patch: Judged = { ...production, kind: "OfficeClientConfigurationPatch" };
    assert.deepEqual(judge(noTakeOver(identical), patch, settings), FINE);
    assert.match(String(judge(noTakeOver(identical), production).notApplicable), /No stacks/);
  });

  it("says that a pattern is wrong, once", () => {
    const rule = noTakeOver({});
    assertOne(
      judge(rule, production, { stacks: "[" }),
      "stacks of this rule is no regular expression",
    );
    assert.deepEqual(judge(rule, production, { stacks: "[" }), FINE);
  });
});
