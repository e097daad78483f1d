import assert from "node:assert/strict";
import type { FakeHost, FakeResource } from "../fakeHost";
import { INTUNE_ID as ID, settingsIn, TOGGLE_DEFINITION } from "../intuneHost";
import { choice } from "../intuneInstances";
import { GROUP, INPUTS, IntunePolicyLife, SETTINGS } from "../intunePolicyLife";

/** A setting of another product. */
const foreign = (number: number) =>
  choice(`device_vendor_msft_policy_config_contoso_setting${number}`, "0");

for (const preset of ["kind", "unkind"] as const) {
  describe(`an IntuneOfficePolicy whose name the tenant has, in a ${preset} tenant`, () => {
    let life: IntunePolicyLife;
    let host: FakeHost;
    let policy: FakeResource;

    beforeEach(() => {
      life = new IntunePolicyLife(preset);
      ({ host, policy } = life);
    });
    afterEach(() => host.close());

    it("is refused if the tenant has its name, with adopt, which takes the policy over", async () => {
      const office = choice(TOGGLE_DEFINITION, "0");
      const id = life.insert({ settings: [foreign(2), office] });
      await assert.rejects(life.preview(INPUTS), new RegExp(`adopt: \\{ id: "${id}" \\}`, "i"));
      host.newRun();
      await assert.rejects(policy.up(INPUTS), /is refused: the tenant has another policy of this/);
      assert.deepEqual(life.writes(), []);
      const adopting = { ...INPUTS, adopt: { name: INPUTS.name } };
      assert.deepEqual((await life.preview(adopting)).slice(1), [
        "Macros: + Invented setting 1 > Part of setting 1: Always (2) [excel16;L_Invented01;L_Part]",
        "Macros: Invented setting 5: Off (0) => On (1) [excel16;L_Invented05]",
        'Macros: + Invented setting 3 > Part of setting 3: "a" [word16;L_Invented03;L_Part]',
      ]);
      await policy.up(adopting);
      assert.equal(life.there().settings.length, 4);
      assert.deepEqual(settingsIn(life.there()), SETTINGS);
      assert.deepEqual(life.writes(), ["PUT"]);
    });

    it("is adopted by id only where two policies have the name, and never from a template", async () => {
      const [, second] = [
        life.insert(),
        life.insert({ settings: [choice(TOGGLE_DEFINITION, "1")] }),
      ];
      await assert.rejects(
        policy.up({ ...INPUTS, adopt: { name: INPUTS.name } }),
        /2 policies have the name/,
      );
      host.newRun();
      await policy.up({ name: INPUTS.name, policies: { [ID.toggle]: "1" }, adopt: { id: second } });
      assert.match(host.said.join("\n"), /adopts .*, nothing differs/);
      assert.deepEqual(life.writes(), []);
      const made = life.insert({
        name: "Made",
        templateReference: { templateId: "t_1", templateDisplayName: "Contoso antivirus" },
      });
      const other = host.resource("IntuneOfficePolicy", "other");
      await assert.rejects(
        other.up({ ...INPUTS, name: "Made", adopt: { id: made } }),
        /was made from the template "Contoso antivirus"/,
      );
    });

    it("may be one resource of a stack only", async () => {
      const id = life.insert();
      const other = host.resource("IntuneOfficePolicy", "other");
      const adopting = { ...INPUTS, adopt: { id } };
      await policy.up(adopting);
      await assert.rejects(other.up({ ...adopting, name: "B" }), /adopts already/);
      await assert.rejects(other.up(INPUTS), /is also the name of the resource "it"/);
    });

    it("may have the name of a policy that the same update renames", async () => {
      await policy.up(INPUTS);
      host.newRun();
      await policy.compare(await policy.check({ ...INPUTS, name: "Renamed" }));
      const other = host.resource("IntuneOfficePolicy", "other");
      await other.up(INPUTS);
      assert.equal(life.all().length, 2);
    });

    it("is not taken for one with other values, although its POST was lost", async () => {
      const values = { [ID.level]: "1", [ID.toggle]: "1", [ID.text]: "a" };
      const donor = host.resource("IntuneOfficePolicy", "donor");
      await donor.up({ name: "Donor", policies: values });
      const { settings } = host.tenant.intune.get(donor.id) ?? {};
      let isFirst = true;
      host.tenant.onRequest = (trip) => {
        if (!isFirst || !/^POST .*configurationPolicies$/.test(trip)) return;
        isFirst = false;
        life.insert({ settings });
      };
      host.newRun();
      host.tenant.faults.add({ match: "POST */configurationPolicies", drop: "before" });
      await policy.up(INPUTS);
      const [theirs, ours] = life.all().map(settingsIn);
      assert.deepEqual([theirs, ours], [values, SETTINGS]);
    });

    it("gets its targets as soon as the service shows it", async () => {
      host.tenant.faults.add({ match: "POST */assign", status: 404 });
      await policy.up({ ...INPUTS, assignments: [GROUP] });
      assert.equal(life.there().targets.length, 1);
    });

    it("is made once, although the answer of its POST is lost", async () => {
      host.tenant.faults.add({ match: "POST */configurationPolicies", drop: "after" });
      await policy.up({ ...INPUTS, assignments: [GROUP] });
      assert.deepEqual(settingsIn(life.there()), SETTINGS);
      assert.equal(life.there().targets.length, 1);
    });

    it("takes the policy of a killed run over, and no stranger's", async () => {
      await policy.up(INPUTS);
      const { id } = policy;
      policy.recorded = undefined;
      host.newRun();
      await policy.up(INPUTS);
      assert.equal(policy.id.toLowerCase(), id.toLowerCase());
      assert.match(host.said.join("\n"), /takes over .*made by this stack's update of/);
      assert.equal(life.there().id.toLowerCase(), id.toLowerCase());
    });

    it("is not taken for a stranger's of the same name and content, made before its POST was lost", async () => {
      await policy.up({ name: "Other", policies: SETTINGS });
      const stranger = { ...INPUTS, adopt: { id: policy.id } };
      const other = host.resource("IntuneOfficePolicy", "other");
      await assert.rejects(other.up(stranger), /which another resource of this stack is already/);
      let isBefore = true;
      host.tenant.onRequest = (trip) => {
        // Somebody makes a policy of that name and other content while the POST is on its way.
        if (isBefore && /^POST .*configurationPolicies$/.test(trip)) {
          isBefore = false;
          life.insert({ settings: [choice(TOGGLE_DEFINITION, "0")] });
        }
      };
      host.tenant.faults.add({ match: "POST */configurationPolicies", drop: "before" });
      await other.up(INPUTS);
      const all = life.all();
      assert.equal(all.length, 2);
      assert.deepEqual(settingsIn(all[1] as (typeof all)[0]), SETTINGS);
      assert.equal(other.id.toLowerCase(), all[1]?.id.toLowerCase());
    });
  });
}
