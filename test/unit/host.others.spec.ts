import { strict as assert } from "node:assert";
import { replacing } from "../../provider/settings/differences";
import { FakeHost, type FakeResource } from "../fakeHost";

const A = "office16;L_SendFeedback";
const ELSEWHERE = "22222222-2222-4222-8222-222222222222";

let host: FakeHost;

function openAndClose(): void {
  beforeEach(() => {
    host = new FakeHost();
  });
  afterEach(() => host.close());
}

/** Points the runs to come at another tenant. */
function goElsewhere(): void {
  host.newRun();
  host.settings.accessToken = host.tenant.token("app", ELSEWHERE);
}

/** Every operation of a resource that is recorded in another tenant is refused, and nothing is asked. */
async function isRefusedElsewhere(resource: FakeResource, inputs: Record<string, unknown>) {
  goElsewhere();
  const { count } = host.tenant;
  const refusal = /is recorded in the tenant .*Nothing was changed/;
  await assert.rejects(resource.compare(inputs), refusal);
  await assert.rejects(resource.update(inputs), refusal);
  await assert.rejects(resource.refresh(), refusal);
  await assert.rejects(resource.destroy(), refusal);
  assert.equal(host.tenant.count, count);
}

describe("the life of a patch in a host", () => {
  openAndClose();
  let patch: FakeResource;
  let id: string;
  const there = () => {
    const { description, policyPayload } = host.tenant.store.get(id) ?? {};
    return [description, JSON.parse(policyPayload?.toString() ?? "null") as unknown];
  };
  const found = [{ settingId: A, value: "0" }];
  const inputs = () => ({
    configurationId: id,
    description: "Ours",
    policies: [{ settingId: A, value: 1 }],
  });

  beforeEach(() => {
    patch = host.resource("OfficeClientConfigurationPatch");
    host.tenant.store.seed([{ displayName: "Portal", description: "Theirs", policies: found }]);
    id = host.tenant.store.list()[0]?.id ?? "";
  });

  it("writes what it names, and puts back what it found", async () => {
    await patch.up(inputs());
    assert.deepEqual(there(), ["Ours", [{ settingId: A, value: "1" }]]);
    host.newRun();
    await patch.up({ ...inputs(), description: "Ours too" });
    assert.deepEqual(there()[0], "Ours too");
    host.newRun();
    const { policies } = inputs();
    await patch.up({ configurationId: id, policies });
    assert.deepEqual(there(), ["Theirs", [{ settingId: A, value: "1" }]]);
    assert.deepEqual(host.said, [`Patch of ${id}: description is put back as it was found`]);
    host.newRun();
    await patch.destroy();
    assert.deepEqual(there(), ["Theirs", found]);
  });

  it("is the same whether or not check has stored the program's inputs", async () => {
    await patch.create(inputs());
    assert.deepEqual(patch.outputs.policies, { [A]: "1" });
    host.newRun();
    assert.deepEqual((await patch.compare(inputs())).differences, []);
    assert.deepEqual((await patch.compare(await patch.check(inputs()))).differences, []);
    await patch.update({ ...inputs(), policies: [{ settingId: A, value: 2 }] });
    assert.deepEqual(there()[1], [{ settingId: A, value: "2" }]);
    assert.deepEqual(patch.outputs.policies, { [A]: "2" });
  });

  it("tells drift, and leaves the state where its policy is gone", async () => {
    await patch.up(inputs());
    host.tenant.store.patch(id, { description: "Somebody's" });
    host.newRun();
    await patch.refresh(inputs());
    assert.match(
      host.said.join("\n"),
      /description "Ours" => "Somebody's" \(changed in the tenant\)/,
    );
    host.tenant.store.remove(id);
    host.newRun();
    await patch.refresh(inputs());
    assert.equal(patch.recorded, undefined);
    assert.deepEqual(host.said, [`Patch of ${id}: gone from the tenant`]);
    host.newRun();
    await assert.rejects(patch.up(inputs()), /There is no client configuration with the id/);
  });

  it("keeps what somebody else has changed since, and says so", async () => {
    await patch.up(inputs());
    host.tenant.store.patch(id, { description: "Somebody's" });
    host.newRun();
    await patch.destroy();
    assert.deepEqual(there(), ["Somebody's", found]);
    assert.deepEqual(host.said, [
      `Patch of ${id}: description was changed by someone else since, and stays as it is`,
    ]);
  });

  it("is another one where its policy is another one, and undoes the first", async () => {
    host.tenant.store.seed([{ displayName: "Other" }]);
    const other = host.tenant.store.list()[1]?.id ?? "";
    await patch.up(inputs());
    host.newRun();
    const moved = { ...inputs(), configurationId: other };
    const { differences } = await patch.compare(moved);
    assert.deepEqual(replacing(differences), ["configurationId"]);
    await patch.up(moved);
    assert.deepEqual(there(), ["Theirs", found]);
    assert.equal(host.tenant.store.get(other)?.description, "Ours");
    assert.deepEqual(host.said, [`Patch of ${id}: is removed, and made again for another policy`]);
  });

  it("remembers what it found where its stream is refused", async () => {
    host.close();
    host = new FakeHost({ mode: { payloads: "stream" } });
    host.tenant.store.seed([{ displayName: "Portal", description: "Theirs", policies: found }]);
    id = host.tenant.store.list()[0]?.id ?? "";
    patch = host.resource("OfficeClientConfigurationPatch");
    host.tenant.faults.add({ match: "GET */policyPayload", after: 2, status: 403, times: 2 });
    await assert.rejects(patch.up(inputs()), { name: "PartialFailure" });
    assert.equal(patch.recorded?.isTainted, true);
    host.newRun();
    host.tenant.faults.clear();
    await patch.destroy();
    assert.deepEqual(there(), ["Theirs", found]);
  });

  it("is left alone in another tenant", async () => {
    await patch.up(inputs());
    await isRefusedElsewhere(patch, inputs());
  });

  it("ends in its time, and when somebody stops the run", async () => {
    host.tenant.faults.add({ match: "PATCH *", status: 429, retryAfterSeconds: 90, times: 9 });
    const limited = { ...inputs(), timeouts: { create: "1m" } };
    await assert.rejects(patch.up(limited), { status: 429 });
    assert.equal(host.clock.waitedMs < 60_000, true);
    host.newRun();
    host.stop();
    await assert.rejects(patch.up(inputs()), { code: "ABORTED" });
    assert.deepEqual(there(), ["Theirs", found]);
  });
});

