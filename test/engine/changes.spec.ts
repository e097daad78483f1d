import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

const GROUP_A = "11111111-1111-4111-8111-11111111111a";
const GROUP_B = "22222222-2222-4222-8222-22222222222b";

const tenSettings = (value: string) => [
  { settingId: "office16;L_VBAWarningsPolicy", value, type: "REG_DWORD", valueName: "vbawarnings" },
  ...Array.from({ length: 9 }, (_, index) => ({
    settingId: `office16;L_Setting${index}`,
    value: "1",
    type: "REG_DWORD",
    valueName: `setting${index}`,
  })),
];

const CHANGE = 'Baseline: office16;L_VBAWarningsPolicy "2" => "4"';

describe("what a reviewer sees", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    // The audit log answers at once: no test waits for it.
    emulator = await createEmulator({ mode: { auditLooks: 0 } });
    project = await TestProject.create(emulator);
    project.policy({ displayName: "Baseline", policies: tenSettings("2"), priority: 3 });
    await project.up();
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  const count = (text: string, part: string) => text.split(part).length - 1;

  it("is one line for one changed setting among ten, in a preview of at most 25 lines", async () => {
    project.policy({ displayName: "Baseline", policies: tenSettings("4"), priority: 3 });
    const shown = await project.preview();
    assert.equal(count(shown, "office16;L_"), count(shown, CHANGE));
    assert.ok(shown.includes(`\n    ${CHANGE}\n`), shown);
    assert.ok(shown.trimEnd().split("\n").length <= 25, shown);
  });

  it("is said once in an update that begins with a preview", async () => {
    const shown = await project.run("up", "--yes");
    const diagnostics = shown.split("\n").filter((line) => line === `    ${CHANGE}`);
    assert.equal(diagnostics.length, 1, shown);
  });

  it("is said in an update that skips the preview", async () => {
    project.policy({ displayName: "Baseline", policies: tenSettings("2"), priority: 3 });
    const shown = await project.up();
    assert.ok(shown.includes('    Baseline: office16;L_VBAWarningsPolicy "4" => "2"\n'), shown);
  });

  it("names settings added and removed, groups, priority and user preferences", async () => {
    project.policy({
      displayName: "Baseline",
      policies: [...tenSettings("2").slice(0, 9), { settingId: "word16;L_New", value: "7" }],
      userPreferences: [{ settingId: "office16;L_Pref", value: "1" }],
      priority: 1,
      assignments: [GROUP_A, GROUP_B],
    });
    const shown = await project.preview();
    for (const line of [
      "Baseline: priority 3 => 1",
      'Baseline: + word16;L_New "7"',
      'Baseline: - office16;L_Setting8 "1"',
      'Baseline: userPreferences + office16;L_Pref "1"',
      `Baseline: assignments + ${GROUP_A}, + ${GROUP_B}`,
    ]) {
      assert.ok(shown.includes(`    ${line}\n`), `${line} is not in\n${shown}`);
    }
  });

  it("is the drift and not its reverse when a refresh finds one", async () => {
    const [object] = emulator.store.list();
    const drifted = JSON.stringify(tenSettings("1"));
    emulator.store.patch(object?.id ?? "", { policyPayload: drifted });
    const shown = await project.refresh();
    assert.ok(
      shown.includes('Baseline: office16;L_VBAWarningsPolicy "2" => "1" (changed in the tenant)'),
      shown,
    );
    assert.equal(count(shown, '"1" => "2"'), 0, shown);
  });

  it("shows the repair of the drift in the next preview", async () => {
    project.policy({ displayName: "Baseline", policies: tenSettings("2"), priority: 3 });
    const shown = await project.preview();
    assert.ok(shown.includes('    Baseline: office16;L_VBAWarningsPolicy "1" => "2"\n'), shown);
    await project.up();
  });

  it("is the drift, told once, in a preview that refreshes first", async () => {
    const [object] = emulator.store.list();
    emulator.store.patch(object?.id ?? "", { policyPayload: JSON.stringify(tenSettings("3")) });
    const before = emulator.store.list();
    const versions = before.map(({ version }) => version);
    project.env.OFFICE_CONFIGURATION_AUDIT_LOG_WAIT_SECONDS = "60";
    const shown = await project.preview("--refresh");
    assert.match(
      shown,
      /^ {4}Baseline: office16;L_VBAWarningsPolicy "2" => "3" \(changed in the tenant by ann@contoso\.example, \d{4}-\d\d-\d\d \d\d:\d\d UTC\)$/m,
    );
    assert.equal(project.stateText().includes("ann@"), false);
    assert.equal(count(shown, '"3" => "2"'), 0, shown);
    assert.match(shown, /^ {4}Drift found\. An update puts back what the program gives:$/m);
    assert.deepEqual(
      emulator.store.list().map(({ version }) => version),
      versions,
    );
    await project.up("--refresh");
  });

  it("says which values are known after apply", async () => {
    project.program(`
      const other = new office.WindowsOfficeClientConfiguration("other", { displayName: "Other" });
      new office.WindowsOfficeClientConfiguration("baseline", {
        displayName: "Baseline",
        policies: ${JSON.stringify(tenSettings("2").slice(1))}.concat([
          { settingId: "office16;L_VBAWarningsPolicy", value: other.id, type: "REG_DWORD", valueName: "vbawarnings" },
        ]),
        description: pulumi.interpolate\`after \${other.id}\`,
        priority: 3,
      });`);
    const shown = await project.preview();
    for (const line of [
      "Baseline: description (none) => (known after apply)",
      'Baseline: office16;L_VBAWarningsPolicy "2" => (known after apply)',
    ]) {
      assert.ok(shown.includes(`    ${line}\n`), `${line} is not in\n${shown}`);
    }
    await project.up();
    const other = emulator.store.list().find(({ displayName }) => displayName === "Other");
    const baseline = emulator.store.list().find(({ displayName }) => displayName === "Baseline");
    assert.equal(baseline?.description, `after ${other?.id}`);
    assert.ok(String(baseline?.policyPayload).includes(String(other?.id)));
  });
});
