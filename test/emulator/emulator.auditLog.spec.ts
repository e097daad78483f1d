import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";

const QUERIES = "/v1.0/security/auditLog/queries";
const POLICIES = "/beta/officeConfiguration/clientConfigurations";
const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly value?: Record<string, unknown>[] };
}

describe("the emulated audit log", () => {
  let emulator: Emulator;
  afterEach(() => emulator.close());

  const begin = async (options: EmulatorOptions = {}) => {
    emulator = await createEmulator({ preset: "kind", ...options });
  };
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    token = emulator.accessToken,
  ): Promise<Answer> => {
    const response = await fetch(`${emulator.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === "" ? {} : JSON.parse(text)) as Answer["body"],
    };
  };
  const begun = async (filter: object = { recordTypeFilters: ["CPSOperation"] }) => {
    const { status, body } = await ask("POST", QUERIES, filter);
    assert.equal(status, 201);
    return String(body.id);
  };
  const records = async (filter?: object) => {
    const { body } = await ask("GET", `${QUERIES}/${await begun(filter)}/records`);
    return body.value ?? [];
  };
  const settings = (value: string) => JSON.stringify([{ settingId: "office16;L_X", value }]);
  const base64 = (text: string) => Buffer.from(text).toString("base64");

  it("has each change of a policy with its author: a sender of requests, or whoever edits the store", async () => {
    await begin({ seed: [{ displayName: "Seeded" }] });
    const user = emulator.issueToken("user");
    const created = await ask("POST", POLICIES, {
      "@odata.type": TYPE,
      displayName: "A",
      policyPayload: base64(settings("1")),
    });
    const id = String(created.body.id);
    await ask("PATCH", `${POLICIES}/${id}`, { "@odata.type": TYPE, description: "d" }, user);
    emulator.store.patch(id, { policyPayload: settings("2") });
    emulator.auditLog.person = { userPrincipalName: "bob@contoso.example", app: "Portal" };
    emulator.store.remove(id);
    const found = await records();
    assert.deepEqual(
      found.map(({ operation, userPrincipalName, objectId }) => [
        operation,
        userPrincipalName,
        objectId,
      ]),
      [
        ["Created policy configuration", "ServicePrincipal_emulated", id],
        ["Updated policy configuration", "user@contoso.example", id],
        ["Updated policy configuration", "ann@contoso.example", id],
        ["Deleted policy configuration", "bob@contoso.example", id],
      ],
    );
    const data = found.map(({ auditData }) => auditData as Record<string, unknown>);
    assert.deepEqual(data[2]?.Policies, [
      {
        PolicyId: "office16;L_X",
        PolicyName: "office16;L_X",
        Value: "Enabled",
        Settings: [{ SettingId: "office16;L_X", SettingName: "office16;L_X", Value: "2" }],
      },
    ]);
    assert.deepEqual(data[3]?.AppAccessContext, { ClientAppName: "Portal" });
    assert.equal(data[3]?.RecordType, 288);
  });

  it("lists all settings of a policy, or those that have changed", async () => {
    const both = (x: string) =>
      JSON.stringify([
        { settingId: "a;X", value: x },
        { settingId: "a;Y", value: 1 },
      ]);
    for (const [auditSettings, expected] of [
      ["all", ["a;X", "a;Y"]],
      ["changed", ["a;X"]],
    ] as const) {
      await begin({ mode: { auditSettings }, seed: [{ displayName: "A" }] });
      const id = emulator.store.list()[0]?.id ?? "";
      emulator.store.patch(id, { policyPayload: both("1") });
      emulator.store.patch(id, { policyPayload: both("2"), userPreferencePayload: "no JSON" });
      const [{ auditData } = {}] = (await records()).slice(-1);
      const { Policies } = auditData as { Policies: { PolicyId: string }[] };
      assert.deepEqual(
        Policies.map(({ PolicyId }) => PolicyId),
        expected,
      );
      if (auditSettings === "all") await emulator.close();
    }
  });

  it("answers a query after some looks at it, and not before", async () => {
    await begin({ mode: { auditLooks: 2 } });
    const id = await begun();
    const [listed] = (await ask("GET", QUERIES)).body.value ?? [];
    assert.deepEqual([listed?.id, listed?.status], [id, "notStarted"]);
    assert.equal((await ask("GET", `${QUERIES}/${id}/records`)).status, 400);
    const statuses: unknown[] = [];
    for (let look = 0; look < 2; look += 1) {
      statuses.push((await ask("GET", `${QUERIES}/${id}`)).body.status);
    }
    assert.deepEqual(statuses, ["running", "succeeded"]);
    assert.equal((await ask("GET", `${QUERIES}/${id}/records`)).status, 200);
    assert.equal((await ask("GET", `${QUERIES}/00000000-0000-4000-8000-000000000000`)).status, 404);
  });

  it("has pages, and filters records by time, service, person, policy and activity", async () => {
    let now = Date.parse("2026-11-21T12:00:00Z");
    await begin({
      mode: { pageSize: 2 },
      clock: () => new Date(now),
      seed: [{ displayName: "A" }],
    });
    const id = emulator.store.list()[0]?.id ?? "";
    for (const userPrincipalName of ["a@x.example", "b@x.example", "c@x.example"]) {
      emulator.auditLog.person = { userPrincipalName };
      emulator.store.patch(id, { description: userPrincipalName });
      now += 60_000;
    }
    const query = await begun({ serviceFilters: ["CloudPolicyService"] });
    const first = await ask("GET", `${QUERIES}/${query}/records`);
    assert.equal(first.body.value?.length, 2);
    const next = new URL(String(first.body["@odata.nextLink"]));
    assert.equal(next.pathname, `${QUERIES}/${query}/records`);
    assert.equal((await ask("GET", next.pathname + next.search)).body.value?.length, 1);
    const filters: [object, number][] = [
      [{ filterStartDateTime: "2026-11-21T12:00:30Z" }, 2],
      [{ filterEndDateTime: "2026-11-21T12:00:30Z" }, 1],
      [{ serviceFilters: ["Exchange"] }, 0],
      [{ userPrincipalNameFilters: ["B@x.example"] }, 1],
      [{ objectIdFilters: [id.toUpperCase()] }, 2],
      [{ operationFilters: ["Deleted policy configuration"] }, 0],
    ];
    for (const [filter, count] of filters) {
      assert.equal((await records(filter)).length, count, JSON.stringify(filter));
    }
  });

  it("refuses types of records that it does not know, all of them if it only knows services", async () => {
    await begin();
    assert.equal((await ask("POST", QUERIES, { recordTypeFilters: ["Sway"] })).status, 400);
    assert.equal((await ask("POST", QUERIES, { unknown: true })).status, 400);
    await emulator.close();
    await begin({ mode: { auditFilter: "service", strict: false } });
    assert.equal((await ask("POST", QUERIES, { recordTypeFilters: ["CPSOperation"] })).status, 400);
    assert.equal((await ask("POST", QUERIES, { unknown: true })).status, 201);
  });

  it("is for tokens with its permission only, and not in every tenant", async () => {
    await begin();
    const other = emulator.issueToken("app", emulator.tenantId, ["Organization.Read.All"]);
    assert.equal((await ask("POST", QUERIES, {}, other)).status, 403);
    await emulator.close();
    for (const [auditLog, status] of [
      ["closed", 400],
      ["unlicensed", 403],
    ] as const) {
      await begin({ mode: { auditLog } });
      assert.equal((await ask("POST", QUERIES, {})).status, status);
      if (auditLog === "closed") await emulator.close();
    }
  });

  it("is throttled like the rest, and is in v1.0 alone", async () => {
    await begin({ throttle: { limit: 1, perSeconds: 60 } });
    assert.equal((await ask("POST", QUERIES, {})).status, 201);
    assert.equal((await ask("POST", QUERIES, {})).status, 429);
    emulator.reset();
    assert.equal((await ask("POST", QUERIES.replace("v1.0", "beta"), {})).status, 501);
    assert.deepEqual(
      emulator.requests.map(({ path }) => path),
      [QUERIES.replace("/v1.0", "")],
    );
  });

  it("is read and set by tests in other processes", async () => {
    await begin({ seed: [{ displayName: "A" }] });
    const person = { userPrincipalName: "eve@contoso.example" };
    assert.equal((await ask("PATCH", "/emulator/auditLog", person)).status, 204);
    const { id } = emulator.store.list()[0] ?? { id: "" };
    await ask("PATCH", `/emulator/store/${id}`, { description: "d" });
    const found = (await ask("GET", "/emulator/auditLog")).body as unknown as (typeof person)[];
    assert.deepEqual(
      found.map(({ userPrincipalName }) => userPrincipalName),
      ["eve@contoso.example"],
    );
    emulator.reset();
    assert.deepEqual(emulator.auditLog.records, []);
  });
});
