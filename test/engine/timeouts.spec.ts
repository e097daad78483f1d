import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

const COLLECTION = "/officeConfiguration/clientConfigurations";

describe("timeouts of a resource", () => {
  let emulator: Emulator;
  let project: TestProject;

  beforeEach(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
  });

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  const throttle = (match: string) =>
    emulator.addFault({ match, times: 99, status: 429, retryAfterSeconds: 300 });

  it("end a wait that would be longer, in the operation that they name", async () => {
    throttle(`POST ${COLLECTION}`);
    project.policy({ displayName: "Baseline", timeouts: { create: "2s" } });
    const output = await project.fail("up", "--yes", "--skip-preview");
    assert.match(output, /Creating client configuration "Baseline" failed: 429/);
    emulator.reset();
    project.policy({ displayName: "Baseline", timeouts: { create: "2s", delete: "1500ms" } });
    await project.up();
    throttle(`DELETE ${COLLECTION}/*`);
    assert.match(
      await project.fail("destroy", "--yes", "--skip-preview"),
      /Deleting client configuration "Baseline" failed: 429/,
    );
  });

  it("may change without anything being written, and stay through a refresh", async () => {
    project.policy({ displayName: "Baseline" });
    await project.up();
    const before = emulator.writes().length;
    project.policy({ displayName: "Baseline", timeouts: { update: "1h30m" } });
    assert.match(await project.up(), /1 updated/);
    assert.equal(emulator.writes().length, before);
    assert.match(await project.run("preview", "--refresh", "--expect-no-changes"), /2 unchanged/);
    assert.match(await project.up(), /2 unchanged/);
  });

  for (const [kind, args] of [
    ["WindowsOfficeClientConfiguration", { displayName: "a" }],
    ["OfficeConfiguration", {}],
    ["OfficeClientConfigurationPatch", { configurationId: "x", description: "d" }],
    ["OfficeClientConfigurationPriorities", { configurationIds: ["x"] }],
  ] as const) {
    it(`are refused where they are no durations: ${kind}`, async () => {
      const timeouts = { create: "soon", updated: "1m" };
      project.program(`new office.${kind}("a", ${JSON.stringify({ ...args, timeouts })});`);
      const output = await project.fail("preview");
      assert.match(output, /has a problem: timeouts\.create must be a duration such as 90s/);
      assert.match(output, /has a problem: timeouts\.updated is no known name/);
    });
  }
});
