import { strict as assert } from "node:assert";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import type { LifecycleContext } from "../../provider/update/lifecycle";
import { BASELINE_INPUTS, BASELINE_POLICY, TenantRuns, whilePosting } from "../tenantRuns";

const MATCH = "POST /officeConfiguration/clientConfigurations";
const LIST = "GET /officeConfiguration/clientConfigurations";
const GROUP = "11111111-1111-4111-8111-11111111111a";
const INPUTS = BASELINE_INPUTS;
const SAME = BASELINE_POLICY;

const SUBJECT = 'client configuration "Baseline"';
const LOOKS = `${SUBJECT}: the answer was lost; looks for the policy that the request may have made`;

let runs: TenantRuns;
const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");
const owner = { key: "stack.urn", nonce: "nonce-of-a-test", name: "baseline" };

/** The begun creations that a later run knows. */
async function recorded() {
  const later = { key: owner.key, nonce: "nonce-of-another-run", tenantId: undefined };
  return (await runs.records().of(later)).map(({ id, nonce }) => ({ id, nonce }));
}

/** The same context, in which answers to a POST come back otherwise than Graph gave them. */
function answering(context: LifecycleContext, body: unknown): LifecycleContext {
  const graph = context.graph.around(async (request, send) => {
    const answer = await send(request);
    return request.method === "POST" ? { ...answer, body } : answer;
  });
  return Object.assign(context, { graph });
}

describe("a creation", () => {
  beforeEach(() => {
    runs = new TenantRuns();
  });
  afterEach(() => runs.close());

  it("sends one POST, which the later parts of the run and later runs know", async () => {
    const context = runs.run({ owner });
    const { id } = await policy.create(context, INPUTS);
    assert.deepEqual(runs.tenant.writes(), ["POST /clientConfigurations"]);
    const lists = runs.tenant.requests.map(({ method, path }) => `${method} ${path}`);
    assert.equal(lists.filter((trip) => trip === LIST).length, 1);
    assert.deepEqual(context.claims.liveOwner(id), { ...owner, how: "taken" });
    assert.deepEqual(await recorded(), [{ id, nonce: owner.nonce }]);
    assert.deepEqual(runs.said, []);
  });

  it("needs no record of a program that does not say which resource it creates", async () => {
    for (const unknown of [{}, { nonce: owner.nonce }, { key: owner.key }]) {
      const context = runs.run({ owner: unknown });
      await policy.create(context, { ...INPUTS, allowDuplicateName: true });
    }
    assert.equal(runs.ids().length, 3);
    assert.deepEqual(await recorded(), []);
  });

  it("leaves no record if it is refused", async () => {
    runs.tenant.faults.add({ match: MATCH, status: 403 });
    await assert.rejects(policy.create(runs.run({ owner }), INPUTS), { status: 403 });
    assert.deepEqual(await recorded(), []);
    runs.tenant.faults.add({ match: MATCH, status: 403 });
    await assert.rejects(policy.create(runs.run({ owner: {} }), INPUTS), { status: 403 });
  });

  it("leaves a record if it fails for another reason than a refusal", async () => {
    const context = whilePosting(runs.run({ owner }), () => {
      throw new Error("killed");
    });
    await assert.rejects(policy.create(context, INPUTS), /killed/);
    assert.deepEqual(await recorded(), [{ id: undefined, nonce: owner.nonce }]);
  });

  it("leaves a record if it is refused after an earlier answer was lost", async () => {
    runs.tenant.faults.add({ match: MATCH, drop: "before" });
    runs.tenant.faults.add({ match: MATCH, status: 403 });
    await assert.rejects(policy.create(runs.run({ owner }), INPUTS), { status: 403 });
    assert.deepEqual(await recorded(), [{ id: undefined, nonce: owner.nonce }]);
  });
});

