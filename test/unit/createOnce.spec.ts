import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { createSession, resolveSessionConfig, type Session } from "../../provider/graph";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import type { LifecycleContext } from "../../provider/update/lifecycle";
import { PassingClock, testContext } from "../context";

const MATCH = "POST /officeConfiguration/clientConfigurations";

const INPUTS = { displayName: "Baseline", policies: { "office16;L_A": "1" } };

describe("a creation whose answer is lost", () => {
  let emulator: Emulator;
  let session: Session;
  let context: LifecycleContext;
  let said: string[];
  let clock: PassingClock;
  const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

  async function tenant(visibleAfterReads: number): Promise<void> {
    emulator = await createEmulator({ mode: { visibleAfterReads } });
    const settings: Record<string, string> = {
      endpoint: emulator.url,
      accessToken: emulator.accessToken,
    };
    session = createSession(resolveSessionConfig((key) => settings[key], {}));
    said = [];
    clock = new PassingClock();
    context = testContext({ graph: session.graph, log: (line) => void said.push(line), clock });
  }

  afterEach(async () => {
    await session.dispose();
    await emulator.close();
  });

  const ids = () => emulator.store.list().map(({ id }) => id);

  it("takes what it made, also where the tenant lists it late", async () => {
    await tenant(4);
    emulator.addFault({ match: MATCH, drop: "after" });
    const { id } = await policy.create(context, INPUTS);
    assert.deepEqual(ids(), [id]);
    assert.deepEqual(said, [
      'client configuration "Baseline": the answer was lost; looks for the policy that the request may have made',
      `client configuration "Baseline": the answer was lost, but the request made ${id}`,
    ]);
    assert.ok(clock.waitedMs >= 7_000, `${clock.waitedMs}`);
  });

  it("is sent again where nothing was made", async () => {
    await tenant(0);
    emulator.addFault({ match: MATCH, drop: "before" });
    const { id } = await policy.create(context, INPUTS);
    assert.deepEqual(ids(), [id]);
    assert.equal(emulator.writes().length, 2);
    assert.ok(clock.waitedMs >= 15_000, `${clock.waitedMs}`);
  });

  it("names what it made where the tenant lists it only after all looks", async () => {
    await tenant(5);
    emulator.addFault({ match: MATCH, drop: "after" });
    const { id } = await policy.create(context, INPUTS);
    const [first, second] = ids();
    assert.equal(id, second);
    assert.match(said.at(-1) ?? "", new RegExp(`the tenant also has ${first}, with the same`));
  });

  it("keeps its id where that last look fails", async () => {
    await tenant(0);
    emulator.addFault({ match: MATCH, drop: "before" });
    // The list before the first POST, and the five looks after it.
    const list = "GET /officeConfiguration/clientConfigurations";
    emulator.addFault({ match: list, after: 6, status: 403 });
    const { id } = await policy.create(context, INPUTS);
    assert.deepEqual(ids(), [id]);
    assert.equal(emulator.requests.filter(({ status }) => status === 403).length, 1);
  });
});
