import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { documented } from "../emulator/ask";
import { TestProject } from "./support";

describe("examples/beside-the-portal", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator({
      seed: [
        { displayName: "Office defaults", description: "Theirs", priority: 0 },
        {
          type: "#microsoft.graph.windowsOfficeClientSecurityConfiguration",
          displayName: "Macro security",
          priority: 1,
          policies: [{ settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: "4" }],
        },
      ],
    });
    project = await TestProject.create(emulator);
    project.useExample("beside-the-portal");
    await project.initStack("portal");
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  const held = () =>
    Object.fromEntries(
      emulator.store
        .list()
        .map(({ displayName, description, priority }) => [
          String(displayName),
          `${priority} ${description}`,
        ]),
    );

  it("previews in a tenant where its own policy does not exist yet, and writes nothing", async () => {
    const preview = await project.preview();
    assert.match(preview, /Macro security: adopts [0-9a-f-]+$/m);
    assert.match(preview, /\+ 6 to create/);
    assert.deepEqual(emulator.writes(), []);
  });

  it("adopts one policy, patches another, orders all and reads the tenant", async () => {
    await project.up();
    assert.deepEqual(held(), {
      "Macro security": "0 Managed as code",
      Privacy: "1 null",
      "Office defaults": "2 Reviewed by the platform team",
    });
    const outputs = JSON.parse(await project.run("stack", "output", "--json")) as object;
    assert.deepEqual(documented(outputs), {
      checkins: { succeededUserCount: 0, failedUserCount: 0 },
      ranking: ["0 Macro security", "1 Privacy", "2 Office defaults"],
      policies: 3,
    });
    assert.match(await project.up(), /6 unchanged/);
    assert.match(await project.run("preview", "--refresh", "--expect-no-changes"), /6 unchanged/);
  });

  it("gives back what is theirs when it is destroyed", async () => {
    const output = await project.destroy();
    assert.match(output, /officeConfiguration: the tenant keeps it as it is/);
    assert.deepEqual(held(), { "Office defaults": "2 Theirs" });
  });
});
