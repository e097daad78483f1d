import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runEmulator } from "../../cli/emulator";
import { readDefinitions, readProfile, readSeed } from "../../cli/emulatorFiles";

describe("files that the emulator starts with", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "emulator-files-"));
  });

  after(() => rmSync(folder, { recursive: true }));

  const write = (content: unknown) => {
    const file = join(folder, "file.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };

  it("may be a list of configurations", () => {
    const seed = [{ displayName: "A" }];
    assert.deepEqual(readSeed(write(seed)), { seed });
  });

  it("may be an object with the contents of each API, of which none is required", () => {
    assert.deepEqual(readSeed(write({})), { seed: [] });
    const policy = { name: "B", settingCount: 0, settings: [] };
    const given = { configurationPolicies: [policy], copilotSettings: { a: "1" } };
    assert.deepEqual(readSeed(write({ clientConfigurations: [{ displayName: "A" }], ...given })), {
      seed: [{ displayName: "A" }],
      ...given,
    });
  });

  const definition = { "@odata.type": "#x", id: "a", options: [] };

  it("may be definitions, alone or in an answer, with all their properties", () => {
    assert.deepEqual(readDefinitions(write([definition])), [definition]);
    assert.deepEqual(readDefinitions(write({ value: [definition] })), [definition]);
    assert.deepEqual(readDefinitions(write(`\ufeff${JSON.stringify([definition])}`)), [definition]);
  });

  it("may be a tenant's profile", () => {
    const manners = { cloudPolicy: { pageSize: 3 } };
    assert.deepEqual(readProfile(write({ tenantProfile: 1, manners })), {
      options: { mode: { pageSize: 3 } },
      unplayed: [],
    });
  });

  it("are no profile with --kind", async () => {
    const options = { port: "0", latencyMs: "0", kind: true, profile: write({ tenantProfile: 1 }) };
    await assert.rejects(runEmulator(options), {
      name: "TypeError",
      message: "--profile and --kind exclude each other: what a profile does not say is unkind",
    });
  });

  const rows: [(file: string) => unknown, unknown, RegExp][] = [
    [readSeed, "[", /^--seed \S+file\.json cannot be read as JSON/],
    [readSeed, "none", /^--seed \S+file\.json cannot be read as JSON/],
    [readSeed, { polices: [] }, /^--seed \S+file\.json: .*"polices"/],
    [readSeed, [{ polices: [] }], /^--seed \S+file\.json: 0\b/],
    [readSeed, { configurationPolicies: [{}] }, /configurationPolicies\.0\.name: /],
    [readSeed, { configurationPolicies: ["A"] }, /configurationPolicies\.0: must be a policy/],
    [readSeed, { copilotSettings: { a: 1 } }, /copilotSettings\.a: must be a text/],
    [readDefinitions, { value: [{ id: "a" }] }, /^--definitions \S+file\.json: it must hold/],
    [readProfile, {}, /^--profile \S+file\.json: it is no tenant's profile of version 1, as /],
    [readProfile, "{", /^--profile \S+file\.json cannot be read as JSON/],
    [readDefinitions, "{", /^--definitions \S+file\.json cannot be read as JSON/],
  ];

  for (const [read, content, message] of rows) {
    it(`are refused: ${JSON.stringify(content)}`, () => {
      const file = write(content);
      assert.throws(() => read(file), { name: "TypeError", message });
    });
  }
});
