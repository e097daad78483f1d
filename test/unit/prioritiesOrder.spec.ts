import { strict as assert } from "node:assert";
import { PrioritiesLifecycle } from "../../provider/resources/priorities/lifecycle";
import { byPriority, prioritiesInOrder } from "../../provider/resources/priorities/order";
import { type PlainObject, UNKNOWN } from "../../provider/settings/json";
import { linesOf } from "../differences";
import { TenantRuns } from "../tenantRuns";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const [NEW, OTHER] = ["a", "b"].map((end) => `22222222-2222-4222-8222-22222222222${end}`);

const lifecycle = new PrioritiesLifecycle();

describe("the numbers of an order", () => {
  const policy = (id: string, priority?: number) => ({ id, priority });

  it("are new ones from 0 if no policy has any", () => {
    const [a, b] = [policy("a"), policy("b")];
    assert.deepEqual(
      [...prioritiesInOrder([a, b], [a, b])],
      [
        ["a", 0],
        ["b", 1],
      ],
    );
  });

  it("are new ones after the greatest of the tenant for those without", () => {
    const [a, b] = [policy("a", 5), policy("b")];
    const all = [a, b, policy("c", 8)];
    assert.deepEqual(
      [...prioritiesInOrder([b, a], all)],
      [
        ["b", 5],
        ["a", 9],
      ],
    );
  });

  it("sort policies, with those without a number last", () => {
    const all = [policy("none"), policy("c", 30), policy("a", 0), policy("b", 4)];
    assert.deepEqual(
      byPriority(all).map(({ id }) => id),
      ["a", "b", "c", "none"],
    );
    assert.equal(all[0]?.id, "none");
  });
});

describe("the places of an order", () => {
  const ids = (configurationIds: unknown): PlainObject => ({ configurationIds });

  it("are each a priority that one resource of the stack sets", () => {
    const uses = lifecycle.exclusiveUses(ids(["ONE", UNKNOWN]));
    assert.deepEqual(
      uses.map(({ key, path }) => [key, path]),
      [["priority of one", ["configurationIds"]]],
    );
    assert.equal(uses[0]?.reason("a"), 'names ONE, but the resource "a" already sets its priority');
    assert.deepEqual(lifecycle.exclusiveUses(ids(UNKNOWN)), []);
  });

  it("have no line if nothing differs", () => {
    assert.deepEqual(linesOf(lifecycle, ids(["a", "b"]), ids(["a", "b"])), []);
    assert.deepEqual(lifecycle.differences({}, {}), []);
  });

  it("have a line for each policy that moves, comes or goes, by its name if that is known", () => {
    const olds = {
      ...ids(["a", "b", "c"]),
      configurations: [{ configurationId: "a", displayName: "A" }, "no policy"],
    };
    assert.deepEqual(linesOf(lifecycle, olds, ids(["c", "b", "d", "a"])), [
      "Priorities: c 3 => 1",
      "Priorities: + d at 3",
      'Priorities: "A" 1 => 4',
    ]);
    assert.deepEqual(linesOf(lifecycle, olds, ids(["b"])), [
      "Priorities: b 2 => 1",
      'Priorities: - "A"',
      "Priorities: - c",
    ]);
  });

  it("have one line if they are not known yet", () => {
    const line = ["Priorities: (known after apply)"];
    assert.deepEqual(linesOf(lifecycle, ids(["a"]), ids(UNKNOWN)), line);
    assert.deepEqual(linesOf(lifecycle, ids(["a"]), ids(["a", UNKNOWN])), line);
  });
});

