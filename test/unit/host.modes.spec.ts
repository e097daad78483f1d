import { strict as assert } from "node:assert";
import type { PlainObject } from "../../provider/settings/json";
import { FakeHost, type FakeResource } from "../fakeHost";
import { LIFE_MODES, POLICIES } from "../policyLives";

const [A, B] = ["excel16;L_VBAWarningsPolicy;L_empty4", "office16;L_SendFeedback"];
const [GROUP_A, GROUP_B] = ["a", "b"].map((end) => `11111111-1111-4111-8111-11111111111${end}`);

const INPUTS = {
  description: "First",
  policies: { [B]: "0", [A]: { value: "2", type: "REG_DWORD" } },
  userPreferences: [{ settingId: "office16;L_EmailCollection", value: "1" }],
  assignments: [GROUP_B, GROUP_A],
};

for (const [modeName, mode] of LIFE_MODES) {
  describe(`a policy of each kind in a host (${modeName})`, () => {
    let host: FakeHost;
    let policies: { readonly resource: FakeResource; readonly own: PlainObject }[];

    beforeEach(async () => {
      host = new FakeHost({ mode });
      policies = POLICIES.map(({ kind, own }) => ({
        resource: host.resource(kind, own.displayName),
        own,
      }));
      await upAll(INPUTS);
    });
    afterEach(() => host.close());

    /** A run that takes all to the same inputs; a priority that is undefined is not given. */
    async function upAll(inputs: PlainObject): Promise<void> {
      host.newRun();
      for (const { resource, own } of policies) {
        const given = { ...own, ...inputs };
        await resource.up(
          Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
        );
      }
    }

    /** A refresh of all, and the lines that it said. */
    async function refreshAll(inputs: PlainObject = INPUTS): Promise<string[]> {
      host.newRun();
      for (const { resource, own } of policies) await resource.refresh({ ...own, ...inputs });
      return [...host.said];
    }

    /** The writes of some work: method, last part of the path, and the body if it is a PATCH. */
    async function writesOf(work: () => Promise<void>): Promise<unknown[]> {
      const before = host.tenant.requests.length;
      await work();
      return host.tenant.requests
        .slice(before)
        .filter(({ method, path }) => method !== "GET" && path !== "/$batch")
        .map(({ method, path, body }) =>
          method === "PATCH" ? body : `${method} ${path.split("/").at(-1) ?? ""}`,
        );
    }

    const stored = () => {
      const objects = host.tenant.store.list();
      assert.equal(objects.length, POLICIES.length);
      return POLICIES.map(({ own, type }) => {
        const object = objects.find((each) => each.type === type);
        assert.ok(object);
        return { object, own, type };
      });
    };
    const settingsOf = (payload: unknown) => JSON.parse(String(payload)) as PlainObject[];

    it("is created as the program says", () => {
      for (const { object, own } of stored()) {
        assert.equal(object.displayName, own.displayName);
        assert.equal(object.description, "First");
        assert.equal(object.priority, own.priority);
        assert.deepEqual(settingsOf(object.policyPayload), [
          { settingId: A, type: "REG_DWORD", value: "2" },
          { settingId: B, value: "0" },
        ]);
        assert.deepEqual(settingsOf(object.userPreferencePayload), [
          { settingId: "office16;L_EmailCollection", value: "1" },
        ]);
        const groups = object.assignments.map(({ groupId }) => groupId).sort();
        assert.deepEqual(groups, [GROUP_A, GROUP_B]);
      }
    });

    it("has nothing to do in a second update, and asks nothing of Graph", async () => {
      const before = host.tenant.requests.length;
      await upAll(INPUTS);
      assert.equal(host.tenant.requests.length, before);
    });

    it("shows no drift when the service spells its JSON in another way", async () => {
      for (const { object } of stored()) {
        const policyPayload = JSON.stringify(settingsOf(object.policyPayload).reverse(), null, 4);
        host.tenant.store.patch(object.id, { policyPayload });
      }
      assert.deepEqual(await refreshAll(), []);
    });

    it("is updated by one PATCH of only what differs", async () => {
      const writes = await writesOf(() => upAll({ ...INPUTS, description: "Second" }));
      assert.deepEqual(
        writes,
        POLICIES.map(({ type }) => ({ "@odata.type": type, description: "Second" })),
      );
    });

    it("gets new groups through assign, without a PATCH", async () => {
      const writes = await writesOf(() => upAll({ ...INPUTS, assignments: [GROUP_B] }));
      assert.deepEqual(writes, ["POST assign", "POST assign"]);
      for (const { object } of stored()) {
        assert.deepEqual(
          object.assignments.map(({ groupId }) => groupId),
          [GROUP_B],
        );
      }
    });

    it("has emptied what the program no longer gives, and keeps its priority", async () => {
      await upAll({ priority: undefined, policies: INPUTS.policies });
      for (const { object, own } of stored()) {
        assert.equal(object.description, null);
        assert.equal(object.priority, own.priority);
        assert.deepEqual(settingsOf(object.userPreferencePayload), []);
        assert.deepEqual(object.assignments, []);
      }
    });

    it("is put back after drift, setting by setting", async () => {
      const policyPayload = JSON.stringify([{ settingId: B, value: "1" }]);
      for (const { object, own } of stored()) {
        const displayName = `${own.displayName} renamed`;
        host.tenant.store.patch(object.id, { policyPayload, displayName });
      }
      const lines = (await refreshAll()).join("\n");
      for (const { own } of POLICIES) {
        const name = own.displayName;
        assert.ok(lines.includes(`${name}: displayName "${name}" => "${name} renamed"`), lines);
        assert.ok(lines.includes(`${name}: ${B} "0" => "1"`), lines);
        assert.ok(lines.includes(`${name}: - ${A} "2"`), lines);
      }
      await upAll(INPUTS);
      for (const { object, own } of stored()) {
        assert.equal(object.displayName, own.displayName);
        assert.equal(settingsOf(object.policyPayload).length, 2);
      }
      assert.deepEqual(await refreshAll(), []);
    });

    it("leaves the state when it is gone from the tenant, and is made again", async () => {
      for (const { object } of stored()) host.tenant.store.remove(object.id);
      const lines = await refreshAll();
      for (const { own } of POLICIES) {
        assert.ok(lines.includes(`${own.displayName}: gone from the tenant`), lines.join("\n"));
      }
      for (const { resource } of policies) assert.equal(resource.recorded, undefined);
      await upAll(INPUTS);
      assert.equal(stored().length, POLICIES.length);
    });

    it("is deleted, and a second deletion is done already", async () => {
      const [first] = stored();
      host.tenant.store.remove(first?.object.id ?? "");
      host.newRun();
      for (const { resource } of policies) await resource.destroy();
      assert.deepEqual(host.tenant.store.list(), []);
    });
  });
}
