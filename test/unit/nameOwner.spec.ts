import { strict as assert } from "node:assert";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { UNKNOWN } from "../../provider/settings/json";
import { newNonce } from "../../provider/update/creationRecords";
import { BASELINE_INPUTS, BASELINE_POLICY, TenantRuns, whilePosting } from "../tenantRuns";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const COLLECTION = "/officeConfiguration/clientConfigurations";
const GROUP = "11111111-1111-4111-8111-11111111111a";

const INPUTS = { ...BASELINE_INPUTS, assignments: [GROUP] };
const SAME = { ...BASELINE_POLICY, groupIds: [GROUP] } as const;

describe("the owner of a name that is to be created", () => {
  let runs: TenantRuns;
  const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

  beforeEach(() => {
    runs = new TenantRuns();
  });
  afterEach(() => runs.close());

  it("is nobody where two policies may be what a lost answer made", async () => {
    runs.tenant.faults.add({ match: `POST ${COLLECTION}`, drop: "after" });
    const context = whilePosting(runs.run(), () => runs.tenant.store.insert(SAME));
    await assert.rejects(policy.create(context, INPUTS), (error: Error) => {
      for (const id of runs.ids()) assert.match(error.message, new RegExp(id));
      return /none of them is taken/.test(error.message);
    });
    assert.equal(runs.ids().length, 2);
  });

  for (const [what, more] of [
    ["a description", { description: "Theirs" }],
    ["user preferences", { userPreferencePayload: [{ settingId: "a", value: "1" }] }],
    ["other groups", { groupIds: ["11111111-1111-4111-8111-11111111111b"] }],
    ["more settings", { policyPayload: [...SAME.policyPayload, { settingId: "b", value: "1" }] }],
  ] as const) {
    it(`is another one where a policy made in the meantime has ${what}`, async () => {
      runs.tenant.faults.add({ match: `POST ${COLLECTION}`, drop: "before" });
      let theirs: string | undefined;
      const context = whilePosting(runs.run(), () => {
        theirs ??= runs.tenant.store.insert({ ...SAME, ...more }).id;
      });
      const { id } = await policy.create(context, INPUTS);
      assert.notEqual(id, theirs);
      assert.equal(runs.ids().length, 2);
    });
  }

  it("stays another one beside which one is made, although the answer is lost", async () => {
    const theirs = runs.tenant.store.insert(SAME).id;
    runs.tenant.faults.add({ match: `POST ${COLLECTION}`, drop: "after" });
    const { id } = await policy.create(runs.run(), { ...INPUTS, allowDuplicateName: true });
    assert.deepEqual(runs.ids(), [theirs, id]);
  });

  it("is nobody where only a policy of the other kind has the name", async () => {
    const type = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";
    const theirs = runs.tenant.store.insert({ ...SAME, type }).id;
    const { id } = await policy.create(runs.run(), INPUTS);
    assert.deepEqual(runs.ids(), [theirs, id]);
  });

  it("is nobody where the policy that has it is told to be renamed while the plan is awaited", async () => {
    const renamed = runs.tenant.store.insert(SAME).id;
    const context = runs.run();
    runs.clock.onWait = () => context.claims.hold(renamed, { nonce: newNonce() }, "Another name");
    const { id } = await policy.create(context, INPUTS);
    assert.deepEqual(runs.ids(), [renamed, id]);
  });

  it("is found in another Unicode form of the name, and the refusal says how the two differ", async () => {
    const theirs = runs.tenant.store.insert({ type: TYPE, displayName: "Gro\u0308ße" }).id;
    await assert.rejects(
      policy.create(runs.run(), { displayName: "Größe" }),
      /looks the same but is spelled differently: U\+006F U\+0308 in the tenant, U\+00F6 U\+00DF in the program/,
    );
    const adopt = { displayName: "Größe" };
    const { id } = await policy.create(runs.run(), { displayName: "Größe", adopt });
    assert.equal(id, theirs);
    assert.match(runs.said.join("\n"), /Gro\u0308ße: displayName/);
  });

  it("is a resource that gets another name in the same update, and does not stand in the way", async () => {
    const theirs = runs.tenant.store.insert(SAME).id;
    const context = runs.run();
    context.claims.hold(theirs, { nonce: "other", name: "renamed" }, "New name");
    const { id } = await policy.create(context, INPUTS);
    assert.notEqual(id, theirs);
  });

  it("is another resource of the stack, which the refusal names", async () => {
    const theirs = runs.tenant.store.insert(SAME).id;
    const context = runs.run();
    context.claims.hold(theirs, { nonce: "other", name: "first" }, "Baseline");
    await assert.rejects(
      policy.create(context, INPUTS),
      new RegExp(`${theirs}, the resource "first" of this stack \\(1 setting, 1 group`),
    );
  });

  it("is another resource of the stack whose name is not known yet", async () => {
    const theirs = runs.tenant.store.insert(SAME).id;
    const context = runs.run();
    context.claims.hold(theirs, { nonce: "other", name: "first" }, UNKNOWN);
    await assert.rejects(policy.create(context, INPUTS), /the resource "first" of this stack/);
  });

  it("is looked for only after the engine has told its plan, if the tenant has the name", async () => {
    const waits: number[] = [];
    runs.clock.onWait = (ms) => void waits.push(ms);
    const inputs = { displayName: "Free" };
    await policy.create(runs.run({ owner: {} }), inputs);
    assert.equal(waits.includes(200), false);
    await assert.rejects(policy.create(runs.run({ owner: {} }), inputs), /is refused/);
    assert.equal(waits.includes(200), true);
  });

  it("is told in a preview as in the update", async () => {
    runs.tenant.store.insert(SAME);
    await assert.rejects(
      policy.describeCreation(runs.run(), INPUTS),
      /is refused: the tenant has another/,
    );
    assert.deepEqual(
      (await policy.describeCreation(runs.run(), { displayName: "Free" })).lines,
      [],
    );
    assert.deepEqual(runs.tenant.writes(), []);
  });

  it("is not judged in a preview that does not know what decides", async () => {
    runs.tenant.store.insert(SAME);
    const unknown = { adopt: { id: UNKNOWN } };
    assert.deepEqual(
      (await policy.describeCreation(runs.run(), { ...INPUTS, ...unknown })).lines,
      [],
    );
    const maybe = { ...INPUTS, allowDuplicateName: UNKNOWN };
    assert.deepEqual((await policy.describeCreation(runs.run(), maybe)).lines, []);
    const later = { ...INPUTS, policies: UNKNOWN };
    const identical = runs.run({ takeOver: "identical" });
    assert.deepEqual((await policy.describeCreation(identical, later)).lines, []);
    await assert.rejects(policy.describeCreation(runs.run(), later), /is refused/);
  });

  it("leaves no record of an adoption that failed, so that the former owner can delete its policy", async () => {
    const { id } = await policy.create(runs.run(), INPUTS);
    runs.tenant.faults.add({ match: "PATCH *", times: 9, status: 400 });
    const other = runs.run({ owner: { key: "stack.other", nonce: newNonce() } });
    const adopting = { ...INPUTS, description: "Other", adopt: { id } };
    await assert.rejects(policy.create(other, adopting), /400/);
    assert.equal(await runs.run().records.lastTaker(undefined, id), undefined);
  });

  it("hides a secret name, and how its spelling differs", async () => {
    runs.tenant.store.insert({ type: TYPE, displayName: "Gro\u0308ße" });
    const secret = { displayName: "Größe", __secrets: ["displayName"] };
    await assert.rejects(policy.create(runs.run(), secret), (error: Error) => {
      assert.doesNotMatch(error.message, /Gr|U\+/);
      return /\[secret\]/.test(error.message);
    });
    const adopt = { displayName: "Hidden" };
    const adopting = { ...secret, adopt, __secrets: ["displayName", "adopt/displayName"] };
    await assert.rejects(policy.create(runs.run(), adopting), (error: Error) => {
      return !/Hidden/.test(error.message) && /has the name \[secret\]/.test(error.message);
    });
  });

  it("is a live resource of the same look, in another Unicode form: no second one is made", async () => {
    const theirs = runs.tenant.store.insert({ type: TYPE, displayName: "Größe" }).id;
    const context = runs.run();
    context.claims.hold(theirs, { nonce: "other", name: "first" }, "Größe");
    await assert.rejects(policy.create(context, { displayName: "Gro\u0308ße" }), /is refused/);
  });

  describe("with takeOver: identical", () => {
    it("is taken over where it is identical in whole", async () => {
      const theirs = runs.tenant.store.insert(SAME).id;
      const { id } = await policy.create(runs.run({ takeOver: "identical" }), INPUTS);
      assert.equal(id, theirs);
    });

    it("is refused where it holds anything more", async () => {
      runs.tenant.store.insert({ ...SAME, description: "Theirs" });
      const creation = policy.create(runs.run({ takeOver: "identical" }), INPUTS);
      await assert.rejects(creation, /is refused/);
    });
  });
});