describe("the life of an order in a host", () => {
  openAndClose();
  let order: FakeResource;
  let ids: string[];
  const names = () => {
    const sorted = host.tenant.store.list().sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
    return sorted.map(({ displayName }) => displayName).join("");
  };
  const asked = (...places: number[]) => ({ configurationIds: places.map((at) => ids[at]) });

  beforeEach(() => {
    order = host.resource("OfficeClientConfigurationPriorities");
    host.tenant.store.seed(["A", "B", "C"].map((displayName) => ({ displayName })));
    ids = host.tenant.store.list().map(({ id }) => id);
  });

  it("is put up, changed, found changed, and left as it is", async () => {
    await order.up(asked(2, 0, 1));
    assert.equal(names(), "CAB");
    assert.deepEqual(host.tenant.writes(), ["POST /clientConfigurations/updatePriorities"]);
    host.newRun();
    await order.up(asked(2, 1, 0));
    assert.equal(names(), "CBA");
    assert.deepEqual(host.said, ['Priorities: "B" 3 => 2', 'Priorities: "A" 2 => 3']);
    const numbers = host.tenant.store.list().map(({ priority }) => priority);
    for (const [at, id] of ids.entries()) {
      host.tenant.store.patch(id, { priority: numbers.toSorted()[at] ?? 0 });
    }
    host.newRun();
    await order.refresh(asked(2, 1, 0));
    assert.deepEqual(order.outputs.configurationIds, ids);
    assert.match(host.said.join("\n"), /Priorities: "A" 3 => 1 \(changed in the tenant\)/);
    host.newRun();
    await order.destroy();
    assert.equal(names(), "ABC");
    assert.deepEqual(host.said, [
      "Priorities: the tenant's policies keep the priorities they have",
    ]);
  });

  it("names the policies that the tenant does not have, and writes nothing", async () => {
    const unknown = { configurationIds: [...ids, ELSEWHERE] };
    await assert.rejects(order.up(unknown), new RegExp(`name ${ELSEWHERE}, but the tenant has no`));
    assert.equal(names(), "ABC");
    assert.deepEqual(host.tenant.writes(), []);
  });

  it("leaves the state where all its policies are gone", async () => {
    await order.up(asked(1, 0));
    for (const id of ids) host.tenant.store.remove(id);
    host.newRun();
    await order.refresh(asked(1, 0));
    assert.equal(order.recorded, undefined);
  });

  it("is left alone in another tenant, and ends in its time and when it is stopped", async () => {
    host.tenant.faults.add({ match: "POST *", status: 429, retryAfterSeconds: 90, times: 9 });
    const limited = { ...asked(1, 0), timeouts: { create: "1m" } };
    await assert.rejects(order.up(limited), { status: 429 });
    assert.equal(host.clock.waitedMs < 60_000, true);
    host.tenant.faults.clear();
    host.newRun();
    host.stop();
    await assert.rejects(order.up(asked(1, 0)), { code: "ABORTED" });
    host.newRun();
    await order.up(asked(1, 0));
    await isRefusedElsewhere(order, asked(1, 0));
  });
});

