import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { typesOf } from "../../cli/catalogue/types";
import { createEmulator, type Emulator } from "../../emulator";
import { CATALOGUE, ID } from "../inventedCatalogue";
import { TestProject } from "./support";

const ROOT = join(__dirname, "..", "..");
const TSC = join(ROOT, "node_modules", "typescript", "bin", "tsc");

describe("a tenant that is exported with a catalogue", () => {
  let emulator: Emulator;
  let project: TestProject;
  let out: string;

  before(async () => {
    emulator = await createEmulator({
      seed: [
        {
          displayName: "Baseline",
          policies: [
            { settingId: ID.macroLevel, value: "4", type: "REG_DWORD" },
            { settingId: ID.block, value: "9" },
            { settingId: ID.macros, value: "1" },
            { settingId: ID.channel, value: "1" },
            { settingId: ID.list, value: ["a", "b"] },
            { settingId: "new16;L_New", value: "1" },
          ],
          userPreferences: { any: ["JSON"] },
        },
      ],
    });
    project = await TestProject.create(emulator);
    out = join(project.folder, "exported");
    const beside = join(project.folder, "catalogue");
    mkdirSync(beside);
    writeFileSync(join(beside, "office-settings.json"), JSON.stringify(CATALOGUE));
    writeFileSync(join(beside, "office-settings.d.ts"), typesOf(CATALOGUE));
    const file = join(beside, "office-settings.json");
    await project.tool("export", "--out", out, "--name", "test", "--catalogue", file);
    cpSync(out, project.folder, { recursive: true });
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  it("has the catalogue and its types beside the program", () => {
    const files = readdirSync(out);
    assert.ok(files.includes("office-settings.json") && files.includes("office-settings.d.ts"));
    const program = readFileSync(join(out, "index.ts"), "utf8");
    assert.match(program, /\/\/ Macro Notification \(Excel\): Disable all$/m);
    assert.equal(program.match(/ uncheckedSetting\(\{/g)?.length, 4);
  });

  it("passes the type check with these types, and does not without the way out", () => {
    const check = () =>
      execFileSync(process.execPath, [TSC, "--project", project.folder], {
        timeout: 60_000,
        encoding: "utf8",
      });
    check();
    const program = readFileSync(join(project.folder, "index.ts"), "utf8");
    project.write("index.ts", program.replaceAll(/uncheckedSetting\((\{.*?\})\)/g, "$1"));
    assert.throws(check, ({ stdout }: { stdout: string }) => /error TS/.test(stdout));
    project.write("index.ts", program);
  });

  it("differs in nothing, and its preview only warns", async () => {
    const preview = await project.preview();
    assert.match(preview, /^ {4}Baseline: adopts [0-9a-f-]+, nothing differs$/m);
    const warning = `Baseline: warning: policies["${ID.block}"].value must be "0" (Disabled) or "1" (Enabled), not "9"`;
    assert.ok(preview.includes(warning), preview);
    await project.up();
    assert.deepEqual(emulator.writes(), []);
  });
});
