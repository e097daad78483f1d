import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { outcomeOf, startCommand } from "../commandLine";
import { TestProject } from "./support";

const GROUP = "11111111-1111-4111-8111-11111111111a";
const PLANTED = "planted-secret";

describe("office-configuration compare", () => {
  let emulator: Emulator;
  let project: TestProject;
  let writes: number;

  before(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
    project.program(`
      const config = new pulumi.Config();
      const macros = new office.WindowsOfficeClientSecurityConfiguration("macros", {
        displayName: "Macros",
        policies: [
          { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: "4" },
          { settingId: "office16;L_Secret", value: pulumi.secret("${PLANTED}") },
        ],
        assignments: ["${GROUP}"],
      });
      const privacy = new office.WindowsOfficeClientConfiguration("privacy", {
        displayName: "Privacy",
        policies: [
          { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: config.get("overruled") ?? "2" },
          { settingId: "office16;L_Level", value: config.getNumber("level") ?? 2 },
        ],
        userPreferences: [{ settingId: "office16;L_SendFeedback", value: false }],
        assignments: ["${GROUP}"],
      });
      new office.OfficeClientConfigurationPriorities("order", {
        configurationIds: [macros.id, privacy.id],
      });`);
    await project.up();
    writes = emulator.writes().length;
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  const compare = async (...args: string[]) => {
    const child = startCommand(["compare", ...args], { env: project.env, cwd: project.folder });
    const outcome = await outcomeOf(child);
    for (const text of [outcome.stdout, outcome.stderr]) assert.ok(!text.includes(PLANTED), text);
    return outcome;
  };

  it("finds the state of a stack in the tenant, but for secrets, which it cannot compare", async () => {
    const { stdout, code, stderr } = await compare("stack:dev", "tenant");
    assert.match(stdout, /^not known \(1\)\n {2}office16;L_Secret\n/m, stdout + stderr);
    assert.match(stdout, /^ {4}left {3}\[secret\]: "Macros" \(priority 0\) for the group\n/m);
    assert.match(stdout, /^ {4}right {2}\[secret\]: "Macros" /m);
    assert.match(stdout, /^4 settings: 1 not known, 3 the same\.$/m);
    assert.equal(code, 1);
    assert.equal(emulator.writes().length, writes);
  });

  it("evaluates the program of another folder, and compares its secrets without showing them", async () => {
    const elsewhere = `stack:dev@${project.folder}`;
    const same = await compare(project.folder, "tenant");
    assert.match(same.stdout, /^The same: 4 settings\.$/m, same.stdout + same.stderr);
    assert.equal(same.code, 0);
    project.write("Pulumi.dev.yaml", "config:\n  test:level: 3\n  test:overruled: 1\n");
    const differing = await compare(project.folder, elsewhere, "--stack", "dev");
    assert.match(
      differing.stdout,
      /^different \(1\)\n {2}office16;L_Level\n {4}left {3}"3": "Privacy".*\n.*\n? {4}right {2}"2": "Privacy"/m,
      differing.stdout + differing.stderr,
    );
    assert.equal(differing.code, 1);
  });
});
