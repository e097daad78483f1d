import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

const TENANT = "c0c0c0c0-0000-4000-8000-00000000000c";

describe("a stack's configuration", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator({ tenantId: TENANT });
    project = await TestProject.create(emulator);
    project.policy({ displayName: "Baseline" });
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  it("is refused by preview and up where a key is not a setting, and nothing is sent", async () => {
    await project.run("config", "set", "officeConfiguration:tenantID", TENANT);
    for (const command of [["preview"], ["up", "--yes", "--skip-preview"]]) {
      const output = await project.fail(...command);
      assert.match(
        output,
        /tenantID is not a setting\. Did you mean officeConfiguration:tenantId\?/,
      );
    }
    assert.deepEqual(emulator.requests, []);
    await project.run("config", "rm", "officeConfiguration:tenantID");
  });

  it("is warned about once where a setting is misplaced, and where two stacks have one tenant", async () => {
    await project.run("config", "set", "tenantId", TENANT);
    const [, misplaced = ""] = (await project.up()).split("Diagnostics:");
    assert.equal(misplaced.match(/warning: test:tenantId .* is not read/g)?.length, 1, misplaced);
    await project.run("config", "set", "officeConfiguration:tenantId", TENANT);
    project.write("Pulumi.prod.yaml", `config:\n  officeConfiguration:tenantId: ${TENANT}\n`);
    const [, shared = ""] = (await project.preview()).split("Diagnostics:");
    assert.equal(shared.match(/warning:/g)?.length, 1, shared);
    assert.match(shared, /warning: The stack "dev" works .*"prod" \(Pulumi\.prod\.yaml\)/);
  });

  it("keeps nobody from destroying what an older version made with a key that is not a setting", async () => {
    const state = project.state();
    const provider = state.deployment.resources?.find(({ type }) =>
      type.startsWith("pulumi:providers:"),
    );
    assert.ok(provider?.inputs);
    provider.inputs["officeConfiguration:maxRetrys"] = "3";
    project.write("state.json", JSON.stringify(state));
    await project.run("stack", "import", "--file", "state.json");
    await project.refresh();
    await project.destroy();
    assert.equal(emulator.store.list().length, 0);
  });
});
