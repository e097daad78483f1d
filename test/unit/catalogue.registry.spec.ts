import assert from "node:assert/strict";
import type { Catalogue, CatalogueSetting } from "../../provider/catalogue/catalogue";
import { RegistryIndex } from "../../provider/catalogue/registryIndex";
import {
  bareKey,
  inOfficeVersion,
  isOfficeKey,
  isWindowsKey,
  keyForms,
  otherVersion,
  plainKey,
} from "../../provider/catalogue/registryKey";
import { CALC_KEY, REGISTRY_CATALOGUE } from "../registryCatalogue";

const POLICIES = "software\\policies\\microsoft\\office\\16.0\\calc";

describe("a registry key", () => {
  it("is the same in whatever letters, with or without hive, and of 32 bits or not", () => {
    for (const key of [
      "Software\\Policies\\Microsoft\\Office\\16.0\\Calc",
      "\\SOFTWARE\\Policies\\\\Microsoft\\Office\\16.0\\Calc\\",
      "HKEY_CURRENT_USER\\Software\\Policies\\Microsoft\\Office\\16.0\\Calc",
      "HKCU\\Software\\Policies\\Microsoft\\Office\\16.0\\Calc",
      "HKLM\\Software\\Wow6432Node\\Policies\\Microsoft\\Office\\16.0\\Calc",
      "HKEY_LOCAL_MACHINE\\Software\\Policies\\Microsoft\\Office\\16.0\\Calc",
    ]) {
      assert.equal(plainKey(key), POLICIES);
    }
    assert.equal(plainKey("hkcu"), "");
    assert.equal(plainKey("hkcu2\\software\\wow6432node2"), "hkcu2\\software\\wow6432node2");
    assert.equal(plainKey("software\\wow6432node"), "software");
    assert.equal(plainKey("a\\software\\wow6432node\\b"), "a\\software\\wow6432node\\b");
  });

  it("keeps the place of 32-bit apps if it is asked for as it is", () => {
    assert.equal(bareKey("HKCU\\Software\\Wow6432Node\\A\\"), "software\\wow6432node\\a");
  });

  it("stands for that of a template", () => {
    assert.deepEqual(keyForms(POLICIES), [{ key: POLICIES, place: "policy" }]);
    const cloud = "software\\policies\\microsoft\\cloud\\office\\16.0\\calc";
    assert.deepEqual(keyForms(cloud), [
      { key: cloud, place: "policy" },
      { key: POLICIES, place: "cloud" },
    ]);
    const preference = "software\\microsoft\\office\\16.0\\calc";
    assert.deepEqual(keyForms(preference), [
      { key: preference, place: "preference" },
      { key: POLICIES, place: "preference" },
    ]);
    assert.deepEqual(keyForms("software\\contoso"), [
      { key: "software\\contoso", place: "preference" },
    ]);
  });

  it("may be for another version of Office", () => {
    assert.equal(otherVersion(POLICIES), undefined);
    assert.equal(otherVersion("software\\policies\\microsoft\\office\\common"), undefined);
    assert.equal(otherVersion("software\\policies\\microsoft\\office\\16.0extra"), undefined);
    assert.equal(otherVersion("software\\policies\\microsoft\\office\\15.0"), "15.0");
    const older = "software\\policies\\microsoft\\office\\15.0\\calc";
    assert.equal(otherVersion(older), "15.0");
    assert.equal(inOfficeVersion(older), POLICIES);
    assert.equal(inOfficeVersion("software\\other\\15.0\\calc"), "software\\other\\15.0\\calc");
  });

  it("is Windows's if it begins like one", () => {
    for (const key of [
      "software\\microsoft\\windows",
      "software\\policies\\microsoft\\windows\\currentversion",
      "software\\policies\\microsoft\\internet explorer\\main",
    ])
      assert.ok(isWindowsKey(key), key);
    for (const key of [
      "software\\microsoft\\windows2",
      "a\\software\\microsoft\\windows",
      POLICIES,
    ])
      assert.ok(!isWindowsKey(key), key);
  });

  it("is Office's if a part of it is", () => {
    for (const key of ["office", POLICIES, "software\\office"]) assert.ok(isOfficeKey(key), key);
    for (const key of ["software\\libreoffice\\a", "software\\officescan", ""])
      assert.ok(!isOfficeKey(key), key);
  });
});

describe("the registry index of a catalogue", () => {
  let index: RegistryIndex;

  beforeEach(() => {
    index = new RegistryIndex(REGISTRY_CATALOGUE);
  });

  it("finds the settings that are a value", () => {
    assert.deepEqual(index.at(CALC_KEY, "BlockMacros"), ["calc16;L_Block"]);
    assert.deepEqual(
      index.at("software\\policies\\microsoft\\office\\16.0\\common", "pasteoptions"),
      ["calc16;L_PasteOptions", "office16;L_PasteButtons"],
    );
    assert.deepEqual(index.at(CALC_KEY, "other"), []);
    assert.deepEqual(index.at("other", "blockmacros"), []);
  });

  it("finds lists by their key, and what settings set beside their own value", () => {
    assert.deepEqual(index.listsAt(`${CALC_KEY}\\addins`), ["calc16;L_AddIns;L_List"]);
    assert.deepEqual(index.listsAt(CALC_KEY), []);
    assert.deepEqual(index.besides(CALC_KEY, "LevelName"), ["calc16;L_Macros;L_Level"]);
    assert.deepEqual(index.besides(CALC_KEY, "level"), []);
  });

  it("finds the settings of a key, and of those below it", () => {
    assert.deepEqual(index.inKey(`${CALC_KEY}\\save`), ["calc16;L_Minutes"]);
    assert.deepEqual(index.inKey(`${CALC_KEY}\\addins`), ["calc16;L_AddIns;L_List"]);
    assert.deepEqual(index.below(`${CALC_KEY}\\places`), [
      "calc16;L_Place;L_Path",
      "calc16;L_Place;L_Below",
    ]);
    assert.deepEqual(index.below(`${CALC_KEY}\\save`), ["calc16;L_Minutes"]);
    assert.deepEqual(index.below(`${CALC_KEY}\\sav`), []);
    assert.deepEqual(index.below(`${CALC_KEY}\\none`), []);
  });

  it("leaves out settings without a registry value, such as those of other platforms", () => {
    assert.deepEqual(index.inKey("software/microsoft/office/16.0/calc/sound"), []);
    const settings = {
      "a;L_A": { name: "A", scope: "user", kind: "toggle", valueName: "a" },
    } as const;
    const without = new RegistryIndex({ version: 1, sources: [], settings });
    assert.deepEqual(without.at("", "a"), []);
  });

  it("takes ids, keys and names that are properties of every object", () => {
    const setting: CatalogueSetting = {
      name: "Odd",
      scope: "user",
      kind: "toggle",
      key: "constructor",
      valueName: "__proto__",
    };
    const settings = Object.fromEntries([["__proto__", setting]]);
    const odd = new RegistryIndex({ version: 1, sources: [], settings } satisfies Catalogue);
    assert.deepEqual(odd.at("constructor", "__proto__"), ["__proto__"]);
    assert.deepEqual(odd.at("toString", "valueOf"), []);
  });
});
