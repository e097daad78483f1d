import { strict as assert } from "node:assert";
import { DynamicProvider } from "../../provider/host/adapters/dynamic";
import { kept, managed, nameIn, ownerIn, ownerKeyIn, runOf } from "../../provider/host/properties";
import { foreignTenant, isElsewhere, recordedTenant, tenantName } from "../../provider/host/tenant";
import { RESOURCES } from "../../provider/resources";
import type { PlainObject } from "../../provider/settings/json";
import { Claims } from "../../provider/update/claims";
import { FakeHost } from "../fakeHost";

const RUN = { isPreview: false, name: "policy", instance: 1, owner: "stack.urn" };

describe("the dynamic provider translates", () => {
  let host: FakeHost;
  let provider: DynamicProvider;
  const given = { __provider: "text", __run: RUN, displayName: "A", policies: { "x;L_A": 1 } };

  beforeEach(() => {
    host = new FakeHost();
    provider = new DynamicProvider(
      RESOURCES.WindowsOfficeClientConfiguration.lifecycle(),
      host.process,
    );
  });
  afterEach(() => host.close());

  async function created(inputs: PlainObject = given) {
    const checked = (await provider.check({}, inputs)).inputs as PlainObject;
    const result = await provider.create({ ...checked, __provider: "text" });
    return { id: result.id, checked, outs: result.outs as PlainObject };
  }

  it("checked inputs: stored, with the key of their owner, without what only travels", async () => {
    const result = await provider.check({}, given);
    assert.deepEqual(result, {
      inputs: { displayName: "A", policies: { "x;L_A": "1" }, __owner: "stack.urn" },
      failures: [],
    });
    const unowned = await provider.check({}, { displayName: "A" });
    assert.deepEqual(unowned.inputs, { displayName: "A" });
  });

  it("problems, with their paths in the message", async () => {
    const { failures = [] } = await provider.check({}, { ...given, priority: -1, displayName: "" });
    assert.deepEqual(
      failures.map(({ property, reason }) => [property, reason.split(" ")[0]]),
      [
        ["", "displayName"],
        ["", "priority"],
      ],
    );
  });

  it("a new resource by its empty outputs", async () => {
    await provider.check({}, given);
    const again = { ...given, __run: { ...RUN, instance: 2, name: "other" } };
    assert.equal((await provider.check({}, again)).failures?.length, 1);
    assert.equal((await provider.check({ displayName: "A" }, again)).failures?.length, 0);
  });

  it("a life: outputs with owner and tenant, differences, a read, an update, a deletion", async () => {
    const { id, checked, outs } = await created();
    const { __owner: owner, tenantId } = outs as { __owner: PlainObject; tenantId: string };
    assert.deepEqual(
      [owner.name, typeof owner.nonce, tenantId],
      ["policy", "string", host.tenant.tenantId],
    );
    assert.equal("__provider" in outs, false);
    host.newRun();
    provider = new DynamicProvider(
      RESOURCES.WindowsOfficeClientConfiguration.lifecycle(),
      host.process,
    );
    assert.deepEqual(await provider.diff(id, outs, checked), { changes: false });
    const news = { ...checked, description: "d" };
    assert.deepEqual(await provider.diff(id, outs, news), { changes: true });
    const read = await provider.read(id, outs);
    assert.deepEqual([read.id, (read.props as PlainObject).__owner], [id, owner]);
    assert.deepEqual((read as { inputs?: unknown }).inputs, checked);
    const updated = (await provider.update(id, outs, news)).outs as PlainObject;
    assert.deepEqual([updated.description, updated.__owner], ["d", owner]);
    await provider.delete(id, updated);
    assert.deepEqual(host.tenant.store.list(), []);
    assert.deepEqual(await provider.read(id, updated), {});
  });

  it("a comparison, which ends once the record of the creation has", async () => {
    const { id, checked, outs } = await created();
    assert.equal(host.records.length, 1);
    host.newRun();
    provider = new DynamicProvider(
      RESOURCES.WindowsOfficeClientConfiguration.lifecycle(),
      host.process,
    );
    await provider.diff(id, outs, checked);
    assert.deepEqual(host.records, []);
  });

  it("a replacement, and a read that leaves alone what is in another tenant", async () => {
    const { id, checked, outs } = await created();
    host.newRun();
    const tenantId = "22222222-2222-4222-8222-222222222222";
    const accessToken = host.tenant.token("app", tenantId);
    Object.assign(host.settings, { tenantId, accessToken, onTenantChange: "replace" });
    provider = new DynamicProvider(
      RESOURCES.WindowsOfficeClientConfiguration.lifecycle(),
      host.process,
    );
    assert.deepEqual(await provider.diff(id, outs, checked), {
      changes: true,
      replaces: ["tenantId"],
    });
    assert.deepEqual(await provider.read(id, outs), { id, props: outs });
  });

  it("failures, which keep what was made", async () => {
    host.tenant.faults.add({ match: "GET */assignments*", status: 403, times: 99 });
    host.tenant.faults.add({ match: "POST */assign", status: 403, times: 99 });
    const groups = ["11111111-1111-4111-8111-111111111111"];
    const creation = created({ ...given, assignments: groups });
    await assert.rejects(creation, (error: Error & { id?: string; properties?: PlainObject }) => {
      assert.equal(error.id, host.tenant.store.list()[0]?.id);
      assert.deepEqual(
        [error.properties?.displayName, error.properties?.__provider],
        ["A", "text"],
      );
      return true;
    });
  });

  it("the configuration that the engine gives", async () => {
    const fresh = new FakeHost();
    try {
      const { process } = fresh;
      const config = { get: () => undefined, require: () => "" };
      await new DynamicProvider(RESOURCES.OfficeConfiguration.lifecycle(), process).configure({
        config,
      });
      assert.equal(process.summary.endpoint, fresh.tenant.url);
    } finally {
      fresh.close();
    }
  });
});

