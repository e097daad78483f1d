import { strict as assert } from "node:assert";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { createdContents, nameText } from "../../provider/resources/clientConfiguration/whole";
import { newNonce } from "../../provider/update/creationRecords";
import { BASELINE_INPUTS, BASELINE_POLICY, TenantRuns } from "../tenantRuns";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const GROUP = "11111111-1111-4111-8111-11111111111a";

const INPUTS = { ...BASELINE_INPUTS, assignments: [GROUP] };
const SAME = { ...BASELINE_POLICY, groupIds: [GROUP] } as const;

describe("the owner of a name after an update that was interrupted", () => {
  let runs: TenantRuns;
  const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

  beforeEach(() => {
    runs = new TenantRuns();
  });
  afterEach(() => runs.close());

  /** The provider's process ends while the POST is on its way, or before its answer is in the state. */
  async function interrupted(when: "before the answer" | "after it"): Promise<void> {
    const context = runs.run();
    const graph = context.graph.around(async (request, send) => {
      const answer = await send(request);
      if (request.method === "POST") throw new Error("killed");
      return answer;
    });
    if (when === "before the answer") Object.assign(context, { graph });
    await policy.create(context, INPUTS).catch(() => undefined);
  }

  for (const when of ["before the answer", "after it"] as const) {
    it(`is the record's policy, ended ${when}`, async () => {
      await interrupted(when);
      const [made] = runs.ids();
      runs.clock.waitedMs += 60_000;
      const { id, outputs } = await policy.create(runs.run(), INPUTS);
      assert.equal(id, made);
      assert.deepEqual(runs.ids(), [made]);
      assert.equal(outputs.configurationId, made);
      assert.match(
        runs.said.join("\n"),
        /Baseline: takes over .* \(made by this stack's (interrupted )?update of/,
      );
    });
  }

  it("is refused where no answer came, and somebody has changed the policy since", async () => {
    await interrupted("before the answer");
    const [made = ""] = runs.ids();
    runs.tenant.store.patch(made, { description: "Theirs" });
    runs.clock.waitedMs += 60_000;
    await assert.rejects(policy.create(runs.run(), INPUTS), /is refused: the tenant has another/);
    assert.deepEqual(runs.ids(), [made]);
  });

  it("is the record's where the answer came: what was changed since is said, and put right", async () => {
    await interrupted("after it");
    const [made = ""] = runs.ids();
    runs.tenant.store.patch(made, { description: "Theirs" });
    const { id } = await policy.create(runs.run(), { ...INPUTS, description: "Ours" });
    assert.equal(id, made);
    assert.match(runs.said.join("\n"), /Baseline: description "Theirs" => "Ours"/);
  });

  it("is not the record's where another resource has taken the policy over since", async () => {
    await interrupted("after it");
    const [made = ""] = runs.ids();
    await policy.create(runs.run({ owner: { key: "other.urn", nonce: newNonce() } }), {
      ...INPUTS,
      adopt: { id: made },
    });
    await assert.rejects(policy.create(runs.run(), INPUTS), /is refused: the tenant has another/);
  });

  it("is finished where its groups were not assigned yet", async () => {
    runs.close();
    runs = new TenantRuns({ mode: { assignmentsInPost: "ignored" } });
    await interrupted("before the answer");
    const [made = ""] = runs.ids();
    runs.clock.waitedMs += 60_000;
    await policy.create(runs.run(), INPUTS);
    assert.deepEqual(
      runs.tenant.store.get(made)?.assignments.map(({ groupId }) => groupId),
      [GROUP],
    );
  });

  it("is nobody's where a stranger's policy of the same content came in the meantime", async () => {
    await interrupted("before the answer");
    const theirs = runs.tenant.store.insert(SAME).id;
    runs.clock.waitedMs += 60_000;
    await assert.rejects(
      policy.create(runs.run(), INPUTS),
      new RegExp(`${theirs}.*none of them is taken`),
    );
    assert.equal(runs.ids().length, 2);
  });

  it("is the record's also where the program has given it another name since", async () => {
    await interrupted("after it");
    const [made] = runs.ids();
    const { id } = await policy.create(runs.run(), { ...INPUTS, displayName: "Other name" });
    assert.equal(id, made);
    assert.equal(runs.tenant.store.get(id)?.displayName, "Other name");
  });

  it("is remembered no longer than until a resource has the policy", async () => {
    await interrupted("before the answer");
    runs.clock.waitedMs += 60_000;
    const { id, outputs } = await policy.create(runs.run(), INPUTS);
    await policy.delete(runs.run(), id, outputs);
    const theirs = runs.tenant.store.insert(SAME).id;
    await assert.rejects(policy.create(runs.run(), INPUTS), new RegExp(`is refused[^]*${theirs}`));
  });

  it("is waited for where the request may still be carried out", async () => {
    const context = runs.run();
    const creator = { key: "stack.urn", nonce: newNonce(), tenantId: undefined };
    await context.records.begin(creator, {
      name: nameText(TYPE, INPUTS.displayName),
      contents: createdContents(INPUTS),
      before: [],
    });
    runs.clock.onWait = (ms) => {
      if (ms === 2_000) runs.tenant.store.insert(SAME);
    };
    const { id } = await policy.create(runs.run(), INPUTS);
    assert.deepEqual(runs.ids(), [id]);
    assert.deepEqual(runs.tenant.writes(), []);
    assert.match(runs.said.at(-1) ?? "", new RegExp(`^Baseline: takes over ${id} `));
  });
});
