import { strict as assert } from "node:assert";
import fc from "fast-check";
import { exportedIntuneProgram, officePolicies } from "../../cli/export/intune/program";
import { settingsOfPolicy } from "../../cli/export/intune/settings";
import { knownNames } from "../../cli/export/names";
import type { IntuneContent } from "../../cli/tenant/readIntune";
import type { WholePolicy } from "../../provider/api/configurationPolicyReader";
import { glossaryOf } from "../../provider/catalogue/glossary";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { byDefinition } from "../../provider/intune/comparison";
import { IntuneSettings } from "../../provider/intune/intuneSettings";
import { mergeSettings } from "../../provider/intune/merging";
import { intuneDifferences } from "../../provider/resources/intuneOfficePolicy/differences";
import { inputsOf } from "../../provider/resources/intuneOfficePolicy/found";
import { storedInputs } from "../../provider/resources/intuneOfficePolicy/stored";
import { evaluate } from "../evaluate";
import { INTUNE_ID, intuneCatalogue, TOGGLE_DEFINITION } from "../intuneHost";
import { choice, definition, pairs, simple, texts } from "../intuneInstances";
import { DEFINED_CATALOGUE } from "../registryCatalogue";

const GROUP = "11111111-1111-4111-8111-11111111111a";
const OTHER = "22222222-2222-4222-8222-22222222222b";
const ID = "13a5ac73-ac73-13a5-73ac-a51373aca513";
const TARGET = "#microsoft.graph.";

const catalogue = { version: 1 as const, sources: [], settings: intuneCatalogue() };
const settings = new IntuneSettings(new KnownSettings(catalogue));
const words = glossaryOf(catalogue);

/** An instance of an invented policy of Office that is on, with its element if it has one. */
function office(template: string, number: number, value: unknown = undefined): object {
  const id = definition(template, `l_invented${String(number).padStart(2, "0")}`);
  const part = `${id}_l_part`;
  switch (number % 5) {
    case 1:
      return choice(id, "1", [choice(part, String(value ?? 1))]);
    case 2:
      return choice(id, "1", [simple(part, value ?? 1)]);
    case 3:
      return choice(id, "1", [simple(part, value ?? "text")]);
    case 4:
      return choice(id, "1", [
        number % 10 === 9 ? pairs(part, { a: "b" }) : texts(part, ["a", "b"]),
      ]);
    default:
      return choice(id, String(value ?? 1));
  }
}

const browser = choice("device_vendor_msft_policy_config_contoso_setting2", "0");

function whole(
  instances: readonly unknown[],
  policy: Partial<WholePolicy["policy"]> = {},
  targets: WholePolicy["targets"] = [],
): WholePolicy {
  const base = { id: ID, name: "Macros", description: null, roleScopeTagIds: ["0"] };
  return { id: ID, policy: { ...base, ...policy }, instances, targets };
}

function exported(policies: readonly WholePolicy[], content: Partial<IntuneContent> = {}) {
  return exportedIntuneProgram(
    officePolicies({ policies, others: [], notes: [], ...content }, settings),
    {
      settings,
      catalogue: { glossary: (id) => words(id) ?? knownNames(id) },
      groupNames: new Map([[GROUP, "Finance"]]),
    },
  );
}

