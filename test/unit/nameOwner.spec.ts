import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { createSession, resolveSessionConfig, type Session } from "../../provider/graph";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { createdContents, nameText } from "../../provider/resources/clientConfiguration/whole";
import { UNKNOWN } from "../../provider/settings/json";
import { CreationRecords, newNonce } from "../../provider/update/creationRecords";
import type { LifecycleContext } from "../../provider/update/lifecycle";
import { forgetting } from "../../provider/update/reads/forgetting";
import { TenantReads } from "../../provider/update/reads/tenantReads";
import { PassingClock, testContext } from "../context";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const COLLECTION = "/officeConfiguration/clientConfigurations";
const GROUP = "11111111-1111-4111-8111-11111111111a";

const INPUTS = {
  displayName: "Baseline",
  policies: { "office16;L_A": "1" },
  assignments: [GROUP],
};
const SAME = {
  type: TYPE,
  displayName: "Baseline",
  policyPayload: [{ settingId: "office16;L_A", value: "1" }],
  groupIds: [GROUP],
} as const;

/** Time that passes by itself, and tells when it does. */
class TellingClock extends PassingClock {
  onWait: (ms: number) => void = () => {};

  override sleep(ms: number): Promise<void> {
    this.onWait(ms);
    return super.sleep(ms);
  }
}

