import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

const root = join(__dirname, "..", "..");
const NAME = "pulumi-office-configuration";

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

  it("holds what runs, and neither sources nor tests", () => {
    const held = readdirSync(join(project.folder, "node_modules", NAME)).sort();
    assert.deepEqual(held, ["CHANGELOG.md", "LICENSE", "README.md", "dist", "package.json"]);
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

/** Puts the packed package in the place of the link to the sources. */
function installPacked(folder: string): void {
  const modules = join(folder, "node_modules");
  rmSync(modules);
  mkdirSync(join(modules, NAME), { recursive: true });
  for (const entry of readdirSync(join(root, "node_modules"))) {
    if (entry !== NAME) symlinkSync(join(root, "node_modules", entry), join(modules, entry));
  }
  const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  const tarball = execFileSync("npm", pack, { cwd: root, encoding: "utf8" }).trim();
  const target = ["--strip-components=1", "-C", join(modules, NAME)];
  execFileSync("tar", ["-xzf", join(folder, tarball), ...target]);
}
