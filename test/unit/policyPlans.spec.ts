import { strict as assert } from "node:assert";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { storedInputs } from "../../provider/resources/clientConfiguration/storedInputs";
import { type PlainObject, UNKNOWN } from "../../provider/settings/json";
import { sharedWork } from "../../provider/update/sharedWork";
import { FakeHost } from "../fakeHost";
import { TenantRuns } from "../tenantRuns";

const KIND = "WindowsOfficeClientConfiguration";
const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";

const policy = new ClientConfigurationLifecycle(KIND);

describe("what is planned of a policy", () => {
  /** The plans that the differences of a policy make. */
  function planned(olds: PlainObject, news: PlainObject) {
    const shared = sharedWork();
    const plans: unknown[] = [];
    shared.reads.plan = (id) => void plans.push(["read", id]);
    shared.priorities.plan = (id, from, to) => void plans.push(["move", id, from, to]);
    policy.planned(shared, "one", { displayName: "A", ...olds }, { displayName: "A", ...news });
    return plans;
  }

  it("is nothing if nothing differs", () => {
    assert.deepEqual(planned({}, {}), []);
    assert.deepEqual(planned({ priority: 3 }, { priority: 3 }), []);
  });

  it("is a read before an update", () => {
    assert.deepEqual(planned({}, { description: "d" }), [["read", "one"]]);
  });

  it("is a move of its priority if the program gives another one", () => {
    const moved = (from: unknown, to: unknown) => ["move", "one", from, to];
    const read = ["read", "one"];
    assert.deepEqual(planned({ priority: 3 }, { priority: 4 }), [read, moved(3, 4)]);
    assert.deepEqual(planned({}, { priority: 0 }), [read, moved(undefined, 0)]);
    assert.deepEqual(planned({ priority: 3 }, {}), []);
    assert.deepEqual(planned({ priority: 3 }, { priority: UNKNOWN }), [read]);
  });
});

describe("two policies that swap their priorities", () => {
  it("do so in one request, and send the rest of their changes without a condition", async () => {
    const host = new FakeHost();
    const [a, b] = ["A", "B"].map((name) => host.resource(KIND, name));
    assert.ok(a && b);
    await a.up({ displayName: "A", priority: 1 });
    await b.up({ displayName: "B", priority: 2 });
    host.newRun();
    const before = host.tenant.writes().length;
    const wanted = [
      await a.check({ displayName: "A", priority: 2, description: "d" }),
      await b.check({ displayName: "B", priority: 1 }),
    ];
    for (const [at, each] of [a, b].entries()) await each.compare(wanted[at] ?? {});
    await Promise.all([a, b].map((each, at) => each.update(wanted[at] ?? {})));
    const there = host.tenant.store
      .list()
      .map(({ displayName, priority }) => [displayName, priority]);
    assert.deepEqual(there, [
      ["A", 2],
      ["B", 1],
    ]);
    assert.deepEqual(host.tenant.writes().slice(before), [
      "POST /clientConfigurations/updatePriorities",
      `PATCH /clientConfigurations/${a.id}`,
    ]);
    const patch = host.tenant.requests.findLast(({ method }) => method === "PATCH");
    assert.deepEqual(patch?.body, { "@odata.type": TYPE, description: "d" });
    host.close();
  });
});

describe("the preview of a new policy that takes one over", () => {
  let runs: TenantRuns;
  let id: string;

  beforeEach(() => {
    runs = new TenantRuns();
    id = runs.tenant.store.insert({ type: TYPE, displayName: "A" }).id;
  });
  afterEach(() => runs.close());

  it("claims the policy of an adoption, under whatever name", async () => {
    const context = runs.run();
    await policy.describeCreation(context, { displayName: "A", adopt: { displayName: "A" } });
    assert.equal(context.claims.isWanted(id, "Another name"), true);
  });

  it("claims the policy of a name, as long as that is its name", async () => {
    const context = runs.run({ takeOver: "identical" });
    await policy.describeCreation(context, { displayName: "A" });
    assert.equal(context.claims.isWanted(id, "A"), true);
    assert.equal(context.claims.isWanted(id, "Another name"), false);
  });

  it("claims nothing if nothing is taken over", async () => {
    const context = runs.run();
    await policy.describeCreation(context, { displayName: "B" });
    assert.equal(context.claims.isWanted(id), false);
  });
});

describe("inputs of a policy in any form that a program may write", () => {
  it("are marked as secret as a whole if they were a list or a text, in the order of names", () => {
    const list = [{ settingId: "a16;L_A", value: 1 }];
    const given = { policies: list, userPreferences: "[]", __secrets: ["displayName", "zeta"] };
    assert.deepEqual(storedInputs(given), {
      policies: { "a16;L_A": "1" },
      userPreferences: {},
      __secrets: ["displayName", "policies", "userPreferences", "zeta"],
    });
  });

  it("have no other marks if they are stored already", () => {
    const stored = { policies: { "a16;L_A": "1" }, __secrets: ["policies/a16;L_A"] };
    assert.deepEqual(storedInputs(stored), stored);
  });
});
