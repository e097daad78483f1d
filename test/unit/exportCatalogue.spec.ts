import { strict as assert } from "node:assert";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isTyped, typesOf } from "../../cli/catalogue/types";
import { openCatalogue, type SettingKnowledge } from "../../cli/export/catalogue";
import { write } from "../../cli/export/code";
import { payloadCode } from "../../cli/export/payloadCode";
import { exportedProgram } from "../../cli/export/program";
import { glossaryOf } from "../../provider/catalogue/glossary";
import { Editor } from "../editor";
import { CATALOGUE, ID } from "../inventedCatalogue";

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

/** As a catalogue with types gives them. */
const TYPED = {
  glossary: glossaryOf(CATALOGUE),
  isTyped: (id: string, value: unknown) => isTyped(CATALOGUE, id, value),
};

const UNTYPED = { glossary: TYPED.glossary };

/** Values as tenants may have them. */
const VALUES = [
  ...["1", "4", "9", "", "0x10", "-1", "1e3", "text", "9".repeat(400)],
  ...[4, 1.5, true, null, ["a", "b"], { a: ["b"] }],
];

const written = (value: unknown, catalogue: SettingKnowledge = TYPED) => {
  const code = payloadCode(bytes(value), catalogue);
  assert.ok(code !== undefined);
  return write(code);
};

