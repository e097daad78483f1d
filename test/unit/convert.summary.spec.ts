import assert from "node:assert/strict";
import { reportText } from "../../cli/convert/report";
import { resolveSources } from "../../cli/convert/resolve";
import { counted, summaryOf } from "../../cli/convert/summary";
import type { Source } from "../../cli/sources/source";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { CALC_KEY, dword, REGISTRY_CATALOGUE, sourceOf, sz } from "../registryCatalogue";

const COMMON = "Software\\Policies\\Microsoft\\Office\\16.0\\Common";
const EDGE = "Software\\Policies\\Microsoft\\Edge";

const resolved = (...sources: Source[]) => resolveSources(sources, REGISTRY_CATALOGUE);

const summary = (
  sources: Source[],
  { width = 80, report = undefined as string | undefined } = {},
) => summaryOf(resolved(...sources), new KnownSettings(REGISTRY_CATALOGUE), { width, report });

describe("the summary of a conversion", () => {
  it("has counts for each source, and what is left by reason, other products last", () => {
    const source = sourceOf(
      [
        dword(CALC_KEY, "level", 4),
        dword(EDGE, "a", 1),
        dword(`${EDGE}\\below`, "b", 1),
        dword("Software\\Contoso\\App\\Deep", "c", 1),
        dword(COMMON, "one", 1),
        dword(COMMON, "two", 1),
        dword(CALC_KEY, "level", 9, { hive: "machine" }),
        dword(CALC_KEY, "blockmacros", 7),
      ],
      { conditions: ['the WMI filter "Laptops"'], notes: ["Its printers are not read."] },
    );
    assert.equal(
      summary([source]),
      ` values  settings   left  source
      8         1      7  Calc users (GPO backup)
                            not carried over: the WMI filter "Laptops"
                            Its printers are not read.

Left: 7 values
  values that a setting does not take (1)
    ${CALC_KEY} → blockmacros
      the value of "Block macros (Calc)" must be "0" (Disabled) or "1"
      (Enabled), not "7"
  not in the catalogue (2)
    ${COMMON} → one and two
      no setting of the catalogue has this registry value
  settings of the computer (1)
    ${CALC_KEY} → level
      it is set for the computer, and a program has user settings only; for
      users it is calc16;L_Macros;L_Level "Macro settings (Calc)"
  not of Office (3)
    Software\\Policies\\Microsoft\\Edge (2) and Software\\Contoso\\App (1)`,
    );
  });

  it("names other products by the category of a policy, and by the area of a definition", () => {
    const policy = { hive: "user", state: "enabled", elements: [] } as const;
    const definition = (id: string) => ({
      form: "definition" as const,
      instance: { settingDefinitionId: id, choiceSettingValue: { value: `${id}_1`, children: [] } },
    });
    const text = summary([
      sourceOf([
        { form: "named", ...policy, policy: "Sync", category: ["OneDrive", "Users"] },
        definition("device_vendor_msft_policy_config_microsoft_edge~policy~edge_home"),
        definition("device_vendor_msft_policy_config_defender_scan"),
        definition("device_vendor_msft_bitlocker_type"),
      ]),
    ]);
    assert.ok(
      text.endsWith(`  not of Office (4)
    OneDrive (1), policy_config_microsoft_edge (1), policy_config_defender (1)
    and bitlocker (1)`),
      text,
    );
  });

  it("says nothing of what is not there", () => {
    assert.equal(
      summary([sourceOf([dword(CALC_KEY, "level", 4)])]),
      " values  settings   left  source\n      1         1      0  Calc users (GPO backup)",
    );
    assert.match(summary([sourceOf([])]), /\n {6}0 {9}0 {6}0 {2}Calc users \(GPO backup\)$/);
  });

  it("names the source of each value if there are several, and where they disagree", () => {
    const of = (name: string, value: number) =>
      sourceOf([dword(CALC_KEY, "level", value), dword(COMMON, "other", 1)], { name });
    const text = summary([of("Sales", 4), of("All", 1)], { width: 120 });
    assert.ok(
      text.includes(`
1 setting with different values in several sources. The first source wins, in the order of the paths, and by name in a
folder:
  "Macro settings (Calc)": "4" (Disable all) of Sales, not "1" (Enable all) of All
`),
      text,
    );
    assert.match(text, /Common → other \(Sales\)\n.*Common → other \(All\)\n/);
  });

  it("has sources without a setting last", () => {
    const of = (name: string, valueName: string) =>
      sourceOf([dword(CALC_KEY, valueName, 4)], { name });
    const text = summary([of("A", "none"), of("B", "level"), of("C", "none"), of("D", "level")]);
    const names = [...text.matchAll(/ {2}(.) \(GPO backup\)$/gm)].map(([, name]) => name);
    assert.deepEqual(names, ["B", "D", "A", "C"]);
  });

  it("is bounded, and says where the rest is", () => {
    const many = Array.from({ length: 30 }, (_, index) => dword(COMMON, `v${index}`, 1));
    const sources = Array.from({ length: 30 }, (_, index) => sourceOf(many, { name: `S${index}` }));
    const text = summary(sources);
    assert.ok(text.split("\n").length < 45, text);
    assert.match(text, /^… and 18 more sources: --report <file> lists all$/m);
    assert.match(text, /^ {4}… and 720 more values: --report <file> lists all$/m);
    assert.match(
      summary(sources, { report: "left.json" }),
      /720 more values: all are in left\.json/,
    );
  });

  it("steers no terminal, and keeps to the width", () => {
    const text = "\u001b[2J\u202e".repeat(40);
    const hostile = sourceOf([sz(`${COMMON}\\${text}`, text, text)], {
      name: text,
      conditions: [text],
      notes: [text],
    });
    const shown = summary([hostile, { ...hostile, path: text }]);
    assert.doesNotMatch(shown, /(?!\n)[\p{Cc}\p{Cf}]/u);
    assert.ok(shown.length < 3_000, String(shown.length));
  });

  it("counts in words", () => {
    assert.deepEqual(
      [counted(1, "value"), counted(2000, "value"), counted(0, "policy")],
      ["1 value", "2,000 values", "0 policies"],
    );
  });
});

describe("the report of a conversion", () => {
  it("has one line for each value, and what is known of each source", () => {
    const source = sourceOf([dword(CALC_KEY, "level", 4), dword(COMMON, "one\u202e", 1)], {
      description: "Baseline",
      groups: ["all"],
    });
    const text = reportText(resolved(source), [{ path: "a", reason: "is empty" }], {
      catalogue: "mine.json",
      road: "cloudPolicy",
    });
    const [converted, left] = [
      { key: CALC_KEY, valueName: "level", settingId: "calc16;L_Macros;L_Level", value: "4" },
      { key: COMMON, valueName: "one\u202e", kind: "unknown" },
    ];
    assert.deepEqual(JSON.parse(text), {
      catalogue: "mine.json",
      sources: [
        {
          name: "Calc users",
          description: "Baseline",
          path: "gpo",
          kind: "GPO backup",
          groups: ["all"],
          conditions: [],
          notes: [],
          values: 2,
          converted: 1,
          left: 1,
        },
      ],
      converted: [{ source: "Calc users", ...converted, payload: "policies" }],
      left: [
        {
          source: "Calc users",
          ...left,
          reason: "no setting of the catalogue has this registry value",
        },
      ],
      conflicts: [],
      road: "cloudPolicy",
      skipped: [{ path: "a", reason: "is empty" }],
    });
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}]/u);
  });
});