describe("a creation whose answer cannot be read", () => {
  beforeEach(() => {
    runs = new TenantRuns();
  });
  afterEach(() => runs.close());

  it("finds the policy that it made", async () => {
    const { id } = await policy.create(answering(runs.run({ owner }), {}), INPUTS);
    assert.deepEqual(runs.ids(), [id]);
    assert.equal(runs.tenant.writes().length, 1);
    assert.deepEqual(runs.said, [`${SUBJECT}: the answer was lost, but the request made ${id}`]);
    assert.deepEqual(await recorded(), [{ id, nonce: owner.nonce }]);
  });

  it("is not sent again if no such policy is found", async () => {
    const body = JSON.stringify({ text: "no policy" });
    runs.tenant.faults.add({ match: MATCH, status: 201, body });
    await assert.rejects(policy.create(runs.run({ owner }), INPUTS), (error: Error) => {
      const message = error.message.replace(/request-id [\w-]{36}/, "request-id …");
      assert.equal(
        message,
        'The answer to "Creating client configuration "Baseline"" is no client configuration: it has no id, or a property of another type (request-id …).\n' +
          "Graph may have carried it out all the same.",
      );
      return error.name === "GraphAnswerError";
    });
    assert.equal(runs.tenant.writes().length, 1);
    assert.deepEqual(runs.said, [LOOKS]);
    assert.deepEqual(await recorded(), [{ id: undefined, nonce: owner.nonce }]);
  });

  it("is not sent again if two policies may be the one", async () => {
    const context = whilePosting(answering(runs.run(), {}), () => {
      runs.tenant.store.insert(SAME);
    });
    await assert.rejects(policy.create(context, INPUTS), (error: Error) => {
      const [first, second] = runs.ids();
      assert.equal(
        error.message,
        `${SUBJECT}: this creation may have made any of ${first} and ${second}, so none of them is taken over. ` +
          "Delete those that nobody needs, and adopt the one that is left with adopt: { id }.",
      );
      return error.name === "OfficeConfigurationError";
    });
    assert.deepEqual(runs.said, []);
  });
});

