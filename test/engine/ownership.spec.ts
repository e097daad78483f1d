import { strict as assert } from "node:assert";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

const KIND = "#microsoft.graph.windowsOfficeClientConfiguration";
const COLLECTION = "/officeConfiguration/clientConfigurations";
const GROUP = "11111111-1111-4111-8111-11111111111a";

const ARGS = {
  displayName: "Baseline",
  policies: [{ settingId: "office16;L_SendFeedback", value: "0" }],
  assignments: [GROUP],
};

describe("whose a policy is", () => {
  let emulator: Emulator;
  let project: TestProject;

  beforeEach(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
  });

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  const stranger = (more: object = {}) =>
    emulator.store.insert({
      type: KIND,
      displayName: "Baseline",
      policyPayload: ARGS.policies,
      groupIds: [GROUP],
      ...more,
    });
  const ids = () =>
    emulator.store
      .list()
      .map(({ id }) => id)
      .sort();
  const owner = (resource: { outputs?: Record<string, unknown> } | undefined) =>
    resource?.outputs?.__owner as { nonce?: string; name?: string } | undefined;

  it("refuses a name of the tenant however alike its policy is, in the preview and in the update", async () => {
    const { id } = stranger();
    const before = JSON.stringify(emulator.store.get(id));
    project.policy(ARGS);
    for (const args of [["preview"], ["up", "--yes", "--skip-preview"]]) {
      const shown = await project.fail(...args);
      assert.match(
        shown,
        new RegExp(
          `is refused: the tenant has another policy of this name and kind\\. Nothing was made\\.\\s+${id} \\(1 setting, 1 group, priority 0\\)`,
        ),
      );
      assert.match(
        shown,
        new RegExp(`aliases.*\\s+adopt: \\{ id: "${id}" \\}.*\\s+allowDuplicateName: true`),
      );
    }
    assert.deepEqual(emulator.writes(), []);
    project.policy({ ...ARGS, allowDuplicateName: true });
    await project.up();
    assert.equal(ids().length, 2);
    assert.equal(owner(project.policies()[0])?.name, "baseline");
    // After that, it may stay or go.
    project.policy(ARGS);
    assert.match(await project.up(), /2 unchanged/);
    await project.destroy();
    assert.deepEqual(ids(), [id]);
    assert.equal(JSON.stringify(emulator.store.get(id)), before);
  });

  it("takes over what its interrupted update made, as the record on this machine shows", async () => {
    project.policy(ARGS);
    emulator.addFault({ match: `POST ${COLLECTION}`, drop: "after" });
    // The list before the POST is answered, the looks after it are not.
    emulator.addFault({ match: `GET ${COLLECTION}`, after: 1, times: 1, status: 403 });
    await project.fail("up", "--yes", "--skip-preview");
    const [id] = ids();
    assert.deepEqual(project.policies(), []);
    const takesOver = new RegExp(
      `Baseline: takes over ${id} \\(made by this stack's interrupted update of \\d\\d:\\d\\d\\)`,
    );
    assert.match(await project.preview(), takesOver);
    assert.match(await project.up(), takesOver);
    assert.deepEqual(ids(), [id]);
    assert.equal(project.policies()[0]?.id, id);
    assert.match(await project.up(), /2 unchanged/);
  });

  it("refuses what another machine's interrupted update made, and says that it may be that", async () => {
    project.policy(ARGS);
    emulator.addFault({ match: `POST ${COLLECTION}`, drop: "after" });
    emulator.addFault({ match: `GET ${COLLECTION}`, after: 1, times: 1, status: 403 });
    await project.fail("up", "--yes", "--skip-preview");
    rmSync(join(project.folder, "home", "office-configuration"), { recursive: true });
    assert.match(
      await project.fail("up", "--yes", "--skip-preview"),
      /an interrupted update, on this machine or another, made it/,
    );
    await project.run("config", "set", "officeConfiguration:takeOver", "identical");
    assert.match(await project.up(), /takes over [0-9a-f-]{36} \(identical, and office/);
    assert.equal(ids().length, 1);
  });

  it("keeps a policy whose resource is renamed without an alias where a refresh shows it", async () => {
    project.policy(ARGS, "old");
    await project.up();
    const [id] = ids();
    await project.run("refresh", "--yes", "--skip-preview");
    project.policy(ARGS, "new");
    assert.match(
      await project.fail("up", "--yes", "--skip-preview"),
      /aliases: .*it was renamed in the program/,
    );
    const shown = await project.run("up", "--yes", "--skip-preview", "--refresh");
    assert.match(
      shown,
      new RegExp(`takes over ${id} \\(a resource in this stack's state was this policy`),
    );
    assert.match(shown, /is not deleted, because the resource "new" has it/);
    assert.deepEqual(ids(), [id]);
    assert.equal(project.policies().length, 1);
  });

  it("keeps an adopted policy that was replaced in an update where another resource failed", async () => {
    const { id } = stranger();
    const adopting = (sibling: string) =>
      project.program(`
        const policy = new office.WindowsOfficeClientConfiguration("baseline", {
          ...${JSON.stringify(ARGS)}, adopt: { id: "${id}" } });
        new office.WindowsOfficeClientConfiguration("sibling", ${sibling}, { dependsOn: [policy] });`);
    adopting('{ displayName: "Sibling" }');
    await project.up();
    adopting('{ displayName: "Sibling", description: "Changed" }');
    emulator.addFault({ match: "PATCH *", status: 400, times: 5, message: "Not now." });
    const [first] = project.policies();
    await project.fail("up", "--yes", "--skip-preview", "--replace", first?.urn ?? "");
    emulator.clearFaults();
    assert.match(await project.up(), /is not deleted, because the resource "baseline" has it/);
    assert.notEqual(emulator.store.get(id), undefined);
    const owned = project.policies().filter((policy) => policy.id === id);
    assert.equal(owned.length, 1);
    await project.destroy();
    assert.deepEqual(ids(), []);
  });

  it("refuses to replace a policy by force, which would make its name a second time", async () => {
    project.policy(ARGS);
    await project.up();
    assert.match(await project.up(), /2 unchanged/);
    const [first] = project.policies();
    const replace = ["up", "--yes", "--skip-preview", "--replace", first?.urn ?? ""];
    assert.match(await project.fail(...replace), /a forced replacement \(--replace\) needs it too/);
    assert.deepEqual(ids(), [first?.id]);
    assert.match(await project.up(), /2 unchanged/);
  });

  it("says once that names are not checked where a preview has no credential", async () => {
    delete project.env.OFFICE_CONFIGURATION_ACCESS_TOKEN;
    project.env.OFFICE_CONFIGURATION_CREDENTIAL = "deviceCode";
    project.program(`
      new office.WindowsOfficeClientConfiguration("a", { displayName: "A" });
      new office.WindowsOfficeClientConfiguration("b", { displayName: "B" });`);
    const shown = await project.preview();
    assert.equal(shown.match(/^ {4}names not checked: /gm)?.length, 1, shown);
    assert.deepEqual(emulator.requests, []);
  });
});
