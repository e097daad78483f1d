import assert from "node:assert/strict";
import {
  CATALOGUE_FILE,
  type Catalogue,
  type CatalogueSetting,
  settingOf,
} from "../../provider/catalogue/catalogue";
import { CatalogueError } from "../../provider/catalogue/catalogueError";
import { nearestSettings } from "../../provider/catalogue/nearest";
import { MAX_CATALOGUE_SETTINGS, readCatalogue } from "../../provider/catalogue/read";

const TOGGLE: CatalogueSetting = {
  name: "Save backups",
  scope: "user",
  kind: "toggle",
  values: { "1": "Enabled", "0": "Disabled" },
  on: "1",
  off: "0",
};

const CATALOGUE: Catalogue = {
  version: 1,
  sources: [{ kind: "admx", file: "calc16.admx", language: "en-us", revision: "1.0", settings: 2 }],
  settings: {
    "calc16;L_Backups": TOGGLE,
    "calc16;L_Level;L_Minutes": {
      name: "Minutes",
      scope: "machine",
      kind: "decimal",
      min: 1,
      max: 120,
      maxLength: 3,
      deletes: true,
      alsoSets: ["software\\policies\\calc\\level"],
      required: true,
      key: "software\\policies\\calc",
      valueName: "minutes",
      type: "REG_DWORD",
      category: "Calc > Options",
      app: "Calc",
      policy: "calc16;L_Level",
      help: "First.\nSecond.",
      source: "csv",
    },
  },
};

const textOf = (content: unknown) => JSON.stringify(content);

function problemOf(content: unknown): string {
  const text = typeof content === "string" ? content : textOf(content);
  try {
    readCatalogue(text, CATALOGUE_FILE);
  } catch (error) {
    assert.ok(error instanceof CatalogueError);
    assert.equal(error.name, "CatalogueError");
    assert.equal(error.file, "office-settings.json");
    assert.equal(error.sharedCause?.key, error.sharedCause?.brief);
    return error.message;
  }
  return "";
}

/** The catalogue with other properties of its first setting. */
const withSetting = (changes: object) => ({
  ...CATALOGUE,
  settings: { "calc16;L_Backups": { ...TOGGLE, ...changes } },
});

const BEGINNING = "The catalogue office-settings.json cannot be used: ";
const AGAIN = " Build it again: office-configuration catalogue build --admx <folder>.";

