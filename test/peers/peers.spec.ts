/**
 * The two ends of the range of Pulumi SDKs that package.json declares: `npm run test:peers`.
 */
import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../emulator";
import { installPacked, NAME } from "../engine/packed";
import { TestProject } from "../engine/support";

const root = join(__dirname, "..", "..");

/** Modules that programs and the provider's process load. */
const SDK = "@pulumi/pulumi";

const jsonOf = (...path: string[]) =>
  JSON.parse(readFileSync(join(...path), "utf8")) as {
    readonly version: string;
    readonly peerDependencies: Record<string, string>;
  };

const versionIn = (modules: string) => jsonOf(modules, SDK, "package.json").version;

describe("the range of Pulumi SDKs", () => {
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

  for (const [end, modules] of [
    ["oldest", join(__dirname, "node_modules")],
    ["newest", join(root, "node_modules")],
  ] as const) {
    it(`creates, updates, refreshes and deletes with the ${end}`, async () => {
      assert.ok(existsSync(modules), `there is no ${modules}: run npm run test:peers`);
      installPacked(project.folder, modules);
      const declare = (value: string) =>
        project.program(`
          const own = require("node:module").createRequire(require.resolve("${NAME}"));
          exports.sdks = [require, own].map((load) => load("${SDK}/package.json").version);
          const { id } = new office.WindowsOfficeClientConfiguration("one", {
            displayName: "One",
            policies: [{ settingId: "office16;L_SendFeedback", value: pulumi.secret("${value}") }],
          });
          exports.found = office.getOfficeClientConfigurationOutput({ id }).displayName;`);
      declare("0");
      await project.up();
      const { sdks, found } = JSON.parse(await project.run("stack", "output", "--json")) as {
        readonly sdks: string[];
        readonly found: string;
      };
      assert.deepEqual(sdks, [versionIn(modules), versionIn(modules)]);
      assert.equal(found, "One");
      declare("1");
      assert.match(await project.up(), /1 updated/);
      const [policy] = emulator.store.list();
      assert.match(String(policy?.policyPayload), /"value":"1"/);
      emulator.store.patch(policy?.id ?? "", { displayName: "Other" });
      assert.match(await project.refresh(), /1 updated/);
      await project.destroy();
      assert.deepEqual(emulator.store.list(), []);
    });
  }

  it("begins with the oldest that is tried", () => {
    const { [SDK]: range } = jsonOf(root, "package.json").peerDependencies;
    assert.equal(range, `^${versionIn(join(__dirname, "node_modules"))}`);
  });
});
