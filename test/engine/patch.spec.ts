import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { UPDATE_COLLECTION } from "../apiPages";
import { TestProject } from "./support";

const COLLECTION = "/officeConfiguration/clientConfigurations";
const WINDOWS = "#microsoft.graph.windowsOfficeClientConfiguration";
const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";

describe("patch of a client configuration", () => {
  let emulator: Emulator;
  let project: TestProject;
  let id: string;

  beforeEach(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
    id = emulator.store.insert({ type: WINDOWS, displayName: "Portal made" }).id;
  });

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  it("writes what the API page's example shows, but for what a service reports", async () => {
    const { description, displayName, priority } = UPDATE_COLLECTION;
    const inputs = { configurationId: id, description, displayName, priority };
    project.program(
      `new office.OfficeClientConfigurationPatch("page", ${JSON.stringify(inputs)});`,
    );
    await project.up();
    const [patch] = emulator.writes();
    assert.deepEqual(patch?.body, {
      "@odata.type": WINDOWS,
      id,
      description,
      displayName,
      priority,
    });
    const found = emulator.store.get(id);
    assert.deepEqual(
      [found?.description, found?.displayName, found?.priority],
      [description, displayName, priority],
    );
  });

  for (const [what, program, command, expected] of [
    [
      "an id that nobody has",
      () =>
        'new office.OfficeClientConfigurationPatch("x", { configurationId: "00000000-0000-4000-8000-000000000000", description: "d" });',
      "up",
      /There is no client configuration with the id 00000000-0000-4000-8000-000000000000 to patch/,
    ],
    [
      "a patch of nothing",
      () => `new office.OfficeClientConfigurationPatch("x", { configurationId: "${id}" });`,
      "preview",
      /names no property of [0-9a-f-]+ to patch: give at least one of displayName, description/,
    ],
    [
      "two patches of one property",
      () => `
        new office.OfficeClientConfigurationPatch("x", { configurationId: "${id}", description: "d" });
        new office.OfficeClientConfigurationPatch("y", { configurationId: "${id}", description: "e" });`,
      "preview",
      /description of [0-9a-f-]+: the resource "[xy]" sets it already/,
    ],
    [
      "a policy of the same stack",
      () => `
        const own = new office.WindowsOfficeClientConfiguration("own", { displayName: "Own" });
        new office.OfficeClientConfigurationPatch("x", { configurationId: own.configurationId, description: "d" });`,
      "up",
      /the policy "own" is a resource of this program/,
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      project.program(program());
      const yes = command === "up" ? ["--yes", "--skip-preview"] : [];
      assert.match(await project.fail(command, ...yes), expected);
      assert.equal(emulator.writes().filter(({ method }) => method === "PATCH").length, 0);
    });
  }

  it("is shown as drift and repaired when somebody changes what it names", async () => {
    project.program(
      `new office.OfficeClientConfigurationPatch("patch", { configurationId: "${id}", description: "Ours" });`,
    );
    await project.up();
    emulator.store.patch(id, { description: "Theirs", displayName: "Not named" });
    assert.match(
      await project.refresh(),
      /Patch of .*: description "Ours" => "Theirs" \(changed in the tenant\)/,
    );
    await project.up();
    assert.equal(emulator.store.get(id)?.description, "Ours");
    assert.equal(emulator.store.get(id)?.displayName, "Not named");
  });

  it("is done when the policy is gone", async () => {
    project.program(
      `new office.OfficeClientConfigurationPatch("patch", { configurationId: "${id}", description: "Ours" });`,
    );
    await project.up();
    emulator.store.remove(id);
    assert.match(await project.destroy(), /the policy is gone, there is nothing to put back/);
  });

  it("of two different properties may be two resources", async () => {
    project.program(`
      new office.OfficeClientConfigurationPatch("x", { configurationId: "${id}", description: "d" });
      new office.OfficeClientConfigurationPatch("y", { configurationId: "${id}", displayName: "e" });`);
    await project.up();
    assert.match(await project.up(), /3 unchanged/);
    await project.destroy();
    const found = emulator.store.get(id);
    assert.deepEqual([found?.description, found?.displayName], [null, "Portal made"]);
  });

  it("moves to another policy by undoing itself on the first", async () => {
    const other = emulator.store.insert({ type: SECURITY, displayName: "Other" }).id;
    const declare = (configurationId: string) =>
      project.program(
        `new office.OfficeClientConfigurationPatch("x", { configurationId: "${configurationId}", description: "Ours" });`,
      );
    declare(id);
    await project.up();
    declare(other);
    await project.up();
    assert.equal(emulator.store.get(id)?.description, null);
    assert.equal(emulator.store.get(other)?.description, "Ours");
  });

  it("says the drift of two patches of one policy once each", async () => {
    project.program(`
      new office.OfficeClientConfigurationPatch("x", { configurationId: "${id}", description: "d" });
      new office.OfficeClientConfigurationPatch("y", { configurationId: "${id}", displayName: "e" });`);
    await project.up();
    emulator.store.patch(id, { description: "Theirs", displayName: "Theirs" });
    const output = await project.refresh();
    assert.match(output, /description "d" => "Theirs" \(changed in the tenant\)/);
    assert.match(output, /displayName "e" => "Theirs" \(changed in the tenant\)/);
    assert.doesNotMatch(output, /"Theirs" => /);
  });

  it("undoes nothing of a policy that the stack takes over from it", async () => {
    const declare = (body: string) => project.program(`new office.${body});`);
    declare(
      `OfficeClientConfigurationPatch("x", { configurationId: "${id}", description: "Ours" }`,
    );
    await project.up();
    declare(
      `WindowsOfficeClientConfiguration("y", { displayName: "Portal made", description: "Ours", adopt: { id: "${id}" } }`,
    );
    assert.match(await project.up(), /is another resource of this stack now, and stays as it is/);
    assert.equal(emulator.store.get(id)?.description, "Ours");
    assert.match(await project.run("preview", "--refresh", "--expect-no-changes"), /2 unchanged/);
  });

  for (const drop of ["before", "after"] as const) {
    it(`remembers a newly named value when the answer is lost ${drop} the PATCH is carried out`, async () => {
      const declare = (args: object) =>
        project.program(
          `new office.OfficeClientConfigurationPatch("x", ${JSON.stringify({ configurationId: id, displayName: "Ours", ...args })});`,
        );
      project.env.OFFICE_CONFIGURATION_MAX_RETRIES = "0";
      emulator.store.patch(id, { policyPayload: Buffer.from('[{"v":"planted-found"}]') });
      declare({});
      await project.up();
      emulator.addFault({ match: `PATCH ${COLLECTION}`, drop });
      declare({ description: "Ours", policies: [{ settingId: "office16;L_B", value: "3" }] });
      await project.fail("up", "--yes", "--skip-preview");
      assert.doesNotMatch(project.stateText(), /planted-found/);
      await project.up();
      assert.equal(emulator.store.get(id)?.description, "Ours");
      assert.match(await project.up(), /2 unchanged/);
      await project.destroy();
      const found = emulator.store.get(id);
      assert.deepEqual([found?.description, found?.displayName], [null, "Portal made"]);
      assert.equal(String(found?.policyPayload), '[{"v":"planted-found"}]');
    });

    it(`keeps what it found secret when the answer to its first PATCH is lost ${drop} it is carried out`, async () => {
      project.env.OFFICE_CONFIGURATION_MAX_RETRIES = "0";
      emulator.store.patch(id, { policyPayload: Buffer.from('[{"v":"planted-found"}]') });
      emulator.addFault({ match: `PATCH ${COLLECTION}`, drop });
      project.program(`
        new office.OfficeClientConfigurationPatch("x", {
          configurationId: "${id}", policies: [{ settingId: "office16;L_B", value: "3" }],
        });`);
      await project.fail("up", "--yes", "--skip-preview");
      assert.doesNotMatch(project.stateText(), /planted-found/);
      await project.up();
      assert.match(String(emulator.store.get(id)?.policyPayload), /office16;L_B/);
      await project.destroy();
      assert.equal(String(emulator.store.get(id)?.policyPayload), '[{"v":"planted-found"}]');
    });
  }

  it("remembers what it found when the answer to its PATCH is lost for good", async () => {
    project.env.OFFICE_CONFIGURATION_MAX_RETRIES = "0";
    emulator.addFault({ match: `PATCH ${COLLECTION}`, drop: "after" });
    project.program(
      `new office.OfficeClientConfigurationPatch("x", { configurationId: "${id}", description: "Ours" });`,
    );
    await project.fail("up", "--yes", "--skip-preview");
    assert.equal(emulator.store.get(id)?.description, "Ours");
    await project.up();
    await project.destroy();
    assert.equal(emulator.store.get(id)?.description, null);
  });
});