describe("properties as the engine hands them over", () => {
  it("are the resource's without those that adapters and classes tell each other", () => {
    const all = { __provider: 1, __run: 2, __owner: 3, __secrets: 4, a: 5 };
    assert.deepEqual(managed(all), { __secrets: 4, a: 5 });
    assert.deepEqual(managed(undefined), {});
  });

  it("tell the run, the owner and the name, as far as they do", () => {
    assert.equal(runOf({ __run: RUN }), RUN);
    assert.equal(runOf({ __run: "x" }), undefined);
    const owner = { nonce: "n", name: "policy", more: 1 };
    assert.deepEqual(ownerIn({ __owner: owner }), { nonce: "n", name: "policy" });
    assert.deepEqual(ownerIn({ __owner: { nonce: 1, name: 2, key: 3 } }), {});
    assert.deepEqual([ownerIn({}), ownerIn({ __owner: "key" })], [{}, {}]);
    assert.deepEqual(
      [ownerKeyIn({ __owner: "key" }), ownerKeyIn({ __owner: owner })],
      ["key", undefined],
    );
    const claims = new Claims();
    claims.introduce({ key: "key", name: "known" });
    assert.equal(nameIn({ __run: RUN, __owner: { name: "x" } }, claims), "policy");
    assert.equal(nameIn({ __owner: owner }, claims), "policy");
    assert.equal(nameIn({ __owner: "key" }, claims), "known");
    assert.equal(nameIn({}, claims), undefined);
  });

  it("are kept with time limits, tenant and owner, and without what is undefined", () => {
    const whose = { tenantId: "t", owner: { nonce: "n", name: "policy", key: "k" } };
    const timeouts = { create: "1h" };
    assert.deepEqual(kept({ a: 1, b: undefined }, { timeouts }, whose), {
      a: 1,
      timeouts,
      tenantId: "t",
      __owner: { nonce: "n", name: "policy", key: "k" },
    });
    const nobody = { tenantId: undefined, owner: { name: "policy" } };
    assert.deepEqual(kept({ a: 1 }, {}, nobody), { a: 1 });
    const nameless = { tenantId: undefined, owner: { nonce: "n" } };
    assert.deepEqual(kept({}, {}, nameless), { __owner: { nonce: "n" } });
  });
});

describe("the tenant of a resource", () => {
  it("is another one only where both are known", () => {
    assert.equal(recordedTenant({ tenantId: 7 }), undefined);
    assert.equal(isElsewhere({ tenantId: "a" }, "b"), true);
    for (const [outputs, tenant] of [
      [{ tenantId: "a" }, "a"],
      [{ tenantId: "a" }, undefined],
      [{}, "a"],
    ] as const) {
      assert.equal(isElsewhere(outputs, tenant), false);
    }
  });

  it("has the name that a reader knows it by", () => {
    assert.equal(tenantName({}, undefined), "the tenant");
    assert.equal(tenantName({ tenantId: "contoso" }, undefined), "the tenant contoso");
    assert.equal(tenantName({ tenantId: "contoso" }, "id"), "contoso (id)");
    assert.equal(tenantName({ tenantId: "ID" }, "id"), "the tenant id");
    assert.equal(tenantName({}, "id"), "the tenant id");
  });

  it("is named in the refusal, with both ways out, and is one cause for all resources", () => {
    const { message, sharedCause } = foreignTenant("A", { tenantId: "a" }, "b");
    assert.match(
      message,
      /^A is recorded in the tenant a, and this stack now works in the tenant b\. Nothing was changed\. Point the stack back at a .*create it again in b and leave the one in a as it is, set officeConfiguration:onTenantChange to replace .* must then be the tenant's GUID\.$/,
    );
    assert.deepEqual(sharedCause, { key: "tenant a b", brief: "A is recorded in the tenant a." });
  });
});
