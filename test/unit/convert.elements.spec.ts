import assert from "node:assert/strict";
import type { LeftLine } from "../../cli/convert/resolution";
import type { NamedElement, NamedEntry, NamedValue } from "../../cli/sources/source";
import type { CatalogueSetting } from "../../provider/catalogue/catalogue";
import { element, item, linesIn, named, text } from "../namedEntries";
import { leftOf, resolve, settingsOf } from "../registryCatalogue";

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
          "it is not ticked: Group Policy deletes the registry value then, and a program deletes no values",
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
        'list: "Add-ins > List of add-ins (Calc)" is a list, whose value in a program is not known',
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
      "deletion: it is disabled: Group Policy deletes the values of its elements then, and a program deletes no values",
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
