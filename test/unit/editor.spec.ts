import { strict as assert } from "node:assert";
import { join } from "node:path";
import ts from "typescript";
import { KNOWN_SETTINGS } from "../../provider/settings/knownSettings";

const root = join(__dirname, "..", "..");
const FILE = join(root, "test", "types", "inAnEditor.ts");

/** Where the cursor is in a program. */
const CURSOR = "▮";

/** The TypeScript language service, which every editor asks, over the sources and a program that exists only here. */
class Editor {
  #text = "";
  #version = 0;
  readonly #service: ts.LanguageService;

  constructor() {
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile) as {
      config: unknown;
    };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    this.#service = ts.createLanguageService({
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      readFile: (file) => ts.sys.readFile(file),
      directoryExists: (folder) => ts.sys.directoryExists(folder),
      getDirectories: (folder) => ts.sys.getDirectories(folder),
      getCompilationSettings: () => options,
      getScriptFileNames: () => [FILE],
      getScriptVersion: (file) => (file === FILE ? String(this.#version) : "0"),
      getScriptSnapshot: (file) => {
        const text = file === FILE ? this.#text : ts.sys.readFile(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (file) => file === FILE || ts.sys.fileExists(file),
    });
  }

  /** Opens a program. @returns the place of the cursor. */
  #open(body: string): number {
    const text = `import * as office from "../../provider";\nimport * as pulumi from "@pulumi/pulumi";\n${body}\n`;
    this.#text = text.replace(CURSOR, "");
    this.#version += 1;
    return text.indexOf(CURSOR);
  }

  /** What is offered at the cursor. */
  completions(body: string): string[] {
    const place = this.#open(body);
    const found = this.#service.getCompletionsAtPosition(FILE, place, undefined);
    return (found?.entries ?? []).map(({ name }) => name);
  }

  /** The words beside one of the offers. */
  documentation(body: string, name: string): string {
    const place = this.#open(body);
    const none = undefined;
    const found = this.#service.getCompletionEntryDetails(
      FILE,
      place,
      name,
      none,
      none,
      none,
      none,
    );
    return ts.displayPartsToString(found?.documentation);
  }

  /** What is shown where the mouse rests: words, then tags. */
  hover(body: string): string {
    const place = this.#open(body);
    const found = this.#service.getQuickInfoAtPosition(FILE, place);
    const tags = (found?.tags ?? []).map(
      ({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`,
    );
    return [
      ts.displayPartsToString(found?.displayParts),
      ts.displayPartsToString(found?.documentation),
      ...tags,
    ].join("\n");
  }
}

/** A policy with something in it. */
const withSetting = (setting: string) =>
  `new office.WindowsOfficeClientConfiguration("a", { displayName: "A", policies: [{ ${setting} }] });`;

describe("in an editor", () => {
  let editor: Editor;

  before(() => {
    editor = new Editor();
  });

  it("the id of a setting is completed by all ids that the package knows", () => {
    const offered = editor.completions(withSetting(`settingId: "${CURSOR}", value: "1"`));
    assert.deepEqual(offered.sort(), Object.keys(KNOWN_SETTINGS).sort());
  });

  it("the value of a setting is completed", () => {
    const offered = editor.completions(withSetting(`settingId: "a16;L_A", value: "${CURSOR}"`));
    assert.deepEqual(offered.sort(), ["0", "1", "2", "3", "4"]);
  });

  it("the type of a setting is completed by those of the registry", () => {
    const offered = editor.completions(
      withSetting(`settingId: "a16;L_A", value: "1", type: "${CURSOR}"`),
    );
    assert.ok(offered.includes("REG_DWORD") && offered.includes("REG_SZ"), offered.join());
  });

  it("a map of settings has their ids, each with its name and its own values", () => {
    const map = (entry: string) =>
      `new office.WindowsOfficeClientConfiguration("a", { displayName: "A", policies: { ${entry} } });`;
    const ids = editor.completions(map(`"${CURSOR}": "1"`));
    assert.ok(ids.includes("office16;L_SendFeedback"), ids.join());
    const words = editor.documentation(map(`"${CURSOR}": "1"`), "office16;L_SendFeedback");
    assert.match(words, /Allow users to submit feedback to Microsoft: `"0"` off, `"1"` on/);
    const values = editor.completions(
      map(`"office16;L_OptionalConnectedExperiences": "${CURSOR}"`),
    );
    assert.deepEqual(values.sort(), ["1", "2"]);
  });

  for (const [kind, example] of [
    ["WindowsOfficeClientConfiguration", /office16;L_SendFeedback/],
    ["WindowsOfficeClientSecurityConfiguration", /excel16;L_BlockMacroExecutionFromInternet/],
    ["OfficeClientConfigurationPatch", /Reviewed by security/],
    ["OfficeClientConfigurationPriorities", /configurationIds: \[/],
    ["OfficeConfiguration", /includeCheckinStatuses|tenantUserCheckinSummary/],
  ] as const) {
    it(`the constructor of ${kind} says what it makes, and shows an example`, () => {
      const shown = editor.hover(`new office.${kind.slice(0, 9)}${CURSOR}${kind.slice(9)}(`);
      assert.match(shown, new RegExp(`new ${kind}\\(`));
      assert.match(shown, /polic|tenant/);
      assert.match(shown, /@example [\s\S]*new /);
      assert.match(shown, example);
    });
  }

  it("outputs say which form they have", () => {
    const policy = `const made = new office.WindowsOfficeClientConfiguration("a", { displayName: "A" });`;
    for (const name of ["policies", "userPreferences"]) {
      const shown = editor.hover(`${policy} made.${name.slice(0, 3)}${CURSOR}${name.slice(3)};`);
      assert.ok(shown.includes('{ "office16;L_SendFeedback": "0" }'), shown);
    }
    assert.match(editor.hover(`${policy} made.assign${CURSOR}ments;`), /GUIDs/);
    assert.match(editor.hover(`${policy} made.configuration${CURSOR}Id;`), /Graph's id/);
  });
});