describe("the owner of a name that is to be created", () => {
  let emulator: Emulator;
  let session: Session;
  let home: string;
  let said: string[];
  let clock: TellingClock;
  const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

  async function tenant(options: EmulatorOptions = {}): Promise<void> {
    emulator = await createEmulator(options);
    const settings: Record<string, string> = {
      endpoint: emulator.url,
      accessToken: emulator.accessToken,
    };
    session = createSession(resolveSessionConfig((key) => settings[key], {}));
  }

  beforeEach(async () => {
    await tenant();
    home = mkdtempSync(join(tmpdir(), "office-configuration-owner-"));
    said = [];
    clock = new TellingClock();
  });

  afterEach(async () => {
    await session.dispose();
    await emulator.close();
    rmSync(home, { recursive: true, force: true });
  });

  /** A run of the program: another process than those before it. */
  function run(more: Partial<LifecycleContext> = {}): LifecycleContext {
    const context = testContext({
      graph: forgetting(session.graph, new TenantReads()),
      log: (line) => void said.push(line),
      clock,
    });
    const records = new CreationRecords(home, "file://backend", { now: () => clock.now() });
    const owner = { key: "stack.urn", nonce: newNonce(), name: "baseline" };
    return Object.assign(context, { records, owner, ...more });
  }

  /** Events while the POST is on its way. */
  function whilePosting(context: LifecycleContext, work: () => void): LifecycleContext {
    const graph = context.graph.around((request, send) => {
      if (request.method === "POST") work();
      return send(request);
    });
    return Object.assign(context, { graph });
  }

  const ids = () => emulator.store.list().map(({ id }) => id);

  it("is nobody where two policies may be what a lost answer made", async () => {
    emulator.addFault({ match: `POST ${COLLECTION}`, drop: "after" });
    const context = whilePosting(run(), () => emulator.store.insert(SAME));
    await assert.rejects(policy.create(context, INPUTS), (error: Error) => {
      for (const id of ids()) assert.match(error.message, new RegExp(id));
      return /none of them is taken/.test(error.message);
    });
    assert.equal(ids().length, 2);
  });

  for (const [what, more] of [
    ["a description", { description: "Theirs" }],
    ["user preferences", { userPreferencePayload: [{ settingId: "a", value: "1" }] }],
    ["other groups", { groupIds: ["11111111-1111-4111-8111-11111111111b"] }],
    ["more settings", { policyPayload: [...SAME.policyPayload, { settingId: "b", value: "1" }] }],
  ] as const) {
    it(`is another one where a policy made in the meantime has ${what}`, async () => {
      emulator.addFault({ match: `POST ${COLLECTION}`, drop: "before" });
      let theirs: string | undefined;
      const context = whilePosting(run(), () => {
        theirs ??= emulator.store.insert({ ...SAME, ...more }).id;
      });
      const { id } = await policy.create(context, INPUTS);
      assert.notEqual(id, theirs);
      assert.equal(ids().length, 2);
    });
  }

  it("stays another one beside which one is made, although the answer is lost", async () => {
    const theirs = emulator.store.insert(SAME).id;
    emulator.addFault({ match: `POST ${COLLECTION}`, drop: "after" });
    const { id } = await policy.create(run(), { ...INPUTS, allowDuplicateName: true });
    assert.deepEqual(ids(), [theirs, id]);
  });

  it("is nobody where only a policy of the other kind has the name", async () => {
    const type = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";
    const theirs = emulator.store.insert({ ...SAME, type }).id;
    const { id } = await policy.create(run(), INPUTS);
    assert.deepEqual(ids(), [theirs, id]);
  });

  it("is nobody where the policy that has it is told to be renamed while the plan is awaited", async () => {
    const renamed = emulator.store.insert(SAME).id;
    const context = run();
    clock.onWait = () => context.claims.hold(renamed, { nonce: newNonce() }, "Another name");
    const { id } = await policy.create(context, INPUTS);
    assert.deepEqual(ids(), [renamed, id]);
  });

  it("is found in another Unicode form of the name, and the refusal says how the two differ", async () => {
    const theirs = emulator.store.insert({ type: TYPE, displayName: "Gro\u0308ße" }).id;
    await assert.rejects(
      policy.create(run(), { displayName: "Größe" }),
      /looks the same but is spelled differently: U\+006F U\+0308 in the tenant, U\+00F6 U\+00DF in the program/,
    );
    const adopt = { displayName: "Größe" };
    const { id } = await policy.create(run(), { displayName: "Größe", adopt });
    assert.equal(id, theirs);
    assert.match(said.join("\n"), /Gro\u0308ße: displayName/);
  });

  it("is a resource that gets another name in the same update, and does not stand in the way", async () => {
    const theirs = emulator.store.insert(SAME).id;
    const context = run();
    context.claims.hold(theirs, { nonce: "other", name: "renamed" }, "New name");
    const { id } = await policy.create(context, INPUTS);
    assert.notEqual(id, theirs);
  });

  it("is another resource of the stack, which the refusal names", async () => {
    const theirs = emulator.store.insert(SAME).id;
    const context = run();
    context.claims.hold(theirs, { nonce: "other", name: "first" }, "Baseline");
    await assert.rejects(
      policy.create(context, INPUTS),
      new RegExp(`${theirs}, the resource "first" of this stack \\(1 setting, 1 group`),
    );
  });

  it("is told in a preview as in the update", async () => {
    emulator.store.insert(SAME);
    await assert.rejects(
      policy.describeCreation(run(), INPUTS),
      /is refused: the tenant has another/,
    );
    assert.deepEqual(await policy.describeCreation(run(), { displayName: "Free" }), []);
    assert.deepEqual(emulator.writes(), []);
  });

  it("is noted where its policy was renamed, or is for other groups, when it is deleted", async () => {
    const { id, outputs } = await policy.create(run(), INPUTS);
    const others = "11111111-1111-4111-8111-11111111111b";
    emulator.store.patch(id, { displayName: "Theirs now", groupIds: [GROUP, others] });
    await policy.delete(run(), id, outputs);
    assert.deepEqual(ids(), []);
    assert.deepEqual(said, [
      `Baseline: ${id} was deleted; its name had been changed to "Theirs now"`,
      `Baseline: ${id} was deleted; it was assigned to groups that are not in the state: ${others}`,
    ]);
  });

  it("is not judged in a preview that does not know what decides", async () => {
    emulator.store.insert(SAME);
    const unknown = { adopt: { id: UNKNOWN } };
    assert.deepEqual(await policy.describeCreation(run(), { ...INPUTS, ...unknown }), []);
    const maybe = { ...INPUTS, allowDuplicateName: UNKNOWN };
    assert.deepEqual(await policy.describeCreation(run(), maybe), []);
    const later = { ...INPUTS, policies: UNKNOWN };
    const identical = run({ takeOver: "identical" });
    assert.deepEqual(await policy.describeCreation(identical, later), []);
    await assert.rejects(policy.describeCreation(run(), later), /is refused/);
  });

  it("leaves no record of an adoption that failed, so that the former owner can delete its policy", async () => {
    const { id } = await policy.create(run(), INPUTS);
    emulator.addFault({ match: "PATCH *", times: 9, status: 400 });
    const other = run({ owner: { key: "stack.other", nonce: newNonce() } });
    const adopting = { ...INPUTS, description: "Other", adopt: { id } };
    await assert.rejects(policy.create(other, adopting), /400/);
    assert.equal(await run().records.lastTaker(undefined, id), undefined);
  });

  it("hides a secret name, and how its spelling differs", async () => {
    emulator.store.insert({ type: TYPE, displayName: "Gro\u0308ße" });
    const secret = { displayName: "Größe", __secrets: ["displayName"] };
    await assert.rejects(policy.create(run(), secret), (error: Error) => {
      assert.doesNotMatch(error.message, /Gr|U\+/);
      return /\[secret\]/.test(error.message);
    });
    const adopt = { displayName: "Hidden" };
    const adopting = { ...secret, adopt, __secrets: ["displayName", "adopt/displayName"] };
    await assert.rejects(policy.create(run(), adopting), (error: Error) => {
      return !/Hidden/.test(error.message) && /has the name \[secret\]/.test(error.message);
    });
  });

  it("is a live resource of the same look, in another Unicode form: no second one is made", async () => {
    const theirs = emulator.store.insert({ type: TYPE, displayName: "Größe" }).id;
    const context = run();
    context.claims.hold(theirs, { nonce: "other", name: "first" }, "Größe");
    await assert.rejects(policy.create(context, { displayName: "Gro\u0308ße" }), /is refused/);
  });

  describe("after an update that was interrupted", () => {
    /** The provider's process ends while the POST is on its way, or before its answer is in the state. */
    async function interrupted(when: "before the answer" | "after it"): Promise<void> {
      const context = run();
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
        const [made] = ids();
        clock.waitedMs += 60_000;
        const { id, outputs } = await policy.create(run(), INPUTS);
        assert.equal(id, made);
        assert.deepEqual(ids(), [made]);
        assert.equal(outputs.configurationId, made);
        assert.match(
          said.join("\n"),
          /Baseline: takes over .* \(made by this stack's (interrupted )?update of/,
        );
      });
    }

    it("is refused where no answer came, and somebody has changed the policy since", async () => {
      await interrupted("before the answer");
      const [made = ""] = ids();
      emulator.store.patch(made, { description: "Theirs" });
      clock.waitedMs += 60_000;
      await assert.rejects(policy.create(run(), INPUTS), /is refused: the tenant has another/);
      assert.deepEqual(ids(), [made]);
    });

    it("is the record's where the answer came: what was changed since is said, and put right", async () => {
      await interrupted("after it");
      const [made = ""] = ids();
      emulator.store.patch(made, { description: "Theirs" });
      const { id } = await policy.create(run(), { ...INPUTS, description: "Ours" });
      assert.equal(id, made);
      assert.match(said.join("\n"), /Baseline: description "Theirs" => "Ours"/);
    });

    it("is not the record's where another resource has taken the policy over since", async () => {
      await interrupted("after it");
      const [made = ""] = ids();
      await policy.create(run({ owner: { key: "other.urn", nonce: newNonce() } }), {
        ...INPUTS,
        adopt: { id: made },
      });
      await assert.rejects(policy.create(run(), INPUTS), /is refused: the tenant has another/);
    });

    it("is finished where its groups were not assigned yet", async () => {
      await session.dispose();
      await emulator.close();
      await tenant({ mode: { assignmentsInPost: "ignored" } });
      await interrupted("before the answer");
      const [made = ""] = ids();
      clock.waitedMs += 60_000;
      await policy.create(run(), INPUTS);
      assert.deepEqual(
        emulator.store.get(made)?.assignments.map(({ groupId }) => groupId),
        [GROUP],
      );
    });

    it("is nobody's where a stranger's policy of the same content came in the meantime", async () => {
      await interrupted("before the answer");
      const theirs = emulator.store.insert(SAME).id;
      clock.waitedMs += 60_000;
      await assert.rejects(
        policy.create(run(), INPUTS),
        new RegExp(`${theirs}.*none of them is taken`),
      );
      assert.equal(ids().length, 2);
    });

    it("is the record's also where the program has given it another name since", async () => {
      await interrupted("after it");
      const [made] = ids();
      const { id } = await policy.create(run(), { ...INPUTS, displayName: "Other name" });
      assert.equal(id, made);
      assert.equal(emulator.store.get(id)?.displayName, "Other name");
    });

    it("is remembered no longer than until a resource has the policy", async () => {
      await interrupted("before the answer");
      clock.waitedMs += 60_000;
      const { id, outputs } = await policy.create(run(), INPUTS);
      await policy.delete(run(), id, outputs);
      const theirs = emulator.store.insert(SAME).id;
      await assert.rejects(policy.create(run(), INPUTS), new RegExp(`is refused[^]*${theirs}`));
    });

    it("is waited for where the request may still be carried out", async () => {
      const context = run();
      const creator = { key: "stack.urn", nonce: newNonce(), tenantId: undefined };
      await context.records.begin(creator, {
        name: nameText(TYPE, INPUTS.displayName),
        contents: createdContents(INPUTS),
        before: [],
      });
      clock.onWait = (ms) => {
        if (ms === 2_000) emulator.store.insert(SAME);
      };
      const { id } = await policy.create(run(), INPUTS);
      assert.deepEqual(ids(), [id]);
    });
  });

  describe("with takeOver: identical", () => {
    it("is taken over where it is identical in whole", async () => {
      const theirs = emulator.store.insert(SAME).id;
      const { id } = await policy.create(run({ takeOver: "identical" }), INPUTS);
      assert.equal(id, theirs);
    });

    it("is refused where it holds anything more", async () => {
      emulator.store.insert({ ...SAME, description: "Theirs" });
      const creation = policy.create(run({ takeOver: "identical" }), INPUTS);
      await assert.rejects(creation, /is refused/);
    });
  });
});
