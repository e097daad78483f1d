import { strict as assert } from "node:assert";
import { join } from "node:path";
import { readDefinitions } from "../../cli/emulatorFiles";
import { createEmulator, type Emulator } from "../../emulator";
import { runCommand } from "../commandLine";
import { TestProject } from "./support";

const GROUP = "11111111-1111-4111-8111-11111111111a";

describe("examples/two-roads", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    project = await TestProject.create();
    project.useExample("two-roads");
    emulator = await createEmulator({
      settingDefinitions: readDefinitions(join(project.folder, "intune-settings.json")),
      configurationPolicies: [],
    });
    project.pointAt(emulator);
    await project.initStack("roads");
    await project.run("config", "set", "everyone", GROUP);
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  const choose = (road: string) => project.run("config", "set", "road", road);

  /** Audience of the policy on each road where the tenant has it. */
  const there = () => ({
    cloudPolicy: emulator.store
      .list()
      .filter(({ displayName }) => displayName === "Macros")
      .map(({ assignments }) => assignments.map(({ groupId }) => groupId)),
    intune: emulator.configurationPolicies
      .list()
      .filter(({ name }) => name === "Macros")
      .map(({ targets }) => targets.map(({ groupId }) => groupId)),
  });

  /** Says how a side differs from the tenant's Intune, which it must not. */
  const compare = async (side: string) => {
    const { stdout, stderr, code } = await runCommand(["compare", side, "intune"], {
      cwd: project.folder,
      env: project.env,
    });
    assert.equal(code, 0, stdout + stderr);
    return stdout;
  };

  it("refuses to choose a road by itself, and says how to find out", async () => {
    const unset = await project.fail("preview");
    assert.match(unset, /two-roads:road is not set, and must be cloudPolicy or intune\. /);
    assert.match(unset, /`npx office-configuration doctor` says which of them your tenant has/);
    await choose("cloud");
    assert.match(
      await project.fail("preview"),
      /two-roads:road is "cloud", and must be cloudPolicy or intune\. /,
    );
    assert.deepEqual(emulator.requests, []);
  });

  it("deploys the settings by Cloud Policy", async () => {
    await choose("cloudPolicy");
    await project.up();
    assert.deepEqual(there(), { cloudPolicy: [[GROUP]], intune: [] });
  });

  it("shows a change of road as a creation and a deletion", async () => {
    const before = emulator.writes().length;
    await choose("intune");
    const preview = await project.preview();
    assert.match(preview, /\+ +\S+:IntuneOfficePolicy macros create/);
    assert.match(preview, /- +\S+:WindowsOfficeClientSecurityConfiguration macros delete/);
    assert.match(
      preview,
      /Macros: \+ Macro Notification Settings \(Excel\): Disable all without notification \(4\)/,
    );
    assert.equal(emulator.writes().length, before);
  });

  it("makes the new policy first if it is told to, and deletes the old one later", async () => {
    await project.up("--target", "**IntuneOfficePolicy**");
    assert.deepEqual(there(), { cloudPolicy: [[GROUP]], intune: [[GROUP]] });
    assert.match(await compare("tenant"), /^3 settings set twice: 3 with the same value\.$/m);
    const output = await project.up();
    assert.match(output, /Macros: deleted from the tenant/);
    assert.deepEqual(there(), { cloudPolicy: [], intune: [[GROUP]] });
    assert.match(await compare("stack:roads"), /^The same: 3 settings\.$/m);
  });

  it("changes back in one update, with both policies there in between", async () => {
    await choose("cloudPolicy");
    const before = emulator.writes().length;
    await project.up();
    const writes = emulator.writes().slice(before);
    const [made, gone] = ["POST", "DELETE"].map((method) =>
      writes.findIndex((write) => write.method === method),
    );
    assert.ok(made !== undefined && gone !== undefined && made >= 0 && made < gone);
    assert.deepEqual(there(), { cloudPolicy: [[GROUP]], intune: [] });
  });
});