describe("reading a catalogue", () => {
  it("gives back what was written, with or without a byte order mark", () => {
    assert.deepEqual(readCatalogue(textOf(CATALOGUE), "a.json"), CATALOGUE);
    assert.deepEqual(readCatalogue(`\ufeff${textOf(CATALOGUE)}`, "a.json"), CATALOGUE);
  });

  it("keeps keys that a later version of the package may write", () => {
    const later = withSetting({ since: "2027" });
    assert.deepEqual(readCatalogue(textOf({ ...later, more: 1 }), "a.json"), { ...later, more: 1 });
  });

  const setting = 'settings["calc16;L_Backups"]';
  const problems: [content: unknown, problem: string][] = [
    [[], "it must hold an object."],
    ["3", "it must hold an object."],
    [{ ...CATALOGUE, version: 0 }, "version must be 1, not 0."],
    [{ ...CATALOGUE, version: "1" }, 'version must be 1, not "1".'],
    [{}, "version must be 1."],
    [{ version: 1, settings: {} }, "sources must be a list."],
    [{ version: 1, sources: [3], settings: {} }, "sources[0] must be an object."],
    [
      { version: 1, sources: [{ kind: "admx", file: "a" }], settings: {} },
      "sources[0].settings is missing.",
    ],
    [
      { version: 1, sources: [{ kind: "zip", file: "a", settings: 1 }], settings: {} },
      'sources[0].kind must be one of "admx", "csv", "intune", not "zip".',
    ],
    [
      { version: 1, sources: [{ kind: "csv", file: "a", settings: -1 }], settings: {} },
      "sources[0].settings must be a whole number, not -1.",
    ],
    [
      { version: 1, sources: [{ kind: "csv", file: "a", settings: 1, language: 3 }], settings: {} },
      "sources[0].language must be a text, not 3.",
    ],
    [
      { version: 1, sources: [{ kind: "csv", file: "a", settings: 1, revision: 3 }], settings: {} },
      "sources[0].revision must be a text, not 3.",
    ],
    [
      { version: 1, sources: [{ kind: "csv", file: 1, settings: 1 }], settings: {} },
      "sources[0].file must be a text, not 1.",
    ],
    [{ version: 1, sources: [], settings: [] }, "settings must be an object."],
    [{ version: 1, sources: [], settings: { a: null } }, "settings.a must be an object."],
    [
      { version: 1, sources: [], settings: { a: { name: "A", kind: "text" } } },
      "settings.a.scope is missing.",
    ],
    [
      withSetting({ scope: "both" }),
      `${setting}.scope must be one of "user", "machine", not "both".`,
    ],
    [
      withSetting({ kind: "radio" }),
      `${setting}.kind must be one of "toggle", "policy", "enum", "boolean", "decimal", "text", "multiText", "list", "unknown", not "radio".`,
    ],
    [withSetting({ values: ["a"] }), `${setting}.values must be an object of texts.`],
    [withSetting({ values: { "1": 1 } }), `${setting}.values must be an object of texts.`],
    [withSetting({ min: -1 }), `${setting}.min must be a whole number, not -1.`],
    [withSetting({ max: 1.5 }), `${setting}.max must be a whole number, not 1.5.`],
    [withSetting({ maxLength: "9" }), `${setting}.maxLength must be a whole number, not "9".`],
    [withSetting({ deletes: 1 }), `${setting}.deletes must be true or false, not 1.`],
    [withSetting({ on: 1 }), `${setting}.on must be a text, not 1.`],
    [withSetting({ off: true }), `${setting}.off must be a text, not true.`],
    [withSetting({ alsoSets: "a" }), `${setting}.alsoSets must be a list of texts, not "a".`],
    [withSetting({ alsoSets: [1] }), `${setting}.alsoSets must be a list of texts.`],
    [withSetting({ required: 1 }), `${setting}.required must be true or false, not 1.`],
    [
      withSetting({ type: "DWORD" }),
      `${setting}.type must be one of "REG_DWORD", "REG_QWORD", "REG_SZ", "REG_EXPAND_SZ", "REG_MULTI_SZ", not "DWORD".`,
    ],
    [withSetting({ intune: "a" }), `${setting}.intune must be an object.`],
    [withSetting({ intune: {} }), `${setting}.intune.id is missing.`],
    [withSetting({ intune: { id: 1 } }), `${setting}.intune.id must be a text, not 1.`],
    [
      withSetting({ intune: { id: "a", form: "b" } }),
      `${setting}.intune.form must be one of "choice", "integer", "string", "texts", "pairs", not "b".`,
    ],
    [
      withSetting({ intune: { id: "a", options: { a: 1 } } }),
      `${setting}.intune.options must be an object of texts.`,
    ],
    [
      withSetting({ intune: { id: "a", optional: 1 } }),
      `${setting}.intune.optional must be true or false, not 1.`,
    ],
    [
      withSetting({ intune: { id: "a", requires: "b" } }),
      `${setting}.intune.requires must be a list of texts, not "b".`,
    ],
    [withSetting({ source: "me" }), `${setting}.source must be one of "csv", "intune", not "me".`],
    ...["name", "key", "valueName", "category", "app", "policy", "help"].map(
      (key): [unknown, string] => [
        withSetting({ [key]: null }),
        `${setting}.${key} must be a text, not null.`,
      ],
    ),
  ];
  for (const [content, problem] of problems) {
    it(`refuses it if ${problem.slice(0, -1)}`, () => {
      assert.equal(problemOf(content), `${BEGINNING}${problem}${AGAIN}`);
    });
  }

  it("says what is wrong with text that is no JSON", () => {
    assert.match(
      problemOf("{"),
      /^The catalogue office-settings\.json cannot be used: it is no JSON: /,
    );
  });

  it("says what to update if a later version of the package wrote it", () => {
    assert.equal(
      problemOf({ version: 2 }),
      `${BEGINNING}a newer version of pulumi-office-configuration wrote it (version 2, not 1). ` +
        "Update the package, or build it again with this one: office-configuration catalogue build --admx <folder>.",
    );
  });

  it("shows a long id and a long value cut, on one line", () => {
    const long = "x".repeat(5000);
    const message = problemOf({
      version: 1,
      sources: [],
      settings: { [long]: { ...TOGGLE, kind: `\n${long}` } },
    });
    assert.ok(message.length < 700, message);
    assert.doesNotMatch(message, /\n/);
  });

  it("refuses more settings than it is made for", () => {
    const ids = Array.from(
      { length: MAX_CATALOGUE_SETTINGS + 1 },
      (_, id) => [`a${id}`, TOGGLE] as const,
    );
    const settings = Object.fromEntries<CatalogueSetting>(ids);
    const content = { version: 1, sources: [], settings };
    assert.match(problemOf(content), /settings has 100001 entries, and may have 100000\./);
  });

  it("refuses text of any length beyond its bound, before it is parsed", () => {
    assert.match(
      problemOf(" ".repeat(64 * 1024 * 1024 + 1)),
      /it has more than 64 million characters\./,
    );
  });
});

