import { strict as assert } from "node:assert";
import type { EmulatorMode } from "../../emulator/modes";
import type { AuditTrail } from "../../provider/host/auditTrail";
import { authorsOf } from "../../provider/host/driftAuthors";
import type { LifecycleContext } from "../../provider/update/lifecycle";
import { FakeHost, type FakeResource } from "../fakeHost";

const MACROS = "excel16;L_VBAWarningsPolicy;L_empty4";
const LOOP = "office16;L_Loop_App";
const QUERIES = "/v1.0/security/auditLog/queries";
const HEADLINE = "Drift found. An update puts back what the program gives:";

type Values = Readonly<Record<string, string>>;

const payload = (values: Values) =>
  JSON.stringify(Object.entries(values).map(([settingId, value]) => ({ settingId, value })));

describe("the author of drift", () => {
  let host: FakeHost;
  let policy: FakeResource;
  const inputs = { displayName: "Baseline", policies: { [MACROS]: "4", [LOOP]: "1" } };

  /** Lets time pass. Tokens are valid for an hour: the next run has a new one. */
  const later = (ms: number) => {
    host.clock.waitedMs += ms;
    host.settings.accessToken = host.tenant.token();
  };

  /** A tenant with a policy that this stack has made an hour ago. */
  const begin = async (mode: Partial<EmulatorMode> = {}, waitSeconds?: string) => {
    host = new FakeHost({ preset: "kind", mode });
    delete host.settings.auditLogWaitSeconds;
    if (waitSeconds !== undefined) host.settings.auditLogWaitSeconds = waitSeconds;
    policy = host.resource("WindowsOfficeClientConfiguration");
    await policy.up(inputs);
    later(60 * 60_000);
  };
  afterEach(() => host.close());

  const edit = (values: Values, userPrincipalName = "ann@contoso.example", app?: string) => {
    host.tenant.auditLog.person = { userPrincipalName, ...(app !== undefined && { app }) };
    host.tenant.store.patch(policy.id, { policyPayload: payload(values) });
  };
  const refresh = async () => {
    host.newRun();
    await policy.refresh(inputs);
    return host.said.filter((line) => line !== HEADLINE);
  };
  const asked = () => host.tenant.requests.filter(({ path }) => path.startsWith(QUERIES));
  const begun = () => asked().filter(({ method }) => method === "POST");
  const drift = (by = "") => `Baseline: ${MACROS} "4" => "2" (changed in the tenant${by})`;
  const annAt = (time: string) => ` by ann@contoso.example, 2026-11-23 ${time} UTC`;

  it("is named with the time, once the log shows the policy, the setting and the value", async () => {
    await begin({}, "60");
    edit({ [MACROS]: "2", [LOOP]: "1" });
    assert.deepEqual(await refresh(), [drift(annAt("13:00"))]);
    assert.equal(JSON.stringify(policy.outputs).includes("ann@"), false);
  });

  it("is named with the app that the change was made with", async () => {
    await begin({}, "60");
    edit({ [MACROS]: "2", [LOOP]: "1" }, "ann@contoso.example", "Microsoft 365 Apps admin center");
    assert.deepEqual(await refresh(), [
      drift(" by ann@contoso.example in Microsoft 365 Apps admin center, 2026-11-23 13:00 UTC"),
    ]);
  });

  it("is not asked for unless somebody wants it", async () => {
    await begin();
    edit({ [MACROS]: "2", [LOOP]: "1" });
    assert.deepEqual(await refresh(), [
      drift(),
      "To see who made the changes, set OFFICE_CONFIGURATION_AUDIT_LOG_WAIT_SECONDS=60 for a run (0 hides this line).",
    ]);
    host.settings.auditLogWaitSeconds = "0";
    edit({ [MACROS]: "3", [LOOP]: "1" });
    assert.deepEqual(await refresh(), [`Baseline: ${MACROS} "2" => "3" (changed in the tenant)`]);
    assert.deepEqual(asked(), []);
  });

  it("is not asked for where nothing has drifted", async () => {
    await begin({}, "60");
    assert.deepEqual(await refresh(), []);
    assert.deepEqual(asked(), []);
  });

  it("is whoever made the change, not whoever saved the policy after that", async () => {
    await begin({}, "60");
    edit({ [MACROS]: "2", [LOOP]: "1" });
    later(60_000);
    edit({ [MACROS]: "2", [LOOP]: "0" }, "bob@contoso.example");
    assert.deepEqual(await refresh(), [
      drift(annAt("13:00")),
      `Baseline: ${LOOP} "1" => "0" (changed in the tenant by bob@contoso.example, 2026-11-23 13:01 UTC)`,
    ]);
  });

  it("is nobody where the log has another value than the tenant", async () => {
    await begin({}, "60");
    edit({ [MACROS]: "2", [LOOP]: "1" });
    const log = JSON.stringify(host.tenant.auditLog.records).replaceAll(
      '"Value":"2"',
      '"Value":"3"',
    );
    host.tenant.auditLog.records.splice(0, Infinity, ...(JSON.parse(log) as []));
    assert.deepEqual(await refresh(), [
      drift(),
      "Baseline: last changed by ann@contoso.example, 2026-11-23 13:00 UTC, and that may be another change",
    ]);
  });

  it("is nobody where the log has other policies only, and that is said", async () => {
    await begin({}, "60");
    edit({ [MACROS]: "2", [LOOP]: "1" });
    host.tenant.auditLog.records.splice(0);
    host.tenant.store.seed([
      { displayName: "Other", policies: [{ settingId: MACROS, value: "2" }] },
    ]);
    assert.deepEqual(await refresh(), [
      drift(),
      "Who made the changes is not known: the audit log has no record of it. A record may appear there hours after its change; a later run finds it then.",
    ]);
  });

  it("is whoever deleted a policy that is gone", async () => {
    await begin({}, "60");
    host.tenant.store.remove(policy.id);
    assert.deepEqual(await refresh(), [
      "Baseline: gone from the tenant, deleted by ann@contoso.example, 2026-11-23 13:00 UTC",
    ]);
  });

  it("is found by one query for all policies, in pages", async () => {
    await begin({ pageSize: 3, auditFilter: "service" }, "60");
    host.newRun();
    const others = await Promise.all(
      Array.from({ length: 20 }, async (_, place) => {
        const other = host.resource("WindowsOfficeClientConfiguration", `other ${place}`);
        await other.up({ displayName: `Other ${place}`, policies: { [MACROS]: "4" } });
        return other;
      }),
    );
    later(60 * 60_000);
    for (const { id } of others) {
      host.tenant.store.patch(id, { policyPayload: payload({ [MACROS]: "2" }) });
    }
    host.newRun();
    await Promise.all(others.map((other) => other.refresh()));
    const by = annAt("14:00");
    const lines = others.map(
      (_, place) => `Other ${place}: ${MACROS} "4" => "2" (changed in the tenant${by})`,
    );
    assert.deepEqual(new Set(host.said), new Set([HEADLINE, ...lines]));
    assert.deepEqual(
      begun().map(({ status }) => status),
      [400, 201],
    );
    const before = asked().length;
    for (const { id } of others) {
      host.tenant.store.patch(id, { policyPayload: payload({ [MACROS]: "3" }) });
    }
    host.newRun();
    await Promise.all(others.map((other) => other.refresh()));
    const looks = asked()
      .slice(before)
      .filter(({ path }) => !path.includes("/records"));
    assert.equal(looks.length, 1);
  });

  it("is waited for, and not longer than the run wants", async () => {
    await begin({ auditLooks: 3 }, "60");
    edit({ [MACROS]: "2", [LOOP]: "1" });
    assert.deepEqual(await refresh(), [
      "Asking the tenant's audit log who made the changes, for 60 s at most.",
      drift(annAt("13:00")),
    ]);
  });

  it("comes to a later run, which begins no query of its own", async () => {
    await begin({ auditLooks: 8 }, "60");
    edit({ [MACROS]: "2", [LOOP]: "1" });
    const from = host.clock.now();
    const stale = { ...policy.recorded } as NonNullable<FakeResource["recorded"]>;
    assert.deepEqual(await refresh(), [
      "Asking the tenant's audit log who made the changes, for 60 s at most.",
      drift(),
      "Who made the changes is not known yet: the audit log has not answered within 60 s. A run on this machine within a day reads the answer; officeConfiguration:auditLogWaitSeconds says how long a run waits.",
    ]);
    assert.equal(Math.round((host.clock.now() - from) / 1_000), 60);
    policy.recorded = stale;
    later(60 * 60_000 - 120_000);
    assert.deepEqual(await refresh(), [drift(annAt("13:00"))]);
    assert.equal(begun().length, 1);
  });

  it("is asked for anew where the earlier answer does not have it, or is gone", async () => {
    await begin({}, "60");
    edit({ [MACROS]: "2", [LOOP]: "1" });
    await refresh();
    later(20 * 60_000);
    edit({ [MACROS]: "3", [LOOP]: "1" }, "bob@contoso.example");
    assert.deepEqual(await refresh(), [
      `Baseline: ${MACROS} "2" => "3" (changed in the tenant by bob@contoso.example, 2026-11-23 13:20 UTC)`,
    ]);
    assert.equal(begun().length, 2);
    host.tenant.faults.add({ match: `GET ${QUERIES}/*`, status: 404 });
    edit({ [MACROS]: "4", [LOOP]: "0" });
    later(20 * 60_000);
    await refresh();
    assert.equal(begun().length, 3);
  });

  const failures: [string, object, RegExp][] = [
    [
      "403",
      { status: 403 },
      /: the audit log answers 403\. Grant the app the Graph permission AuditLogsQuery\.Read\.All/,
    ],
    ["404", { status: 404 }, /: Asking the audit log failed: 404/],
    [
      "429, longer than the run waits",
      { status: 429, retryAfterSeconds: 300 },
      /: Asking the audit log failed: 429/,
    ],
    ["500", { status: 500 }, /: Asking the audit log failed: 500/],
    ["a lost answer", { drop: "before" }, /: Asking the audit log failed: /],
    ["an answer without an id", { status: 201, body: "{}" }, /has no id/],
  ];
  for (const [name, fault, note] of failures) {
    it(`is not known after ${name}: the drift is told all the same, at once`, async () => {
      await begin({}, "60");
      edit({ [MACROS]: "2", [LOOP]: "1" });
      host.tenant.faults.add({ match: `POST ${QUERIES}`, times: 99, ...fault });
      const from = host.clock.now();
      const [line, why = "", ...others] = await refresh();
      assert.equal(line, drift());
      assert.match(why, /^Who made the changes is not known: /);
      assert.match(why, note);
      assert.deepEqual(others, []);
      assert.ok(host.clock.now() - from <= 60_000);
      assert.equal(policy.outputs.displayName, "Baseline");
    });
  }

  it("does not hold back the other requests where the log is throttled", async () => {
    await begin({}, "60");
    edit({ [MACROS]: "2", [LOOP]: "1" });
    host.tenant.faults.add({ match: `POST ${QUERIES}`, status: 429, retryAfterSeconds: 3600 });
    await refresh();
    const from = host.clock.now();
    await policy.up(inputs);
    assert.ok(host.clock.now() - from < 1_000);
    assert.equal(host.tenant.store.get(policy.id)?.policyPayload?.toString().includes('"4"'), true);
  });

  it("ends with the run", async () => {
    await begin({ auditLooks: 99 }, "600");
    edit({ [MACROS]: "2", [LOOP]: "1" });
    host.newRun();
    host.tenant.onRequest = (trip) => {
      if (trip.startsWith(`GET ${QUERIES}`)) host.stop();
    };
    await policy.refresh(inputs);
    assert.deepEqual(host.said.slice(1), [HEADLINE, drift()]);
    assert.ok(asked().length < 5);
  });

  it("is not waited for beyond the end of the read", async () => {
    const trail = { changes: () => new Promise(() => {}) } as unknown as AuditTrail;
    const until = () => Promise.reject(new Error("ended"));
    const context = { until, clock: { now: () => 0 } } as unknown as LifecycleContext;
    const drift = { policyId: "p", found: "deletion", before: {} } as const;
    await begin();
    assert.equal((await authorsOf(trail, context, drift)).of("deletion"), undefined);
  });

  it("is asked for anew where the earlier query is stuck", async () => {
    await begin({ auditLooks: 99 }, "60");
    edit({ [MACROS]: "2", [LOOP]: "1" });
    await refresh();
    edit({ [MACROS]: "3", [LOOP]: "1" });
    later(30 * 60_000);
    await refresh();
    assert.equal(begun().length, 1);
    edit({ [MACROS]: "2", [LOOP]: "1" });
    later(31 * 60_000);
    await refresh();
    assert.equal(begun().length, 2);
  });

  it("is not asked for in a cloud that has no such queries", async () => {
    await begin({}, "60");
    host.settings.cloud = "usgov";
    edit({ [MACROS]: "2", [LOOP]: "1" });
    assert.deepEqual(await refresh(), [
      drift(),
      "Who made the changes is not known: Microsoft has no queries of the audit log in this cloud.",
    ]);
    assert.deepEqual(asked(), []);
  });

  it("is named for a secret setting too, whose values stay hidden", async () => {
    await begin({}, "60");
    host.newRun();
    await policy.up({ ...inputs, __secrets: [`policies/${MACROS}`] });
    later(60 * 60_000);
    edit({ [MACROS]: "2", [LOOP]: "1" });
    const [line = ""] = await refresh();
    assert.match(
      line,
      /\[secret\] => \[secret\].* \(changed in the tenant by ann@contoso\.example, /,
    );
  });
});
