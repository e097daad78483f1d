import { strict as assert } from "node:assert";
import { typesOf } from "../../cli/catalogue/types";
import type { CatalogueSetting } from "../../provider/catalogue/catalogue";
import { CURSOR, Editor } from "../editor";

const IMPORTS =
  'import * as office from "pulumi-office-configuration";\nimport * as pulumi from "@pulumi/pulumi";';

const base = { scope: "user", app: "Calc", category: "Calc > Security" } as const;

const SETTINGS: Readonly<Record<string, CatalogueSetting>> = {
  "calc16;L_Macros": { ...base, name: "Macro settings", kind: "policy" },
  "calc16;L_Macros;L_Level": {
    ...base,
    name: "Macro level",
    kind: "enum",
    values: { "2": "Ask", "4": "Disable" },
  },
  "calc16;L_Block": {
    ...base,
    name: "Block files from the Internet",
    kind: "toggle",
    values: { "0": "Disabled", "1": "Enabled" },
  },
  "calc16;L_Hide": {
    ...base,
    name: "Hide the ribbon",
    kind: "toggle",
    values: { "1": "Enabled" },
    deletes: true,
  },
  "calc16;L_Save;L_Minutes": { ...base, name: "Minutes", kind: "decimal", min: 1, max: 120 },
  "calc16;L_Folder;L_Path": { ...base, name: "Folder", kind: "text" },
  "calc16;L_Sites;L_List": { ...base, name: "Sites", kind: "list" },
  "calc16;L_Update": { ...base, name: "Update channel", kind: "text", scope: "machine" },
  // As many as Office has: TypeScript refuses what is too complex for it from a thousand object types on.
  ...Object.fromEntries(
    Array.from({ length: 3_000 }, (_, index) => [
      `word16;L_Other${index}`,
      {
        ...base,
        name: `Other ${index}`,
        kind: "enum",
        // Two hundred kinds of values, as many as Office has.
        values: { "0": "No", "1": "Yes", [String(2 + (index % 200))]: "Perhaps" },
      },
    ]),
  ),
};

