import { strict as assert } from "node:assert";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTemplateFolder } from "../../cli/catalogue/admx/folder";
import { readTemplates } from "../../cli/catalogue/admx/templates";
import { buildCatalogue, catalogueText } from "../../cli/catalogue/build";
import { runBuild } from "../../cli/catalogue/command";
import { readCatalogue } from "../../provider/catalogue/read";
import { runCommand } from "../commandLine";
import { adml, admx } from "../templates";

describe("office-configuration catalogue", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "office-configuration-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** Runs a command in the folder, with nothing of this machine's environment but the path. */
  const run = (...args: string[]) => runCommand(["catalogue", ...args], { cwd: folder, env: {} });

  const write = (files: Record<string, string | Uint8Array>) => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
  };
  const catalogueOf = (name = "office-settings.json") =>
    readCatalogue(readFileSync(join(folder, name), "utf8"), name);

  /** The text of a catalogue of the folder's templates. */
  const built = (language?: string) =>
    catalogueText(
      buildCatalogue(readTemplates([openTemplateFolder(join(folder, "templates"))], language), []),
    );

  const POLICIES = `<policy name="L_Macros" class="User" key="soft\\calc" displayName="$(string.N)" presentation="$(presentation.P)">
    <elements><enum id="L_Level" valueName="level"><item displayName="$(string.On)"><value><decimal value="1"/></value></item>
    <item displayName="$(string.Off)"><value><decimal value="2"/></value></item></enum></elements></policy>
    <policy name="L_Updates" class="Machine" key="soft\\calc" valueName="updates" displayName="$(string.U)"/>`;
  const TEMPLATES = {
    "templates/Calc16.admx": Buffer.from(`\ufeff${admx(POLICIES)}`, "utf16le"),
    "templates/en-US/CALC16.adml": adml(
      { N: "Macro Settings", On: "Enable all", Off: "Disable all", U: "Updates" },
      '<presentation id="P"><dropdownList refId="L_Level">Level</dropdownList></presentation>',
    ),
    "templates/browser.admx": admx("", { namespace: "Contoso.Policies.Browser" }),
  };

  it("build writes a catalogue and its types, and says what it left out", async () => {
    write(TEMPLATES);
    const { code, stdout, stderr } = await run(
      "build",
      "--admx",
      "templates",
      "--out",
      "made/here",
    );
    assert.equal(stderr, "note: 1 template of another product is left out: browser.admx\n");
    assert.equal(
      stdout,
      `3 settings written to made/here/office-settings.json, and their types to
made/here/office-settings.d.ts:
       3  Calc16.admx (en-us)

1 has a value for users. 1 is a policy whose elements have the values, and 1 is
a machine setting, which Cloud Policy does not take.

Next:
  office-configuration catalogue search <words>
  office-configuration catalogue show <id>
`,
    );
    assert.equal(code, 0);
    assert.deepEqual(
      catalogueOf("made/here/office-settings.json").settings["calc16;L_Macros;L_Level"],
      {
        name: "Level",
        scope: "user",
        kind: "enum",
        values: { "1": "Enable all", "2": "Disable all" },
        type: "REG_DWORD",
        key: "soft\\calc",
        valueName: "level",
        policy: "calc16;L_Macros",
      },
    );
    const types = readFileSync(join(folder, "made/here/office-settings.d.ts"), "utf8");
    assert.match(types, /"calc16;L_Macros;L_Level": "1" \| "2";/);
  });

  it("build takes lists and Intune's answers for what no template has, and names broken lines", async () => {
    const broken = Array.from({ length: 12 }, (_, line) => `calc16;L_${line}`);
    write({
      ...TEMPLATES,
      "list.csv": ["Id,Name", ...broken, "calc16;L_Macros,Other name", "calc16;L_Cloud,Cloud"].join(
        "\n",
      ),
      "answer.json": '\ufeff{"value":[{"id":"x"}]}',
    });
    const { code, stderr } = await run(
      ...["build", "--admx", "templates", "--csv", "list.csv", "--intune", "answer.json"],
    );
    assert.match(stderr, /note: list\.csv: line 2 has 1 column, not 2, and is left out\n/);
    assert.match(stderr, /note: list\.csv: 2 more lines are left out\n/);
    assert.match(
      stderr,
      /note: answer\.json: definitions that are not Office's are left out: 1 of 1\n/,
    );
    assert.equal(code, 0);
    const { settings } = catalogueOf();
    assert.deepEqual(
      [settings["calc16;L_Macros"]?.name, settings["calc16;L_Cloud"]?.source],
      ["Macro Settings", "csv"],
    );
  });

  it("build is refused with 2 if nothing can be built", async () => {
    const { code, stdout, stderr } = await run("build");
    assert.match(
      stderr,
      /^error: --admx <folder> is missing: the folder that holds excel16\.admx and others\./,
    );
    assert.deepEqual([code, stdout], [2, ""]);
  });

  it("search and show find settings of a catalogue, and end with 1 if there are none", async () => {
    write(TEMPLATES);
    write({ "office-settings.json": built() });
    const id = "calc16;L_Macros;L_Level";
    const [found, none, shown, near, unknown] = await Promise.all([
      run("search", "macro", "lvel"),
      run("search", "zebra"),
      run("show", id, "CALC16;l_updates"),
      run("show", "calc16;L_Macro;L_Level"),
      run("show", "zebra"),
    ]);
    assert.equal(
      found.stdout,
      `Macro Settings: Level
    "1" Enable all
    "2" Disable all
  { settingId: "${id}", value: "" }, // "1" or "2"
`,
    );
    assert.deepEqual([found.stderr, found.code], ["", 0]);
    assert.equal(none.stderr, "note: no setting of office-settings.json fits: zebra\n");
    assert.deepEqual([none.stdout, none.code], ["", 1]);
    assert.match(
      shown.stdout,
      /^calc16;L_Macros;L_Level\n {2}Macro Settings: Level\n\n.*\n\ncalc16;L_Updates\n {2}Updates\n/s,
    );
    assert.deepEqual([shown.stderr, shown.code], ["", 0]);
    assert.match(near.stdout, /^calc16;L_Macros;L_Level\n/);
    assert.match(
      near.stderr,
      /^note: calc16;L_Macro;L_Level is not in office-settings\.json\. Near it:\n {6}calc16;L_Macros;L_Level, which is shown/,
    );
    assert.equal(near.code, 1);
    assert.match(
      unknown.stderr,
      /^note: zebra is not in office-settings\.json, and nothing near it:\n/,
    );
    assert.deepEqual([unknown.stdout, unknown.code], ["", 1]);
    const unquoted = await run("show", "Calc16");
    assert.match(
      unquoted.stderr,
      /^note: Calc16 is only the beginning of ids in office-settings\.json\. Put an id in\n {6}quotes: the shell takes ; for its own\n$/,
    );
    assert.deepEqual([unquoted.stdout, unquoted.code], ["", 1]);
  });

  it("diff prints text or JSON, and says if names differ by language", async () => {
    const german = { "templates/de-de/calc16.adml": adml({ N: "Makros", U: "Updates" }) };
    write({ ...TEMPLATES, ...german });
    write({ "en/office-settings.json": built(), "de/office-settings.json": built("de-de") });
    const files = ["en/office-settings.json", "de/office-settings.json"];
    const [asText, asJson] = await Promise.all([
      run("diff", ...files),
      run("diff", "--json", ...files),
    ]);
    assert.match(
      asText.stdout,
      /^renamed \(1\):\n {2}calc16;L_Macros\n {4}Macro Settings => Makros\n$/,
    );
    assert.match(
      asText.stderr,
      /^note: names differ by language as well: en-us in en\/office-settings\.json, de-de\n/,
    );
    const diff = JSON.parse(asJson.stdout) as Record<string, unknown[]>;
    assert.deepEqual(
      Object.values(diff).map(({ length }) => length),
      [0, 0, 1, 0],
    );
    assert.deepEqual([asText.code, asJson.code], [0, 0]);
  });

  it("build says how the compiler gets the types, if it reads listed files only", async () => {
    const step = '  add "office-settings.d.ts" to "files" in tsconfig.json\n';
    const said = async (config: string) => {
      write({ ...TEMPLATES, "tsconfig.json": config });
      return (await run("build", "--admx", "templates")).stdout.includes(step);
    };
    assert.equal(await said('{ "files": ["index.ts"] }'), true);
    assert.equal(await said('{ "files": ["index.ts", "office-settings.d.ts"] }'), false);
    assert.equal(await said('{ "compilerOptions": {} }'), false);
  });

  it("search, show and diff are refused if there is no catalogue, or the file is none", async () => {
    write({ "other.json": "{}" });
    const [missing, other, limit] = await Promise.all([
      run("search", "macro"),
      run("diff", "other.json", "other.json"),
      run("search", "macro", "--limit", "all"),
    ]);
    assert.equal(
      missing.stderr,
      "error: the catalogue office-settings.json is not there. Build one with office-configuration catalogue build --admx <folder>\n",
    );
    assert.match(
      other.stderr,
      /^error: The catalogue other\.json cannot be used: version must be 1\. Build it again: /,
    );
    assert.equal(limit.stderr, "error: --limit must be a whole number from 1, not 'all'\n");
    assert.deepEqual([missing.code, other.code, limit.code], [2, 1, 2]);
  });

  for (const [options, message] of [
    [
      { admx: ["nowhere"] },
      /^--admx nowhere is not there\. It takes the folder that holds excel16\.admx/,
    ],
    [{ admx: ["file.txt"] }, /^--admx \S+file\.txt is no folder\./],
    [{ admx: ["."] }, /^--admx \S+ has no \.admx files\. Its folder has: --admx \S+browser$/],
    [{ admx: ["empty"] }, /^--admx \S+empty has no \.admx files$/],
    [{ admx: ["templates"], language: "../de" }, /^--language must be like de-de, not '\.\.\/de'$/],
    [{ admx: ["templates"], out: "" }, /^--out must name a folder$/],
    [{ csv: ["none.csv"] }, /^--csv \S+none\.csv cannot be read: ENOENT/],
    [
      { csv: ["file.txt"] },
      /^--csv \S+file\.txt cannot be read: its first line does not name the columns/,
    ],
    [{ intune: ["file.txt"] }, /^--intune \S+file\.txt cannot be read: /],
    [
      { admx: ["browser"] },
      /^no setting of Office was found\. 1 template of another product is left out/,
    ],
  ] as const) {
    it(`build writes nothing if ${message}`, () => {
      write({
        ...TEMPLATES,
        "file.txt": "text",
        "browser/b.admx": TEMPLATES["templates/browser.admx"],
      });
      mkdirSync(join(folder, "empty"));
      const here = (names?: readonly string[]) =>
        names?.map((name) => (name === "nowhere" ? name : join(folder, name)));
      const given = { out: folder, ...options, ...filesIn(options, here) };
      assert.throws(() => runBuild(given), { name: "TypeError", message });
      assert.throws(() => catalogueOf(), { code: "ENOENT" });
    });
  }
});

/** The options that name files, with their paths. */
function filesIn(
  options: object,
  here: (names?: readonly string[]) => readonly string[] | undefined,
) {
  const { admx, csv, intune } = options as Record<string, readonly string[] | undefined>;
  return { admx: here(admx), csv: here(csv), intune: here(intune) };
}
