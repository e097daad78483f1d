import assert from "node:assert/strict";
import { resolveSources } from "../../cli/convert/resolve";
import type { CatalogueSetting } from "../../provider/catalogue/catalogue";
import { CALC_KEY, dword, leftOf, resolve, settingsOf, sourceOf, sz } from "../registryCatalogue";

const COMMON = "Software\\Policies\\Microsoft\\Office\\16.0\\Common";
const PLACE = `${CALC_KEY}\\places\\place1`;

describe("registry values as settings", () => {
  it("are found by key and name, in whatever letters", () => {
    const key = "SOFTWARE\\Policies\\Microsoft\\Office\\16.0\\Calc";
    assert.deepEqual(resolve(dword(key, "BlockMacros", 1)), {
      policies: [
        {
          source: sourceOf([dword(key, "BlockMacros", 1)]),
          settings: [{ settingId: "calc16;L_Block", value: "1", payload: "policies" }],
        },
      ],
      converted: [
        {
          source: "Calc users",
          key,
          valueName: "BlockMacros",
          settingId: "calc16;L_Block",
          value: "1",
          payload: "policies",
        },
      ],
      left: [],
      conflicts: [],
    });
  });

  it("are user preferences outside of the keys of policies, and policies in those of Cloud Policy", () => {
    const preferences = "Software\\Microsoft\\Office\\16.0\\Calc";
    assert.deepEqual(settingsOf(dword(preferences, "level", 4)), [
      "calc16;L_Macros;L_Level=4 (userPreferences)",
    ]);
    const cloud = "Software\\Policies\\Microsoft\\Cloud\\Office\\16.0\\Calc";
    assert.deepEqual(settingsOf(dword(cloud, "level", 4)), ["calc16;L_Macros;L_Level=4"]);
  });

  it("keep what a desktop got from Cloud Policy, whichever comes first", () => {
    const cloud = "Software\\Policies\\Microsoft\\Cloud\\Office\\16.0\\Calc";
    const entries = [dword(cloud, "level", 4), dword(CALC_KEY, "level", 1)];
    for (const given of [entries, entries.toReversed()]) {
      assert.deepEqual(settingsOf(...given), ["calc16;L_Macros;L_Level=4"]);
      assert.deepEqual(leftOf(...given), [
        `replaced: the source sets "Macro settings (Calc)" at ${cloud}\\level too, which wins`,
      ]);
    }
  });

  it("are settings only with data of the setting's type", () => {
    assert.deepEqual(leftOf(sz(CALC_KEY, "level", "4"), dword(CALC_KEY, "lines", 1)), [
      'value: its data is REG_SZ, and that of "Macro settings (Calc)" is REG_DWORD',
      'value: its data is REG_DWORD, and that of "Lines (Calc)" is REG_MULTI_SZ',
    ]);
    const binary = dword(CALC_KEY, "level", 4, { data: { type: "other", name: "REG_BINARY" } });
    assert.deepEqual(leftOf(binary), [
      'value: its data is REG_BINARY, and that of "Macro settings (Calc)" is REG_DWORD',
    ]);
    const lines = { type: "REG_MULTI_SZ", value: ["a", "b"] } as const;
    assert.deepEqual(settingsOf(dword(CALC_KEY, "lines", 0, { data: lines })), [
      "calc16;L_Lines=a\nb",
    ]);
  });

  it("take a text with environment variables for a text, and the other way round", () => {
    assert.deepEqual(settingsOf(sz(PLACE, "path", "%USERPROFILE%\\x")), [
      "calc16;L_Place;L_Path=%USERPROFILE%\\x",
    ]);
  });

  it("take any number or text for a setting whose type is not known, but no list", () => {
    const key = `${COMMON}\\Cloud`;
    assert.deepEqual(settingsOf(sz(key, "only", "x")), ["office16;L_CloudOnly=x"]);
    assert.deepEqual(settingsOf(dword(key, "only", 7)), ["office16;L_CloudOnly=7"]);
    const list = { type: "REG_MULTI_SZ", value: ["a"] } as const;
    assert.deepEqual(leftOf(dword(key, "only", 0, { data: list })), [
      'value: its data is REG_MULTI_SZ, and that of "Cloud only (Office)" is a number or a text',
    ]);
  });

  it("are left if the setting does not take the value, and pass where the catalogue may lack it", () => {
    assert.deepEqual(leftOf(dword(CALC_KEY, "level", 9)), [
      'value: the value of "Macro settings (Calc)" must be "1" (Enable all) or "4" (Disable all), not "9"',
    ]);
    assert.deepEqual(leftOf(dword(`${CALC_KEY}\\save`, "minutes", 121)), [
      'value: the value of "Minutes (Calc)" must be a whole number from 1 to 120, not "121"',
    ]);
    assert.deepEqual(settingsOf(sz(PLACE, "path", "C:\\x"), dword(PLACE, "below", 0)), [
      "calc16;L_Place;L_Below=0",
      "calc16;L_Place;L_Path=C:\\x",
    ]);
  });

  it("are taken with the white space that a template has around a listed text", () => {
    const settings: Record<string, CatalogueSetting> = {
      "a;L_Format": {
        name: "Format",
        scope: "user",
        kind: "enum",
        values: { "": "Document", Doc: "Older document" },
        key: CALC_KEY,
        valueName: "format",
        type: "REG_SZ",
      },
    };
    const source = sourceOf([sz(CALC_KEY, "format", "\n   "), sz("x", "format", " ")]);
    const { converted } = resolveSources([source], { version: 1, sources: [], settings });
    assert.deepEqual(
      converted.map(({ value }) => value),
      [""],
    );
  });

  it("are left if Pulumi could not keep the text", () => {
    assert.deepEqual(leftOf(sz(PLACE, "path", "\ud800")), [
      'value: no program can set "Trusted place 1 > Path (Calc)" to this value: Pulumi would not keep it, as it holds text that is no well-formed Unicode',
    ]);
  });

  it("are left if several settings have them, unless only one takes the value", () => {
    assert.deepEqual(resolve(dword(COMMON, "PasteOptions", 1)).left, [
      {
        source: "Calc users",
        key: COMMON,
        valueName: "PasteOptions",
        kind: "ambiguous",
        reason:
          'it may be calc16;L_PasteOptions "Paste options (Calc)" or office16;L_PasteButtons "Paste buttons (Office)"',
        candidates: ["calc16;L_PasteOptions", "office16;L_PasteButtons"],
      },
    ]);
    assert.deepEqual(settingsOf(dword(COMMON, "PasteOptions", 2)), ["office16;L_PasteButtons=2"]);
    assert.deepEqual(leftOf(dword(COMMON, "PasteOptions", 9)), [
      'ambiguous: it may be calc16;L_PasteOptions "Paste options (Calc)" or office16;L_PasteButtons "Paste buttons (Office)"',
    ]);
  });

  it("are the setting that the source names, if it is one of several", () => {
    const given = { settingId: "calc16;L_PasteOptions" };
    assert.deepEqual(settingsOf(dword(COMMON, "PasteOptions", 1, given)), [
      "calc16;L_PasteOptions=1",
    ]);
    const ofPolicy = { settingId: "calc16;L_Macros" };
    assert.deepEqual(settingsOf(dword(CALC_KEY, "level", 1, ofPolicy)), [
      "calc16;L_Macros;L_Level=1",
    ]);
    // A name that the registry value contradicts says nothing.
    const wrong = { settingId: "calc16;L_Block" };
    assert.deepEqual(settingsOf(dword(CALC_KEY, "level", 1, wrong)), ["calc16;L_Macros;L_Level=1"]);
  });

  it("are left if they are parts of a list, or set beside another value", () => {
    assert.deepEqual(
      leftOf(sz(`${CALC_KEY}\\addins`, "one", "1"), sz(CALC_KEY, "levelname", "x")),
      [
        'list: "Add-ins > List of add-ins (Calc)" is a list, whose value in a program is not known',
        'part: "Macro settings (Calc)" sets it beside its own value',
      ],
    );
  });

  it("are left for the computer, with the setting for users if there is one", () => {
    const machine = { hive: "machine" } as const;
    assert.deepEqual(
      leftOf(
        dword(CALC_KEY, "level", 4, machine),
        dword(`${COMMON}\\update`, "channel", 4, machine),
        dword(COMMON, "other", 4, machine),
        dword("Software\\Policies\\Microsoft\\Edge", "other", 4, machine),
        sz(`${COMMON}\\update`, "channel", "x"),
      ),
      [
        'machine: it is set for the computer, and a program has user settings only; for users it is calc16;L_Macros;L_Level "Macro settings (Calc)"',
        "machine: it is set for the computer, and a program has user settings only",
        "machine: it is set for the computer, and a program has user settings only",
        "foreign: it is not a value of Office",
        'machine: "Channel (Office)" is a machine setting, and a program has user settings only',
      ],
    );
  });

  it("are those for users where computers have a setting of their own with the same value", () => {
    const own = {
      name: "Theme",
      kind: "toggle",
      key: "software\\policies\\microsoft\\vba",
    } as const;
    const settings: Record<string, CatalogueSetting> = {
      "a;L_Machine": { ...own, scope: "machine", valueName: "theme" },
      "a;L_User": { ...own, scope: "user", valueName: "theme" },
    };
    const key = "Software\\Policies\\Microsoft\\VBA";
    const source = sourceOf([
      dword(key, "theme", 1),
      dword(key, "theme", 1, { hive: "machine" }),
      dword(key, "other", 1),
    ]);
    const { converted, left } = resolveSources([source], { version: 1, sources: [], settings });
    assert.deepEqual(
      converted.map(({ settingId }) => settingId),
      ["a;L_User"],
    );
    assert.deepEqual(
      left.map(({ kind, candidates }) => [kind, candidates]),
      [
        ["machine", ["a;L_User"]],
        ["unknown", undefined],
      ],
    );
  });

  it("are left for other versions of Office, with the setting of this one", () => {
    const older = "Software\\Policies\\Microsoft\\Office\\15.0\\Calc";
    const { left } = resolve(dword(older, "level", 4), dword(older, "other", 4));
    assert.deepEqual(
      left.map(({ kind, reason, candidates = [] }) => [kind, reason, ...candidates]),
      [
        [
          "unknown",
          "it is for Office 15.0, and a program sets values of Office 16.0",
          "calc16;L_Macros;L_Level",
        ],
        ["unknown", "it is for Office 15.0, and a program sets values of Office 16.0"],
      ],
    );
  });

  it("are told apart if no setting has them: Office's, and those of other products", () => {
    assert.deepEqual(
      leftOf(
        dword(CALC_KEY, "other", 1),
        dword(CALC_KEY, "__proto__", 1),
        dword("Software\\Policies\\Microsoft\\Edge", "level", 1),
      ),
      [
        "unknown: no setting of the catalogue has this registry value",
        "unknown: no setting of the catalogue has this registry value",
        "foreign: it is not a value of Office",
      ],
    );
  });

  it("are those of Windows in a key of Windows, but for the settings that templates have there", () => {
    const windows = "Software\\Policies\\Microsoft\\Windows\\Explorer";
    assert.deepEqual(settingsOf(dword(windows, "NoWebFolders", 1)), ["office16;L_WebFolders=1"]);
    assert.deepEqual(
      leftOf(
        dword(windows, "NoDrives", 1),
        dword("Software\\Microsoft\\Windows\\Explorer", "NoDrives", 1),
        dword("Software\\Policies\\Microsoft\\Windows2", "a", 1),
      ).map((line) => line.split(":", 1)[0]),
      ["foreign", "foreign", "foreign"],
    );
  });

  it("are left if the policy requires elements that the source does not give", () => {
    assert.deepEqual(resolve(dword(PLACE, "below", 1)).left, [
      {
        source: "Calc users",
        key: PLACE,
        valueName: "below",
        kind: "incomplete",
        reason: '"Trusted place 1 (Calc)" requires calc16;L_Place;L_Path "Path" too',
        candidates: ["calc16;L_Place;L_Path"],
      },
    ]);
    // One of the two is a user preference: neither payload is whole.
    const preference = "Software\\Microsoft\\Office\\16.0\\Calc\\Places\\Place1";
    const both = resolve(dword(PLACE, "below", 1), sz(preference, "path", "x"));
    assert.deepEqual(
      both.left.map(({ kind, valueName }) => [kind, valueName]),
      [["incomplete", "below"]],
    );
  });
});
