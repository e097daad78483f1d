import { strict as assert } from "node:assert";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { createdContents, nameText } from "../../provider/resources/clientConfiguration/whole";
import { newNonce } from "../../provider/update/creationRecords";
import type { LifecycleContext } from "../../provider/update/lifecycle";
import { BASELINE_INPUTS, BASELINE_POLICY, TenantRuns } from "../tenantRuns";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const INPUTS = BASELINE_INPUTS;
const SAME = BASELINE_POLICY;

let runs: TenantRuns;
const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

function openAndClose(): void {
  beforeEach(() => {
    runs = new TenantRuns();
  });
  afterEach(() => runs.close());
}

const there = (values: object = {}) => runs.tenant.store.insert({ ...SAME, ...values }).id;
const other = (name = "other") => ({ key: `stack.${name}`, nonce: newNonce(), name });
const create = (context: LifecycleContext, inputs: object = INPUTS) =>
  policy.create(context, { ...inputs });

/** The creation takes the policy over, and says why; the preview says the same. */
async function takesOver(id: string, evidence: string, open = () => runs.run()): Promise<void> {
  runs.said.length = 0;
  const line = `Baseline: takes over ${id} (${evidence})`;
  assert.deepEqual((await policy.describeCreation(open(), INPUTS)).lines, [line]);
  assert.equal((await create(open())).id, id);
  assert.deepEqual(runs.said, [line]);
}

async function isRefused(context = runs.run(), inputs: object = INPUTS): Promise<void> {
  const ids = runs.ids();
  await assert.rejects(create(context, inputs), /is refused: the tenant has/);
  assert.deepEqual(runs.ids(), ids);
}

describe("a name that a policy of this stack has", () => {
  openAndClose();

  it("is taken over if a refresh has shown that the stack has the policy", async () => {
    const id = there();
    const evidence = "a resource in this stack's state was this policy, as the refresh shows";
    const refreshed = () => {
      const context = runs.run({ owner: {} });
      context.claims.read(id, { nonce: newNonce() });
      return context;
    };
    await takesOver(id, evidence, refreshed);
  });

  it("is taken over if a record shows that another resource of the stack made the policy", async () => {
    const { id } = await create(runs.run({ owner: other() }));
    await takesOver(id, "made or adopted by this stack, as a record on this machine shows");
  });

  it("is taken over if that resource has adopted the policy itself", async () => {
    const id = there();
    const owner = other();
    await create(runs.run({ owner }), { ...INPUTS, adopt: { id } });
    await takesOver(id, "made or adopted by this stack, as a record on this machine shows");
  });

  it("is refused if the record is another stack's", async () => {
    await create(runs.run({ owner: { ...other(), key: "elsewhere.urn" } }));
    await isRefused();
  });

  it("is refused if another stack has adopted the policy since", async () => {
    const { id } = await create(runs.run({ owner: other() }));
    runs.clock.waitedMs += 1000;
    const elsewhere = { ...other(), key: "elsewhere.urn" };
    await create(runs.run({ owner: elsewhere }), { ...INPUTS, adopt: { id } });
    await isRefused();
  });

  it("is refused if the program has the policy as another resource", async () => {
    const { id } = await create(runs.run({ owner: other() }));
    const context = runs.run();
    context.claims.hold(id, other(), "Baseline");
    await isRefused(context);
  });

  it("is refused if two policies have the name", async () => {
    const { id } = await create(runs.run({ owner: other() }));
    there();
    const context = runs.run();
    context.claims.read(id);
    await isRefused(context);
  });

  it("is refused if the program does not say which resource it creates", async () => {
    await create(runs.run({ owner: other() }));
    await isRefused(runs.run({ owner: { nonce: newNonce() } }));
    await isRefused(runs.run({ owner: { key: "stack.urn" } }));
  });
});

describe("a name whose policy is identical, with takeOver: identical", () => {
  openAndClose();
  const identical = () => runs.run({ takeOver: "identical" });

  it("is taken over, and the message names the setting", async () => {
    const evidence = "identical, and officeConfiguration:takeOver is identical";
    await takesOver(there(), evidence, identical);
  });

  it("is taken over if another policy of the name is not identical", async () => {
    there({ description: "Theirs" });
    const id = there();
    assert.equal((await create(identical())).id, id);
  });

  it("is refused if two are identical, and without the setting", async () => {
    there();
    await isRefused();
    there();
    await isRefused(identical());
  });

  it("is refused if the priority differs, and taken over if the program gives none", async () => {
    const id = there({ priority: 7 });
    await isRefused(identical(), { ...INPUTS, priority: 8 });
    assert.equal((await create(identical(), { ...INPUTS, priority: 7 })).id, id);
  });

  it("is refused if a resource of the state is the policy, and another one has the name too", async () => {
    const id = there();
    there({ description: "Theirs" });
    const context = identical();
    context.claims.read(id);
    await isRefused(context);
  });

  it("is refused if the policy is deleted while it is looked at", async () => {
    const id = there();
    const context = identical();
    runs.tenant.onRequest = (trip) => {
      if (trip.includes(id)) runs.tenant.store.remove(id);
    };
    await assert.rejects(create(context), /is refused: the tenant has/);
  });

  it("is refused if the policy changes while it is looked at", async () => {
    const id = there();
    const context = identical();
    runs.tenant.onRequest = () => runs.tenant.store.patch(id, { description: "Theirs" });
    await isRefused(context);
  });
});

