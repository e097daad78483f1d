import { strict as assert } from "node:assert";
import { readIntune } from "../../cli/tenant/readIntune";
import type { EmulatorPreset } from "../../emulator/modes";
import { definitionIdOf } from "../../provider/intune/instance";
import { choice } from "../intuneInstances";
import { gatherAtLeisure } from "../scriptedGraph";
import { TenantRuns } from "../tenantRuns";

const GROUP = "11111111-1111-4111-8111-11111111111a";
const setting = (number: number) =>
  choice(`device_vendor_msft_policy_config_contoso_setting${number}`, "0");

for (const preset of ["kind", "unkind"] as const satisfies EmulatorPreset[]) {
  describe(`Intune's policies of a tenant, read by a command (${preset})`, () => {
    let runs: TenantRuns;

    gatherAtLeisure();

    beforeEach(() => {
      runs = new TenantRuns({ preset });
      runs.tenant.intune.clear();
    });

    afterEach(() => runs.close());

    const add = (name: string, more: object = {}) =>
      runs.tenant.intune.insert({ name, settings: [setting(1)] as never, ...more });

    const read = () => readIntune(runs.run().graph);

    it("are those of all pages, with all their settings and targets", async () => {
      for (let number = 0; number < 12; number += 1) add(`P${number}`);
      const many = Array.from({ length: 60 }, (_, number) => setting(number));
      const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: GROUP };
      const { id } = add("A name", { settings: many, targets: [target] });
      add("A name", { settings: [] });
      const { policies, others, notes } = await read();
      assert.equal(policies.length, 14);
      const [first, second, third] = policies.slice(0, 3);
      assert.deepEqual(
        [first, second, third].map((each) => each?.policy.name),
        ["A name", "A name", "P0"],
      );
      const found = policies.find((each) => each.id.toLowerCase() === id.toLowerCase());
      assert.deepEqual(
        found?.instances.map(definitionIdOf).sort(),
        many.map(definitionIdOf).sort(),
      );
      assert.equal(found?.targets[0]?.groupId?.toString().toLowerCase(), GROUP);
      assert.deepEqual([others, notes], [[], []]);
      assert.deepEqual(runs.tenant.writes(), []);
    });

    it("are the same in each run, and stand in one order", async () => {
      for (const name of ["B", "A", "C", "A"]) add(name);
      const idsOf = async () => (await read()).policies.map(({ id }) => id);
      assert.deepEqual(await idsOf(), await idsOf());
    });

    it("are read further for Windows only, whatever template they are from", async () => {
      add("Mac", { platforms: "macOS" });
      add("From a template", { templateReference: { templateId: "t_1" } });
      add("Windows and more", { platforms: "windows10,linux" });
      const { policies, others } = await read();
      assert.deepEqual(
        policies.map(({ policy }) => policy.name),
        ["From a template", "Windows and more"],
      );
      assert.deepEqual(
        others.map(({ name }) => name),
        ["Mac"],
      );
      const mac = others[0]?.id.toLowerCase() ?? "";
      const asked = runs.tenant.requests.map(({ path }) => path.toLowerCase());
      assert.equal(
        asked.some((path) => path.includes(mac)),
        false,
      );
    });

    it("are without one that is deleted while they are read, named once, and counted if they are none", async () => {
      const { id } = add("Deleted");
      add("Kept");
      runs.tenant.onRequest = (trip) => {
        if (!trip.endsWith("/configurationPolicies")) runs.tenant.intune.remove(id);
      };
      const { policies } = await read();
      assert.deepEqual(
        policies.map(({ policy }) => policy.name),
        ["Kept"],
      );
      const [{ id: kept } = { id: "" }] = runs.tenant.intune.list();
      const twice = [{ id: kept }, { name: "No id" }, { id: kept }];
      const body = JSON.stringify({ value: twice });
      const match = "GET /deviceManagement/configurationPolicies";
      runs.tenant.faults.add({ match, status: 200, contentType: "application/json", body });
      const again = await read();
      assert.equal(again.policies.length, 1);
      assert.deepEqual(again.notes, ["1 objects are left out: they have no id"]);
    });
  });
}
