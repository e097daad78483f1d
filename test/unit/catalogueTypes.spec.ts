import assert from "node:assert/strict";
import fc from "fast-check";
import ts from "typescript";
import { buildCatalogue, contradictions } from "../../cli/catalogue/build";
import { typesOf } from "../../cli/catalogue/types";
import type { CatalogueSetting, IntuneForm } from "../../provider/catalogue/catalogue";

describe("a catalogue of several sources", () => {
  const setting = (name: string, more: Partial<CatalogueSetting> = {}): CatalogueSetting => ({
    name,
    scope: "user",
    kind: "toggle",
    ...more,
  });

  it("has the templates' settings first, then each file's, sorted by id", () => {
    const catalogue = buildCatalogue(
      { sources: [], settings: new Map([["calc16;L_B", setting("template", { app: "Calc" })]]) },
      [
        {
          kind: "intune",
          file: "a.json",
          settings: new Map([
            ["calc16;L_B", setting("a")],
            ["calc16;L_C", setting("a")],
          ]),
        },
        {
          kind: "csv",
          file: "b.csv",
          settings: new Map([
            ["calc16;L_C", setting("b")],
            ["Z", setting("b")],
            ["calc16;L_A", setting("b")],
          ]),
        },
      ],
    );
    assert.deepEqual(
      Object.entries(catalogue.settings).map(([id, { name, app }]) => [id, name, app]),
      [
        ["Z", "b", undefined],
        ["calc16;L_A", "b", "Calc"],
        ["calc16;L_B", "template", "Calc"],
        ["calc16;L_C", "a", "Calc"],
      ],
    );
    assert.deepEqual(catalogue.sources, [
      { kind: "intune", file: "a.json", settings: 1 },
      { kind: "csv", file: "b.csv", settings: 2 },
    ]);
  });

  it("has Intune's definitions beside what templates say, for users only", () => {
    const intune = (id: string, form: IntuneForm = "choice") => ({ intune: { id, form } });
    const build = (known: CatalogueSetting, ...more: CatalogueSetting[]) =>
      buildCatalogue(
        { sources: [], settings: new Map([["calc16;L_A", known]]) },
        more.map((found, place) => ({
          kind: "intune" as const,
          file: `${place}.json`,
          settings: new Map([["calc16;L_A", found]]),
        })),
      ).settings["calc16;L_A"];
    const template = setting("template", { kind: "toggle", app: "Calc" });
    assert.deepEqual(
      build(template, setting("first", intune("a")), setting("second", intune("b"))),
      { ...template, intune: { id: "a" } },
    );
    assert.deepEqual(build(template, setting("found")), template);
    const odd = intune("a", "string");
    assert.deepEqual(build(template, setting("found", odd)), { ...template, ...odd });
    const machine = setting("machine", { scope: "machine" });
    assert.deepEqual(build(machine, setting("found", intune("a"))), machine);
  });

  it("has no children of Intune's below a template's policy, which has the elements", () => {
    const child = setting("child", { policy: "calc16;L_A" });
    const build = (kind: "csv" | "intune", policies: string[]) =>
      buildCatalogue(
        { sources: [], settings: new Map(policies.map((id) => [id, setting("template")])) },
        [{ kind, file: "a", settings: new Map([["calc16;L_A;L_X", child]]) }],
      ).settings["calc16;L_A;L_X"];
    assert.equal(build("intune", ["calc16;L_A"]), undefined);
    assert.ok(build("intune", ["calc16;L_B"]));
    assert.ok(build("csv", ["calc16;L_A"]));
  });

  it("contradicts what this package knows only by what templates say", () => {
    const id = "excel16;L_BlockMacroExecutionFromInternet";
    const said = (known: CatalogueSetting) =>
      contradictions({ version: 1, sources: [], settings: { [id]: known } });
    assert.deepEqual(said(setting("A", { values: { "1": "Enabled", "0": "Disabled" } })), []);
    assert.deepEqual(said(setting("A")), []);
    assert.deepEqual(said(setting("A", { values: { "1": "Enabled" }, deletes: true })), []);
    assert.deepEqual(said(setting("A", { scope: "machine", source: "csv" })), []);
    assert.deepEqual(said(setting("A", { scope: "machine" })), [
      `${id}, which this package knows, is a machine setting in your templates`,
    ]);
    assert.deepEqual(said(setting("A", { values: { "1": "Enabled", "2": "Disabled" } })), [
      `${id} takes 0 as far as this package knows, but not in your templates`,
    ]);
  });
});

describe("types of a catalogue", () => {
  const typesFor = (settings: Record<string, CatalogueSetting>) =>
    typesOf({ version: 1, sources: [], settings });

  it("have user settings with a value, their names and labels above", () => {
    const base = {
      name: "Macros",
      scope: "user",
      app: "Calc",
      category: "Calc > Options",
    } as const;
    const text = typesFor({
      "calc16;L_A": { ...base, kind: "policy" },
      "calc16;L_A;L_E": {
        ...base,
        name: "Level",
        kind: "enum",
        values: { "1": "On", "2": "Off" },
        policy: "calc16;L_A",
      },
      "calc16;L_D": { ...base, kind: "decimal", min: 1, max: 9 },
      "calc16;L_M": { ...base, kind: "toggle", scope: "machine" },
      "calc16;L_T": { name: "Text", scope: "user", kind: "text", maxLength: 5 },
      "calc16;L_X": {
        name: "Deleting",
        scope: "user",
        kind: "toggle",
        values: { "1": "Enabled" },
        deletes: true,
      },
    });
    assert.equal(
      text.slice(text.indexOf("declare")),
      `declare module "pulumi-office-configuration" {
  interface OfficeSettings {
    /**
     * Macros: Level (Calc)
     *
     * Calc > Options
     *
     * - \`1\`: On
     * - \`2\`: Off
     */
    "calc16;L_A;L_E": "1" | "2";
    /**
     * Macros (Calc)
     *
     * Calc > Options
     *
     * A whole number from 1 to 9
     */
    "calc16;L_D": OfficeNumber;
    /**
     * Text
     *
     * At most 5 characters
     */
    "calc16;L_T": string;
    /**
     * Deleting
     *
     * - \`1\`: Enabled
     */
    "calc16;L_X": "1" | (string & {});
  }

  interface OfficeSettingGroups {
    0: {
      value: "1" | "2";
      id:
        | "calc16;L_A;L_E"
    };
    1: {
      value: OfficeNumber;
      id:
        | "calc16;L_D"
    };
    2: {
      value: string;
      id:
        | "calc16;L_T"
    };
    3: {
      value: "1" | (string & {});
      id:
        | "calc16;L_X"
    };
  }
}
`,
    );
  });

  it("are TypeScript, whatever the names, ids and values hold", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.constantFrom("*/", "@deprecated", "\n", "`", '"'),
        (text, mark) => {
          const settings = {
            [text + mark]: {
              name: text + mark + text,
              scope: "user",
              kind: "enum",
              values: { [text]: mark },
            },
          } as const;
          const source = ts.createSourceFile("a.d.ts", typesFor(settings), ts.ScriptTarget.ES2022);
          const { parseDiagnostics } = source as unknown as { parseDiagnostics: unknown[] };
          assert.deepEqual(parseDiagnostics, []);
          assert.equal(source.statements.length, 2);
        },
      ),
    );
  });
});
