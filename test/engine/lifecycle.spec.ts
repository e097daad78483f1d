import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorMode } from "../../emulator";
import { TestProject } from "./support";

const GROUP_A = "11111111-1111-4111-8111-11111111111a";
const GROUP_B = "22222222-2222-4222-8222-22222222222b";

const KINDS = {
  WindowsOfficeClientConfiguration: "#microsoft.graph.windowsOfficeClientConfiguration",
  WindowsOfficeClientSecurityConfiguration:
    "#microsoft.graph.windowsOfficeClientSecurityConfiguration",
};

const ARGS = {
  displayName: "Baseline",
  description: "First",
  priority: 3,
  policies: [
    { settingId: "office16;L_SendFeedback", value: "0" },
    { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: "2", type: "REG_DWORD" },
  ],
  userPreferences: [{ settingId: "office16;L_EmailCollection", value: "1" }],
  assignments: [GROUP_B, GROUP_A],
};

/** The emulator's manners that the documentation leaves open: the same life in both. */
const OTHER_MANNERS: Partial<EmulatorMode> = {
  payloads: "stream",
  assignmentsInPost: "ignored",
  successCodes: "odata",
};

const LIVES: [kind: keyof typeof KINDS, modeName: string, mode: Partial<EmulatorMode>][] = [
  ["WindowsOfficeClientConfiguration", "payloads inline, groups in the POST", {}],
  ["WindowsOfficeClientSecurityConfiguration", "payloads inline, groups in the POST", {}],
  [
    "WindowsOfficeClientConfiguration",
    "payloads inline, groups in the POST ignored",
    { assignmentsInPost: "ignored" },
  ],
  [
    "WindowsOfficeClientConfiguration",
    "payloads as streams, groups in the POST",
    { payloads: "stream" },
  ],
  [
    "WindowsOfficeClientSecurityConfiguration",
    "payloads as streams, groups in the POST ignored, OData's status codes",
    OTHER_MANNERS,
  ],
];

for (const [kind, modeName, mode] of LIVES) {
  const odataType = KINDS[kind];
  describe(`life of a ${kind} (${modeName})`, () => {
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

    const declare = (args: Record<string, unknown>) =>
      project.program(`new office.${kind}("baseline", ${JSON.stringify(args)});`);

    const stored = () => {
      const [only, ...others] = emulator.store.list();
      assert.ok(only);
      assert.deepEqual(others, []);
      return only;
    };

    it("asks in a preview for nothing but whether its name is free", async () => {
      declare(ARGS);
      await project.preview();
      const asked = emulator.requests.map(({ method, path }) => `${method} ${path}`);
      assert.deepEqual(asked, ["GET /officeConfiguration/clientConfigurations"]);
    });

    it("is created as the program says", async () => {
      await project.up();
      const object = stored();
      assert.equal(object.type, odataType);
      assert.equal(object.displayName, "Baseline");
      assert.equal(object.description, "First");
      assert.equal(object.priority, 3);
      assert.deepEqual(JSON.parse(String(object.policyPayload)), [
        { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", type: "REG_DWORD", value: "2" },
        { settingId: "office16;L_SendFeedback", value: "0" },
      ]);
      assert.deepEqual(JSON.parse(String(object.userPreferencePayload)), [
        { settingId: "office16;L_EmailCollection", value: "1" },
      ]);
      assert.deepEqual(object.assignments.map(({ groupId }) => groupId).sort(), [GROUP_A, GROUP_B]);
      const [policy] = await project.policies();
      assert.equal(policy?.id, object.id);
      assert.equal(policy?.outputs?.configurationId, object.id);
    });

    it("has nothing to do in a second update, and asks nothing of Graph", async () => {
      const before = emulator.requests.length;
      assert.match(await project.up(), /2 unchanged/);
      assert.equal(emulator.requests.length, before);
    });

    it("is no other for settings and groups in another order or form, and for re-spelled JSON", async () => {
      declare({
        ...ARGS,
        policies: JSON.stringify([...ARGS.policies].reverse(), undefined, 2),
        assignments: [...ARGS.assignments].reverse(),
      });
      assert.match(await project.preview(), /2 unchanged/);
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
      assert.match(await project.preview(), /2 unchanged/);
    });

    it("shows no drift when the service spells its JSON in another way", async () => {
      const object = stored();
      const respelled = JSON.stringify(
        (JSON.parse(String(object.policyPayload)) as Record<string, unknown>[]).reverse(),
        undefined,
        4,
      );
      emulator.store.patch(object.id, { policyPayload: respelled });
      declare(ARGS);
      assert.match(await project.run("preview", "--refresh", "--expect-no-changes"), /2 unchanged/);
    });

    it("is updated by one PATCH of only what differs", async () => {
      const before = emulator.writes().length;
      declare({ ...ARGS, description: "Second" });
      await project.up();
      const [patch, ...others] = emulator.writes().slice(before);
      assert.deepEqual(others, []);
      assert.equal(patch?.method, "PATCH");
      assert.deepEqual(patch?.body, { "@odata.type": odataType, description: "Second" });
      assert.equal(stored().description, "Second");
    });

    it("gets new groups through assign, without a PATCH", async () => {
      const before = emulator.writes().length;
      declare({ ...ARGS, description: "Second", assignments: [GROUP_B] });
      await project.up();
      const writes = emulator.writes().slice(before);
      assert.deepEqual(
        writes.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`),
        ["POST assign"],
      );
      assert.deepEqual(
        stored().assignments.map(({ groupId }) => groupId),
        [GROUP_B],
      );
    });

    it("has emptied what the program no longer gives, and keeps its priority", async () => {
      declare({ displayName: "Baseline", policies: ARGS.policies });
      await project.up();
      const object = stored();
      assert.equal(object.description, null);
      assert.equal(object.priority, 3);
      assert.deepEqual(JSON.parse(String(object.userPreferencePayload)), []);
      assert.deepEqual(object.assignments, []);
    });

    it("is put back after drift, setting by setting", async () => {
      const drifted = JSON.stringify([{ settingId: "office16;L_SendFeedback", value: "1" }]);
      emulator.store.patch(stored().id, { policyPayload: drifted, displayName: "Renamed" });
      const refreshed = await project.refresh();
      assert.match(refreshed, /Baseline: displayName "Baseline" => "Renamed"/);
      assert.match(refreshed, /Baseline: office16;L_SendFeedback "0" => "1"/);
      assert.match(refreshed, /Baseline: - excel16;L_VBAWarningsPolicy;L_empty4 "2"/);
      await project.up();
      assert.equal(stored().displayName, "Baseline");
      assert.equal((JSON.parse(String(stored().policyPayload)) as unknown[]).length, 2);
      assert.match(await project.run("preview", "--refresh"), /2 unchanged/);
    });

    it("leaves the state when it is gone from the tenant, and is made again", async () => {
      emulator.store.remove(stored().id);
      assert.match(await project.refresh(), /Baseline: gone from the tenant/);
      assert.deepEqual(await project.policies(), []);
      await project.up();
      assert.equal(stored().displayName, "Baseline");
    });

    it("is deleted, and a second deletion is done already", async () => {
      emulator.store.remove(stored().id);
      assert.match(await project.destroy(), /2 deleted/);
      declare(ARGS);
      await project.up();
      assert.match(await project.destroy(), /2 deleted/);
      assert.deepEqual(emulator.store.list(), []);
    });
  });
}
