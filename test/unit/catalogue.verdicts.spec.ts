import { strict as assert } from "node:assert";
import type { Catalogue, CatalogueSetting } from "../../provider/catalogue/catalogue";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { type JudgedPayload, verdictsOf } from "../../provider/catalogue/verdicts";
import { problemLine } from "../../provider/settings/inputProblem";
import { UNKNOWN } from "../../provider/settings/json";
import { CATALOGUE, ID } from "../inventedCatalogue";

const KNOWN = new KnownSettings(CATALOGUE);

/** Verdicts as lines: `?` before what is doubtful, `(old)` after what the resource had before. */
function judged(stored: unknown, more: Partial<JudgedPayload> = {}, known = KNOWN): string[] {
  const payload = { name: "policies", stored, before: undefined, isSecret: () => false, ...more };
  return verdictsOf(known, payload).map(
    (verdict) =>
      `${verdict.weight === "wrong" ? "" : "? "}${problemLine(verdict)}${verdict.isOld ? " (old)" : ""}`,
  );
}

function withSetting(id: string, setting: Partial<CatalogueSetting>): KnownSettings {
  const whole = { name: "N", scope: "user", kind: "toggle", ...setting } as const;
  const catalogue: Catalogue = { ...CATALOGUE, settings: { ...CATALOGUE.settings, [id]: whole } };
  return new KnownSettings(catalogue);
}

describe("settings that a catalogue allows", () => {
  const allowed: [what: string, stored: unknown][] = [
    ["none", {}],
    ["no payload", undefined],
    ["an item of a list of values", { [ID.macroLevel]: "4" }],
    ["either state of a toggle", { [ID.block]: "0" }],
    ["the ends of a range", { [ID.minutes]: "120" }],
    ["the least number of a range", { [ID.minutes]: "1" }],
    ["all required elements", { [ID.path]: "C:\\1234567", [ID.date]: "today" }],
    ["lines of the greatest length", { [ID.lines]: "12345\r\n54321\n" }],
    ["any list", { [ID.list]: { value: ["a"] } }],
    ["a text where there should be a list", { [ID.list]: "a" }],
    ["a setting of a list of ids, whose values are not known", { [ID.cloudOnly]: "7" }],
    ["a value that is not known yet", { [ID.macroLevel]: UNKNOWN, [ID.minutes]: UNKNOWN }],
    ["a value that is known in part", { [ID.macroLevel]: { value: { a: UNKNOWN } } }],
    ["a payload that is not known yet", UNKNOWN],
    ["a setting that is not known yet", { a: { settingId: UNKNOWN, value: "1" } }],
    ["an empty text, and an empty line", { [ID.free]: "", [ID.lines]: "" }],
    ["other JSON", { $json: { [ID.macroLevel]: "9" } }],
    ["a setting of another platform", { "a@MacOS": { value: "9", platform: "MacOS" } }],
    [
      "a policy with elements that says more than a value",
      { [ID.macros]: { value: "1", enabled: false } },
    ],
  ];
  for (const [what, stored] of allowed) {
    it(`have no verdict: ${what}`, () => assert.deepEqual(judged(stored), []));
  }
});

