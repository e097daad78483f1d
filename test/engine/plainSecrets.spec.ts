import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

describe("a credential in the stack's configuration", () => {
  let emulator: Emulator;
  let project: TestProject;

  beforeEach(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
    delete project.env.OFFICE_CONFIGURATION_ACCESS_TOKEN;
    project.program(`
      new office.WindowsOfficeClientConfiguration("a", { displayName: "a" });
      new office.WindowsOfficeClientConfiguration("b", { displayName: "b" });`);
  });

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  const set = (...how: string[]) =>
    project.run("config", "set", ...how, "officeConfiguration:accessToken", emulator.accessToken);

  it("is warned about once where it stands in plain text, without its value", async () => {
    await set("--plaintext");
    const output = await project.preview();
    const [, diagnostics = ""] = output.split("Diagnostics:");
    assert.equal(diagnostics.match(/accessToken stands in plain text/g)?.length, 1, output);
    assert.match(diagnostics, /pulumi config set --secret officeConfiguration:accessToken/);
    assert.ok(!output.includes(emulator.accessToken));
  });

  it("is not where it is encrypted", async () => {
    await set("--secret");
    assert.doesNotMatch(await project.up(), /plain text|warning/);
  });

  it("from the environment stands in no log of the engine, however verbose, and in no state", async () => {
    project.env.OFFICE_CONFIGURATION_ACCESS_TOKEN = emulator.accessToken;
    const verbose = ["-v=9", "--logtostderr"];
    const shown = [await project.up(...verbose), await project.refresh(...verbose)];
    shown.push(project.stateText(), await project.destroy(...verbose));
    for (const text of shown) assert.ok(!text.includes(emulator.accessToken));
    assert.match(shown[0] ?? "", /RegisterResource|Marshal/);
  });
});
