import { strict as assert } from "node:assert";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import type { PlainObject } from "../../provider/settings/json";
import { testContext } from "../context";
import { fakeGraph, refused } from "../fakeGraph";
import { TenantRuns } from "../tenantRuns";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const [A, B] = ["a16;L_A", "a16;L_B"] as const;
const group = (end: string) => `11111111-1111-4111-8111-11111111111${end}`;
const SUMMARY = { succeededUserCount: 3, failedUserCount: 1 };
const STATUSES = [{ deviceName: "PC" }];

const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

describe("a policy of the tenant as inputs", () => {
  let runs: TenantRuns;

  beforeEach(() => {
    runs = new TenantRuns();
  });
  afterEach(() => runs.close());

  const full = {
    displayName: "Baseline",
    description: "d",
    priority: 6,
    policyPayload: [
      { settingId: A, value: "1", note: "the service's" },
      { settingId: B, value: "2" },
    ],
    userPreferencePayload: [{ settingId: B, value: "3" }],
    groupIds: [group("b"), group("a")],
  };

  async function read(values: object, known: PlainObject): Promise<PlainObject | undefined> {
    const { id } = runs.tenant.store.insert({ type: TYPE, ...values });
    return (await policy.read(runs.run(), id, known))?.inputs;
  }

  it("has all properties if only its id is known, and leaves out what is empty", async () => {
    assert.deepEqual(await read(full, {}), {
      displayName: "Baseline",
      description: "d",
      priority: 6,
      policies: { [A]: { value: "1", note: "the service's" }, [B]: "2" },
      userPreferences: { [B]: "3" },
      assignments: [group("a"), group("b")],
    });
    assert.deepEqual(await read({ priority: 7 }, {}), {
      displayName: "",
      priority: 7,
      assignments: [],
    });
  });

  it("has only the properties that the program gives", async () => {
    assert.deepEqual(await read(full, { displayName: "Old name" }), { displayName: "Baseline" });
    const known = { displayName: "Baseline", policies: { [A]: "0" }, priority: 1 };
    assert.deepEqual(await read({ ...full, priority: 8 }, known), {
      displayName: "Baseline",
      priority: 8,
      policies: { [A]: "1", [B]: "2" },
    });
  });

  it("has empty values for properties that somebody has emptied", async () => {
    const known = {
      displayName: "Baseline",
      description: "d",
      policies: { [A]: "1" },
      userPreferences: {},
      assignments: [group("a")],
    };
    assert.deepEqual(await read({}, known), {
      displayName: "",
      description: "",
      policies: {},
      userPreferences: {},
      assignments: [],
    });
  });

  it("keeps what the tenant cannot say", async () => {
    const known = { displayName: "B", includeCheckinData: false, __secrets: ["displayName"] };
    assert.deepEqual(await read(full, known), { ...known, displayName: "Baseline" });
  });

  it("has the program's groups in its order and spelling, and added groups after them", async () => {
    const known = {
      displayName: "Baseline",
      assignments: [group("c").toUpperCase(), group("x"), group("a")],
    };
    const groupIds = ["e", "a", "d", "c"].map(group);
    const inputs = await read({ ...full, groupIds }, known);
    assert.deepEqual(inputs?.assignments, [
      group("c").toUpperCase(),
      group("a"),
      group("d"),
      group("e"),
    ]);
  });
});

describe("what is reported of a policy", () => {
  /** A Graph with a policy, whose list leaves check-in data out. */
  function graphOf(policyThere: PlainObject, listed: PlainObject = policyThere) {
    const { graph, trips } = fakeGraph((request) => {
      const { method, path, accepts } = request;
      if (accepts === "bytes") throw refused(request, 404);
      if (method === "POST") return listed;
      return path.split("?")[0]?.endsWith("/clientConfigurations") ? { value: [] } : policyThere;
    });
    return { context: testContext({ graph }), trips };
  }

  const bare = { "@odata.type": TYPE, id: "one", displayName: "Baseline", assignments: [] };
  const known = { displayName: "Baseline", includeCheckinData: true };

  const reported = async (there: PlainObject, asked: PlainObject = known) => {
    const found = await policy.read(graphOf(there).context, "one", asked);
    const {
      configurationId: _,
      displayName: __,
      includeCheckinData: ___,
      ...rest
    } = found?.outputs ?? {};
    return rest;
  };

  it("is the time of the last change, if the service gives it", async () => {
    const lastModifiedDateTime = "2026-11-23T12:00:00Z";
    const only = { displayName: "Baseline" };
    assert.deepEqual(await reported({ ...bare, lastModifiedDateTime }, only), {
      lastModifiedDateTime,
    });
    assert.deepEqual(await reported(bare, only), {});
    assert.deepEqual(await reported({ ...bare, lastModifiedDateTime: null }, only), {});
  });

  it("is check-in data only if the program asks for it", async () => {
    const there = { ...bare, userCheckinSummary: SUMMARY, checkinStatuses: STATUSES };
    assert.deepEqual(await reported(there), {
      userCheckinSummary: SUMMARY,
      checkinStatuses: STATUSES,
    });
    assert.deepEqual(await reported(there, { displayName: "Baseline" }), {});
    assert.deepEqual(await reported(there, { ...known, includeCheckinData: false }), {});
  });

  it("is empty check-in data if the service has none", async () => {
    assert.deepEqual(await reported(bare), { userCheckinSummary: null, checkinStatuses: [] });
    const nulls = { ...bare, userCheckinSummary: null, checkinStatuses: null };
    assert.deepEqual(await reported(nulls), { userCheckinSummary: null, checkinStatuses: [] });
  });

  it("is read again only if an answer leaves check-in data out", async () => {
    const there = { ...bare, userCheckinSummary: SUMMARY, checkinStatuses: STATUSES };
    for (const [answer, reads] of [
      [bare, 1],
      [{ ...bare, userCheckinSummary: SUMMARY }, 0],
      [{ ...bare, checkinStatuses: STATUSES }, 0],
    ] as const) {
      const { context, trips } = graphOf(there, answer);
      const { outputs } = await policy.create(context, known);
      assert.equal(trips().filter((trip) => trip === "GET one").length, reads);
      const { userCheckinSummary, checkinStatuses } = outputs;
      const whole =
        reads === 1 ? there : { userCheckinSummary: null, checkinStatuses: [], ...answer };
      assert.deepEqual(
        [userCheckinSummary, checkinStatuses],
        [whole.userCheckinSummary, whole.checkinStatuses],
      );
    }
  });
});