describe("the life of the singleton in a host", () => {
  openAndClose();
  let singleton: FakeResource;
  const summary = (failedUserCount: number) => ({
    tenantUserCheckinSummary: { succeededUserCount: 1, failedUserCount },
  });

  beforeEach(() => {
    singleton = host.resource("OfficeConfiguration");
    host.settings.accessToken = host.tenant.token("user");
  });

  it("is written when it is new in the program or changes there, and left as it is", async () => {
    await singleton.up(summary(2));
    assert.deepEqual(host.tenant.writes(), ["PATCH /"]);
    host.newRun();
    await singleton.up(summary(2));
    assert.equal(host.tenant.writes().length, 1);
    await singleton.up(summary(3));
    assert.deepEqual(host.said, [
      'officeConfiguration: tenantUserCheckinSummary => {"succeededUserCount":1,"failedUserCount":3}',
    ]);
    assert.equal(host.tenant.writes().length, 2);
    host.newRun();
    await singleton.up({});
    assert.deepEqual(host.said, ["officeConfiguration: tenantUserCheckinSummary is left as it is"]);
    await singleton.destroy();
    assert.equal(host.tenant.writes().length, 2);
    assert.match(host.said.at(-1) ?? "", /the tenant keeps it as it is/);
  });

  it("has no drift in what the tenant holds, as that changes by itself", async () => {
    await singleton.up(summary(2));
    host.tenant.store.singleton.tenantUserCheckinSummary = {
      succeededUserCount: 9,
      failedUserCount: 9,
    };
    host.newRun();
    await singleton.refresh(summary(2));
    assert.deepEqual(host.said, []);
    assert.deepEqual((await singleton.compare(summary(2))).differences, []);
  });

  it("is refused to an app on its own before anything is sent", async () => {
    host.settings.accessToken = host.tenant.token("app");
    await assert.rejects(singleton.up(summary(2)), /cannot be written by an app on its own/);
    assert.equal(host.tenant.count, 0);
    host.newRun();
    await singleton.up({});
    assert.deepEqual(host.tenant.writes(), []);
  });

  it("is left alone in another tenant, and ends in its time and when it is stopped", async () => {
    host.tenant.faults.add({ match: "PATCH *", status: 429, retryAfterSeconds: 90, times: 9 });
    const limited = { ...summary(2), timeouts: { create: "1m" } };
    await assert.rejects(singleton.up(limited), { status: 429 });
    assert.equal(host.clock.waitedMs < 60_000, true);
    host.tenant.faults.clear();
    host.newRun();
    host.stop();
    await assert.rejects(singleton.up(summary(2)), { code: "ABORTED" });
    host.newRun();
    await singleton.up(summary(2));
    await isRefusedElsewhere(singleton, summary(2));
  });
});
