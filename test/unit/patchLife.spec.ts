import { strict as assert } from "node:assert";
import { PatchLifecycle } from "../../provider/resources/clientConfigurationPatch/lifecycle";
import { type PlainObject, UNKNOWN } from "../../provider/settings/json";
import type { ResourceState } from "../../provider/update/lifecycle";
import { TenantRuns } from "../tenantRuns";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const COLLECTION = "/officeConfiguration/clientConfigurations";
const A = "a16;L_A";
const FOUND = [{ settingId: A, value: "0" }];

let runs: TenantRuns;
let id: string;
const lifecycle = new PatchLifecycle();

function openAndClose(): void {
  beforeEach(() => {
    runs = new TenantRuns();
    id = runs.tenant.store.insert({
      type: TYPE,
      displayName: "Portal",
      description: "Theirs",
      policyPayload: FOUND,
    }).id;
  });
  afterEach(() => runs.close());
}

const patched = (properties: PlainObject) => ({ configurationId: id, ...properties });
const create = (properties: PlainObject): Promise<ResourceState> =>
  lifecycle.create(runs.run(), patched(properties));
const there = () => runs.tenant.store.get(id);
const bodies = () =>
  runs.tenant.requests.filter(({ method }) => method === "PATCH").map(({ body }) => body);
const refused = (message: string) => ({ name: "OfficeConfigurationError", message });

describe("the name of a patch", () => {
  it("has the id of its policy, as soon as it is known", () => {
    assert.equal(lifecycle.label({ configurationId: "one" }), "Patch of one");
    assert.equal(lifecycle.label({ configurationId: UNKNOWN }), "Patch of (known after apply)");
  });
});

describe("the properties that a patch sets", () => {
  const uses = (inputs: PlainObject) => lifecycle.exclusiveUses(inputs);

  it("are its own in the stack", () => {
    const [use, ...others] = uses({ configurationId: "ONE", priority: 3 });
    assert.deepEqual(others, []);
    assert.deepEqual([use?.key, use?.path], ["priority of one", ["priority"]]);
    assert.equal(use?.reason("a"), 'of ONE: the resource "a" sets it already');
  });

  it("are nobody's as long as the policy is not known", () => {
    assert.deepEqual(uses({ configurationId: UNKNOWN, priority: 3 }), []);
    assert.deepEqual(uses({ priority: 3 }), []);
  });
});

describe("a patch of a policy in a tenant", () => {
  openAndClose();

  it("has an id of its own, the kind of its policy, and what it found", async () => {
    const { id: own, outputs } = await create({ description: "Ours", priority: 7 });
    assert.equal(own, `${id}#patch`);
    assert.deepEqual(outputs, {
      configurationId: id,
      description: "Ours",
      priority: 7,
      kind: "windowsOfficeClientConfiguration",
      __original: { description: "Theirs", priority: 0 },
    });
    assert.deepEqual(bodies(), [{ "@odata.type": TYPE, id, description: "Ours", priority: 7 }]);
  });

  it("sends only what differs", async () => {
    await create({ description: "Theirs", priority: 7, policies: { [A]: "0" } });
    assert.deepEqual(bodies(), [{ "@odata.type": TYPE, id, priority: 7 }]);
  });

  it("is refused if there is no such policy", async () => {
    runs.tenant.store.remove(id);
    await assert.rejects(
      create({ priority: 7 }),
      refused(
        `There is no client configuration with the id ${id} to patch. Create it first, or correct configurationId.`,
      ),
    );
  });

  it("is refused if the policy is another resource of the stack", async () => {
    const context = runs.run();
    context.claims.hold(id);
    await assert.rejects(
      lifecycle.create(context, patched({ priority: 7 })),
      refused(
        `client configuration "${id}" cannot be patched: it is another resource of this stack. Set the properties in that resource.`,
      ),
    );
    assert.deepEqual(bodies(), []);
  });

  it("names the policy that has its priority", async () => {
    const holder = runs.tenant.store.insert({ type: TYPE, displayName: "Holder", priority: 9 });
    await assert.rejects(create({ priority: 9 }), (error: Error) =>
      error.message.startsWith(
        `client configuration "${id}": the priority 9 belongs to "Holder" (${holder.id})`,
      ),
    );
    assert.equal(there()?.priority, 0);
  });

  it("says which step failed", async () => {
    runs.tenant.faults.add({ match: `PATCH ${COLLECTION}`, status: 403 });
    await assert.rejects(create({ priority: 9 }), (error: Error) =>
      error.message.startsWith(`Patching client configuration "${id}" failed: 403 `),
    );
  });

  it("names a type that any policy has if the service tells none", async () => {
    const body = JSON.stringify({ id, displayName: "Portal", description: "Theirs" });
    runs.tenant.faults.add({ match: `GET *${id}*`, body });
    const { outputs } = await create({ description: "Ours" });
    assert.equal("kind" in outputs, false);
    assert.deepEqual(bodies(), [
      { "@odata.type": "#microsoft.graph.officeClientConfiguration", id, description: "Ours" },
    ]);
  });
});

