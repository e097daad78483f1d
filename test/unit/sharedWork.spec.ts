import { strict as assert } from "node:assert";
import { sharedWork } from "../../provider/update/sharedWork";
import { PassingClock } from "../context";
import { ListedTenant, numbered } from "../listedTenant";

describe("the work that the resources of an update share", () => {
  it("goes by the clock of the update", async () => {
    const tenant = new ListedTenant(8);
    const clock = new PassingClock();
    const { reads, quiet } = sharedWork(clock);
    const find = (id: string) => reads.find(tenant.graph, { id, maxAgeMs: 5_000, needs: [] }, {});
    await Promise.all(numbered(0, 4).map(find));
    await find("id-5");
    assert.deepEqual(await tenant.asked(), ["list"]);
    clock.waitedMs += 60_000;
    await Promise.all(numbered(0, 4).map(find));
    assert.deepEqual(await tenant.asked(), ["list"]);
    const before = clock.waitedMs;
    quiet.disturb();
    await quiet.settled({ quietMs: 60_000, mostMs: 120_000 });
    assert.ok(clock.waitedMs > before);
  });
});
