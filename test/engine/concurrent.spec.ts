import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorMode } from "../../emulator";
import { TestProject } from "./support";

const GROUP_A = "11111111-1111-4111-8111-11111111111a";
const GROUP_B = "22222222-2222-4222-8222-22222222222b";
const GROUP_C = "33333333-3333-4333-8333-33333333333c";

const MODES: [name: string, mode: Partial<EmulatorMode>][] = [
  ["payloads inline", {}],
  ["payloads as streams, with ETags", { payloads: "stream", etags: true }],
];

for (const [modeName, mode] of MODES) {
  describe(`somebody else who edits at the same time (${modeName})`, () => {
    let emulator: Emulator;
    let project: TestProject;

    beforeEach(async () => {
      emulator = await createEmulator({ mode });
      project = await TestProject.create(emulator);
      project.policy(args({}));
      await project.up();
    });

    afterEach(async () => {
      project.remove();
      await emulator.close();
    });

    const args = (more: object) => ({
      displayName: "Baseline",
      description: "Ours",
      policies: [
        { settingId: "a16;L_A", value: "1" },
        { settingId: "a16;L_B", value: "1" },
      ],
      assignments: [GROUP_A],
      ...more,
    });

    const stored = () => {
      const [found] = emulator.store.list();
      assert.ok(found);
      return found;
    };

    const settings = (): Record<string, string | undefined> =>
      Object.fromEntries(
        (JSON.parse(String(stored().policyPayload)) as Record<string, string>[]).map((item) => [
          String(item.settingId),
          item.value,
        ]),
      );

    it("keeps what the program does not name, and hears of it", async () => {
      const theirs = [
        { settingId: "a16;L_A", value: "1", note: "the service's own" },
        { settingId: "a16;L_B", value: "1" },
        { settingId: "a16;L_Theirs", value: "9" },
      ];
      emulator.store.patch(stored().id, { policyPayload: theirs, groupIds: [GROUP_A, GROUP_C] });
      project.policy(
        args({
          policies: [
            { settingId: "a16;L_A", value: "2" },
            { settingId: "a16;L_B", value: "1" },
          ],
          assignments: [GROUP_A, GROUP_B],
        }),
      );
      const output = await project.up();
      assert.match(output, /Baseline: a16;L_Theirs "9" was added in the tenant since, and is kept/);
      assert.match(output, new RegExp(`assignments ${GROUP_C} was added in the tenant since`));
      assert.deepEqual(settings(), { "a16;L_A": "2", "a16;L_B": "1", "a16;L_Theirs": "9" });
      assert.match(String(stored().policyPayload), /the service's own/);
      assert.deepEqual(
        stored()
          .assignments.map(({ groupId }) => groupId)
          .sort(),
        [GROUP_A, GROUP_B, GROUP_C],
      );
      // Once a refresh has shown it, the program decides.
      assert.match(await project.refresh(), /\+ a16;L_Theirs "9" \(changed in the tenant\)/);
      await project.up();
      assert.deepEqual(settings(), { "a16;L_A": "2", "a16;L_B": "1" });
    });

    it("is told what both have changed, and the program's value is written", async () => {
      const theirs = [
        { settingId: "a16;L_A", value: "3" },
        { settingId: "a16;L_B", value: "1" },
      ];
      emulator.store.patch(stored().id, { policyPayload: theirs, description: "Theirs" });
      project.policy(
        args({ description: "New", policies: [{ settingId: "a16;L_A", value: "2" }] }),
      );
      const output = await project.up();
      assert.match(output, /a16;L_A was changed in the tenant since, "1" => "3"; the program's/);
      assert.match(output, /description was changed in the tenant since, "Ours" => "Theirs"/);
      assert.deepEqual(settings(), { "a16;L_A": "2" });
      assert.equal(stored().description, "New");
    });

    it("keeps what belongs to properties that the update does not touch", async () => {
      emulator.store.patch(stored().id, { displayName: "Renamed", priority: 9 });
      project.policy(args({ description: "New" }));
      await project.up();
      assert.equal(stored().displayName, "Renamed");
      assert.equal(stored().priority, 9);
    });
  });
}

describe("a policy that changes between a look and its PATCH", () => {
  it("is looked at again, where the service has versions", async () => {
    const emulator = await createEmulator({ mode: { etags: true } });
    const project = await TestProject.create(emulator);
    try {
      const declare = (value: string) =>
        project.policy({ displayName: "Baseline", policies: [{ settingId: "a16;L_A", value }] });
      declare("1");
      await project.up();
      emulator.addFault({
        match: "PATCH /officeConfiguration/*",
        status: 412,
        code: "PreconditionFailed",
      });
      declare("2");
      await project.up();
      const patches = emulator.writes().filter(({ method }) => method === "PATCH");
      assert.deepEqual(
        patches.map(({ status }) => status),
        [412, 200],
      );
      const looks = emulator.requests.filter(({ method, path }) => {
        return method === "GET" && path.includes("/clientConfigurations/");
      });
      assert.equal(looks.length, 2);
    } finally {
      project.remove();
      await emulator.close();
    }
  });
});
