import { strict as assert } from "node:assert";
import { inTurns } from "../../bench/inTurns";
import { growthProblems, isolationProblems } from "../../bench/scale/checks";
import {
  deviation,
  fleetSeconds,
  limitSeconds,
  placesNeeded,
  predictSeconds,
} from "../../bench/scale/predict";
import type { RequestLogEntry } from "../../emulator";
import { Store } from "../../emulator";
import { withSection } from "../../scripts/measured";

describe("the time that writes take under a limit", () => {
  const cases: [writes: number, engineSeconds: number, burstSeconds: number, seconds: number][] = [
    [0, 1, 1, 1],
    [1, 1, 1, 1],
    [100, 5, 5, 5],
    [101, 6, 5, 25],
    [200, 8, 5, 25],
    [201, 8, 5, 45],
    [2_000, 60, 5, 385],
    [2_000, 500, 5, 500],
  ];
  for (const [writes, engineSeconds, burstSeconds, seconds] of cases) {
    it(`is ${seconds} s for ${writes} writes, 100 in 20 s, that take ${engineSeconds} s by themselves`, () => {
      const limit = { limit: 100, perSeconds: 20 };
      assert.equal(predictSeconds({ writes, ...limit, engineSeconds, burstSeconds }), seconds);
    });
  }

  it("is that of the limit alone where a window's writes take no time", () => {
    const cases = [0, 1, 100, 101, 500].map((writes) =>
      limitSeconds({ writes, limit: 100, perSeconds: 20 }),
    );
    assert.deepEqual(cases, [0, 0, 0, 20, 80]);
  });

  it("is a round of all places for each that begins one", () => {
    assert.deepEqual(
      [1, 4, 5, 16].map((tenants) => fleetSeconds(tenants, 4, 10)),
      [10, 10, 20, 40],
    );
  });

  it("deviates by the same part above and below what was predicted", () => {
    assert.equal(deviation(20, 25), 0.25);
    assert.equal(deviation(20, 15), 0.25);
  });
});

describe("the places that a fleet needs", () => {
  it("is the work of all tenants, spread over the time that is wanted", () => {
    const fleet = { tenants: 10_000, secondsPerTenant: 9, wantedSeconds: 3_600 };
    assert.equal(placesNeeded(fleet), 25);
  });

  it("is rounded up to a whole place", () => {
    const fleet = { tenants: 10_001, secondsPerTenant: 9, wantedSeconds: 3_600 };
    assert.equal(placesNeeded(fleet), 26);
  });
});

describe("work in turns", () => {
  it("never has more under way than it may, and does each item once", async () => {
    const done: number[] = [];
    let underWay = 0;
    let most = 0;
    await inTurns([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      underWay++;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay--;
      done.push(item);
    });
    assert.equal(most, 3);
    assert.deepEqual(done.sort(), [1, 2, 3, 4, 5, 6, 7]);
  });

  it("begins nothing after a failure, and throws it", async () => {
    const begun: number[] = [];
    const work = (item: number) => {
      begun.push(item);
      return item === 2 ? Promise.reject(new Error("the second")) : Promise.resolve();
    };
    await assert.rejects(inTurns([1, 2, 3, 4], 1, work), /the second/);
    assert.deepEqual(begun, [1, 2]);
  });
});

describe("the isolation of tenants", () => {
  const policy = (displayName: string) => {
    const store = new Store(() => new Date(0));
    store.seed([{ displayName }]);
    return store;
  };
  const request = (tenantId: string | undefined) => ({ tenantId }) as RequestLogEntry;

  it("is whole where a tenant has its own policies and was asked by its own", () => {
    const tenant = { tenantId: "a", requests: [request("a")], store: policy("Own") };
    assert.deepEqual(isolationProblems(tenant, ["Own"]), []);
  });

  it("is broken by a policy of another tenant", () => {
    const tenant = { tenantId: "a", requests: [], store: policy("Other") };
    assert.match(isolationProblems(tenant, ["Own"]).join(), /others than its own/);
  });

  it("is broken by a request with an unknown token, or that of another tenant", () => {
    const requests = [request("a"), request("b"), request(undefined)];
    const tenant = { tenantId: "a", requests, store: policy("Own") };
    assert.match(isolationProblems(tenant, ["Own"]).join(), /got 2 requests/);
  });
});

describe("what many tenants leave behind", () => {
  const open = (handles: number) => ({ handles, sockets: 0 });
  const calm = {
    warm: open(30),
    last: open(38),
    processes: { peakTotalRssBytes: 4 * 1_024 ** 3 },
    sideBySide: 4,
  };

  it("may be a handful of handles, and a GiB for each tenant at a time", () => {
    assert.deepEqual(growthProblems(calm), []);
  });

  it("is named where more handles stay open", () => {
    assert.match(growthProblems({ ...calm, last: open(39) }).join(), /^9 more handles/);
  });

  it("is named where the processes take more memory", () => {
    assert.match(growthProblems({ ...calm, sideBySide: 3 }).join(), /more memory than 3 GiB/);
  });
});

describe("a page with a measured part", () => {
  const page = "before\n<!-- measured -->\n<!-- /measured -->\nafter\n";

  it("keeps what is written by hand, and gets the sections in the order they came", () => {
    const one = withSection(page, "### One", "1");
    const both = withSection(one, "### Two", "2");
    assert.equal(
      both,
      "before\n<!-- measured -->\n\n### One\n\n1\n\n### Two\n\n2\n\n<!-- /measured -->\nafter\n",
    );
  });

  it("replaces a section where it stands", () => {
    const both = withSection(withSection(page, "### One", "1"), "### Two", "2");
    assert.equal(withSection(both, "### One", "1"), both);
    assert.match(withSection(both, "### One", "new"), /### One\n\nnew\n\n### Two\n\n2\n/);
  });

  it("is refused without the markers", () => {
    assert.throws(() => withSection("no markers", "### One", "1"), /needs <!-- measured -->/);
  });
});
