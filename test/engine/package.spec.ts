import { strict as assert } from "node:assert";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../emulator";
import { installPacked, NAME } from "./packed";
import { TestProject } from "./support";

describe("the package as npm packs it", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
    installPacked(project.folder);
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  it("holds what runs, the pages and the examples, and neither sources nor tests", () => {
    const held = readdirSync(join(project.folder, "node_modules", NAME)).sort();
    assert.deepEqual(held, [
      "CHANGELOG.md",
      "CONTRIBUTING.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "dist",
      "docs",
      "examples",
      "package.json",
      "policy-pack",
    ]);
  });

  it("runs a program of one policy of each kind", async () => {
    project.program(`
      new office.WindowsOfficeClientConfiguration("one", { displayName: "One" });
      new office.WindowsOfficeClientSecurityConfiguration("two", { displayName: "Two" });`);
    await project.up();
    assert.deepEqual(
      emulator.store
        .list()
        .map(({ displayName, type }) => `${displayName} ${type}`)
        .sort(),
      [
        "One #microsoft.graph.windowsOfficeClientConfiguration",
        "Two #microsoft.graph.windowsOfficeClientSecurityConfiguration",
      ],
    );
    assert.match(await project.destroy(), /3 deleted/);
  });
});