describe("an exported payload with a catalogue", () => {
  it("has the name, the app and the label of the value beside each setting", () => {
    assert.equal(
      written([
        { settingId: ID.macroLevel, value: "4" },
        { settingId: ID.minutes, value: "5" },
        { settingId: ID.block, value: "1", name: "Its name in the tenant" },
        { settingId: ID.path, value: "C", name: "Its name in the tenant" },
        { settingId: ID.cloudOnly, value: "constructor" },
      ]),
      `[
  { settingId: "${ID.macroLevel}", value: "4" }, // Macro Notification (Excel): Disable all
  { settingId: "${ID.minutes}", value: "5" }, // AutoSave > Minutes (Excel)
  // Block macros from the internet (Excel): Enabled
  { settingId: "${ID.block}", value: "1", name: "Its name in the tenant" },
  { settingId: "${ID.path}", value: "C", name: "Its name in the tenant" },
  { settingId: "${ID.cloudOnly}", value: "constructor" }, // Pin Copilot
]`,
    );
  });

  it("lets through what its types do not take, and nothing else", () => {
    const settings = [
      { settingId: ID.block, value: "1" },
      { settingId: ID.macroLevel, value: "9" },
      { settingId: ID.macros, value: "1" },
      { settingId: ID.channel, value: "1" },
      { settingId: ID.list, value: ["a"] },
      { settingId: "new16;L_New", value: "1" },
      { settingId: ID.minutes, value: "5", audit: { n: 7 } },
    ];
    assert.equal(
      written(settings),
      `[
  // Block macros from the internet (Excel): Enabled
  { settingId: "${ID.block}", value: "1" },
  // Macro Notification (Excel)
  uncheckedSetting({ settingId: "${ID.macroLevel}", value: "9" }),
  uncheckedSetting({ settingId: "${ID.macros}", value: "1" }), // Macro Notification (Excel)
  uncheckedSetting({ settingId: "${ID.channel}", value: "1" }), // Update Channel (Office)
  { settingId: "${ID.list}", value: ["a"] }, // List
  uncheckedSetting({ settingId: "new16;L_New", value: "1" }),
  // AutoSave > Minutes (Excel)
  uncheckedSetting({ settingId: "${ID.minutes}", value: "5", audit: { n: 7 } }),
]`,
    );
    assert.equal(written(settings, UNTYPED).match(/unchecked/g)?.length, 1);
  });

  it("has lines that are not too long around a setting that is let through", () => {
    const [fits, fitsNot] = ["x".repeat(38), "x".repeat(60)].map((value, index) => ({
      settingId: `new16;L_New${index}`,
      value,
    }));
    assert.equal(
      written([fits, fitsNot]),
      `[
  uncheckedSetting({ settingId: "new16;L_New0", value: "${fits?.value}" }),
  uncheckedSetting({
    settingId: "new16;L_New1",
    value: "${fitsNot?.value}",
  }),
]`,
    );
  });

  it("has one of the forms that its types have for anything but settings", () => {
    assert.equal(written({ any: 1 }), "{ $json: { any: 1 } }");
    const other = (content: Uint8Array) => payloadCode(content, TYPED) ?? null;
    assert.equal(write(other(Buffer.from("no JSON"))), '{ $text: "no JSON" }');
    assert.equal(write(other(Buffer.from([0xff, 0xfe]))), 'uncheckedSettings({ $base64: "//4=" })');
  });

  it("does what a comment says to nobody but the reader", () => {
    for (const name of [
      "@ts-expect-error",
      "/@ts-ignore",
      "/ <reference path='x' />",
      "a\u2028b\n*/",
    ]) {
      const code = write(
        payloadCode(bytes([{ settingId: "a;L_A", value: "1" }]), {
          glossary: () => ({ name: name.repeat(9), labels: { "1": name } }),
        }) ?? null,
      );
      assert.match(code, /^\[\n {2}\/\/ [^@/\n][^\n]*\n {2}\{ [^\n]*\n\]$/);
      assert.doesNotMatch(code, /[\u2028\u2029]|\*\//);
    }
  });
});

describe("an exported program with types", () => {
  const ids = [...Object.values(ID), "new16;L_New", "toString", "no semicolon"];
  let editor: Editor;

  before(() => {
    editor = new Editor("", { "office-settings.d.ts": typesOf(CATALOGUE) });
  });

  const policy = (displayName: string, policies: Uint8Array) => ({
    id: "13a5ac73-ac73-13a5-73ac-a51373aca513",
    kind: "WindowsOfficeClientConfiguration" as const,
    displayName,
    scalars: { displayName },
    assignments: [],
    policies,
    userPreferences: undefined,
  });

  it("compiles, whatever the tenant has", () => {
    const lists = VALUES.map((value) => bytes(ids.map((settingId) => ({ settingId, value }))));
    const others = [Buffer.from("no JSON"), Buffer.from([0xff]), Buffer.from(""), bytes({ a: 1 })];
    const open = {
      settingId: ID.block,
      value: "1",
      auditedBy: { tenant: [1, null] },
      "not an identifier": true,
    };
    const full = { settingId: ID.block, value: "1", platform: "Win32", maxVersion: null };
    const policies = [
      ...lists,
      ...others,
      bytes([full]),
      bytes([open]),
      bytes([1, "a"]),
      bytes(null),
    ];
    const { text, count, notes } = exportedProgram(
      policies.map((each, index) => policy(`P${index}`, each)),
      TYPED,
    );
    assert.deepEqual(notes, []);
    assert.equal(count, policies.length);
    const imported =
      "  uncheckedSetting,\n  uncheckedSettings,\n  WindowsOfficeClientConfiguration,\n";
    assert.ok(text.includes(`import {\n${imported}} from`), text.slice(0, 600));
    assert.deepEqual(editor.problems(text), []);
  });

  it("lets nothing through that its types take", () => {
    // An id without a type is refused whatever its value is.
    const isDeclared = (id: string) => isTyped(CATALOGUE, id, id === ID.minutes ? 1 : "1");
    const refused = ids.flatMap((settingId) =>
      (isDeclared(settingId) ? VALUES : ["1"])
        .filter((value) => !isTyped(CATALOGUE, settingId, value))
        .map((value) => ({ settingId, value })),
    );
    assert.ok(refused.length > 30, String(refused.length));
    for (const setting of refused) {
      // A text that TypeScript takes as a number need not be one for the service.
      if (["0x10", "-1", "1e3"].includes(setting.value as string)) continue;
      const { text } = exportedProgram([policy("P", bytes([setting]))], UNTYPED);
      assert.notDeepEqual(editor.problems(text), [], JSON.stringify(setting));
    }
  });

  it("calls what it imports, and imports what it calls", () => {
    const { text } = exportedProgram(
      [policy("uncheckedSetting(", bytes([{ settingId: ID.block, value: "1" }]))],
      TYPED,
    );
    assert.match(text, /^import \{ WindowsOfficeClientConfiguration \} from/m);
  });
});

describe("the catalogue of an export", () => {
  let folder: string;
  let out: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "office-configuration-"));
    out = join(folder, "out");
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("is none if there is none: then the package's own names are", () => {
    const { glossary, ...rest } = openCatalogue({ out });
    assert.deepEqual(rest, { files: {}, notes: [] });
    assert.equal(
      glossary("excel16;L_AutoRecovertime;L_SaveAutoRecoverinfoevery")?.name,
      "AutoRecover time: save AutoRecover info every (minutes) (Excel)",
    );
    assert.deepEqual(glossary("office16;L_SendFeedback"), {
      name: "Allow users to submit feedback to Microsoft (Office)",
      labels: { "0": "off", "1": "on" },
    });
    assert.equal(glossary("office16;L_Nobody"), undefined);
  });

  it("is a file that is named, and goes with the program", () => {
    const file = join(folder, "mine.json");
    const text = `\ufeff${JSON.stringify(CATALOGUE)}`;
    writeFileSync(file, text);
    const { glossary, ...rest } = openCatalogue({ file, out });
    assert.deepEqual(rest, {
      from: file,
      catalogue: CATALOGUE,
      files: { "office-settings.json": text },
      notes: [],
    });
    assert.equal(glossary(ID.block)?.name, "Block macros from the internet (Excel)");
    assert.equal(
      glossary("office16;L_SendFeedback")?.name,
      "Allow users to submit feedback to Microsoft (Office)",
    );
  });

  it("is that of the folder that is written to, and so are the types", () => {
    writeFileSync(join(folder, "office-settings.json"), JSON.stringify(CATALOGUE));
    writeFileSync(join(folder, "office-settings.d.ts"), "// older");
    const { files, isTyped: takes, from } = openCatalogue({ out: folder });
    assert.equal(from, join(folder, "office-settings.json"));
    assert.equal(files["office-settings.d.ts"], typesOf(CATALOGUE));
    assert.equal(takes?.(ID.block, "1"), true);
    assert.equal(takes?.(ID.block, "2"), false);
  });

  it("has types if they are beside it, wherever the program goes", () => {
    const file = join(folder, "mine.json");
    writeFileSync(file, JSON.stringify(CATALOGUE));
    writeFileSync(join(folder, "office-settings.d.ts"), "");
    assert.equal(openCatalogue({ file, out }).files["office-settings.d.ts"], typesOf(CATALOGUE));
  });

  it("takes more names from a CSV file", () => {
    const file = join(folder, "names.CSV");
    const lines = [
      "\ufeffId,Name,Other",
      'a;L_New,"New, and quoted:",x',
      "a;L_Empty,,",
      "word16;L_New,New,",
      "office16;L_SendFeedback,Feedback,",
      "office16;L_SendTelemetry,,",
      "a;L_Broken,one",
    ];
    writeFileSync(file, lines.join("\n"));
    const { glossary, notes } = openCatalogue({ file, out });
    assert.equal(glossary("a;L_New")?.name, "New, and quoted");
    assert.equal(glossary("a;L_Empty"), undefined);
    assert.equal(glossary("word16;L_New")?.name, "New (Word)");
    assert.deepEqual(glossary("office16;L_SendFeedback"), {
      name: "Feedback (Office)",
      labels: { "0": "off", "1": "on" },
    });
    assert.deepEqual(notes, ["names.CSV: line 7 has 2 columns, not 3, and is left out"]);
    writeFileSync(join(folder, "office-settings.json"), JSON.stringify(CATALOGUE));
    const { glossary: both } = openCatalogue({ file, out: folder });
    assert.equal(both("a;L_New")?.name, "New, and quoted");
    assert.equal(both(ID.block)?.name, "Block macros from the internet (Excel)");
  });

  it("refuses a file that is none", () => {
    const file = join(folder, "none.csv");
    assert.throws(
      () => openCatalogue({ file, out }),
      /--catalogue .*none\.csv cannot be read: ENOENT/,
    );
    writeFileSync(file, "a,b\n1,2\n");
    assert.throws(
      () => openCatalogue({ file, out }),
      /none\.csv cannot be read: its first line does not name the columns Id and Name/,
    );
    const named = join(folder, "none.json");
    assert.throws(
      () => openCatalogue({ file: named, out }),
      /the catalogue .*none\.json is not there\. Build one with /,
    );
    writeFileSync(named, "Id,Name\n");
    assert.throws(
      () => openCatalogue({ file: named, out }),
      /The catalogue .*none\.json cannot be used: it is no JSON/,
    );
  });
});
