import { strict as assert } from "node:assert";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import type { PlainObject } from "../../provider/settings/json";
import { PartialFailure } from "../../provider/update/lifecycle";
import { TenantRuns } from "../tenantRuns";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const [A, B] = ["a16;L_A", "a16;L_B"] as const;
const [GROUP_A, GROUP_B] = ["a", "b"].map((end) => `11111111-1111-4111-8111-11111111111${end}`);
const WHOLE = {
  displayName: "Baseline",
  description: "d",
  priority: 4,
  policies: { [B]: "2", [A]: "1" },
  userPreferences: { [A]: "3" },
  assignments: [GROUP_B, GROUP_A],
};

const base64 = (json: unknown) => Buffer.from(JSON.stringify(json)).toString("base64");
const assignment = (groupId: string | undefined) => ({
  "@odata.type": "#microsoft.graph.officeClientConfigurationAssignment",
  target: {
    "@odata.type": "#microsoft.graph.officeConfigurationGroupAssignmentTarget",
    groupId,
  },
});

let runs: TenantRuns;
const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

const openAndClose = () => {
  beforeEach(() => {
    runs = new TenantRuns();
  });
  afterEach(() => runs.close());
};

const there = (values: object = {}) =>
  runs.tenant.store.insert({ type: TYPE, displayName: "Baseline", ...values }).id;
const written = () =>
  runs.tenant.requests.filter(({ method, path }) => method !== "GET" && path !== "/$batch");
const trips = () => runs.tenant.requests.filter(({ viaBatch }) => !viaBatch).length;

describe("the body of a request for a policy", () => {
  openAndClose();

  it("has every property in a POST, and the settings in the order of their ids", async () => {
    await policy.create(runs.run(), {
      ...WHOLE,
      includeCheckinData: true,
      allowDuplicateName: true,
    });
    assert.deepEqual(
      written().map(({ body }) => body),
      [
        {
          "@odata.type": TYPE,
          displayName: "Baseline",
          description: "d",
          priority: 4,
          policyPayload: base64([
            { settingId: A, value: "1" },
            { settingId: B, value: "2" },
          ]),
          userPreferencePayload: base64([{ settingId: A, value: "3" }]),
          assignments: [assignment(GROUP_B), assignment(GROUP_A)],
        },
      ],
    );
  });

  it("has no groups in a POST if the program gives none", async () => {
    await policy.create(runs.run(), { displayName: "A" });
    await policy.create(runs.run(), { displayName: "B", assignments: [] });
    assert.deepEqual(
      written().map(({ body }) => body),
      ["A", "B"].map((displayName) => ({ "@odata.type": TYPE, displayName })),
    );
  });

  it("has what differs in a PATCH, and empties what the program no longer gives", async () => {
    const id = there();
    const { displayName } = WHOLE;
    await policy.update(runs.run(), id, WHOLE, { displayName, priority: 5 });
    const [patch, assign] = written();
    assert.deepEqual(patch?.body, {
      "@odata.type": TYPE,
      description: null,
      priority: 5,
      policyPayload: base64([]),
      userPreferencePayload: base64([]),
    });
    assert.deepEqual(assign?.body, { officeConfigurationAssignments: [] });
  });
});

describe("the message of a request that fails", () => {
  openAndClose();
  const create = (inputs: PlainObject = {}) =>
    policy.create(runs.run(), { displayName: "Baseline", ...inputs });
  const update = (news: PlainObject) =>
    policy.update(
      runs.run(),
      there(),
      { displayName: "Baseline" },
      { displayName: "Baseline", ...news },
    );

  for (const [match, work, step] of [
    ["POST *clientConfigurations", () => create(), "Creating client configuration"],
    ["PATCH *", () => update({ description: "d" }), "Updating client configuration"],
    [
      "POST */assign",
      () => update({ assignments: [GROUP_A] }),
      "Assigning groups to client configuration",
    ],
    ["DELETE *", () => policy.delete(runs.run(), there(), WHOLE), "Deleting client configuration"],
    [
      "GET *clientConfigurations/*",
      () => update({ description: "d" }),
      "Reading client configuration",
    ],
    [
      "GET */policyPayload",
      () => update({ policies: {} }),
      "Reading policies of client configuration",
    ],
  ] as const) {
    it(`says: ${step} "Baseline" failed`, async () => {
      runs.tenant.faults.add({ match, status: 403, times: 9 });
      await assert.rejects(work(), (error: Error) => {
        assert.ok(error.message.startsWith(`${step} "Baseline" failed: 403 `), error.message);
        return true;
      });
    });
  }

  it("says so if the shared list takes too long", async () => {
    const context = Object.assign(runs.run(), {
      until: (_: unknown, doing: string) => Promise.reject(new Error(doing)),
    });
    await assert.rejects(policy.create(context, { displayName: "Baseline" }), {
      message: 'Looking for client configuration "Baseline"',
    });
  });

  it("names the policy that has the priority of a new one", async () => {
    const id = there({ displayName: "Holder", priority: 3 });
    await assert.rejects(create({ priority: 3 }), (error: Error) => {
      const begin = `client configuration "Baseline": the priority 3 belongs to "Holder" (${id}), which this update does not move. `;
      assert.ok(error.message.startsWith(begin), error.message);
      return true;
    });
    assert.deepEqual(runs.ids(), [id]);
  });
});

