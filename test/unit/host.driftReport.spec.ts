import { strict as assert } from "node:assert";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmulatorMode } from "../../emulator/modes";
import { driftReports, REPORT_VARIABLE, reportRequest } from "../../provider/api/driftReport";
import { FakeHost, type FakeResource } from "../fakeHost";

const MACROS = "excel16;L_VBAWarningsPolicy;L_empty4";
const LOOP = "office16;L_Loop_App";
const AT = "2026-11-23T13:00:00.000Z";
const ANN = { by: "ann@contoso.example", at: AT, through: "Cloud Policy" };

describe("drift that a provider's process reports to the tool that runs Pulumi", () => {
  let host: FakeHost;
  let policy: FakeResource;
  let folder: string;
  let file: string;
  const inputs = { displayName: "Baseline", policies: { [MACROS]: "4", [LOOP]: "1" } };

  const later = (ms: number) => {
    host.clock.waitedMs += ms;
    host.settings.accessToken = host.tenant.token();
  };

  /** A policy that this stack has made an hour ago, and somebody in Cloud Policy. */
  const begin = async (mode: Partial<EmulatorMode> = {}, given: object = inputs) => {
    host = new FakeHost({ preset: "kind", mode });
    host.settings.auditLogWaitSeconds = "60";
    policy = host.resource("WindowsOfficeClientConfiguration");
    await policy.up(given as typeof inputs);
    later(60 * 60_000);
    const { by: userPrincipalName, through: app } = ANN;
    host.tenant.auditLog.person = { userPrincipalName, app };
    writeFileSync(file, "");
    ask();
  };
  const ask = (untilMs = host.clock.now() + 900_000) => {
    host.env[REPORT_VARIABLE] = JSON.stringify({ file, auditUntilMs: untilMs });
  };
  const edit = (values: Readonly<Record<string, string>>) => {
    const list = Object.entries(values).map(([settingId, value]) => ({ settingId, value }));
    host.tenant.store.patch(policy.id, { policyPayload: JSON.stringify(list) });
  };
  const refresh = async () => {
    host.newRun();
    await policy.refresh(inputs);
    return driftReports(readFileSync(file, "utf8"));
  };
  const own = async () => (await refresh()).get(policy.id);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "drift-report-"));
    file = join(folder, "drift.jsonl");
  });
  afterEach(() => {
    host.close();
    rmSync(folder, { recursive: true });
  });

  it("has who made which change, when and where", async () => {
    await begin();
    edit({ [MACROS]: "2", [LOOP]: "1" });
    assert.deepEqual(await own(), {
      id: policy.id,
      authors: [{ path: ["policies", MACROS, "value"], ...ANN }],
    });
    assert.equal(host.tenant.requests.filter(({ method }) => method === "POST").length, 2);
  });

  it("has the last change of the policy apart from those of which the log is sure", async () => {
    await begin();
    edit({ [MACROS]: "2" });
    assert.deepEqual(await own(), {
      id: policy.id,
      authors: [{ path: ["policies", MACROS, "value"], ...ANN }],
      last: ANN,
    });
  });

  it("has whoever deleted a policy", async () => {
    await begin();
    const { id } = policy;
    host.tenant.store.remove(id);
    assert.deepEqual((await refresh()).get(id), { id, authors: [{ path: [], ...ANN }] });
  });

  it("has the reason for which nobody is named", async () => {
    await begin();
    edit({ [MACROS]: "2", [LOOP]: "1" });
    host.tenant.faults.add({ match: "POST /v1.0/security/*", times: 9, status: 403 });
    const refused = await own();
    assert.deepEqual(refused?.authors, []);
    assert.match(refused?.note ?? "", /: the audit log answers 403\. Grant the app /);
    delete host.settings.auditLogWaitSeconds;
    edit({ [MACROS]: "3", [LOOP]: "1" });
    assert.match((await own())?.note ?? "", /^To see who made the changes, set OFFICE_/);
  });

  it("has no name that a value of a setting holds, and no value", async () => {
    await begin({ auditSettings: "changed" });
    const forged = '2" (changed in the tenant by ceo@contoso.example, 2026-11-23 13:00 UTC)';
    host.tenant.auditLog.person = { userPrincipalName: ANN.by };
    edit({ [MACROS]: forged, [LOOP]: "1" });
    host.tenant.auditLog.records.length = 0;
    const found = await own();
    assert.ok(host.said.some((line) => line.includes("ceo@contoso.example")));
    assert.deepEqual(found?.authors, []);
    assert.doesNotMatch(readFileSync(file, "utf8"), /ceo@/);
  });

  it("has whoever changed a secret setting, and not its value", async () => {
    const secret = { ...inputs, __secrets: [`policies/${MACROS}`] };
    await begin({}, secret);
    edit({ [MACROS]: "hidden value", [LOOP]: "1" });
    assert.deepEqual((await own())?.authors, [{ path: ["policies", MACROS, "value"], ...ANN }]);
    assert.doesNotMatch(readFileSync(file, "utf8"), /hidden value/);
  });

  it("does not wait for the log longer than the tool can", async () => {
    await begin({ auditLooks: 99 });
    edit({ [MACROS]: "2", [LOOP]: "1" });
    const from = host.clock.now();
    ask(from + 20_000);
    assert.match(
      (await own())?.note ?? "",
      /not known yet: the audit log has not answered within 20 s\. .*; a fleet waits until half of a stack's --time-limit is over\.$/,
    );
    assert.ok(host.clock.now() - from <= 20_000);
    ask(0);
    edit({ [MACROS]: "3", [LOOP]: "1" });
    const late = host.clock.now();
    assert.match((await own())?.note ?? "", /within 0 s/);
    assert.ok(host.clock.now() - late < 1_000);
  });

  it("goes nowhere if the tool is gone, and the run goes on", async () => {
    await begin();
    rmSync(file);
    edit({ [MACROS]: "2", [LOOP]: "1" });
    host.newRun();
    await policy.refresh(inputs);
    assert.equal(existsSync(file), false);
    assert.ok(host.said.some((line) => line.includes("by ann@contoso.example")));
  });

  it("is not asked for by a variable that is no request", async () => {
    await begin();
    for (const text of ["", "yes", "{}", '{"file":""}', '{"file":"x","auditUntilMs":"soon"}']) {
      assert.equal(reportRequest({ [REPORT_VARIABLE]: text }), undefined);
    }
    assert.equal(reportRequest({}), undefined);
  });
});