describe("a setting of a catalogue", () => {
  it("is found by its id, and by nothing that every object has", () => {
    assert.equal(settingOf(CATALOGUE, "calc16;L_Backups"), TOGGLE);
    assert.equal(settingOf(CATALOGUE, "calc16;l_backups"), undefined);
    assert.equal(settingOf(CATALOGUE, "constructor"), undefined);
    assert.equal(settingOf(CATALOGUE, "__proto__"), undefined);
  });
});

describe("the ids near a text", () => {
  const settings: Record<string, CatalogueSetting> = {
    "calc16;L_MacroWarnings": { ...TOGGLE, name: "Macro Notification Settings", kind: "policy" },
    "calc16;L_MacroWarnings;L_empty4": { ...TOGGLE, name: "Macro Notification Settings" },
    "text16;L_MacroWarnings;L_empty19": { ...TOGGLE, name: "Macro Notification Settings" },
    "text16;L_Backups": { ...TOGGLE, name: "Save backups" },
    "calc16;L_Autorecover;L_Minutes": { ...TOGGLE, name: "Minutes" },
    VisualBasicExecution: { ...TOGGLE, name: "Visual Basic" },
  };
  const near = nearestSettings({ settings });

  it("are those with a letter wrong, and with another case", () => {
    assert.equal(near("calc16;L_MacroWarning;L_empty4")[0], "calc16;L_MacroWarnings;L_empty4");
    assert.equal(near("CALC16;l_macrowarnings;l_EMPTY4")[0], "calc16;L_MacroWarnings;L_empty4");
    assert.deepEqual(near("VisualBasicExecutoin"), ["VisualBasicExecution"]);
    assert.deepEqual(near("text16;L_Bakcups"), ["text16;L_Backups"]);
  });

  it("are those of the same policy for another app, or without an app", () => {
    assert.ok(near("text16;L_Autorecover;L_Minutes").includes("calc16;L_Autorecover;L_Minutes"));
    assert.deepEqual(near("spreadsheetprogram;L_Backups"), ["text16;L_Backups"]);
    assert.deepEqual(near("L_Backups"), ["text16;L_Backups"]);
  });

  it("are those of all apps with the name that was written in place of an id", () => {
    assert.deepEqual(near("macro notification setings"), [
      "calc16;L_MacroWarnings",
      "calc16;L_MacroWarnings;L_empty4",
      "text16;L_MacroWarnings;L_empty19",
    ]);
    assert.equal(near("macro notification setings", 1).length, 1);
  });

  it("are none if nothing is near, and for texts without any letters", () => {
    for (const text of ["calc16;L_Completely;L_Different", "", ";", ";;", "xyz", "\u0000"]) {
      assert.deepEqual(near(text), [], text);
    }
    assert.deepEqual(nearestSettings({ settings: {} })("calc16;L_Backups"), []);
  });

  it("are found in a text of any length", () => {
    assert.deepEqual(near("L_Backups".repeat(100_000)), []);
  });
});
