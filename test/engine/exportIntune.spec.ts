import { strict as assert } from "node:assert";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../emulator";
import { byDefinition } from "../../provider/intune/comparison";
import { INTUNE_ID as ID, intuneCatalogue, TOGGLE_DEFINITION } from "../intuneHost";
import { choice, definition, simple, texts } from "../intuneInstances";
import { TestProject } from "./support";

const GROUP = "11111111-1111-4111-8111-11111111111a";
const TYPE = "#microsoft.graph.";

/** A policy of the invented templates that is on. */
const policy = (template: string, number: string, children: readonly object[] = []) =>
  choice(definition(template, `l_invented${number}`), "1", children);
const part = (template: string, number: string) =>
  definition(template, `l_invented${number}_l_part`);

/** Settings that a program can have, and some that it cannot: a list, the computer's, other products'. */
const SETTINGS = [
  choice(TOGGLE_DEFINITION, "0"),
  policy("excel16v2", "06", [choice(part("excel16v2", "06"), "2")]),
  policy("excel16v2", "07", [simple(part("excel16v2", "07"), 3)]),
  policy("word16v2", "03", [simple(part("word16v2", "03"), "C:\\*/`x`")]),
  policy("word16v2", "04", [texts(part("word16v2", "04"), ["a", "b"])]),
  choice(TOGGLE_DEFINITION.replace("user_", "device_"), "1"),
  ...Array.from({ length: 30 }, (_, place) =>
    choice(`device_vendor_msft_policy_config_contoso_setting${place * 3 + 2}`, "0"),
  ),
];

const TARGETS = [
  { "@odata.type": `${TYPE}exclusionGroupAssignmentTarget`, groupId: GROUP },
  {
    "@odata.type": `${TYPE}allDevicesAssignmentTarget`,
    deviceAndAppManagementAssignmentFilterId: GROUP,
    deviceAndAppManagementAssignmentFilterType: "include",
  } as const,
];

describe("an export of Intune's policies", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator({ mode: { othersPolicies: true } });
    const { configurationPolicies: policies } = emulator;
    const settings = SETTINGS as never;
    policies.insert({ name: "Macros", description: "For all", settings, targets: TARGETS });
    policies.insert({ name: "Macros", settings: [choice(TOGGLE_DEFINITION, "1")] as never });
    project = await TestProject.create(emulator);
    const catalogue = { version: 1, sources: [], settings: intuneCatalogue() };
    project.write("office-settings.json", JSON.stringify(catalogue));
    const out = join(project.folder, "exported");
    await project.tool("export", "--intune", "--out", out, "--name", "test");
    cpSync(out, project.folder, { recursive: true });
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  const big = () => {
    const found = emulator.configurationPolicies.list().find(({ name }) => name === "Macros");
    assert.ok(found);
    return found;
  };

  it("is adopted by the first update with no write at all, and differs in nothing afterwards", async () => {
    const preview = await project.preview();
    const adoptions = preview.match(/^ {4}.*: adopts [\da-f-]+, nothing differs$/gim);
    assert.equal(adoptions?.length, 4, preview);
    await project.up();
    await project.run("preview", "--refresh", "--expect-no-changes");
    assert.deepEqual(emulator.writes(), []);
  });

  it("keeps what the program does not have when a setting of it changes", async () => {
    const before = byDefinition(big().settings);
    const file = readFileSync(join(project.folder, "index.ts"), "utf8");
    const edited = file.replace(`{ settingId: "${ID.number}", value: "3" }`, (text) =>
      text.replace('"3"', '"4"'),
    );
    assert.notEqual(edited, file);
    project.write("index.ts", edited);
    assert.match(await project.up(), /keeps 32 settings that the program does not name/);
    assert.deepEqual(
      emulator.writes().map(({ method }) => method),
      ["PUT"],
    );
    const after = byDefinition(big().settings);
    assert.deepEqual([...after.keys()].sort(), [...before.keys()].sort());
    const changed = [...after].filter(([id, text]) => before.get(id) !== text);
    assert.deepEqual(
      changed.map(([id]) => id),
      [definition("excel16v2", "l_invented07")],
    );
    assert.equal(big().targets.length, 2);
  });
});

describe("a policy of Intune's that is converted for Intune", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
    const catalogue = { version: 1, sources: [], settings: intuneCatalogue() };
    project.write("office-settings.json", JSON.stringify(catalogue));
    const settings = SETTINGS.map((settingInstance) => ({ settingInstance }));
    const assignments = TARGETS.map((target) => ({ target }));
    project.write("macros.json", JSON.stringify({ name: "Macros", settings, assignments }));
    project.write("other.json", JSON.stringify({ name: "Other", settings: settings.slice(0, 1) }));
    const at = (name: string) => join(project.folder, name);
    await project.tool(
      ...["convert", at("macros.json"), at("other.json"), "--road", "intune", "--name", "test"],
      ...["--out", at("out"), "--catalogue", at("office-settings.json")],
    );
    cpSync(at("out"), project.folder, { recursive: true });
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  it("is made as it was, but for what is left, and differs in nothing afterwards", async () => {
    await project.up();
    const made = emulator.configurationPolicies
      .list()
      .filter(({ name }) => ["Macros", "Other"].includes(name))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const contents = made.map(({ settings }) => Object.fromEntries(byDefinition(settings)));
    const wanted = [SETTINGS.slice(0, 4), SETTINGS.slice(0, 1)];
    assert.deepEqual(
      contents,
      wanted.map((each) => Object.fromEntries(byDefinition(each))),
    );
    assert.deepEqual(
      made[0]?.targets.map((target) => target["@odata.type"]).sort(),
      TARGETS.map((target) => target["@odata.type"]).sort(),
    );
    const writes = emulator.writes().length;
    await project.run("up", "--yes", "--refresh", "--expect-no-changes");
    assert.equal(emulator.writes().length, writes);
  });
});