describe("a name whose policy an interrupted update made", () => {
  openAndClose();

  /** A record of a creation, which made a policy if an id is given. */
  async function recorded(id?: string, inputs: object = INPUTS, before: string[] = []) {
    const nonce = newNonce();
    const records = runs.records();
    await records.begin(
      { key: "stack.urn", nonce, tenantId: undefined },
      {
        name: nameText(TYPE, "Baseline"),
        contents: createdContents({ ...inputs }),
        before,
      },
    );
    if (id !== undefined) await records.made(nonce, id);
  }

  const time = (ms: number) => {
    const [hours, minutes] = [new Date(ms).getHours(), new Date(ms).getMinutes()];
    return [hours, minutes].map((part) => String(part).padStart(2, "0")).join(":");
  };
  const day = (ms: number) => {
    const date = new Date(ms);
    const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
    return parts.map((part) => String(part).padStart(2, "0")).join("-");
  };

  for (const [what, days, shown] of [
    ["of the same day by its time", 0, time],
    ["of another day by its date and time", 2, (ms: number) => `${day(ms)} ${time(ms)}`],
  ] as const) {
    it(`is taken over, and the message names an update ${what}`, async () => {
      const atMs = runs.clock.now();
      const id = there();
      await recorded();
      runs.clock.waitedMs += 60_000 + days * 24 * 60 * 60_000;
      await takesOver(id, `made by this stack's interrupted update of ${shown(atMs)}`);
    });
  }

  it("is taken over by the id of a record, and the message names the record", async () => {
    const id = there({ displayName: "Renamed" });
    await recorded(id);
    const lines = (await policy.describeCreation(runs.run(), INPUTS)).lines;
    assert.match(
      lines[0] ?? "",
      /^Renamed: takes over \S+ \(made by this stack's update of [\d:]{5}, as a record on this machine shows\)$/,
    );
    assert.equal((await create(runs.run())).id, id);
    assert.equal(runs.ids().length, 1);
  });

  it("is made anew if the policy of the record is gone, or belongs to another resource now", async () => {
    const gone = there();
    await recorded(gone);
    runs.tenant.store.remove(gone);
    const context = runs.run();
    const { id } = await create(context);
    assert.deepEqual(runs.ids(), [id]);
    runs.tenant.store.patch(id, { displayName: "Renamed" });
    await recorded(id);
    const later = runs.run();
    later.claims.hold(id, other());
    assert.notEqual((await create(later)).id, id);
  });

  it("is refused if the policy was there before that update", async () => {
    const id = there();
    await recorded(undefined, INPUTS, [id.toUpperCase()]);
    runs.clock.waitedMs += 60_000;
    await isRefused();
  });

  it("is refused if the policy belongs to another resource of the program", async () => {
    const id = there();
    await recorded();
    runs.clock.waitedMs += 60_000;
    const context = runs.run();
    context.claims.hold(id, other(), "Baseline");
    await isRefused(context);
  });

  it("is taken over without a wait if the policy is there already", async () => {
    const id = there();
    await recorded();
    assert.equal((await create(runs.run())).id, id);
    assert.equal(runs.said.length, 1);
    assert.match(runs.said[0] ?? "", /^Baseline: takes over /);
  });

  it("is looked for only after the engine has told its plan, under any name", async () => {
    const waits: number[] = [];
    await recorded(there({ displayName: "Renamed" }));
    runs.clock.onWait = (ms) => void waits.push(ms);
    await create(runs.run());
    assert.equal(waits.includes(200), true);
  });

  it("is waited for if that update may still be carried out, and the wait is announced", async () => {
    await recorded();
    runs.clock.waitedMs += 29_000;
    const { id } = await create(runs.run());
    assert.deepEqual(runs.ids(), [id]);
    assert.deepEqual(runs.said, [
      'client configuration "Baseline": looks for the policy that an interrupted update may have made',
    ]);
  });

  it("is not waited for after half a minute, and never in a preview", async () => {
    await recorded();
    const { waitedMs } = runs.clock;
    assert.deepEqual((await policy.describeCreation(runs.run(), INPUTS)).lines, []);
    assert.ok(runs.clock.waitedMs < waitedMs + 1_000, `${runs.clock.waitedMs}`);
    runs.clock.waitedMs += 30_000;
    await create(runs.run());
    assert.deepEqual(runs.said, []);
  });

  it("is not looked for by a record of an adoption", async () => {
    const id = there({ displayName: "Elsewhere" });
    await runs.records().taken({ key: "stack.urn", nonce: newNonce(), tenantId: undefined }, id);
    assert.notEqual((await create(runs.run())).id, id);
  });
});
