import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator, type SeedConfiguration } from "../../emulator";
import { TestProject } from "./support";

const ROOT = join(__dirname, "..", "..");
const WINDOWS = "#microsoft.graph.windowsOfficeClientConfiguration";
const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";

const group = (index: number) => `11111111-1111-4111-8111-${String(index).padStart(12, "0")}`;

/** Payloads as tenants may have them. */
const PAYLOADS: unknown[] = [
  [
    { settingId: "office16;L_SendFeedback", value: "0" },
    { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: "2", type: "REG_DWORD" },
  ],
  [{ settingId: "office16;L_Loop_App", value: "1", name: "Loop", auditedBy: { tenant: 1 } }],
  { any: { JSON: [1, null, "text"], "not an identifier": true } },
  [1, "list", { of: "no settings" }],
  [],
  undefined,
];

const seed: SeedConfiguration[] = Array.from({ length: 40 }, (_, index) => ({
  type: index % 3 === 0 ? SECURITY : WINDOWS,
  // Some names stand more than once.
  displayName: `Policy ${index % 37} "quoted"`,
  ...(index % 2 === 0 && { description: `What policy ${index} is for\nin two lines` }),
  priority: index * 2,
  policies: PAYLOADS[index % PAYLOADS.length],
  userPreferences: PAYLOADS[(index + 1) % PAYLOADS.length],
  groupIds: Array.from({ length: index % 3 }, (__, each) => group(index + each)),
}));

for (const mode of [{ pageSize: 7 }, { pageSize: 100, payloads: "stream" as const }]) {
  describe(`an exported tenant of 40 policies (${JSON.stringify(mode)})`, () => {
    let emulator: Emulator;
    let project: TestProject;

    before(async () => {
      emulator = await createEmulator({ seed, mode });
      project = await TestProject.create(emulator);
      const out = join(project.folder, "exported");
      await project.tool("export", "--out", out, "--name", "test");
      cpSync(out, project.folder, { recursive: true });
    });

    after(async () => {
      project.remove();
      await emulator.close();
    });

    it("passes the type check of its own tsconfig.json", () => {
      execFileSync(
        process.execPath,
        [join(ROOT, "node_modules", "typescript", "bin", "tsc"), "--project", project.folder],
        { timeout: 60_000 },
      );
    });

    it("is adopted by the first update, with no write at all", async () => {
      const preview = await project.preview();
      assert.match(preview, /\+ 41 to create/);
      assert.equal(
        preview.match(/^ {4}Policy .*: adopts [0-9a-f-]+, nothing differs$/gm)?.length,
        40,
      );
      assert.match(await project.up(), /\+ 41 created/);
      assert.equal(project.policies().length, 40);
      assert.deepEqual(emulator.writes(), []);
    });

    it("has no changes in a preview then, with a refresh too", async () => {
      assert.match(await project.run("preview", "--expect-no-changes"), /41 unchanged/);
      assert.match(
        await project.run("preview", "--refresh", "--expect-no-changes"),
        /41 unchanged/,
      );
    });

    it("is changed by one PATCH where one setting is edited", async () => {
      const file = readFileSync(join(project.folder, "index.ts"), "utf8");
      const before = '{ settingId: "office16;L_SendFeedback", value: "0" }';
      assert.ok(file.includes(before));
      project.write("index.ts", file.replace(before, before.replace('"0"', '"1"')));
      assert.match(await project.preview(), /: office16;L_SendFeedback "0" => "1"/);
      await project.up();
      assert.deepEqual(
        emulator.writes().map(({ method }) => method),
        ["PATCH"],
      );
    });
  });
}
