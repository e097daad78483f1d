import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";
const GROUP = "11111111-1111-4111-8111-11111111111a";

describe("adoption of policies that exist", () => {
  let emulator: Emulator;
  let project: TestProject;

  beforeEach(async () => {
    emulator = await createEmulator({
      seed: [
        {
          displayName: "Privacy",
          priority: 0,
          policies: [
            { settingId: "office16;L_SendFeedback", value: "0", name: "Send feedback" },
            { settingId: "office16;L_B", value: "1" },
          ],
          groupIds: [GROUP],
        },
        { displayName: "Twice", priority: 1 },
        { displayName: "Twice", priority: 2 },
        { type: SECURITY, displayName: "Macros", priority: 3 },
      ],
    });
    project = await TestProject.create(emulator);
  });

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  const idOf = (displayName: string) => {
    const found = emulator.store.list().find((item) => item.displayName === displayName);
    assert.ok(found);
    return found.id;
  };

  const privacy = (more: object) => ({
    displayName: "Privacy",
    policies: [
      { settingId: "office16;L_SendFeedback", value: "0" },
      { settingId: "office16;L_B", value: "1" },
    ],
    assignments: [GROUP],
    ...more,
  });

  it("by id writes nothing when nothing differs, and the input may stay or go", async () => {
    const id = idOf("Privacy");
    project.policy(privacy({ adopt: { id } }));
    assert.match(await project.preview(), new RegExp(`Privacy: adopts ${id}, nothing differs`));
    assert.match(await project.up(), /2 created/);
    assert.deepEqual(emulator.writes(), []);
    const [policy] = project.policies();
    assert.equal(policy?.id, id);
    assert.equal(policy?.outputs?.configurationId, id);
    assert.match(await project.up(), /2 unchanged/);
    assert.match(await project.run("preview", "--refresh"), /2 unchanged/);
    project.policy(privacy({}));
    assert.match(await project.up(), /2 unchanged/);
    assert.deepEqual(emulator.writes(), []);
    assert.match(await project.destroy(), /2 deleted/);
    assert.equal(emulator.store.get(id), undefined);
  });

  it("by name sends only what differs, and says it in the preview and once in an update", async () => {
    const id = idOf("Privacy");
    const program = privacy({ adopt: { displayName: "Privacy" }, description: "Ours" });
    program.policies[1] = { settingId: "office16;L_B", value: "2" };
    project.policy(program);
    const preview = await project.preview();
    assert.match(preview, new RegExp(`Privacy: adopts ${id}\n`));
    assert.match(preview, /Privacy: office16;L_B "1" => "2"/);
    const updated = await project.run("up", "--yes");
    const [previewed, sent] = updated.split("Updating (dev):");
    assert.match(previewed ?? "", /Privacy: office16;L_B "1" => "2"/);
    assert.doesNotMatch(sent ?? "", /Privacy:/);
    const [patch, ...others] = emulator.writes();
    assert.deepEqual(others, []);
    assert.equal(patch?.method, "PATCH");
    assert.deepEqual(Object.keys(patch?.body as object).sort(), [
      "@odata.type",
      "description",
      "policyPayload",
    ]);
  });

  it("works where payloads are streams only and lists do not show them", async () => {
    await emulator.close();
    const { tenantId } = emulator;
    emulator = await createEmulator({
      tenantId,
      mode: { payloads: "stream" },
      seed: [{ displayName: "Privacy", policies: [{ settingId: "office16;L_B", value: "1" }] }],
    });
    project.pointAt(emulator);
    project.policy({
      displayName: "Privacy",
      adopt: { displayName: "Privacy" },
      policies: [{ settingId: "office16;L_B", value: "1" }],
    });
    await project.up();
    assert.deepEqual(emulator.writes(), []);
  });

  for (const [what, adopt, expected] of [
    [
      "an id that nobody has",
      { id: "00000000-0000-4000-8000-000000000000" },
      /cannot be adopted: there is no object with the id 00000000/,
    ],
    [
      "a name that nobody has",
      { displayName: "Nobody" },
      /cannot be adopted: no policy of the tenant has the name "Nobody"/,
    ],
    [
      "a name that is nearly one of the tenant's",
      { displayName: "privcy" },
      /no policy of the tenant has the name "privcy"\. It has "Privacy"\./,
    ],
    [
      "a name that two have",
      { displayName: "Twice" },
      /2 policies have the name "Twice": [0-9a-f-]{36} \(priority 1\), [0-9a-f-]{36} \(priority 2\)\. Name one/,
    ],
    [
      "one of the other type",
      { displayName: "Macros" },
      /belongs to a windowsOfficeClientSecurityConfiguration, and this resource is a windowsOfficeClientConfiguration\. Give the resource the class of the object\.\s/,
    ],
  ] as const) {
    it(`refuses ${what} in the preview and in the update, and writes nothing`, async () => {
      project.policy({ displayName: "Privacy", adopt });
      assert.match(await project.fail("preview"), expected);
      assert.match(await project.fail("up", "--yes", "--skip-preview"), expected);
      assert.deepEqual(emulator.writes(), []);
      assert.deepEqual(project.policies(), []);
    });
  }

  it("refuses what another resource of the stack is already, or adopts too", async () => {
    const id = idOf("Privacy");
    const kind = "office.WindowsOfficeClientConfiguration";
    project.program(`
      new ${kind}("a", { displayName: "Privacy", adopt: { id: "${id}" } });
      new ${kind}("b", { displayName: "Privacy", adopt: { id: "${id}" } });`);
    assert.match(
      await project.fail("preview"),
      /names the policy that the resource "[ab]" adopts already/,
    );
    project.program(`new ${kind}("a", { displayName: "Privacy", adopt: { id: "${id}" } });`);
    await project.up();
    for (const order of [
      `new ${kind}("a", { displayName: "Privacy" });
       new ${kind}("b", { displayName: "Privacy", adopt: { id: "${id}" } });`,
      `new ${kind}("b", { displayName: "Privacy", adopt: { id: "${id}" } });
       new ${kind}("a", { displayName: "Privacy" });`,
    ]) {
      project.program(order);
      assert.match(
        await project.fail("preview"),
        /which another resource of this stack is already|the new one adopts it/,
      );
    }
    assert.equal(project.policies().length, 1);
    assert.deepEqual(emulator.writes(), []);
  });

  it("hands an object from one resource to another that adopts it, without deleting it", async () => {
    const id = idOf("Privacy");
    project.policy(privacy({ adopt: { id } }), "old-name");
    await project.up();
    project.policy(privacy({ adopt: { id } }), "new-name");
    const updated = await project.up();
    assert.match(updated, /is not deleted, because the resource "new-name" has it/);
    const [policy, ...others] = project.policies();
    assert.deepEqual(others, []);
    assert.match(policy?.urn ?? "", /new-name$/);
    assert.equal(emulator.store.get(id)?.displayName, "Privacy");
    assert.deepEqual(emulator.writes(), []);
  });

  it("takes a malformed input for what it is", async () => {
    project.policy({ displayName: "x", adopt: { id: "1", displayName: "x" } });
    assert.match(await project.fail("preview"), /adopt must be \{ id \} or \{ displayName \}/);
  });
});
