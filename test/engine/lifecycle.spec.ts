import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { FURTHEST_MODES, POLICIES } from "../policyLives";
import { TestProject } from "./support";

const GROUP_A = "11111111-1111-4111-8111-11111111111a";
const GROUP_B = "22222222-2222-4222-8222-22222222222b";

const ARGS = {
  description: "First",
  policies: [
    { settingId: "office16;L_SendFeedback", value: "0" },
    { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: "2", type: "REG_DWORD" },
  ],
  userPreferences: [{ settingId: "office16;L_EmailCollection", value: "1" }],
  assignments: [GROUP_B, GROUP_A],
};

// test/unit/host.modes.spec.ts lives through the modes between them too.
for (const [modeName, mode] of FURTHEST_MODES) {
  describe(`life of a policy of each kind (${modeName})`, () => {
    let emulator: Emulator;
    let project: TestProject;

    before(async () => {
      emulator = await createEmulator({ mode });
      project = await TestProject.create(emulator);
    });

    after(async () => {
      project.remove();
      await emulator.close();
    });

    /** Declares both policies; a priority that is undefined is not given. */
    const declare = (args: Record<string, unknown>) =>
      project.program(
        POLICIES.map(({ kind, own }) => {
          const given = JSON.stringify({ ...own, ...args });
          return `new office.${kind}(${JSON.stringify(own.displayName)}, ${given});`;
        }).join("\n"),
      );

    /** Both policies with their objects in the tenant, which has no others. */
    const stored = () => {
      const objects = emulator.store.list();
      assert.equal(objects.length, POLICIES.length);
      return POLICIES.map((policy) => {
        const object = objects.find(({ type }) => type === policy.type);
        assert.ok(object);
        return { ...policy, object };
      });
    };

    it("ask in a preview for nothing but whether their names are free", async () => {
      declare(ARGS);
      await project.preview();
      const asked = emulator.requests.map(({ method, path }) => `${method} ${path}`);
      assert.deepEqual(asked, ["GET /officeConfiguration/clientConfigurations"]);
    });

    it("are created as the program says", async () => {
      await project.up();
      const resources = project.policies();
      for (const { object, own } of stored()) {
        assert.equal(object.displayName, own.displayName);
        assert.equal(object.description, "First");
        assert.equal(object.priority, own.priority);
        assert.deepEqual(JSON.parse(String(object.policyPayload)), [
          { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", type: "REG_DWORD", value: "2" },
          { settingId: "office16;L_SendFeedback", value: "0" },
        ]);
        assert.deepEqual(JSON.parse(String(object.userPreferencePayload)), [
          { settingId: "office16;L_EmailCollection", value: "1" },
        ]);
        const groups = object.assignments.map(({ groupId }) => groupId).sort();
        assert.deepEqual(groups, [GROUP_A, GROUP_B]);
        const resource = resources.find(({ id }) => id === object.id);
        assert.equal(resource?.outputs?.configurationId, object.id);
      }
    });

    it("have nothing to do in a second update, and ask nothing of Graph", async () => {
      const before = emulator.requests.length;
      assert.match(await project.up(), /3 unchanged/);
      assert.equal(emulator.requests.length, before);
    });

    it("have the same inputs in the state after a refresh: an update would save each that differs", async () => {
      const inputs = () => project.policies().map((policy) => policy.inputs);
      const before = inputs();
      await project.refresh();
      assert.deepEqual(inputs(), before);
    });

    it("are no others for settings and groups in another order or form, and for re-spelled JSON", async () => {
      declare({
        ...ARGS,
        policies: JSON.stringify([...ARGS.policies].reverse(), undefined, 2),
        assignments: [...ARGS.assignments].reverse(),
      });
      assert.match(await project.preview(), /3 unchanged/);
      declare({
        ...ARGS,
        assignments: [
          { groupId: GROUP_A },
          {
            "@odata.type": "#microsoft.graph.officeClientConfigurationAssignment",
            target: {
              "@odata.type": "#microsoft.graph.officeConfigurationGroupAssignmentTarget",
              groupId: GROUP_B,
            },
          },
        ],
      });
      assert.match(await project.preview(), /3 unchanged/);
    });

    it("show no drift when the service spells its JSON in another way", async () => {
      for (const { object } of stored()) {
        const settings = JSON.parse(String(object.policyPayload)) as Record<string, unknown>[];
        const policyPayload = JSON.stringify(settings.reverse(), undefined, 4);
        emulator.store.patch(object.id, { policyPayload });
      }
      declare(ARGS);
      assert.match(await project.run("preview", "--refresh", "--expect-no-changes"), /3 unchanged/);
    });

    it("are updated by one PATCH each of only what differs", async () => {
      const before = emulator.writes().length;
      declare({ ...ARGS, description: "Second" });
      await project.up();
      const writes = emulator.writes().slice(before);
      assert.equal(writes.length, POLICIES.length);
      for (const { object, type } of stored()) {
        const patch = writes.find(({ path }) =>
          path.toLowerCase().endsWith(object.id.toLowerCase()),
        );
        assert.equal(patch?.method, "PATCH");
        assert.deepEqual(patch?.body, { "@odata.type": type, description: "Second" });
        assert.equal(object.description, "Second");
      }
    });

    it("get new groups through assign, without a PATCH", async () => {
      const before = emulator.writes().length;
      declare({ ...ARGS, description: "Second", assignments: [GROUP_B] });
      await project.up();
      const writes = emulator.writes().slice(before);
      assert.deepEqual(
        writes.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`),
        POLICIES.map(() => "POST assign"),
      );
      for (const { object } of stored()) {
        const groups = object.assignments.map(({ groupId }) => groupId);
        assert.deepEqual(groups, [GROUP_B]);
      }
    });

    it("have emptied what the program no longer gives, and keep their priorities", async () => {
      declare({ priority: undefined, policies: ARGS.policies });
      await project.up();
      for (const { object, own } of stored()) {
        assert.equal(object.description, null);
        assert.equal(object.priority, own.priority);
        assert.deepEqual(JSON.parse(String(object.userPreferencePayload)), []);
        assert.deepEqual(object.assignments, []);
      }
    });

    it("are put back after drift, setting by setting", async () => {
      const policyPayload = JSON.stringify([{ settingId: "office16;L_SendFeedback", value: "1" }]);
      for (const { object, own } of stored()) {
        const displayName = `${own.displayName} renamed`;
        emulator.store.patch(object.id, { policyPayload, displayName });
      }
      const refreshed = await project.refresh();
      for (const { own } of stored()) {
        const name = own.displayName;
        assert.ok(refreshed.includes(`${name}: displayName "${name}" => "${name} renamed"`));
        assert.ok(refreshed.includes(`${name}: office16;L_SendFeedback "0" => "1"`));
        assert.ok(refreshed.includes(`${name}: - excel16;L_VBAWarningsPolicy;L_empty4 "2"`));
      }
      await project.up();
      for (const { object, own } of stored()) {
        assert.equal(object.displayName, own.displayName);
        assert.equal((JSON.parse(String(object.policyPayload)) as unknown[]).length, 2);
      }
      assert.match(await project.run("preview", "--refresh"), /3 unchanged/);
    });

    it("leave the state when they are gone from the tenant, and are made again", async () => {
      for (const { object } of stored()) emulator.store.remove(object.id);
      const refreshed = await project.refresh();
      for (const { own } of POLICIES) {
        assert.ok(refreshed.includes(`${own.displayName}: gone from the tenant`));
      }
      assert.deepEqual(project.policies(), []);
      await project.up();
      assert.equal(stored().length, POLICIES.length);
    });

    it("are deleted, and a second deletion is done already", async () => {
      for (const { object } of stored()) emulator.store.remove(object.id);
      assert.match(await project.destroy(), /3 deleted/);
      declare(ARGS);
      await project.up();
      assert.match(await project.destroy(), /3 deleted/);
      assert.deepEqual(emulator.store.list(), []);
    });
  });
}
