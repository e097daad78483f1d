import { strict as assert } from "node:assert";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

const WINDOWS = "#microsoft.graph.windowsOfficeClientConfiguration";

/** The flag of England: a black flag, five letters that cannot be seen, and their end. */
const ENGLAND = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";

/** Values that the engine would lose, refuse or change on the way, and values that only look like them. */
const PAYLOADS = {
  "a key that the engine loses": '{"a":{"__proto__":{"x":1}},"b":2}',
  "a setting that the engine loses":
    '[{"settingId":"__proto__","value":"1"},{"settingId":"b","value":"2"}]',
  "text that the engine refuses": '{"a":"\\ud800"}',
  "a number that the engine changes": '{"a":-0}',
  "the engine's text for unknown values": '{"a":"04da6b54-80e4-46f7-96ec-b56ff0331ba9"}',
  "the engine's mark of secrets":
    '{"a":{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","value":"x"}}',
  "a byte order mark": '\ufeff[{"settingId":"a","value":"1"}]',
  "no JSON": "{",
  "what looks like an Output": '{"a":{"__pulumiOutput":1},"then":"x"}',
  "nothing but null": "null",
  "an empty list": "[]",
  "a key of the service's own":
    '[{"settingId":"a","value":"1","auditedBy":{"tenant":[1,null]}},{"settingId":"b","value":"2"}]',
  "マクロの設定（全員）": '[{"settingId":"a","value":"1"}]',
  "Политика: макросы": '[{"settingId":"a","value":"1"}]',
  [`नीति ${"very long ".repeat(20)}`]: '[{"settingId":"a","value":"1"}]',
  [`${ENGLAND} 👩‍👩‍👧 \u202e"\\`]: '{"\u0000\u2028":"\u007f"}'.replace("\u0000", "\\u0000"),
};

describe("an exported tenant with payloads that the engine cannot carry", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator();
    for (const [displayName, payload] of Object.entries(PAYLOADS)) {
      const bytes = Buffer.from(payload);
      const preferences = Buffer.from("[]");
      emulator.store.insert({
        type: WINDOWS,
        displayName,
        policyPayload: bytes,
        userPreferencePayload: preferences,
      });
    }
    project = await TestProject.create(emulator);
    const out = join(project.folder, "exported");
    await project.tool("export", "--out", out, "--name", "test");
    cpSync(out, project.folder, { recursive: true });
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  it("has names that are as readable as the policies'", () => {
    const program = readFileSync(join(project.folder, "index.ts"), "utf8");
    const names = [...program.matchAll(/^new \w+\("([^"]+)"/gm)].map(([, name]) => name);
    assert.ok(names.includes("マクロの設定-全員"));
    assert.ok(names.includes("политика-макросы"));
    assert.ok(names.includes(`नीति${"-very-long".repeat(5)}-very`));
  });

  it("is adopted by the first update, with no write at all, and has no changes then", async () => {
    const count = Object.keys(PAYLOADS).length + 1;
    const preview = await project.preview();
    assert.equal(preview.match(/^ {4}.*: adopts [\da-f-]+, nothing differs$/gm)?.length, count - 1);
    assert.match(await project.up(), new RegExp(`\\+ ${count} created`));
    assert.deepEqual(emulator.writes(), []);
    await project.run("preview", "--refresh", "--expect-no-changes");
  });

  it("keeps those payloads as they were when something else of their policy changes", async () => {
    project.write(
      "index.ts",
      readFileSync(join(project.folder, "index.ts"), "utf8").replaceAll(
        "displayName: ",
        'description: "new",\n  displayName: ',
      ),
    );
    await project.up();
    assert.equal(emulator.writes().length, Object.keys(PAYLOADS).length);
    for (const policy of emulator.store.list()) {
      const { displayName, description, policyPayload, userPreferencePayload } = policy;
      assert.equal(description, "new");
      assert.equal(String(policyPayload), PAYLOADS[displayName as keyof typeof PAYLOADS]);
      assert.equal(String(userPreferencePayload), "[]");
    }
  });
});