describe("settings that a catalogue does not allow", () => {
  const at = (id: string, end = "") => `policies["${id}"]${end}`;
  const value = (id: string) => at(id, ".value");
  const table: [what: string, stored: object, line: string][] = [
    [
      "another value than those of a list",
      { [ID.macroLevel]: "9" },
      `${value(ID.macroLevel)} must be "1" (Enable), "2" (Disable with notification) or "4" (Disable all), not "9": "Macro Notification (Excel)"`,
    ],
    [
      "a name that every object has",
      { [ID.block]: "constructor" },
      `${value(ID.block)} must be "0" (Disabled) or "1" (Enabled), not "constructor": "Block macros from the internet (Excel)"`,
    ],
    [
      "the platform that the templates are for",
      { [`${ID.block}@Win32`]: { value: "9", platform: "Win32" } },
      `${value(`${ID.block}@Win32`)} must be "0" (Disabled) or "1" (Enabled), not "9": "Block macros from the internet (Excel)"`,
    ],
    [
      "a number below the range",
      { [ID.minutes]: "0" },
      `${value(ID.minutes)} must be a whole number from 1 to 120, not "0": "AutoSave > Minutes (Excel)"`,
    ],
    [
      "a number above the range",
      { [ID.minutes]: "121" },
      `${value(ID.minutes)} must be a whole number from 1 to 120, not "121": "AutoSave > Minutes (Excel)"`,
    ],
    [
      "a number that is not whole",
      { [ID.minutes]: "1.5" },
      `${value(ID.minutes)} must be a whole number from 1 to 120, not "1.5": "AutoSave > Minutes (Excel)"`,
    ],
    [
      "a text that is too long",
      { [ID.path]: "C:\\12345678", [ID.date]: "" + "d" },
      `${value(ID.path)} may have 10 characters at most, and has 11: "Trusted Location #1 > Path (Excel)"`,
    ],
    [
      "an empty text that is required",
      { [ID.path]: "p", [ID.date]: "" },
      `${value(ID.date)} must not be empty: "Trusted Location #1 > Date (Excel)"`,
    ],
    [
      "a line that is too long",
      { [ID.lines]: "1\n123456" },
      `${value(ID.lines)} may have lines of 5 characters at most, and has 6: "Lines"`,
    ],
    [
      "the state of a check box that deletes its value",
      { [ID.path]: "p", [ID.date]: "d", [ID.below]: "0" },
      `? ${value(ID.below)} must be "1" (Yes), not "0": "Trusted Location #1 > Allow sub folders (Excel)"`,
    ],
    [
      "a machine setting",
      { [ID.channel]: "1" },
      `${at(ID.channel)} cannot be set: Cloud Policy takes user settings; this one is a machine setting: "Update Channel (Office)"`,
    ],
    [
      "a policy in place of its elements",
      { [ID.macros]: { value: "4", type: "REG_DWORD" } },
      `${at(ID.macros)} has no value of its own, as "Macro Notification (Excel)" consists of elements: give ${ID.macroLevel} "Macro Notification"`,
    ],
    [
      "elements without those that are required",
      { [ID.below]: "1", [ID.date]: "d" },
      `${at(ID.below)} is given without ${ID.path} "Path", which the policy requires too`,
    ],
    [
      "a misspelt id",
      { "excel16;L_BlokMacros": "1" },
      `${at("excel16;L_BlokMacros")} is not in the catalogue; did you mean ${ID.block} "Block macros from the internet (Excel)"?`,
    ],
    [
      "an id in other letters",
      { "Excel16;l_macros;L_LEVEL": "1" },
      `${at("Excel16;l_macros;L_LEVEL")} is not in the catalogue; did you mean ${ID.macroLevel} "Macro Notification (Excel)"?`,
    ],
    [
      "a misspelt app",
      { "exel16;L_Macros;L_Level": "1" },
      `${at("exel16;L_Macros;L_Level")} is not in the catalogue; did you mean ${ID.macroLevel} "Macro Notification (Excel)"?`,
    ],
    [
      "a name in place of an id",
      { "block macros from the internet": "1" },
      `${at("block macros from the internet")} is not in the catalogue; did you mean ${ID.block} "Block macros from the internet (Excel)"?`,
    ],
    [
      "an element that its policy does not have",
      { "excel16;L_Place1;L_SomethingElseEntirely": "1" },
      `${at("excel16;L_Place1;L_SomethingElseEntirely")} is not in the catalogue: "Trusted Location #1 (Excel)" has ${ID.path} "Path", ${ID.date} "Date" and ${ID.below} "Allow sub folders"`,
    ],
    [
      "an id that is like no other",
      { "excel16;X": "1" },
      `? ${at("excel16;X")} is not in the catalogue; check its spelling`,
    ],
    [
      "an id of another version of an app",
      { "excel15;L_BlockMacros": "1" },
      `? ${at("excel15;L_BlockMacros")} is not in the catalogue, which has no template of excel15; did you mean ${ID.block} "Block macros from the internet (Excel)" or ${ID.macros} "Macro Notification (Excel)"?`,
    ],
    [
      "a short id with one letter too few",
      { Line: "1" },
      `policies.Line is not in the catalogue; did you mean ${ID.lines} "Lines"?`,
    ],
    [
      "an id of an app of which only a list has ids",
      { "cloud16;Something": "1" },
      `? ${at("cloud16;Something")} is not in the catalogue, which has no template of cloud16; check its spelling`,
    ],
    [
      "an id of an app without a template",
      { "teams;Something": "1" },
      `? ${at("teams;Something")} is not in the catalogue, which has no template of teams; check its spelling`,
    ],
    [
      "an id without an app",
      { VisualBasicMacroExecutionState: "1" },
      "? policies.VisualBasicMacroExecutionState is not in the catalogue; check its spelling",
    ],
  ];
  for (const [what, stored, line] of table) {
    it(`are named: ${what}`, () => assert.deepEqual(judged(stored), [line]));
  }

  it("are all named at once", () => {
    assert.equal(judged({ [ID.macroLevel]: "9", [ID.channel]: "1", [ID.minutes]: "x" }).length, 3);
  });

  it("are named without what is secret: neither a value nor its length", () => {
    const stored = {
      [ID.macroLevel]: "9",
      [ID.minutes]: "500",
      [ID.path]: "C:\\12345678",
      [ID.date]: "d",
    };
    const lines = judged(stored, { isSecret: () => true });
    assert.equal(lines.length, 3);
    for (const line of lines) assert.doesNotMatch(line, /9|500|12345678|11|secret/);
    assert.match(lines[2] ?? "", /may have 10 characters at most: /);
  });

  it("are old if the resource has them with the same value, or may have it", () => {
    const before = { [ID.macroLevel]: "9", [ID.channel]: { value: "1", type: "REG_SZ" } };
    const ends = (stored: object) =>
      judged(stored, { before }).map((line) => /\(old\)$/.test(line));
    assert.deepEqual(ends({ [ID.macroLevel]: "9", [ID.channel]: "1" }), [true, true]);
    assert.deepEqual(ends({ [ID.macroLevel]: "8", [ID.channel]: UNKNOWN }), [false, true]);
    assert.deepEqual(
      judged({ [ID.macroLevel]: "9" }, { before: { $json: [] } }).map((line) =>
        line.endsWith("(old)"),
      ),
      [false],
    );
  });

  it("are old if a policy lacked the same elements before", () => {
    const isOld = (stored: object, before: object) =>
      verdictsOf(KNOWN, { name: "policies", stored, before, isSecret: () => false }).map(
        (each) => each.isOld,
      );
    assert.deepEqual(isOld({ [ID.path]: "p" }, { [ID.path]: "p" }), [true]);
    assert.deepEqual(isOld({ [ID.path]: "p" }, { [ID.path]: "q" }), [false]);
    assert.deepEqual(isOld({ [ID.path]: "p" }, { [ID.path]: "p", [ID.date]: "d" }), [false]);
    const onWindows = { [`${ID.date}@Win32`]: { value: "d", platform: "Win32" } };
    assert.deepEqual(isOld({ [ID.path]: "p" }, { [ID.path]: "p", ...onWindows }), [false]);
  });

  it("are listed up to a bound", () => {
    const values = Object.fromEntries(
      Array.from({ length: 15 }, (_, at) => [`v${at}`, at === 0 ? "" : `L${at}`]),
    );
    const [line = ""] = judged({ a: "x" }, {}, withSetting("a", { values }));
    assert.match(
      line,
      /must be one of "v0", "v1" \(L1\), .*"v11" \(L11\) and 3 more, not "x": "N"$/,
    );
    const elements = Object.fromEntries(
      Array.from({ length: 6 }, (_, at) => [
        `p;q;${at}`,
        { name: at === 5 ? "P" : `E${at}`, scope: "user", kind: "text", policy: "p;q" },
      ]),
    );
    const settings = { "p;q": { name: "P", scope: "user", kind: "policy" }, ...elements };
    const known = new KnownSettings({ ...CATALOGUE, settings } as Catalogue);
    assert.match(
      judged({ "p;q": "1" }, {}, known)[0] ?? "",
      /: give p;q;5 "P", p;q;0 "E0", .* p;q;2 "E2" and 2 more$/,
    );
  });

  it("are numbers beyond their registry type", () => {
    const of = (setting: Partial<CatalogueSetting>, text: string) =>
      judged({ a: text }, {}, withSetting("a", { kind: "decimal", ...setting })).join();
    assert.equal(of({ type: "REG_DWORD" }, "4294967295"), "");
    assert.match(
      of({ type: "REG_DWORD" }, "4294967296"),
      /a whole number from 0 to 4294967295, not/,
    );
    assert.equal(of({}, "0"), "");
    assert.equal(of({}, "99999999999999999999"), "");
    assert.match(of({}, "-1"), /a whole number, 0 or more, not "-1"/);
    assert.match(of({}, ""), /a whole number, 0 or more, not ""/);
  });
});