describe("an update of a policy that changes at the same moment", () => {
  openAndClose();
  const olds = { displayName: "Baseline", description: "Old" };
  const news = { ...olds, description: "New" };

  /** Somebody changes the policy just before each of the first PATCHes. */
  function raced(id: string, times: number): void {
    let left = times;
    runs.tenant.onRequest = (trip) => {
      if (!trip.startsWith("PATCH") || left <= 0) return;
      left -= 1;
      runs.tenant.store.patch(id, { description: `Theirs ${left}` });
    };
  }

  it("looks at it again, and says what it replaces", async () => {
    const id = there({ description: "Old" });
    raced(id, 1);
    await policy.update(runs.run(), id, olds, news);
    assert.equal(runs.tenant.store.get(id)?.description, "New");
    assert.equal(written().length, 2);
    assert.deepEqual(runs.said, [
      'Baseline: description was changed in the tenant since, "Old" => "Theirs 0"; the program\'s value is written',
    ]);
  });

  for (const [times, outcome] of [
    [4, "written"],
    [5, "refused"],
  ] as const) {
    it(`is ${outcome} if somebody is faster ${times} times`, async () => {
      const id = there({ description: "Old" });
      raced(id, times);
      const update = policy.update(runs.run(), id, olds, news);
      if (outcome === "written") await update;
      else await assert.rejects(update, { status: 412 });
      assert.equal(written().length, 5);
    });
  }

  it("is refused at once for another reason", async () => {
    const id = there({ description: "Old" });
    runs.tenant.faults.add({ match: "PATCH *", status: 403, times: 9 });
    await assert.rejects(policy.update(runs.run(), id, olds, news), { status: 403 });
    assert.equal(written().length, 1);
  });
});

describe("a policy that is not complete", () => {
  openAndClose();

  /** The state that an operation leaves that fails after its first write. */
  async function left(work: Promise<unknown>): Promise<PartialFailure["state"]> {
    const error: unknown = await work.then(
      () => assert.fail("it did not fail"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof PartialFailure, String(error));
    assert.match(error.message, / failed: 403 /);
    return error.state;
  }

  it("stays in the state without payloads and groups if its payloads cannot be checked", async () => {
    runs.close();
    runs = new TenantRuns({ mode: { payloads: "null" } });
    runs.tenant.faults.add({ match: "GET */policyPayload", status: 403 });
    const state = await left(policy.create(runs.run(), WHOLE));
    const { displayName, description, priority } = WHOLE;
    const [id = ""] = runs.ids();
    assert.deepEqual(state, {
      id,
      outputs: { displayName, description, priority, assignments: [], configurationId: id },
    });
  });

  it("stays in the state without groups if they cannot be assigned", async () => {
    runs.close();
    runs = new TenantRuns({ mode: { assignmentsInPost: "ignored" } });
    runs.tenant.faults.add({ match: "POST */assign", status: 403 });
    const { outputs } = await left(policy.create(runs.run(), WHOLE));
    const { assignments: _, ...others } = WHOLE;
    const [id = ""] = runs.ids();
    assert.deepEqual(outputs, { ...others, assignments: [], configurationId: id });
  });

  it("keeps the old groups and payloads in the state if an update ends after the PATCH", async () => {
    const id = there();
    runs.tenant.faults.add({ match: "POST */assign", status: 403 });
    const news = { displayName: "New", description: "e", assignments: [GROUP_A], policies: {} };
    const { policies, userPreferences, assignments } = WHOLE;
    assert.deepEqual(await left(policy.update(runs.run(), id, WHOLE, news)), {
      id,
      outputs: {
        displayName: "New",
        description: "e",
        configurationId: id,
        policies,
        userPreferences,
        assignments,
      },
    });
  });
});

describe("an update whose answer has no policy", () => {
  openAndClose();

  it("reads the policy, to report when it was changed", async () => {
    const olds = { displayName: "Baseline" };
    const news = { ...olds, description: "d" };
    for (const successCodes of ["docs", "odata"] as const) {
      runs.close();
      runs = new TenantRuns({ mode: { successCodes } });
      const id = there();
      const outputs = await policy.update(runs.run(), id, olds, news);
      assert.match(String(outputs.lastModifiedDateTime), /^2026-11-23T12:00/);
      assert.equal(trips(), successCodes === "docs" ? 2 : 3);
    }
  });

  it("ends well if the policy is gone by then", async () => {
    const id = there();
    runs.tenant.onRequest = (trip) => {
      if (trip.endsWith("/assign"))
        runs.tenant.faults.add({ match: `GET *${id}*`, status: 404, times: 9 });
    };
    const olds = { displayName: "Baseline", assignments: [] };
    const news = { ...olds, assignments: [GROUP_A] };
    assert.deepEqual(await policy.update(runs.run(), id, olds, news), {
      ...news,
      configurationId: id,
    });
  });
});
