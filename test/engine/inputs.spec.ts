import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

describe("bad input", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  it("is named all at once, before anything is sent or stored", async () => {
    project.program(`
      const cycle = {}; cycle.self = cycle;
      new office.WindowsOfficeClientConfiguration("bad", {
        displayName: "",
        descripton: "typo",
        priority: -1.5,
        assignments: ["no-guid", "11111111-1111-4111-8111-11111111111A", "11111111-1111-4111-8111-11111111111a"],
        policies: [
          { settingId: "a16;L_A", value: "1" },
          { settingId: "a16;L_A", value: "2" },
          { settingId: "b16;L_B", valeu: "1" },
        ],
        userPreferences: "{ not json",
      });`);
    for (const command of [["preview"], ["up", "--yes", "--skip-preview"]]) {
      const shown = await project.fail(...command);
      for (const part of [
        /has a problem: displayName must be a text of 1 to 256 characters/,
        /has a problem: descripton is no known name; did you mean "description"\?/,
        /has a problem: priority must be a whole number from 0/,
        /: assignments\[0\] must be a Microsoft Entra group: its id, a GUID/,
        /: assignments\[2\] is the same group as assignments\[1\]/,
        /: policies\[1\]\.settingId gives the setting "a16;L_A" a second time, after policies\[0\]/,
        /: policies\[2\]\.valeu is no known name; did you mean "value"\?/,
        /: policies\[2\]\.value is required and must be a JSON value/,
        /: userPreferences is no JSON text/,
      ]) {
        assert.match(shown, part);
      }
    }
    assertNothingHappened();
  });

  it("that JSON has no word for is named by its path", async () => {
    project.program(`
      const cycle = {}; cycle.self = cycle;
      new office.WindowsOfficeClientSecurityConfiguration("worse", {
        displayName: "x".repeat(300),
        policies: { when: () => 1, not: NaN, missing: undefined, cycle, day: new Date(0) },
        userPreferences: [{ settingId: "a16;L_A", value: undefined }],
      });`);
    const shown = await project.fail("preview");
    for (const part of [
      /has a problem: displayName must be a text of 1 to 256 characters/,
      /policies\.when is a function/,
      /policies\.not is NaN/,
      /policies\.missing is undefined/,
      /policies\.cycle\.self is a cycle/,
      /policies\.day is an instance of Date/,
      /userPreferences\["a16;L_A"\]\.value is undefined/,
    ]) {
      assert.match(shown, part);
    }
    assertNothingHappened();
  });

  const assertNothingHappened = () => {
    assert.deepEqual(emulator.requests, []);
    assert.deepEqual(project.policies(), []);
  };

  it("does not stop an optional key of a setting from being left undefined", async () => {
    project.program(`
      new office.WindowsOfficeClientConfiguration("fine", {
        displayName: "Fine",
        description: undefined,
        policies: [{ settingId: "a16;L_A", value: "1", type: undefined }],
      });`);
    await project.up();
    assert.equal(
      String(emulator.store.list()[0]?.policyPayload),
      '[{"settingId":"a16;L_A","value":"1"}]',
    );
  });
});