/** Settings by definition and value. A write takes the definition for the later of two versions of a template. */
function contentOf(instances: readonly unknown[]): [string, string][] {
  const all = [...byDefinition(instances)].map((each) => JSON.stringify(each));
  const inVersion = all.map((each) => each.replaceAll("v2.updates.2~", "v2~"));
  return inVersion
    .map((each) => JSON.parse(each) as [string, string])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const unknown = choice(definition("excel16v2", "l_nowhere"), "1");

const bodyOf = (text: string) => text.slice(text.indexOf("*/\n") + 3);

describe("an exported program of Intune's policies", () => {
  it("is as a person would write it", () => {
    const { text, count, notes } = exported([
      whole(
        [
          office("excel16v2", 5, 0),
          office("word16v2", 3, "C:\\"),
          office("excel16v2.updates.2", 1, 2),
        ],
        { description: "For all", roleScopeTagIds: ["7", "0"] },
        [
          { "@odata.type": `${TARGET}exclusionGroupAssignmentTarget`, groupId: GROUP },
          {
            "@odata.type": `${TARGET}allLicensedUsersAssignmentTarget`,
            deviceAndAppManagementAssignmentFilterId: OTHER,
            deviceAndAppManagementAssignmentFilterType: "exclude",
          },
          { "@odata.type": "microsoft.graph.groupAssignmentTarget", groupId: OTHER },
        ],
      ),
    ]);
    assert.equal(count, 1);
    assert.deepEqual(notes, []);
    assert.equal(
      bodyOf(text),
      `import { IntuneOfficePolicy } from "pulumi-office-configuration";

new IntuneOfficePolicy("macros", {
  adopt: { id: "${ID}" },
  name: "Macros",
  description: "For all",
  roleScopeTagIds: ["7", "0"],
  assignments: [
    "${OTHER}",
    { all: "users", filter: { exclude: "${OTHER}" } },
    { excludedGroupId: "${GROUP}" }, // Finance
  ],
  policies: [
    // Invented setting 1 > Part of setting 1: Always
    { settingId: "excel16;L_Invented01;L_Part", value: "2" },
    // Invented setting 3 > Part of setting 3
    { settingId: "word16;L_Invented03;L_Part", value: "C:\\\\" },
    { settingId: "excel16;L_Invented05", value: "0" }, // Invented setting 5: Off
  ],
});
`,
    );
  });

  it("leaves what a program cannot have, with the reason, in the program and on the screen", () => {
    const machine = choice(TOGGLE_DEFINITION.replace("user_", "device_"), "1");
    const { text, notes } = exported([
      whole([office("excel16v2", 5), office("excel16v2", 4), browser, unknown, machine], {}, [
        { "@odata.type": `${TARGET}hardwareTarget` },
      ]),
    ]);
    const clauses = [
      "the assignment to #microsoft.graph.hardwareTarget stays as it is in the tenant, because a program cannot write it",
      '"Invented setting 4 > Part of setting 4" stays as it is in the tenant, because it is a list, whose value in a program is not known',
      "user…excel16v2…l_area_l_nowhere stays as it is in the tenant, because the catalogue has no setting with its names",
      '"Invented setting 5" stays as it is in the tenant, because it is a setting of the computer, and a program has user settings only',
      "1 setting of another product stays as it is in the tenant",
    ];
    assert.deepEqual(
      notes,
      clauses.map((clause) => `"Macros": ${clause}`),
    );
    const comments = text.replaceAll("\n// ", " ");
    for (const clause of clauses) assert.ok(comments.includes(`${clause}.`), clause);
    assert.match(text, /policies: \[\n {4}\{ settingId: "excel16;L_Invented05", value: "1" \}/);
  });

  it("has no policy of a template, of another platform, without settings of Office, or that the provider refuses", () => {
    const { text, count, notes } = exported(
      [
        whole([office("excel16v2", 5)], { templateReference: { templateId: "t_1" } }),
        whole([browser]),
        whole([]),
        whole([office("excel16v2", 4)], { name: "Lists */" }),
        whole([office("excel16v2", 4), office("word16v2", 4)], { name: "Lists */" }),
        whole([office("excel16v2", 4), browser, unknown], { name: "Both" }),
        whole([office("excel16v2", 5)], { name: " " }),
      ],
      { others: [{ id: "m", name: "Mac\u202e", platforms: "macOS" }] },
    );
    assert.equal(count, 0);
    const list = "it is a list, whose value in a program is not known";
    assert.deepEqual(notes, [
      '"Macros" is left out: it was made from the template "t_1", whose settings need references that a program does not have',
      `"Lists * /" (${ID}) is left out: a program cannot have its one setting of Office, because ${list}`,
      `"Lists * /" (${ID}) is left out: a program can have none of its 2 settings of Office, each because ${list}`,
      '"Both" is left out: a program can have none of its 2 settings of Office',
      `"Both": "Invented setting 4 > Part of setting 4" stays as it is in the tenant, because ${list}`,
      '"Both": user…excel16v2…l_area_l_nowhere stays as it is in the tenant, because the catalogue has no setting with its names',
      '"" is left out: name must be a text of 1 to 256 characters that is not only white space',
      "2 policies are left out: they have no settings of Office",
      '1 policy is left out, as it is for another platform: "Mac" (macOS)',
    ]);
    assert.doesNotMatch(text, /import/);
    assert.deepEqual(evaluate(text), {});
    const comments = text.replaceAll("\n// ", " ").replaceAll(` (${ID})`, "");
    for (const note of notes) {
      const clause = note.replace(` (${ID})`, "").replace(/^"Both": /, "");
      assert.ok(comments.includes(`${clause}.`), note);
    }
  });

  it("leaves an input out that the provider would refuse, and keeps the rest", () => {
    const { text, notes } = exported([
      whole([office("excel16v2", 5)], { description: "x".repeat(1001) }, [
        { "@odata.type": `${TARGET}groupAssignmentTarget`, groupId: GROUP },
        { "@odata.type": `${TARGET}exclusionGroupAssignmentTarget`, groupId: GROUP },
      ]),
    ]);
    const [made] = Object.values(evaluate(text)) as Record<string, unknown>[];
    assert.deepEqual(Object.keys(made ?? {}), ["adopt", "name", "roleScopeTagIds", "policies"]);
    assert.match(
      notes[0] ?? "",
      /: description stays as it is in the tenant, because description must be/,
    );
    assert.match(
      notes[1] ?? "",
      /: assignments stays as it is .* names the same as assignments\[0\]/,
    );
  });

  it("shows a few of many settings on the screen, and all in the program", () => {
    const many = Array.from({ length: 30 }, (_, number) =>
      choice(definition("excel16v2", `l_nowhere${number}`), "1"),
    );
    const { text, notes } = exported([whole([office("excel16v2", 5), ...many])]);
    assert.equal(notes.length, 1);
    assert.match(
      notes[0] ?? "",
      /l_nowhere3 and 26 more stay as they are in the tenant, each because/,
    );
    assert.ok(text.includes("l_nowhere29"));
  });

  it("leaves a setting that stands twice with different values, and one of a policy that is not whole", () => {
    const nested = choice(definition("excel16v2", "l_invented10"), "1", [
      choice(TOGGLE_DEFINITION, "0"),
    ]);
    const part = choice(definition("excel16v2", "l_invented07"), "1");
    const { values, left } = settingsOfPolicy([office("excel16v2", 5), nested, part], settings);
    assert.deepEqual([...values.keys()], ["excel16;L_Invented10"]);
    assert.deepEqual(left, [
      { id: INTUNE_ID.toggle, reason: "the policy has it twice, with different values" },
      {
        id: "excel16;L_Invented07",
        reason: "it is enabled, without the values of its elements",
      },
    ]);
  });

  it("says nothing of a check box that is not ticked: its policy is written with it", () => {
    const known = new IntuneSettings(new KnownSettings(DEFINED_CATALOGUE));
    const place = definition("calc16v2", "l_place");
    const below = choice(`${place}_l_below`, "0");
    const path = simple(`${place}_l_path`, "C:\\");
    const { values, left } = settingsOfPolicy([choice(place, "1", [path, below])], known);
    assert.deepEqual([...values], [["calc16;L_Place;L_Path", "C:\\"]]);
    assert.deepEqual(left, []);
    const alone = settingsOfPolicy([choice(place, "1", [below])], known);
    assert.deepEqual([...alone.values], []);
    assert.match(alone.left[0]?.reason ?? "", /^it is not ticked, and Group Policy deletes/);
  });

  const number = fc.integer({ min: 0, max: 3 });
  const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("\ud800", "__proto__"));
  const template = fc.constantFrom("excel16v2", "word16v2", "office16v2", "calc16");
  const instance = fc.oneof(
    fc
      .tuple(template, fc.integer({ min: 1, max: 35 }), number, text)
      .map(([app, policy, a, b]) => office(app, policy, policy % 5 === 3 ? b : a)),
    fc.constant(browser),
  );
  const several = fc.uniqueArray(instance, {
    maxLength: 12,
    selector: (each) => (each as { settingDefinitionId: string }).settingDefinitionId,
  });

  it("is the policy that the tenant has, for the provider, whatever that has; and a write keeps all", () => {
    fc.assert(
      fc.property(several, (instances) => {
        const found = whole(instances);
        const [given] = Object.values(evaluate(exported([found]).text)) as Record<
          string,
          unknown
        >[];
        if (given === undefined) return;
        const list = given.policies as { settingId: string; value: string }[];
        const values = new Map(list.map(({ settingId, value: each }) => [settingId, each]));
        const inputs = storedInputs({ ...given, policies: Object.fromEntries(values) });
        assert.deepEqual(intuneDifferences(inputsOf(found, inputs, settings), inputs), []);
        const merged = mergeSettings(instances, { values, dropped: new Set() }, settings);
        assert.deepEqual(merged.left, []);
        assert.deepEqual(contentOf(merged.instances), contentOf(instances));
      }),
    );
  });
});
