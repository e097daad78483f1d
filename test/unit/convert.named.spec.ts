import assert from "node:assert/strict";
import fc from "fast-check";
import type { NamedValue } from "../../cli/sources/source";
import { CATEGORY, item, linesIn, named, text } from "../namedEntries";
import { leftOf, REGISTRY_CATALOGUE, resolve, settingsOf } from "../registryCatalogue";

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
      ["Calc 2019 - Office 365", "Security"],
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

  it("are left with those that have nearly the same name, as names change", () => {
    const { left } = resolve(named("Block macro"), named("Block macro", { category: ["Other"] }));
    assert.deepEqual(
      left.map(({ kind, reason, candidates }) => [kind, reason, candidates]),
      [
        [
          "unknown",
          'no policy of the catalogue has this name; near it: calc16;L_Block "Block macros (Calc)"',
          ["calc16;L_Block"],
        ],
        ["foreign", "it is not a policy of Office", undefined],
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
        'machine: it is a policy of the computer, and a program has user settings only; for users it is calc16;L_Block "Block macros (Calc)"',
        "machine: it is a policy of the computer, and a program has user settings only",
        "machine: it is a policy of the computer, and a program has user settings only",
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
        "deletion: it is disabled: Group Policy deletes the values of its elements then, and a program deletes no values",
        "incomplete: it is enabled, and the source gives no values of its elements",
      ],
    );
  });

  it("are left if the catalogue does not know the value of the state", () => {
    const toggle = { name: "T", scope: "user", kind: "toggle", on: "1" } as const;
    const off = named("T", { category: [], state: "disabled" });
    assert.deepEqual(linesIn({ "a;L_T": { ...toggle, deletes: true } }, off), [
      "deletion: it is disabled: Group Policy deletes the registry value then, and a program deletes no values",
    ]);
    assert.deepEqual(linesIn({ "a;L_T": toggle }, off), [
      "value: it is disabled, and the catalogue does not know which value that is",
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