describe("a creation whose answer is lost", () => {
  function open(visibleAfterReads = 0): void {
    runs = new TenantRuns({ mode: { visibleAfterReads } });
  }

  afterEach(() => runs.close());

  it("takes what it made, also where the tenant lists it late", async () => {
    open(4);
    runs.tenant.faults.add({ match: MATCH, drop: "after" });
    const { id } = await policy.create(runs.run(), INPUTS);
    assert.deepEqual(runs.ids(), [id]);
    assert.deepEqual(runs.said, [
      LOOKS,
      `${SUBJECT}: the answer was lost, but the request made ${id}`,
    ]);
    assert.ok(runs.clock.waitedMs >= 7_000, `${runs.clock.waitedMs}`);
  });

  it("is sent again where nothing was made", async () => {
    open();
    runs.tenant.faults.add({ match: MATCH, drop: "before" });
    const { id } = await policy.create(runs.run(), INPUTS);
    assert.deepEqual(runs.ids(), [id]);
    assert.equal(runs.tenant.writes().length, 2);
    assert.ok(runs.clock.waitedMs >= 15_000, `${runs.clock.waitedMs}`);
  });

  it("names what it made where the tenant lists it only after all looks", async () => {
    open(5);
    runs.tenant.faults.add({ match: MATCH, drop: "after" });
    const { id } = await policy.create(runs.run(), INPUTS);
    const [first, second] = runs.ids();
    assert.equal(id, second);
    assert.deepEqual(runs.said, [
      LOOKS,
      `${SUBJECT}: the tenant also has ${first}, with the same content. A request whose answer was lost may have made it: delete it if nobody needs it.`,
    ]);
  });

  it("keeps its id where that last look fails", async () => {
    open();
    runs.tenant.faults.add({ match: MATCH, drop: "before" });
    // The list before the first POST, and the five looks after it.
    runs.tenant.faults.add({ match: LIST, after: 6, status: 403 });
    const { id } = await policy.create(runs.run(), INPUTS);
    assert.deepEqual(runs.ids(), [id]);
    assert.equal(runs.tenant.requests.filter(({ status }) => status === 403).length, 1);
  });

  it("is sent three times at the most", async () => {
    open();
    runs.tenant.faults.add({ match: MATCH, drop: "before", times: 9 });
    await assert.rejects(policy.create(runs.run({ owner }), INPUTS), (error: Error) => {
      assert.equal(error.name, "GraphNoAnswerError");
      return error.message.endsWith("\nGraph may have carried it out all the same.");
    });
    assert.equal(runs.tenant.writes().length, 3);
    assert.deepEqual(runs.said, [LOOKS, LOOKS, LOOKS]);
    assert.deepEqual(await recorded(), [{ id: undefined, nonce: owner.nonce }]);
  });

  it("is sent again only after the time that Graph asks for", async () => {
    open();
    runs.tenant.faults.add({ match: MATCH, status: 504, retryAfterSeconds: 100 });
    await policy.create(runs.run(), INPUTS);
    const { waitedMs } = runs.clock;
    assert.ok(waitedMs >= 115_000 && waitedMs < 120_000, `${waitedMs}`);
  });

  it("is not sent again if the looks for its policy fail, and says why", async () => {
    open();
    runs.tenant.faults.add({ match: MATCH, drop: "after" });
    runs.tenant.faults.add({ match: LIST, after: 1, status: 403 });
    await assert.rejects(policy.create(runs.run({ owner }), INPUTS), {
      name: "GraphNoAnswerError",
    });
    const [failed = "", ...more] = runs.said;
    assert.deepEqual(more, []);
    assert.match(
      failed,
      /^client configuration "Baseline": it is not known whether it was created: Looking for client configuration "Baseline" failed: 403 /,
    );
    assert.doesNotMatch(failed, /\n/);
    assert.equal(runs.tenant.writes().length, 1);
    assert.deepEqual(await recorded(), [{ id: undefined, nonce: owner.nonce }]);
  });

  it("leaves alone a policy that was there before, or belongs to another resource of the run", async () => {
    open();
    runs.tenant.faults.add({ match: MATCH, drop: "before" });
    const before = runs.tenant.store.insert(SAME).id;
    const context = runs.run();
    let other: string | undefined;
    whilePosting(context, () => {
      other ??= runs.tenant.store.insert(SAME).id;
      context.claims.take(other, { nonce: "other" });
    });
    const { id } = await policy.create(context, { ...INPUTS, allowDuplicateName: true });
    assert.deepEqual(runs.ids(), [before, other, id]);
    assert.deepEqual(runs.said, [LOOKS]);
  });

  it("leaves alone a policy that another resource of the run claims during the look", async () => {
    open();
    runs.tenant.faults.add({ match: MATCH, drop: "before" });
    const context = runs.run();
    let other = "";
    whilePosting(context, () => {
      other ||= runs.tenant.store.insert(SAME).id;
    });
    runs.tenant.onRequest = (trip) => {
      if (trip.includes(other) && other !== "") context.claims.take(other, { nonce: "other" });
    };
    const { id } = await policy.create(context, INPUTS);
    assert.deepEqual(runs.ids(), [other, id]);
  });

  it("leaves alone a policy that is renamed during the look", async () => {
    open();
    runs.tenant.faults.add({ match: MATCH, drop: "before" });
    const context = runs.run();
    let other = "";
    whilePosting(context, () => {
      other ||= runs.tenant.store.insert(SAME).id;
    });
    runs.tenant.onRequest = (trip) => {
      if (other !== "" && trip.includes(other)) {
        runs.tenant.store.patch(other, { displayName: "Renamed" });
      }
    };
    const { id } = await policy.create(context, INPUTS);
    assert.deepEqual(runs.ids(), [other, id]);
  });

  for (const [what, mode, inputs] of [
    ["groups", { assignmentsInPost: "ignored" }, { assignments: [GROUP] }],
    ["a priority of its own", {}, { priority: 4 }],
    ["the service's priority", {}, {}],
  ] as const) {
    it(`takes what it made with ${what}, and completes it`, async () => {
      runs = new TenantRuns({ mode });
      runs.tenant.faults.add({ match: MATCH, drop: "after" });
      const { id } = await policy.create(runs.run(), { ...INPUTS, ...inputs });
      assert.deepEqual(runs.ids(), [id]);
      const groups = runs.tenant.store.get(id)?.assignments.map(({ groupId }) => groupId);
      assert.deepEqual(groups, "assignments" in inputs ? [GROUP] : []);
    });
  }

  it("leaves alone a policy of another priority", async () => {
    open();
    runs.tenant.faults.add({ match: MATCH, drop: "before" });
    let other: string | undefined;
    const context = whilePosting(runs.run(), () => {
      other ??= runs.tenant.store.insert({ ...SAME, priority: 9 }).id;
    });
    const { id } = await policy.create(context, { ...INPUTS, priority: 4 });
    assert.deepEqual(runs.ids(), [other, id]);
  });
});
