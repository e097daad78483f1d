import { strict as assert } from "node:assert";
import { once } from "node:events";
import { createEmulator } from "../../emulator";
import { TestProject } from "./support";

describe("one Ctrl-C", () => {
  it("ends an update cleanly: what was being made is in the state, and the next update finishes", async () => {
    const emulator = await createEmulator();
    const project = await TestProject.create(emulator);
    try {
      const names = Array.from({ length: 12 }, (_, index) => `policy-${index}`);
      project.program(
        names
          .map((name) => {
            const args = `{ displayName: "${name}", policies: [{ settingId: "a16;L_A", value: "1" }] }`;
            return `new office.WindowsOfficeClientConfiguration("${name}", ${args});`;
          })
          .join("\n"),
      );
      const match = "POST /officeConfiguration/clientConfigurations";
      emulator.addFault({ match, times: 12, delayMs: 1_500 });
      const child = project.start("up", "--yes", "--skip-preview");
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => {
        output += chunk.toString("utf8");
        if (output.includes("creating (0s)") && !child.killed) child.kill("SIGINT");
      });
      child.stderr.resume();
      const [code] = (await once(child, "exit")) as [number | null];
      assert.notEqual(code, 0);
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
      assert.deepEqual(ids(), stored());
      assert.ok(stored().length < names.length, output);
      await project.up();
      assert.deepEqual(ids(), stored());
      assert.deepEqual(
        emulator.store
          .list()
          .map(({ displayName }) => displayName)
          .sort(),
        names.sort(),
      );
    } finally {
      project.remove();
      await emulator.close();
    }
  });
});