describe("a refresh of a patch", () => {
  openAndClose();

  it("has what the tenant has now of the properties that the patch names", async () => {
    const { id: own, outputs } = await create({ description: "Ours", policies: { [A]: "1" } });
    runs.tenant.store.patch(id, {
      displayName: "Elsewhere",
      description: "Changed",
      policyPayload: [{ settingId: A, value: "2", note: "the service's" }],
    });
    const secrets = ["description"];
    const found = await lifecycle.read(runs.run(), own, { ...outputs, __secrets: secrets });
    const inputs = patched({
      description: "Changed",
      policies: { [A]: "2" },
      __secrets: secrets,
    });
    assert.deepEqual(found, {
      inputs,
      outputs: {
        ...inputs,
        kind: "windowsOfficeClientConfiguration",
        __original: outputs.__original,
      },
    });
    const plain = await lifecycle.read(runs.run(), own, outputs);
    assert.equal("__secrets" in (plain?.inputs ?? {}), false);
  });

  it("has empty texts and no number if somebody has removed them", async () => {
    const { id: own, outputs } = await create({ description: "Ours", priority: 7 });
    const body = JSON.stringify({ "@odata.type": TYPE, id, displayName: "Portal" });
    runs.tenant.faults.add({ match: `GET *${id}*`, body });
    const found = await lifecycle.read(runs.run(), own, outputs);
    assert.deepEqual(found?.inputs, patched({ description: "", priority: undefined }));
  });

  it("needs no payload that the patch does not name", async () => {
    const { id: own, outputs } = await create({ description: "Ours" });
    const wanted: unknown[] = [];
    const context = runs.run();
    context.reads.find = (_graph, { needs, maxAgeMs }) => {
      wanted.push(needs, maxAgeMs);
      return Promise.resolve(undefined);
    };
    await lifecycle.read(context, own, outputs);
    assert.deepEqual(wanted, [[], 60_000]);
  });

  it("finds nothing if the policy is gone", async () => {
    const { id: own, outputs } = await create({ description: "Ours" });
    runs.tenant.store.remove(id);
    assert.equal(await lifecycle.read(runs.run(), own, outputs), undefined);
  });
});

