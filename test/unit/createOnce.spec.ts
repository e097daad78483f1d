import { strict as assert } from "node:assert";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { TenantRuns } from "../tenantRuns";

const MATCH = "POST /officeConfiguration/clientConfigurations";

const INPUTS = { displayName: "Baseline", policies: { "office16;L_A": "1" } };

describe("a creation whose answer is lost", () => {
  let runs: TenantRuns;
  const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

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
      'client configuration "Baseline": the answer was lost; looks for the policy that the request may have made',
      `client configuration "Baseline": the answer was lost, but the request made ${id}`,
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
    assert.match(runs.said.at(-1) ?? "", new RegExp(`the tenant also has ${first}, with the same`));
  });

  it("keeps its id where that last look fails", async () => {
    open();
    runs.tenant.faults.add({ match: MATCH, drop: "before" });
    // The list before the first POST, and the five looks after it.
    const list = "GET /officeConfiguration/clientConfigurations";
    runs.tenant.faults.add({ match: list, after: 6, status: 403 });
    const { id } = await policy.create(runs.run(), INPUTS);
    assert.deepEqual(runs.ids(), [id]);
    assert.equal(runs.tenant.requests.filter(({ status }) => status === 403).length, 1);
  });
});
