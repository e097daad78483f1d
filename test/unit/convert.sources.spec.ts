import assert from "node:assert/strict";
import type { LeftLine } from "../../cli/convert/resolution";
import { resolveSources } from "../../cli/convert/resolve";
import { readSources, SourceReadError } from "../../cli/sources/read";
import type { SourceEntry } from "../../cli/sources/source";
import {
  CALC_KEY,
  dword,
  leftOf,
  REGISTRY_CATALOGUE,
  resolve,
  settingsOf,
  sourceOf,
} from "../registryCatalogue";

const COMMON = "Software\\Policies\\Microsoft\\Office\\16.0\\Common";

describe("a path that is no source", () => {
  it("is refused by its name", () => {
    assert.throws(
      () => readSources(__filename),
      (error) => error instanceof SourceReadError && error.message.startsWith(`${__filename}: `),
    );
  });
});

describe("settings that a source names by their ids", () => {
  const setting = (settingId: string, value: string): SourceEntry => ({
    form: "setting",
    settingId,
    value,
  });

  it("are judged as a preview judges them", () => {
    assert.deepEqual(settingsOf(setting("calc16;L_Block", "1")), ["calc16;L_Block=1"]);
    const reasons: [id: string, start: string][] = [
      ["calc16;L_Block", 'value: the value of "Block macros (Calc)" must be "0" (Disabled) or'],
      ["calc16;L_Macros", 'value: "Macro settings (Calc)" has no value of its own; its elements'],
      ["calc16;L_AddIns;L_List", 'list: "Add-ins > List of add-ins (Calc)" is a list, whose value'],
      ["office16;L_Channel", 'machine: "Channel (Office)" is a machine setting, and a program'],
      ["calc16;L_Blok", "unknown: the catalogue has no setting with this id"],
    ];
    for (const [id, start] of reasons) {
      const [line] = leftOf(setting(id, "7"));
      assert.ok(line?.startsWith(start), line);
    }
  });

  it("are there once if the source gives them twice", () => {
    const twice = resolve(setting("calc16;L_Block", "1"), setting("calc16;L_Block", "0"));
    assert.deepEqual(
      twice.policies[0]?.settings.map(({ value }) => value),
      ["0"],
    );
    assert.deepEqual(
      twice.left.map(({ kind }: LeftLine) => kind),
      ["replaced"],
    );
  });
});

describe("several sources", () => {
  const level = (name: string, value: number, key = CALC_KEY) =>
    sourceOf([dword(key, "level", value)], { name, path: `gpos/${name}` });

  it("are a policy each, in their order, and where they disagree the first wins", () => {
    const { policies, conflicts } = resolveSources(
      [level("B", 4), level("A", 1), level("C", 4)],
      REGISTRY_CATALOGUE,
    );
    assert.deepEqual(
      policies.map(({ source }) => source.name),
      ["B", "A", "C"],
    );
    assert.deepEqual(conflicts, [
      {
        settingId: "calc16;L_Macros;L_Level",
        values: [
          { source: "B", value: "4" },
          { source: "A", value: "1" },
          { source: "C", value: "4" },
        ],
      },
    ]);
  });

  it("have the settings about which they disagree in the order of their ids", () => {
    const both = (name: string, value: number) =>
      sourceOf(
        [
          dword(`${CALC_KEY}\\save`, "minutes", value),
          dword(CALC_KEY, "blockmacros", value - 1),
          dword(CALC_KEY, "lines", 0),
        ],
        { name },
      );
    const { conflicts } = resolveSources([both("A", 1), both("B", 2)], REGISTRY_CATALOGUE);
    assert.deepEqual(
      conflicts.map(({ settingId }) => settingId),
      ["calc16;L_Block", "calc16;L_Minutes"],
    );
  });

  it("do not disagree with the same value", () => {
    const { conflicts } = resolveSources([level("B", 4), level("A", 4)], REGISTRY_CATALOGUE);
    assert.deepEqual(conflicts, []);
  });

  it("give way to policies with their preferences, in whatever order", () => {
    const preference = level("First", 1, "Software\\Microsoft\\Office\\16.0\\Calc");
    const { conflicts } = resolveSources([preference, level("Second", 4)], REGISTRY_CATALOGUE);
    assert.deepEqual(
      conflicts.map(({ values }) => values.map(({ source }) => source)),
      [["Second", "First"]],
    );
  });

  it("have names that tell them apart", () => {
    const names = (...sources: ReturnType<typeof level>[]) =>
      resolveSources(sources, REGISTRY_CATALOGUE).policies.map(({ source }) => source.name);
    assert.deepEqual(names(level("A", 1), { ...level("A", 1), path: "other" }, level("B", 1)), [
      "A (gpos/A)",
      "A (other)",
      "B",
    ]);
    assert.deepEqual(names(level("A", 1), level("A", 1)), ["A (gpos/A)", "A (gpos/A) 2"]);
  });

  it("have their settings sorted by app, category and id", () => {
    assert.deepEqual(
      settingsOf(
        dword(COMMON, "PasteOptions", 2),
        dword(`${CALC_KEY}\\save`, "minutes", 5),
        dword(CALC_KEY, "blockmacros", 1),
      ),
      ["calc16;L_Block=1", "calc16;L_Minutes=5", "office16;L_PasteButtons=2"],
    );
  });
});
