import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { INTUNE_ID as ID, intuneCatalogue, settingsIn, TOGGLE_DEFINITION } from "../intuneHost";
import { choice } from "../intuneInstances";
import { TestProject } from "./support";

const GROUP = "11111111-1111-4111-8111-11111111111a";

describe("an IntuneOfficePolicy", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
    const catalogue = { version: 1, sources: [], settings: intuneCatalogue() };
    project.write("office-settings.json", JSON.stringify(catalogue));
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  const there = () => {
    const all = emulator.configurationPolicies.list().filter(({ name }) => name === "Macros");
    assert.equal(all.length, 1);
    return all[0] as (typeof all)[0];
  };

  const program = (level: string) =>
    project.program(`
      const policy = new office.IntuneOfficePolicy("macros", {
        name: pulumi.output("Macros"),
        policies: [
          { settingId: "${ID.level}", value: "${level}" },
          { settingId: "${ID.text}", value: pulumi.secret("planted") },
          { settingId: "${ID.toggle}", value: true },
        ],
        assignments: [
          { groupId: pulumi.output("${GROUP}") },
          pulumi.output({ all: "devices" }),
        ],
      });
      exports.id = policy.policyId;
      exports.found = office.IntuneOfficePolicy.get("found", policy.id, {
        additionalSecretOutputs: ["policies"],
      }).name;
      exports.looked = office.getIntuneOfficePolicyOutput({ id: policy.id })
        .apply(({ policies, otherSettings }) => [policies.length, otherSettings.length]);
      exports.shown = office.shownSettings(policy);`);

  it("is made as a program says, with Outputs and secrets anywhere", async () => {
    program("2");
    const previewed = await project.preview();
    assert.ok(previewed.includes(`Macros: + Invented setting 5: On (1) [${ID.toggle}]`), previewed);
    await project.up();
    const wanted = { [ID.level]: "2", [ID.text]: "planted", [ID.toggle]: "1" };
    assert.deepEqual(settingsIn(there()), wanted);
    assert.equal(there().targets.length, 2);
    assert.doesNotMatch(project.stateText(), /planted/);
    const outputs = JSON.parse(await project.run("stack", "output", "--json")) as object;
    assert.deepEqual(
      { ...outputs, id: undefined },
      {
        id: undefined,
        found: "Macros",
        looked: [3, 0],
        shown: { [ID.level]: "2", [ID.text]: "[secret]", [ID.toggle]: "1" },
      },
    );
  });

  it("is left alone where nothing differs, shows drift, and changes what differs", async () => {
    const before = emulator.writes().length;
    await project.run("preview", "--refresh", "--expect-no-changes");
    assert.equal(emulator.writes().length, before);
    const foreign = choice("device_vendor_msft_policy_config_contoso_setting2", "0");
    const settings = there().settings.map((each) =>
      each.settingDefinitionId === TOGGLE_DEFINITION ? choice(TOGGLE_DEFINITION, "0") : each,
    );
    emulator.configurationPolicies.patch(there().id, { settings: [...settings, foreign] as never });
    const found = await project.refresh();
    assert.match(found, /Invented setting 5: On \(1\) => Off \(0\) .* \(changed in the tenant\)/);
    program("0");
    const updated = await project.up();
    assert.match(updated, /Part of setting 1: Always \(2\) => Never \(0\)/);
    assert.match(updated, /keeps 1 setting that the program does not name/);
    assert.equal(there().settings.length, 4);
    assert.equal(settingsIn(there())[ID.toggle], "1");
  });

  it("is deleted", async () => {
    await project.destroy();
    assert.equal(
      emulator.configurationPolicies.list().some(({ name }) => name === "Macros"),
      false,
    );
  });
});
