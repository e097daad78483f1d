import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { paths } from "../../provider/api/paths";
import {
  createSession,
  type GraphClient,
  resolveSessionConfig,
  type Session,
} from "../../provider/graph";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { PrioritiesLifecycle } from "../../provider/resources/priorities/lifecycle";
import type { OperationLimit } from "../../provider/update/operation";
import { forgetting } from "../../provider/update/reads/forgetting";
import { sharedWork } from "../../provider/update/sharedWork";
import { PassingClock, testContext } from "../context";

const POST = "POST /officeConfiguration/clientConfigurations";

/** Long enough for the requests of a test, and shorter than what a wait adds to a passing clock. */
const SHORT_MS = 20_000;

describe("a time limit", () => {
  let emulator: Emulator;
  let session: Session;
  let clock: PassingClock;
  let said: string[];
  let shared: ReturnType<typeof sharedWork>;
  const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

  async function open(options: EmulatorOptions = {}): Promise<void> {
    emulator = await createEmulator(options);
    const settings: Record<string, string> = {
      endpoint: emulator.url,
      accessToken: emulator.accessToken,
    };
    session = createSession(resolveSessionConfig((key) => settings[key], {}));
    clock = new PassingClock();
    said = [];
    shared = sharedWork(clock);
  }

  afterEach(async () => {
    await session.dispose();
    await emulator.close();
  });

  function context(limit: OperationLimit = {}, graph: GraphClient = session.graph) {
    const log = (line: string) => void said.push(line);
    return testContext({ graph, log, clock, shared, limit });
  }

  const within = (ms: number) => ({ deadlineMs: clock.now() + ms });

  it("binds the looks for what a lost answer made, and the error is still that of the POST", async () => {
    await open();
    emulator.addFault({ match: POST, drop: "before", times: 5 });
    const lost = policy.create(context(within(6_000)), { displayName: "Baseline" });
    await assert.rejects(lost, /Creating .*Baseline" failed: .*\nGraph may have carried it out/);
    assert.match(said.at(-1) ?? "", /it is not known whether it was created: Looking .* timed out/);
    assert.ok(clock.waitedMs < 6_000, `${clock.waitedMs}`);
  });

  it("binds the wait that Graph asks for after a POST", async () => {
    await open();
    emulator.addFault({ match: POST, status: 504, retryAfterSeconds: 25 });
    const lost = policy.create(context(within(SHORT_MS)), { displayName: "Baseline" });
    await assert.rejects(lost, /Creating .*: 504 .*\nGraph may have carried it out all the same/s);
    assert.ok(clock.waitedMs < SHORT_MS, `${clock.waitedMs}`);
  });

  it("leaves the error of the POST where the looks for what it made fail", async () => {
    await open();
    emulator.addFault({ match: POST, drop: "after" });
    emulator.addFault({
      match: "GET /officeConfiguration/clientConfigurations",
      after: 1,
      status: 403,
    });
    const lost = policy.create(context(), { displayName: "Baseline" });
    await assert.rejects(lost, /Creating .*Baseline" failed: .*\nGraph may have carried it out/);
    assert.match(said.at(-1) ?? "", /it is not known whether it was created: Looking for .*403/);
    assert.equal(emulator.writes().length, 1);
  });

  it("binds an order that waits for a policy to be listed", async () => {
    await open({ seed: [{ displayName: "A" }] });
    shared.claims.take("new-one");
    const order = new PrioritiesLifecycle().create(context(within(1_000)), {
      configurationIds: ["new-one"],
    });
    await assert.rejects(order, { name: "OperationEndedError" });
    assert.ok(clock.waitedMs < 1_000, `${clock.waitedMs}`);
  });

  it("of the policy that asks for the shared list first does not fail the others", async () => {
    await open();
    const hurried = new AbortController();
    const { graph } = context();
    const cancelling = forgetting(graph, shared.reads).around((request, send) => {
      hurried.abort();
      return send(request);
    });
    const [first, second] = await Promise.allSettled([
      policy.create(context({ signal: hurried.signal }, cancelling), { displayName: "A" }),
      policy.create(context(), { displayName: "B" }),
    ]);
    assert.equal(second.status, "fulfilled");
    assert.equal(first.status, "rejected");
    assert.match(String(first.reason), /Looking for client configuration "A": cancelled/);
    assert.deepEqual(
      emulator.store.list().map(({ displayName }) => displayName),
      ["B"],
    );
  });

  it("is told beside what a POST may have done whose answer says nothing", async () => {
    await open();
    emulator.addFault({ match: POST, body: "{}", status: 201 });
    const lost = policy.create(context(within(6_000)), { displayName: "Baseline" });
    await assert.rejects(lost, /is no client configuration.*\nGraph may have carried it out/s);
    assert.match(said.at(-1) ?? "", /it is not known whether it was created: Looking .* timed out/);
    assert.equal(emulator.writes().length, 1);
  });

  it("that ends one policy does not fail another one whose priority changes with it", async () => {
    await open({
      seed: [
        { displayName: "A", priority: 0 },
        { displayName: "B", priority: 1 },
      ],
    });
    const [a, b] = emulator.store.list().map(({ id }) => id) as [string, string];
    shared.priorities.plan(a, 0, 1);
    shared.priorities.plan(b, 1, 0);
    const hurried = new AbortController();
    const { graph } = context();
    const cancelling = forgetting(graph, shared.reads).around((request, send) => {
      if (request.path === paths.updatePriorities) hurried.abort();
      return send(request);
    });
    const results = await Promise.allSettled([
      policy.update(
        context({ signal: hurried.signal }, cancelling),
        a,
        { displayName: "A", priority: 0 },
        { displayName: "A", priority: 1 },
      ),
      policy.update(
        context(),
        b,
        { displayName: "B", priority: 1 },
        { displayName: "B", priority: 0 },
      ),
    ]);
    const [hasty, patient] = results;
    assert.equal(patient.status, "fulfilled");
    assert.equal(hasty.status, "rejected");
    assert.match(String(hasty.reason), /"A" together .* may still be carried out: cancelled/);
  });
});