describe("an update of a patch", () => {
  openAndClose();
  const update = (own: string, olds: PlainObject, properties: PlainObject) =>
    lifecycle.update(runs.run(), own, olds, patched(properties));

  it("remembers what it finds of a property that is new in it, and nothing anew of others", async () => {
    const first = await create({ description: "Ours" });
    const outputs = await update(first.id, first.outputs, { description: "Again", priority: 7 });
    assert.deepEqual(outputs.__original, { description: "Theirs", priority: 0 });
    assert.deepEqual([there()?.description, there()?.priority], ["Again", 7]);
  });

  it("puts back what it no longer names, and forgets it", async () => {
    const first = await create({ description: "Ours", priority: 7, policies: { [A]: "1" } });
    const outputs = await update(first.id, first.outputs, { priority: 7 });
    assert.deepEqual(outputs.__original, { priority: 0 });
    assert.equal(there()?.description, "Theirs");
    assert.deepEqual(JSON.parse(there()?.policyPayload?.toString() ?? ""), FOUND);
    assert.equal(bodies().length, 2);
  });

  it("is refused if the policy is gone", async () => {
    const first = await create({ description: "Ours" });
    runs.tenant.store.remove(id);
    await assert.rejects(
      update(first.id, first.outputs, { description: "Again" }),
      refused(
        `client configuration "${id}" is gone from the tenant, so there is nothing to patch. Run \`pulumi refresh\`, or remove the patch from the program.`,
      ),
    );
  });

  it("keeps its originals if it ends after the PATCH", async () => {
    runs.close();
    runs = new TenantRuns({ mode: { payloads: "null" } });
    id = runs.tenant.store.insert({ type: TYPE, displayName: "P", policyPayload: FOUND }).id;
    const first = await create({ description: "Ours" });
    runs.tenant.onRequest = (trip) => {
      if (trip.startsWith("PATCH")) {
        runs.tenant.faults.add({ match: "GET */policyPayload", status: 403, times: 9 });
      }
    };
    const policies = { [A]: "1" };
    await assert.rejects(update(first.id, first.outputs, { policies }), {
      name: "PartialFailure",
      state: {
        id: first.id,
        outputs: patched({
          policies,
          kind: "windowsOfficeClientConfiguration",
          __original: { policies: Buffer.from(JSON.stringify(FOUND)).toString("base64") },
        }),
      },
    });
  });
});

describe("a deletion of a patch", () => {
  openAndClose();

  it("sends nothing if the tenant holds what was found already", async () => {
    const { id: own, outputs } = await create({ description: "Ours", policies: { [A]: "1" } });
    runs.tenant.store.patch(id, { description: "Theirs", policyPayload: FOUND });
    await lifecycle.delete(runs.run(), own, outputs);
    assert.equal(bodies().length, 1);
    assert.deepEqual(runs.said, []);
  });

  it("puts nothing back of which nothing is remembered", async () => {
    const { id: own, outputs } = await create({ description: "Ours" });
    await lifecycle.delete(runs.run(), own, { ...outputs, __original: {} });
    assert.equal(there()?.description, "Ours");
    assert.deepEqual([bodies().length, runs.said], [1, []]);
  });

  it("says so if the policy is gone", async () => {
    const { id: own, outputs } = await create({ description: "Ours" });
    runs.tenant.store.remove(id);
    await lifecycle.delete(runs.run(), own, outputs);
    assert.deepEqual(runs.said, [
      `Patch of ${id}: the policy is gone, there is nothing to put back`,
    ]);
  });

  it("says which resource sets a property now, and which property somebody has changed", async () => {
    const { id: own, outputs } = await create({ description: "Ours", displayName: "Ours" });
    runs.tenant.store.patch(id, { displayName: "Somebody's" });
    const context = runs.run();
    context.claims.claim(`description of ${id}`, { name: "later", instance: 1 });
    await lifecycle.delete(context, own, outputs);
    assert.deepEqual(runs.said, [
      `Patch of ${id}: displayName was changed by someone else since, and stays as it is`,
      `Patch of ${id}: description is set by the resource "later" now: it stays as it is, and is not put back`,
    ]);
    context.claims.take(id);
    runs.said.length = 0;
    await lifecycle.delete(context, own, outputs);
    assert.deepEqual(runs.said, [
      `Patch of ${id}: ${id} is another resource of this stack now, and stays as it is`,
    ]);
  });
});
