import assert from "node:assert/strict";
import fc from "fast-check";
import type { LeftLine } from "../../cli/convert/resolution";
import { resolveSources } from "../../cli/convert/resolve";
import type { NamedElement, NamedEntry, NamedValue } from "../../cli/sources/source";
import type { Catalogue, CatalogueSetting } from "../../provider/catalogue/catalogue";
import { leftOf, REGISTRY_CATALOGUE, resolve, settingsOf, sourceOf } from "../registryCatalogue";

const CATEGORY = ["Calc 2016", "Security"];

const named = (policy: string, given: Partial<NamedEntry> = {}): NamedEntry => ({
  form: "named",
  hive: "user",
  policy,
  category: CATEGORY,
  state: "enabled",
  elements: [],
  ...given,
});

const element = (label: string, value: NamedValue | undefined): NamedElement => ({ label, value });
const item = (label: string): NamedValue => ({ kind: "item", label });
const text = (words: string): NamedValue => ({ kind: "text", text: words });

/** Settings in a catalogue of their own, as `id=value`, or kind and reason of what is left. */
function linesIn(settings: Record<string, CatalogueSetting>, ...entries: NamedEntry[]): string[] {
  const catalogue: Catalogue = { version: 1, sources: [], settings };
  const { converted, left } = resolveSources([sourceOf(entries)], catalogue);
  return [
    ...converted.map(({ settingId, value }) => `${settingId}=${value}`),
    ...left.map(({ kind, reason }) => `${kind}: ${reason}`),
  ];
}

describe("policies by their names", () => {
  it("are found by name and category, in whatever letters and spaces", () => {
    const policy = "block  MACROS";
    assert.deepEqual(resolve(named(policy)).converted, [
      {
        source: "Calc users",
        key: "Calc 2016 > Security > block  MACROS",
        valueName: "",
        settingId: "calc16;L_Block",
        value: "1",
        payload: "policies",
      },
    ]);
    assert.deepEqual(settingsOf(named("Block macros", { state: "disabled" })), [
      "calc16;L_Block=0",
    ]);
    for (const category of [
      [],
      ["Security"],
      ["Policies", ...CATEGORY],
      ["Calc 2016", "Another place of another version"],
    ]) {
      assert.deepEqual(settingsOf(named("Block macros", { category })), ["calc16;L_Block=1"]);
    }
  });

  it("are not taken for those of other products with the same name", () => {
    const category = ["Windows Components", "Macros"];
    assert.deepEqual(
      leftOf(named("Block macros", { category }), named("Other"), named("x", { category })),
      [
        "foreign: it is not a policy of Office",
        "unknown: no policy of the catalogue has this name",
        "foreign: it is not a policy of Office",
      ],
    );
  });

  it("are left for the computer, with the policy for users", () => {
    assert.deepEqual(
      leftOf(
        named("Block macros", { hive: "machine" }),
        named("Channel", { category: [] }),
        named("Channel", { category: [], hive: "machine" }),
      ),
      [
        'machine: it is a policy of the computer, and Cloud Policy takes user settings only; for users it is calc16;L_Block "Block macros (Calc)"',
        "machine: it is a policy of the computer, and Cloud Policy takes user settings only",
        "machine: it is a policy of the computer, and Cloud Policy takes user settings only",
      ],
    );
  });

  it("are left if several have the name", () => {
    const same = { name: "Same", scope: "user", kind: "toggle", on: "1" } as const;
    const settings = {
      "a;L_One": { ...same, category: "A > Security" },
      "b;L_Two": { ...same, category: "B > Security" },
    };
    assert.deepEqual(linesIn(settings, named("Same", { category: ["Security"] })), [
      'ambiguous: it may be a;L_One "Same" or b;L_Two "Same"',
    ]);
    assert.deepEqual(linesIn(settings, named("Same", { category: ["B", "Security"] })), [
      "b;L_Two=1",
    ]);
  });

  it("set nothing if they are not configured", () => {
    assert.deepEqual(leftOf(named("Block macros", { state: "notConfigured" })), [
      "notConfigured: it is not configured, and sets nothing",
    ]);
  });

  it("are left if a state deletes, or needs values that the source does not give", () => {
    assert.deepEqual(
      leftOf(named("Macro settings", { state: "disabled" }), named("Macro settings")),
      [
        "deletion: it is disabled: Group Policy deletes the values of its elements then, and Cloud Policy deletes no values",
        "incomplete: it is enabled, and the source gives no values of its elements",
      ],
    );
  });

  it("are left if the catalogue does not know the value of the state", () => {
    const toggle = { name: "T", scope: "user", kind: "toggle", on: "1" } as const;
    const off = named("T", { category: [], state: "disabled" });
    assert.deepEqual(linesIn({ "a;L_T": { ...toggle, deletes: true } }, off), [
      "deletion: it is disabled: Group Policy deletes the registry value then, and Cloud Policy deletes no values",
    ]);
    assert.deepEqual(linesIn({ "a;L_T": toggle }, off), [
      "value: it is disabled, and the catalogue does not know which value that is",
    ]);
  });
});