describe("settings typed by a catalogue", () => {
  let editor: Editor;

  before(() => {
    const catalogue = { version: 1, sources: [], settings: SETTINGS } as const;
    editor = new Editor(IMPORTS, { "office-settings.d.ts": typesOf(catalogue) });
  });

  const policy = (policies: string) =>
    `new office.WindowsOfficeClientConfiguration("a", { displayName: "A", policies: ${policies} });`;

  const accepted = (title: string, policies: string, before = "") => {
    it(`take ${title}`, () => {
      assert.deepEqual(editor.problems(`${before}\n${policy(policies)}`), []);
    });
  };

  const refused = (title: string, policies: string, ...words: RegExp[]) => {
    it(`refuse ${title}`, () => {
      const problems = editor.problems(policy(policies));
      assert.ok(problems.length > 0);
      for (const word of words) assert.match(problems[0] ?? "", word);
    });
  };

  accepted("a list", `[{ settingId: "calc16;L_Block", value: "1", type: "REG_DWORD" }]`);
  accepted("a map", `{ "calc16;L_Block": "1", "calc16;L_Macros;L_Level": "4" }`);
  accepted(
    "a map whose settings have more than a value",
    `{ "calc16;L_Block": { value: "1", type: "REG_DWORD" } }`,
  );
  accepted(
    "secrets and Outputs as values",
    `[{ settingId: "calc16;L_Folder;L_Path", value: pulumi.secret("x") }, { settingId: "calc16;L_Block", value: block }]`,
    `const block = new pulumi.Config().requireSecret("block");`,
  );
  accepted(
    "secrets and Outputs in a map",
    `{ "calc16;L_Folder;L_Path": pulumi.secret("x"), "calc16;L_Block": block }`,
    `const block = new pulumi.Config().require("block") === "1" ? pulumi.output("1") : "0";`,
  );
  accepted(
    "numbers as numbers and as texts",
    `[{ settingId: "calc16;L_Save;L_Minutes", value: 5 }, { settingId: "calc16;L_Save;L_Minutes", value: "10" }]`,
  );
  accepted(
    "any text for a toggle one state of which has no known value",
    `[{ settingId: "calc16;L_Hide", value: "0" }]`,
  );
  accepted("lists of texts", `{ "calc16;L_Sites;L_List": ["a", "b"] }`);
  accepted(
    "another setting in a list if it is marked",
    `[{ settingId: "calc16;L_Block", value: "1" }, office.uncheckedSetting({ settingId: "calc16;L_New", value: "1" })]`,
  );
  accepted(
    "other settings in a map if they are marked",
    `{ "calc16;L_Block": "1", ...office.uncheckedSettings({ "calc16;L_New": "1" }) }`,
  );
  accepted(
    "a list that a function made, with others after it",
    `[...hardened(), { settingId: "calc16;L_Hide", value: "1" }, office.uncheckedSetting({ settingId: "calc16;L_New", value: "1" })]`,
    `function hardened(): office.OfficeSettingArgs[] { return [{ settingId: "calc16;L_Block", value: "1" }]; }`,
  );
  accepted("an Output of settings", `pulumi.output([{ settingId: "calc16;L_Block", value: "1" }])`);
  accepted(
    "the settings of another policy",
    "other.policies",
    `const other = new office.WindowsOfficeClientConfiguration("b", { displayName: "B" });`,
  );
  accepted("other JSON where it says so", "{ $json: [1, 2] }");
  accepted(
    "constants",
    "BASELINE",
    `const BASELINE = [{ settingId: "calc16;L_Block", value: "1" }] as const;`,
  );
  accepted(
    "a list that a function made",
    "hardened()",
    `function hardened(): office.OfficeSettingArgs[] { return [{ settingId: "calc16;L_Block", value: "1" }]; }`,
  );

  refused(
    "an id that the catalogue does not have, and offer the nearest",
    `[{ settingId: "calc16;L_Blok", value: "1" }]`,
    /Did you mean '"calc16;L_Block"'\?/,
  );
  refused(
    "a value that the setting cannot have",
    `[{ settingId: "calc16;L_Macros;L_Level", value: "3" }]`,
    /'"3"' is not assignable to type '"2" \| "4"/,
  );
  refused(
    "an id that the catalogue does not have, in a map",
    `{ "calc16;L_Blok": "1" }`,
    /calc16;L_Blok/,
  );
  refused(
    "a value that the setting cannot have, in a map",
    `{ "calc16;L_Block": "3" }`,
    /'"3"' is not assignable to type '"0" \| "1"/,
  );
  refused("a text for a number", `[{ settingId: "calc16;L_Save;L_Minutes", value: "five" }]`);
  refused("a policy that only has elements", `[{ settingId: "calc16;L_Macros", value: "1" }]`);
  refused("a machine setting", `[{ settingId: "calc16;L_Update", value: "x" }]`);
  refused("a setting without a value", `[{ settingId: "calc16;L_Block" }]`, /value/);

  it("complete ids and values, in a list and in a map", () => {
    const ids = Object.entries(SETTINGS)
      .filter(([, { kind, scope }]) => kind !== "policy" && scope === "user")
      .map(([id]) => id)
      .sort();
    const list = (setting: string) => editor.completions(policy(`[{ ${setting} }]`)).sort();
    assert.deepEqual(list(`settingId: "${CURSOR}", value: "1"`), ids);
    assert.deepEqual(list(`settingId: "calc16;L_Macros;L_Level", value: "${CURSOR}"`), ["2", "4"]);
    assert.deepEqual(list(`settingId: "calc16;L_Hide", value: "${CURSOR}"`), ["1"]);
    const inMap = editor.completions(policy(`{ "${CURSOR}": "1" }`));
    for (const id of ids) assert.ok(inMap.includes(id), id);
    const values = editor.completions(policy(`{ "calc16;L_Macros;L_Level": "${CURSOR}" }`));
    assert.deepEqual(values.sort(), ["2", "4"]);
  });

  it("say in a map what each setting is called, and what its values mean", () => {
    const map = policy(`{ "${CURSOR}": "1" }`);
    const words = editor.documentation(map, "calc16;L_Macros;L_Level");
    for (const part of ["Macro level", "Calc > Security", "`4`: Disable"]) {
      assert.ok(words.includes(part), words);
    }
    const shown = editor.hover(policy(`{ "calc16;L_Bl${CURSOR}ock": "1" }`));
    assert.match(shown, /Block files from the Internet \(Calc\)/);
  });
});
