import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { CATALOGUE, ID } from "../inventedCatalogue";
import { TestProject } from "./support";

const BLOCK = "Block macros from the internet (Excel)";
const WRONG = `policies["${ID.block}"].value must be "0" (Disabled) or "1" (Enabled), not "9": "${BLOCK}"`;

describe("a catalogue beside Pulumi.yaml", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
    project.write("office-settings.json", JSON.stringify(CATALOGUE));
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  /** A policy whose first setting is a secret. */
  const policy = (block: string, level: string, more = "") =>
    project.program(`
      new office.WindowsOfficeClientConfiguration("baseline", {
        displayName: "Baseline",
        policies: [
          { settingId: "${ID.block}", value: pulumi.secret("${block}") },
          { settingId: "${ID.macroLevel}", value: "${level}" },
        ],
        ${more}
      });`);

  it("refuses a new policy in its preview, with all that is wrong and where", async () => {
    project.policy({
      displayName: "Baseline",
      policies: [
        { settingId: ID.block, value: 9 },
        { settingId: "excel16;L_Makros;L_Level", value: "2" },
        { settingId: ID.macros, value: "2" },
      ],
      userPreferences: { [ID.minutes]: 500, [ID.channel]: "1", [ID.below]: "1" },
    });
    const shown = await project.fail("preview");
    for (const problem of [
      WRONG,
      `policies["excel16;L_Makros;L_Level"] is not in the catalogue; did you mean ${ID.macroLevel} "Macro Notification (Excel)"?`,
      `policies["${ID.macros}"] has no value of its own, as "Macro Notification (Excel)" consists of elements: give ${ID.macroLevel} "Macro Notification"`,
      `userPreferences["${ID.minutes}"].value must be a whole number from 1 to 120, not "500": "AutoSave > Minutes (Excel)"`,
      `userPreferences["${ID.channel}"] cannot be set: Cloud Policy takes user settings; this one is a machine setting: "Update Channel (Office)"`,
      `userPreferences["${ID.below}"] is given without ${ID.path} "Path" and ${ID.date} "Date", which the policy requires too`,
      "pulumi config set officeConfiguration:catalogueCheck warn",
    ]) {
      assert.ok(shown.includes(problem), `${problem} is not in\n${shown}`);
    }
    assert.deepEqual(emulator.writes(), []);
  });

  it("names settings and values in a preview and in an update, and shows nothing of a secret", async () => {
    policy("0", "2");
    const created = await project.run("up", "--yes");
    const line = `    Baseline: + Macro Notification (Excel): Disable with notification (2) [${ID.macroLevel}]`;
    assert.equal(created.split("\n").filter((each) => each === line).length, 1, created);
    policy("1", "4", 'description: "d",');
    const updated = await project.up();
    for (const part of [
      `Baseline: ${BLOCK}: [secret] => [secret] (changed) [${ID.block}]`,
      `Baseline: Macro Notification (Excel): Disable with notification (2) => Disable all (4) [${ID.macroLevel}]`,
    ]) {
      assert.ok(updated.includes(part), updated);
    }
    assert.doesNotMatch(created + updated, /Enabled|Disabled/);
  });

  it("names drift in a refresh, and only warns of what it has found", async () => {
    const [made] = emulator.store.list();
    const drifted = [
      { settingId: ID.block, value: "1" },
      { settingId: ID.macroLevel, value: "9" },
    ];
    emulator.store.patch(made?.id ?? "", { policyPayload: JSON.stringify(drifted) });
    const found = await project.refresh();
    const change = `Baseline: Macro Notification (Excel): Disable all (4) => "9" [${ID.macroLevel}] (changed in the tenant)`;
    assert.ok(found.includes(change), found);
    policy("1", "9");
    const shown = await project.preview();
    const warning = `Baseline: warning: policies["${ID.macroLevel}"].value must be "1" (Enable), "2" (Disable with notification) or "4" (Disable all), not "9"`;
    assert.ok(shown.includes(warning), shown);
    policy("hunter2", "9");
    const refused = await project.fail("preview");
    assert.ok(refused.includes(WRONG.replace(', not "9"', "")), refused);
    assert.doesNotMatch(refused, /hunter2/);
  });

  it("that is broken is refused, and hinders neither a refresh nor a destroy", async () => {
    project.write("office-settings.json", "{");
    const shown = await project.fail("preview");
    assert.match(
      shown,
      /The catalogue office-settings\.json cannot be used: it is no JSON: .* Build it again: /,
    );
    await project.refresh();
    await project.destroy();
    assert.deepEqual(emulator.store.list(), []);
  });
});