describe("elements of policies by their labels", () => {
  it("are settings with the value of the item, text, number or tick", () => {
    assert.deepEqual(
      settingsOf(
        named("Macro settings", { elements: [element("", item("disable  ALL"))] }),
        named("Trusted place 1", {
          elements: [
            element("Path", text("C:\\x")),
            element("Allow folders below :", { kind: "checked", isChecked: true }),
          ],
        }),
      ),
      ["calc16;L_Macros;L_Level=4", "calc16;L_Place;L_Below=1", "calc16;L_Place;L_Path=C:\\x"],
    );
  });

  it("take what the source says that they write, a text or an item of a list", () => {
    const written = (value: string): NamedValue => ({ kind: "written", value });
    assert.deepEqual(
      settingsOf(
        named("Macro settings", { elements: [element("", written("4"))] }),
        named("Trusted place 1", { elements: [element("Path", written("C:\\x"))] }),
      ),
      ["calc16;L_Macros;L_Level=4", "calc16;L_Place;L_Path=C:\\x"],
    );
    const [line] = resolve(named("Macro settings", { elements: [element("", written("9"))] })).left;
    assert.equal(line?.kind, "value");
  });

  it("are one line each, with the reason why one is left", () => {
    const entry = named("Trusted place 1", {
      elements: [
        element("Path:", text("C:\\x")),
        element("Allow folders below:", { kind: "checked", isChecked: false }),
        element("Other", text("x")),
        element("", { kind: "list" }),
      ],
    });
    assert.deepEqual(settingsOf(entry), ["calc16;L_Place;L_Path=C:\\x"]);
    assert.deepEqual(
      resolve(entry).left.map(({ valueName, kind, reason }: LeftLine) => [valueName, kind, reason]),
      [
        [
          "Allow folders below:",
          "deletion",
          "it is not ticked: Group Policy deletes the registry value then, and Cloud Policy deletes no values",
        ],
        ["Other", "unknown", "the policy has no element of this label"],
        ["", "unknown", "the policy has no element without a label"],
      ],
    );
  });

  it("are left if the item is none of the setting's, or is several", () => {
    const settings: Record<string, CatalogueSetting> = {
      "a;L_P": { name: "P", scope: "user", kind: "policy" },
      "a;L_P;L_E": {
        name: "E",
        scope: "user",
        kind: "enum",
        values: { "1": "Low / None", "2": "High", "3": "High" },
        policy: "a;L_P",
      },
    };
    const level = (label: string) =>
      linesIn(settings, named("P", { category: [], elements: [element("E", item(label))] }));
    assert.deepEqual(level("none"), ["a;L_P;L_E=1"]);
    assert.deepEqual(level("Low / None"), ["a;L_P;L_E=1"]);
    assert.deepEqual(level("High"), ['ambiguous: "High" is the label of "2" and "3"']);
    assert.deepEqual(level("constructor"), ['value: "constructor" is none of its items']);
  });

  it("are left if they are lists, cannot be read, or are refused by the setting", () => {
    const list = element("List of add-ins", { kind: "list" });
    assert.deepEqual(
      leftOf(
        named("Add-ins", { elements: [list] }),
        named("Macro settings", { elements: [element("", undefined)] }),
        named("Trusted place 1", { elements: [element("Path", text(""))] }),
      ),
      [
        'list: "Add-ins > List of add-ins (Calc)" is a list, and whether Cloud Policy takes lists is not known',
        "unread: its value has no form that can be read",
        'value: the value of "Trusted place 1 > Path (Calc)" must not be empty',
      ],
    );
  });

  it("are left with a policy that is not enabled", () => {
    const elements = [element("", item("Disable all"))];
    const lines = (state: NamedEntry["state"]) =>
      leftOf(named("Macro settings", { state, elements }));
    assert.deepEqual(lines("disabled"), [
      "deletion: it is disabled: Group Policy deletes the values of its elements then, and Cloud Policy deletes no values",
      "deletion: its policy is disabled",
    ]);
    assert.deepEqual(lines("notConfigured"), [
      "notConfigured: it is not configured, and sets nothing",
      "notConfigured: its policy is not configured",
    ]);
  });

  it("are told apart by the kind of their value if they have the same label, or none", () => {
    const part = { name: "P", scope: "user", policy: "a;L_P" } as const;
    const settings: Record<string, CatalogueSetting> = {
      "a;L_P": { name: "P", scope: "user", kind: "policy" },
      "a;L_P;L_Number": { ...part, kind: "decimal" },
      "a;L_P;L_Text": { ...part, kind: "text" },
      "a;L_P;L_One": { ...part, name: "Same", kind: "text" },
      "a;L_P;L_Two": { ...part, name: "Same", kind: "text" },
    };
    const lines = (...elements: NamedElement[]) =>
      linesIn(settings, named("P", { category: [], elements }));
    assert.deepEqual(lines(element("", { kind: "number", number: "5" })), ["a;L_P;L_Number=5"]);
    assert.deepEqual(lines(element("Same", text("x")), element("", text("y"))), [
      "a;L_P;L_Text=y",
      'ambiguous: it may be a;L_P;L_One "Same" and a;L_P;L_Two "Same"',
    ]);
    // Which of two texts without a label is which, nobody knows.
    assert.deepEqual(lines(element("", text("x")), element("", text("y"))), [
      "unknown: the policy has no element without a label",
      "unknown: the policy has no element without a label",
    ]);
  });

  it("belong to a policy whose state is a value as well", () => {
    const settings: Record<string, CatalogueSetting> = {
      "a;L_T": { name: "T", scope: "user", kind: "toggle", values: { "7": "Enabled" }, on: "7" },
      "a;L_T;L_N": { name: "N", scope: "user", kind: "decimal", policy: "a;L_T" },
    };
    const elements = [element("N", { kind: "number", number: "5" })];
    assert.deepEqual(linesIn(settings, named("T", { category: [], elements })), [
      "a;L_T=7",
      "a;L_T;L_N=5",
    ]);
  });
});

describe("every policy by name", () => {
  const values: NamedValue[] = [item("Yes"), text("*/"), { kind: "number", number: "1" }];
  values.push({ kind: "checked", isChecked: true }, { kind: "list" });
  const names = Object.values(REGISTRY_CATALOGUE.settings).map(({ name }) => name);
  const entries = fc.record({
    form: fc.constant("named" as const),
    hive: fc.constantFrom("user" as const, "machine" as const),
    policy: fc.constantFrom(...names, "__proto__"),
    category: fc.constantFrom([], CATEGORY, ["Windows"]),
    state: fc.constantFrom("enabled" as const, "disabled" as const, "notConfigured" as const),
    elements: fc.array(
      fc.record({
        label: fc.constantFrom("", ...names, "constructor"),
        value: fc.constantFrom(undefined, ...values),
      }),
      { maxLength: 4 },
    ),
  });

  it("is a line for each element, or one for itself, and both if it has a value beside elements", () => {
    fc.assert(
      fc.property(entries, (entry) => {
        const { converted, left } = resolve(entry);
        const lines = converted.length + left.length;
        const least = Math.max(1, entry.elements.length);
        assert.ok(lines === least || lines === entry.elements.length + 1, `${lines} lines`);
      }),
    );
  });
});