describe("an order in a tenant", () => {
  let runs: TenantRuns;
  let there: string[];

  beforeEach(() => {
    runs = new TenantRuns();
    there = ["A", "B", "C"].map(
      (displayName) => runs.tenant.store.insert({ type: TYPE, displayName }).id,
    );
  });
  afterEach(() => runs.close());

  const create = (configurationIds: unknown[], context = runs.run()) =>
    lifecycle.create(context, { configurationIds });

  it("sends the priorities that differ, and no others", async () => {
    const [a, b, c] = there;
    const { id, outputs } = await create([c, b, a]);
    assert.equal(id, "priorities");
    assert.deepEqual(
      runs.tenant.requests.flatMap(({ method, body }) => (method === "POST" ? [body] : [])),
      [{ officeConfigurationPolicyIds: [c, a], officeConfigurationPriorities: [0, 2] }],
    );
    assert.deepEqual(outputs, {
      configurationIds: [c, b, a],
      configurations: [
        { configurationId: c, displayName: "C", priority: 0 },
        { configurationId: b, displayName: "B", priority: 1 },
        { configurationId: a, displayName: "A", priority: 2 },
      ],
    });
    assert.deepEqual(await lifecycle.update(runs.run(), id, {}, outputs), outputs);
    assert.equal(runs.tenant.writes().length, 1);
  });

  it("keeps the spelling of the program's ids", async () => {
    const [a = "", b = ""] = there.map((id) => id.toUpperCase());
    const { id, outputs } = await create([b, a]);
    assert.deepEqual(outputs.configurationIds, [b, a]);
    const found = await lifecycle.read(runs.run(), id, outputs);
    assert.deepEqual(found, { inputs: { configurationIds: [b, a] }, outputs });
  });

  it("has in a refresh the policies that are left, in the order in which they win", async () => {
    const [a = "", b, c] = there;
    const { id, outputs } = await create([a, b, c]);
    runs.tenant.store.remove(a);
    runs.tenant.store.insert({ type: TYPE, displayName: "D", priority: 0 });
    runs.tenant.store.patch(b ?? "", { priority: 9 });
    const found = await lifecycle.read(runs.run(), id, outputs);
    assert.deepEqual(found?.inputs, { configurationIds: [c, b] });
    assert.deepEqual(found?.outputs.configurations, [
      { configurationId: c, displayName: "C", priority: 2 },
      { configurationId: b, displayName: "B", priority: 9 },
    ]);
    assert.equal(await lifecycle.read(runs.run(), id, { configurationIds: [OTHER] }), undefined);
  });

  it("has null for a name and a priority that the tenant does not give", async () => {
    const [a] = there;
    const body = JSON.stringify({ value: [{ id: a }] });
    runs.tenant.faults.add({ match: "GET *clientConfigurations", body });
    const found = await lifecycle.read(runs.run(), "priorities", { configurationIds: [a] });
    assert.deepEqual(found?.outputs.configurations, [
      { configurationId: a, displayName: null, priority: null },
    ]);
  });

  for (const [missing, words] of [
    [
      [NEW],
      `${NEW}, but the tenant has no client configuration with this id. Remove it from configurationIds`,
    ],
    [
      [NEW, OTHER],
      `${NEW}, ${OTHER}, but the tenant has no client configuration with these ids. Remove them from configurationIds`,
    ],
  ] as const) {
    it(`is refused at once if ${missing.length} of its policies are missing`, async () => {
      const { waitedMs } = runs.clock;
      await assert.rejects(create([there[0], ...missing]), {
        name: "OfficeConfigurationError",
        message: `The priorities name ${words}, or create the policies first. Nothing was changed.`,
      });
      assert.equal(runs.clock.waitedMs, waitedMs);
      assert.deepEqual(runs.tenant.writes(), []);
    });
  }

  it("waits for a policy that this run has made, and not if another one is missing too", async () => {
    const context = runs.run();
    const made = runs.tenant.store.insert({ type: TYPE, displayName: "New", hiddenReads: 2 }).id;
    context.claims.take(made);
    const { outputs } = await create([made, there[0]], context);
    assert.deepEqual(outputs.configurationIds, [made, there[0]]);
    assert.equal(runs.clock.waitedMs, 1_500);
    context.claims.take(NEW ?? "");
    const { waitedMs } = runs.clock;
    await assert.rejects(create([NEW, OTHER], context), /with these ids/);
    assert.equal(runs.clock.waitedMs, waitedMs);
  });

  it("waits for a policy of this run no longer than half a minute", async () => {
    const context = runs.run();
    context.claims.take(NEW ?? "");
    await assert.rejects(create([NEW], context), /with this id/);
    assert.equal(runs.clock.waitedMs, 30_500);
  });

  it("says what it waited for if there is no time", async () => {
    const context = runs.run();
    context.claims.take(NEW ?? "");
    context.wait = (_, doing) => Promise.reject(new Error(doing));
    await assert.rejects(create([NEW], context), {
      message: "Waiting for the policies of the order",
    });
  });

  for (const [match, step] of [
    ["GET *", "Reading the priorities"],
    ["POST *updatePriorities", "Changing the priorities"],
  ] as const) {
    it(`says: ${step} failed`, async () => {
      runs.tenant.faults.add({ match, status: 403 });
      await assert.rejects(create(there.toReversed()), (error: Error) =>
        error.message.startsWith(`${step} failed: 403 `),
      );
    });
  }

  it("leaves the priorities as they are when it is deleted, and says so", async () => {
    await lifecycle.delete(runs.run());
    assert.deepEqual(runs.said, [
      "Priorities: the tenant's policies keep the priorities they have",
    ]);
    assert.deepEqual(runs.tenant.requests, []);
  });
});
