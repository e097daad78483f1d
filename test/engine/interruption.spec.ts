import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { createEmulator, type Emulator } from "../../emulator";
import { descendants, endTree } from "../../scripts/processes";
import { TestProject } from "./support";

const POST = "POST /officeConfiguration/clientConfigurations";
const NAMES = Array.from({ length: 12 }, (_, index) => `policy-${index}`);

describe("an update", () => {
  let emulator: Emulator;
  let project: TestProject;

  beforeEach(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
    const policies = NAMES.map((name) => {
      const args = `{ displayName: "${name}", policies: [{ settingId: "a16;L_A", value: "1" }] }`;
      return `new office.WindowsOfficeClientConfiguration("${name}", ${args});`;
    });
    project.program(policies.join("\n"));
  });

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  const ids = () =>
    project
      .policies()
      .map(({ id }) => id)
      .sort();
  const stored = () =>
    emulator.store
      .list()
      .map(({ id }) => id)
      .sort();
  const assertFinished = () => {
    assert.deepEqual(ids(), stored());
    const names = emulator.store.list().map(({ displayName }) => displayName);
    assert.deepEqual(names.sort(), NAMES.toSorted());
  };

  it("that gets one Ctrl-C ends cleanly: what was being made is in the state, and the next update finishes", async () => {
    emulator.addFault({ match: POST, times: 12, delayMs: 1_500 });
    const child = project.start("up", "--yes", "--skip-preview");
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
      if (output.includes("creating (0s)") && !child.killed) child.kill("SIGINT");
    });
    child.stderr.resume();
    const [code] = (await once(child, "exit")) as [number | null];
    assert.notEqual(code, 0);
    assert.deepEqual(ids(), stored());
    assert.ok(stored().length < NAMES.length, output);
    await project.up();
    assertFinished();
  });

  it("whose engine is killed takes its provider with it, which makes nothing more, and the next update finishes", async () => {
    project.env.OFFICE_CONFIGURATION_MAX_REQUESTS_IN_FLIGHT = "2";
    emulator.addFault({ match: POST, times: 2, delayMs: 60_000 });
    const child = project.start("up", "--yes", "--skip-preview");
    child.stdout.resume();
    child.stderr.resume();
    const posts = () => emulator.requests.filter(({ method }) => method === "POST").length;
    try {
      while (posts() < 2) await delay(50);
      const provider = descendants(child.pid).find(({ command }) =>
        /^\S*node .*dynamic-provider/.test(command),
      );
      assert.ok(provider);
      child.kill("SIGKILL");
      while (await runs(provider.pid)) await delay(50);
      assert.equal(posts(), 2);
    } finally {
      endTree(child.pid);
    }
    await project.run("cancel", "--yes");
    emulator.clearFaults();
    await project.up();
    assertFinished();
  });
});

/** Whether a provider runs. `isAlive` would count a zombie, which has no command any more. */
async function runs(pid: number): Promise<boolean> {
  const shown = promisify(execFile)("ps", ["-o", "args=", "-p", String(pid)]);
  const { stdout } = await shown.catch(() => ({ stdout: "" }));
  return stdout.includes("dynamic-provider/");
}
