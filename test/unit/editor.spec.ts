import { strict as assert } from "node:assert";
import { COPILOT_SETTINGS } from "../../provider/settings/copilotSettings";
import { KNOWN_SETTINGS } from "../../provider/settings/knownSettings";
import { CURSOR, Editor } from "../editor";

const IMPORTS =
  'import * as office from "../../provider";\nimport * as pulumi from "@pulumi/pulumi";';

/** A policy with something in it. */
const withSetting = (setting: string) =>
  `new office.WindowsOfficeClientConfiguration("a", { displayName: "A", policies: [{ ${setting} }] });`;

describe("in an editor", () => {
  let editor: Editor;

  before(() => {
    editor = new Editor(IMPORTS);
  });

  it("the id of a setting is completed by all ids that the package knows", () => {
    const offered = editor.completions(withSetting(`settingId: "${CURSOR}", value: "1"`));
    assert.deepEqual(offered.sort(), Object.keys(KNOWN_SETTINGS).sort());
  });

  it("the value of a setting is completed", () => {
    const offered = editor.completions(withSetting(`settingId: "a16;L_A", value: "${CURSOR}"`));
    assert.deepEqual(offered.sort(), ["0", "1", "2", "3", "4", "5"]);
  });

  it("the type of a setting is completed by those of the registry", () => {
    const offered = editor.completions(
      withSetting(`settingId: "a16;L_A", value: "1", type: "${CURSOR}"`),
    );
    assert.ok(offered.includes("REG_DWORD") && offered.includes("REG_SZ"), offered.join());
  });

  it("a map of settings has their ids, each with its name and its own values", () => {
    const map = (entry: string) =>
      `new office.WindowsOfficeClientConfiguration("a", { displayName: "A", policies: { ${entry} } });`;
    const ids = editor.completions(map(`"${CURSOR}": "1"`));
    assert.ok(ids.includes("office16;L_SendFeedback"), ids.join());
    const words = editor.documentation(map(`"${CURSOR}": "1"`), "office16;L_SendFeedback");
    assert.match(words, /Allow users to submit feedback to Microsoft: `"0"` off, `"1"` on/);
    const values = editor.completions(
      map(`"office16;L_OptionalConnectedExperiences": "${CURSOR}"`),
    );
    assert.deepEqual(values.sort(), ["1", "2"]);
  });

  it("a setting of Copilot has its id and its own values", () => {
    const setting = (args: string) => `new office.CopilotPolicySetting("a", { ${args} });`;
    const ids = editor.completions(setting(`setting: "${CURSOR}", value: "1"`));
    assert.deepEqual(ids.sort(), Object.keys(COPILOT_SETTINGS).sort());
    for (const [id, values] of [
      ["microsoft.copilot.allowwebsearch", ["0", "1", "2"]],
      ["microsoft.copilot.imagegeneration", ["0", "1"]],
    ] as const) {
      const offered = editor.completions(setting(`setting: "${id}", value: "${CURSOR}"`));
      assert.deepEqual(offered.sort(), values);
    }
  });

  it("the class of Copilot's settings says what the known values mean", () => {
    const shown = editor.hover(`new office.Copilot${CURSOR}PolicySetting(`);
    for (const [id, { values }] of Object.entries(COPILOT_SETTINGS)) {
      const meanings = Object.entries(values).map(([value, meaning]) => `"${value}" ${meaning}`);
      assert.ok(shown.includes(`${id}: ${meanings.join("; ")}`), `${id} in:\n${shown}`);
    }
  });

  for (const [kind, example] of [
    ["WindowsOfficeClientConfiguration", /office16;L_SendFeedback/],
    ["WindowsOfficeClientSecurityConfiguration", /excel16;L_BlockMacroExecutionFromInternet/],
    ["OfficeClientConfigurationPatch", /Reviewed by security/],
    ["OfficeClientConfigurationPriorities", /configurationIds: \[/],
    ["OfficeConfiguration", /includeCheckinStatuses|tenantUserCheckinSummary/],
    ["CopilotPolicySetting", /microsoft\.copilot\.imagegeneration/],
  ] as const) {
    it(`the constructor of ${kind} says what it makes, and shows an example`, () => {
      const shown = editor.hover(`new office.${kind.slice(0, 9)}${CURSOR}${kind.slice(9)}(`);
      assert.match(shown, new RegExp(`new ${kind}\\(`));
      assert.match(shown, /polic|tenant/);
      assert.match(shown, /@example [\s\S]*new /);
      assert.match(shown, example);
    });
  }

  it("outputs say which form they have", () => {
    const policy = `const made = new office.WindowsOfficeClientConfiguration("a", { displayName: "A" });`;
    for (const name of ["policies", "userPreferences"]) {
      const shown = editor.hover(`${policy} made.${name.slice(0, 3)}${CURSOR}${name.slice(3)};`);
      assert.ok(shown.includes('{ "office16;L_SendFeedback": "0" }'), shown);
    }
    assert.match(editor.hover(`${policy} made.assign${CURSOR}ments;`), /GUIDs/);
    assert.match(editor.hover(`${policy} made.configuration${CURSOR}Id;`), /Graph's id/);
  });
});
