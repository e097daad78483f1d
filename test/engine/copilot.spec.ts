import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

const WEB = "microsoft.copilot.allowwebsearch";
const NAME = "Allow web search in Copilot";

describe("CopilotPolicySetting", () => {
  let emulator: Emulator;
  let project: TestProject;

  beforeEach(async () => {
    emulator = await createEmulator({ caller: "user", copilotSettings: { [WEB]: "0" } });
    project = await TestProject.create(emulator);
  });

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  const declare = (value: string) =>
    project.program(`
      const web = new office.CopilotPolicySetting("web", { setting: "${WEB}", value: ${value} });
      exports.setting = web.setting;
      exports.policy = web.resolvedPolicyId;`);

  it("goes from preview to destroy, names each change, and leaves the tenant as it was", async () => {
    declare('"1"');
    const change = `${NAME}: value on everywhere (0) => off everywhere (1)`;
    assert.ok((await project.preview()).includes(change));
    assert.deepEqual(emulator.writes(), []);
    await project.up();
    assert.deepEqual(
      emulator.writes().map(({ method, path, body }) => [method, path, body]),
      [["PATCH", `/copilot/admin/policySettings/${WEB}`, { value: "1" }]],
    );
    const outputs = JSON.parse(await project.run("stack", "output", "--json")) as object;
    const { policyId } = emulator.copilot.get(WEB);
    assert.deepEqual(outputs, { setting: WEB, policy: policyId?.toUpperCase() });
    assert.match(await project.up(), /2 unchanged/);

    emulator.copilot.set(WEB, "2");
    const drift =
      "value off everywhere (1) => off in Copilot's work mode, on in Copilot Chat (2) (changed in the tenant)";
    assert.ok((await project.refresh()).includes(`${NAME}: ${drift}`));
    await project.up();
    assert.equal(emulator.copilot.get(WEB).value, "1");
    await project.run("preview", "--refresh", "--expect-no-changes");

    await project.destroy();
    assert.equal(emulator.copilot.get(WEB).value, "0");
  });

  it("keeps a secret value, and the one before it, out of the state and of all that is shown", async () => {
    emulator.copilot.set(WEB, "planted-before");
    declare('pulumi.secret("planted-value")');
    const shown = [await project.preview(), await project.up()];
    emulator.copilot.set(WEB, "planted-theirs");
    shown.push(await project.refresh(), project.stateText());
    await project.up();
    assert.equal(emulator.copilot.get(WEB).value, "planted-value");
    for (const text of [...shown, project.stateText()]) assert.doesNotMatch(text, /planted/);
    await project.destroy();
    assert.equal(emulator.copilot.get(WEB).value, "planted-before");
  });

  it("explains a refusal that no waiting changes, after one request", async () => {
    emulator.copilot.hasTooManyGroupPolicies = true;
    declare('"1"');
    const output = await project.fail("up", "--yes", "--skip-preview");
    assert.match(output, /502 badGateway \(tooManyGroupPolicies\)/);
    assert.match(output, /more policies for groups than Copilot's API supports/);
    assert.equal(emulator.requests.length, 1);
  });
});
