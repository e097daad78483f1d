import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UNKNOWN } from "../../provider/settings/json";
import type { FakeHost, FakeResource } from "../fakeHost";
import { INTUNE_ID as ID, intuneCatalogue } from "../intuneHost";
import { GROUP, INPUTS, IntunePolicyLife, SETTINGS } from "../intunePolicyLife";

for (const preset of ["kind", "unkind"] as const) {
  describe(`an IntuneOfficePolicy that cannot go as the program says, in a ${preset} tenant`, () => {
    let life: IntunePolicyLife;
    let host: FakeHost;
    let policy: FakeResource;

    beforeEach(() => {
      life = new IntunePolicyLife(preset);
      ({ host, policy } = life);
    });
    afterEach(() => host.close());

    it("refuses what Intune cannot have before anything is sent, with the reason", async () => {
      const policies = { [ID.list]: "a", "excel16;L_Invented02": "1", [ID.level]: "2" };
      await assert.rejects(policy.up({ name: INPUTS.name, policies }), (error: Error) => {
        const [own, advice, list, ...more] = error.message.split("\n");
        // What the catalogue refuses is not told twice.
        assert.match(own ?? "", /^policies\["excel16;L_Invented02"\] has no value of its own/);
        assert.match(advice ?? "", /^If the catalogue is at fault/);
        assert.equal(
          list,
          `policies["${ID.list}"] is not carried to Intune: "Invented setting 4 > Part of setting 4" is a list, whose value in a program is not known`,
        );
        assert.deepEqual(more, []);
        return true;
      });
      await assert.rejects(
        policy.up({
          name: INPUTS.name,
          policies: [{ settingId: ID.toggle, value: 1, type: "REG_DWORD" }],
        }),
        /has type, and Intune takes the value of a setting only: remove type/,
      );
      assert.deepEqual(life.writes(), []);
      await assert.rejects(policy.create({ name: INPUTS.name, policies }), /nothing was sent/);
      assert.deepEqual(life.writes(), []);
    });

    it("names the command where the catalogue is missing, once in full", async () => {
      rmSync(join(host.folder, "office-settings.json"));
      await assert.rejects(policy.up(INPUTS), /catalogue fetch.*--intune intune-settings\.json/s);
      await assert.rejects(policy.create(INPUTS), /catalogue fetch/);
      assert.deepEqual(life.writes(), []);
    });

    it("finishes its targets in the next run if they were refused", async () => {
      const inputs = { ...INPUTS, assignments: [GROUP] };
      host.tenant.faults.add({ match: "POST */assign", status: 403 });
      await assert.rejects(policy.up(inputs), /Assigning Intune policy "Macros"/);
      assert.deepEqual(policy.outputs.assignments, []);
      host.newRun();
      await policy.up(inputs);
      assert.equal(life.there().targets.length, 1);
    });

    it("is gone from the state if it is gone from the tenant, and an update of it says so", async () => {
      await policy.up(INPUTS);
      host.tenant.intune.remove(policy.id);
      host.newRun();
      await assert.rejects(
        policy.up({ ...INPUTS, policies: { [ID.toggle]: "0" } }),
        /is gone from the tenant. Run `pulumi refresh`/,
      );
      await policy.refresh(INPUTS);
      assert.equal(policy.recorded, undefined);
    });

    it("is deleted without a catalogue, and read by its id with all settings that can be read", async () => {
      await policy.up({ ...INPUTS, description: "d", assignments: [GROUP] });
      const { id } = policy;
      host.newRun();
      const read = await host
        .operations("IntuneOfficePolicy")
        .read(id, { properties: {}, owner: {} });
      assert.equal(read.is, "found");
      const {
        tenantId: _,
        policyId: __,
        roleScopeTagIds,
        assignments,
        ...outputs
      } = read.is === "found" ? read.outputs : {};
      assert.deepEqual(outputs, { ...INPUTS, description: "d" });
      assert.deepEqual(roleScopeTagIds, ["0"]);
      assert.equal((assignments as unknown[]).length, 1);
      rmSync(join(host.folder, "office-settings.json"));
      host.newRun();
      await policy.destroy();
      assert.equal(host.tenant.intune.get(id), undefined);
    });

    it("forgets nothing that the catalogue no longer has", async () => {
      await policy.up(INPUTS);
      const { [ID.text]: _, ...settings } = intuneCatalogue();
      const file = join(host.folder, "office-settings.json");
      writeFileSync(file, JSON.stringify({ version: 1, sources: [], settings }));
      host.newRun();
      await policy.refresh(INPUTS);
      assert.deepEqual([host.said, policy.outputs.policies], [[], SETTINGS]);
      const { [ID.text]: __, ...left } = SETTINGS;
      await assert.rejects(
        policy.up({ ...INPUTS, policies: left }),
        /cannot be removed, as the catalogue no longer has/,
      );
      assert.equal(life.there().settings.length, 3);
    });

    it("judges what is known in a preview, and leaves the rest", async () => {
      const said = await life.preview({
        name: INPUTS.name,
        policies: { [ID.level]: UNKNOWN, [ID.toggle]: "1" },
        assignments: [{ groupId: UNKNOWN }, { all: "users", filter: { include: UNKNOWN } }],
        roleScopeTagIds: UNKNOWN,
      });
      assert.match(said.join("\n"), /assignments \+ \(known after apply\)/);
    });

    it("shows no secret value that Intune does not take, whoever checks it", async () => {
      host.settings.catalogueCheck = "off";
      const policies = { ...SETTINGS, [ID.toggle]: "confidential" };
      const secret = { ...INPUTS, policies, __secrets: [`policies/${ID.toggle}`] };
      await assert.rejects(policy.up(secret), {
        message: `policies["${ID.toggle}"] is not carried to Intune: its value is none that Intune takes`,
      });
    });

    it("keeps secrets out of every line", async () => {
      const secret = { ...INPUTS, __secrets: [`policies/${ID.text}`] };
      const said = await life.preview(secret);
      assert.ok(
        said.includes(
          "Macros: + Invented setting 3 > Part of setting 3: [secret] [word16;L_Invented03;L_Part]",
        ),
      );
      const long = { ...secret, policies: { ...SETTINGS, [ID.text]: "confidential".repeat(100) } };
      await assert.rejects(life.preview(long), (error: Error) => {
        assert.doesNotMatch(error.message, /confidential/);
        return /1024 characters/.test(error.message);
      });
      host.newRun();
      await assert.rejects(policy.create(long), (error: Error) => {
        assert.doesNotMatch(error.message, /confidential/);
        return true;
      });
    });
  });
}
