import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorMode } from "../../emulator";
import { TestProject } from "./support";

const COLLECTION = "/officeConfiguration/clientConfigurations";
const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";

/** JSON as no canonical writer would write it: it must come back byte by byte. */
const FOUND_PAYLOAD =
  '[ {"value":"2", "settingId":"office16;L_B"},\n  {"settingId":"a16;L_A","value":"planted-5d0c"} ]';

const MODES: [name: string, mode: Partial<EmulatorMode>][] = [
  ["payloads inline", { requireODataType: true }],
  ["payloads as streams", { payloads: "stream", successCodes: "odata" }],
];

for (const [modeName, mode] of MODES) {
  describe(`patch of a client configuration (${modeName})`, () => {
    let emulator: Emulator;
    let project: TestProject;
    let id: string;

    beforeEach(async () => {
      emulator = await createEmulator({ mode });
      project = await TestProject.create(emulator);
      const found = emulator.store.insert({
        type: SECURITY,
        displayName: "Portal made",
        description: null,
        priority: 4,
        policyPayload: FOUND_PAYLOAD,
      });
      id = found.id;
    });

    afterEach(async () => {
      project.remove();
      await emulator.close();
    });

    const declare = (args: object, name = "patch") =>
      project.program(
        `new office.OfficeClientConfigurationPatch("${name}", ${JSON.stringify({ configurationId: id, ...args })});`,
      );

    const stored = () => {
      const found = emulator.store.get(id);
      assert.ok(found);
      return found;
    };

    const POLICIES = [{ settingId: "office16;L_B", value: "3" }];

    it("sends one PATCH with the id in the body, and puts back exactly what was found", async () => {
      declare({ description: "Ours", policies: POLICIES, priority: 7 });
      assert.match(await project.preview(), /2 to create/);
      assert.deepEqual(emulator.requests, []);
      await project.up();
      const [patch, ...others] = emulator.writes();
      assert.deepEqual(others, []);
      assert.equal(`${patch?.method} ${patch?.path}`, `PATCH ${COLLECTION}`);
      const body = patch?.body as Record<string, unknown> | undefined;
      assert.deepEqual(Object.keys(body ?? {}).sort(), [
        "@odata.type",
        "description",
        "id",
        "policyPayload",
        "priority",
      ]);
      assert.equal(body?.["@odata.type"], SECURITY);
      assert.equal(stored().description, "Ours");
      assert.equal(String(stored().policyPayload), '[{"settingId":"office16;L_B","value":"3"}]');
      const [resource] = project.policies();
      assert.equal(resource?.outputs?.kind, "windowsOfficeClientSecurityConfiguration");
      assert.match(await project.up(), /2 unchanged/);
      assert.match(await project.run("preview", "--refresh", "--expect-no-changes"), /2 unchanged/);

      await project.destroy();
      assert.equal(stored().description, null);
      assert.equal(stored().priority, 4);
      assert.equal(String(stored().policyPayload), FOUND_PAYLOAD);
      assert.equal(stored().displayName, "Portal made");
    });

    it("keeps what was found out of the state's plain text and out of every message", async () => {
      declare({ policies: POLICIES });
      const shown = [await project.preview(), await project.up(), project.stateText()];
      shown.push(await project.refresh(), await project.run("preview", "--diff"));
      for (const text of shown) {
        assert.doesNotMatch(text, /planted-5d0c/);
        assert.ok(!text.includes(Buffer.from(FOUND_PAYLOAD).toString("base64").slice(0, 40)));
      }
      await project.destroy();
      assert.equal(String(stored().policyPayload), FOUND_PAYLOAD);
    });

    it("keeps secret inputs encrypted and masked, through drift too", async () => {
      project.program(`
        new office.OfficeClientConfigurationPatch("patch", {
          configurationId: "${id}",
          policies: [{ settingId: "office16;L_B", value: pulumi.secret("planted-input") }],
        });`);
      const shown = [await project.preview(), await project.up(), project.stateText()];
      emulator.store.patch(id, {
        policyPayload: Buffer.from('[{"settingId":"office16;L_B","value":"planted-drift"}]'),
      });
      shown.push(await project.refresh(), project.stateText(), await project.up());
      shown.push(project.stateText());
      for (const text of shown) assert.doesNotMatch(text, /planted-/);
      assert.match(shown[3] ?? "", /office16;L_B \[secret\] => \[secret\]/);
      assert.match(String(stored().policyPayload), /planted-input/);
    });

    it("leaves no payload where there was none", async () => {
      declare({ userPreferences: POLICIES });
      await project.up();
      assert.ok(stored().userPreferencePayload);
      await project.destroy();
      assert.equal(stored().userPreferencePayload, null);
    });

    it("remembers the first values through edits, and puts back what is no longer named", async () => {
      declare({ description: "One", displayName: "Renamed" });
      await project.up();
      declare({ description: "Two", displayName: "Renamed" });
      assert.match(await project.preview(), /Patch of [0-9a-f-]+: description "One" => "Two"/);
      await project.up();
      declare({ description: "Two", policies: POLICIES });
      assert.match(await project.preview(), /displayName is put back as it was found/);
      await project.up();
      assert.equal(stored().displayName, "Portal made");
      await project.destroy();
      assert.equal(stored().description, null);
      assert.equal(String(stored().policyPayload), FOUND_PAYLOAD);
    });

    it("leaves what somebody else has changed since, and says so", async () => {
      declare({ description: "Ours", policies: POLICIES });
      await project.up();
      emulator.store.patch(id, { description: "Theirs" });
      const output = await project.destroy();
      assert.match(output, /description was changed by someone else since, and stays as it is/);
      assert.equal(stored().description, "Theirs");
      assert.equal(String(stored().policyPayload), FOUND_PAYLOAD);
    });
  });
}
