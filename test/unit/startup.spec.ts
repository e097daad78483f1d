import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** The packages that code loads, in a process of its own. */
function packagesOf(code: string): Set<string> {
  const script = `
    const pulumi = require("@pulumi/pulumi");
    const before = new Set(Object.keys(require.cache));
    process.once("exit", () => {
      const after = Object.keys(require.cache).filter((file) => !before.has(file));
      const names = after.map((file) => /node_modules[\\\\/]((?:@[^\\\\/]+[\\\\/])?[^\\\\/]+)/.exec(file)?.[1] ?? "itself");
      console.log(JSON.stringify([...new Set(names)]));
    });
    ${code}`;
  const argv = ["--require", "ts-node/register/transpile-only", "--eval", script];
  const output = execFileSync(process.execPath, argv, { cwd: root, encoding: "utf8" });
  return new Set(JSON.parse(output) as string[]);
}

/** Small packages that a program may load, beside what Pulumi's SDK has loaded already. */
const SMALL = ["itself", "fastest-levenshtein", "safe-stable-stringify"];

const unexpected = (loaded: Set<string>) => [...loaded].filter((name) => !SMALL.includes(name));

describe("packages loaded", function () {
  this.timeout(120_000);

  it("by a program's import: none that validates, sends, serves or reads a command line", () => {
    const loaded = packagesOf('require("./provider/index");');
    assert.ok(loaded.has("itself"));
    assert.deepEqual(unexpected(loaded), []);
  });

  it("by a program that declares resources: the same", () => {
    const loaded = packagesOf(`
      const { OfficeClientConfigurationPriorities, WindowsOfficeClientConfiguration } = require("./provider/index");
      pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) });
      const policies = [{ settingId: "office16;L_SendFeedback", value: "0" }];
      const policy = new WindowsOfficeClientConfiguration("privacy", { displayName: "Privacy", policies, assignments: [] });
      new OfficeClientConfigurationPriorities("order", { configurationIds: [policy.configurationId] });`);
    assert.ok(loaded.has("itself"));
    assert.deepEqual(unexpected(loaded), []);
  });

  it("by the command line before a catalogue command is called: none that reads XML or searches", () => {
    const loaded = packagesOf('require("./cli/catalogue/commands");');
    assert.deepEqual([...loaded], ["itself", "commander"]);
  });

  it("by the provider's process: zod, and neither what signs in nor what sends", () => {
    // A preview without changes needs neither.
    const loaded = packagesOf('require("./provider/runtime");');
    assert.ok(loaded.has("zod"));
    assert.deepEqual(unexpected(loaded), ["zod"]);
  });

  it("by a lookup: zod once it asks, and neither what signs in nor what sends until that is sent", () => {
    const ask = "getOfficeConfiguration({ wrong: true }).catch(() => {});";
    assert.deepEqual(unexpected(packagesOf(`require("./provider/index").${ask}`)), ["zod"]);
  });
});
