import { strict as assert } from "node:assert";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askAuditLog } from "../../cli/audit/auditLog";
import { AuditQueryRecord } from "../../provider/host/auditQueryRecord";
import { gatherAtLeisure, json, ORIGIN, ScriptedGraph, silence } from "../scriptedGraph";

const QUERIES = "/v1.0/security/auditLog/queries";
const query = (status?: string) => json({ id: "q", status }, status === undefined ? 201 : 200);
const record = {
  createdDateTime: "2026-11-21T14:02:00Z",
  userPrincipalName: "ann@contoso.example",
  auditData: { ConfigId: "p", Policies: [{ PolicyId: "a;x", Value: "2" }] },
};
/** Answer of the log. */
async function asked(graph: ScriptedGraph, waitMs = 60_000) {
  const { clock } = graph;
  return askAuditLog(graph.client(), { untilMs: clock.now() + waitMs, clock });
}

describe("a query of the audit log", () => {
  let graph: ScriptedGraph;
  gatherAtLeisure();
  beforeEach(() => {
    graph = new ScriptedGraph();
    const { clock } = graph;
    clock.now = () => Date.parse("2026-11-21T15:00:00Z") + clock.waitedMs;
  });

  it("is for Cloud Policy's records of thirty days, and is read when it has succeeded", async () => {
    graph.answers = [query(), query("running"), query("succeeded"), json({ value: [record] })];
    const now = graph.clock.now();
    const answer = await asked(graph);
    assert.deepEqual(
      answer.state === "answered" && answer.changes.map(({ by, policyId }) => [by, policyId]),
      [["ann@contoso.example", "p"]],
    );
    assert.deepEqual(graph.trips, [
      `POST ${QUERIES}`,
      `GET ${QUERIES}/q`,
      `GET ${QUERIES}/q`,
      `GET ${QUERIES}/q/records`,
    ]);
    assert.deepEqual(graph.clock.slept.slice(0, 2), [2_000, 3_000]);
    assert.deepEqual(JSON.parse(graph.sent[0]?.body ?? ""), {
      "@odata.type": "#microsoft.graph.security.auditLogQuery",
      displayName: "pulumi-office-configuration: changes of Cloud Policy",
      filterStartDateTime: new Date(now - 30 * 86_400_000).toISOString(),
      filterEndDateTime: new Date(now + 300_000).toISOString(),
      recordTypeFilters: ["CPSOperation"],
    });
  });

  it("is begun by the service's name where Graph does not know the type of record", async () => {
    const refused = json({ error: { code: "BadRequest", message: "Unknown type." } }, 400);
    graph.answers = [refused, query("succeeded"), json({ value: [] })];
    assert.deepEqual(await asked(graph), { state: "answered", changes: [] });
    const body = JSON.parse(graph.sent[1]?.body ?? "") as object;
    assert.deepEqual(Object.entries(body).at(-1), ["serviceFilters", ["CloudPolicyService"]]);
  });

  it("is looked at less and less often, and given up in time", async () => {
    graph.answers = [query(), query("somethingNew")];
    assert.deepEqual(await asked(graph, 45_000), { state: "late" });
    assert.deepEqual(graph.clock.slept, [2_000, 3_000, 5_000, 10_000, 20_000, 5_000]);
  });

  it("that failed, was cancelled or is forbidden is no error, but an answer that says so", async () => {
    const problems = { failed: query("failed"), cancelled: query("cancelled") };
    for (const answer of Object.values(problems)) {
      graph.answers = [query(), answer];
      assert.deepEqual(await asked(graph), {
        state: "failed",
        reason: "The audit log could not carry out the query",
      });
    }
    graph.answers = [json({ error: { code: "Forbidden", message: "No." } }, 403)];
    assert.deepEqual(await asked(graph), {
      state: "refused",
      reason:
        "the audit log answers 403. Grant the app the Graph permission AuditLogsQuery.Read.All with admin consent",
    });
  });

  it("is late, and no failure, where a request outlasts the wait, or somebody ends it", async () => {
    const { clock } = graph;
    graph.answers = [query(), query("running")];
    const ended = AbortSignal.abort();
    const wait = { untilMs: clock.now() + 60_000, clock, signal: ended };
    assert.deepEqual(await askAuditLog(graph.client(), wait), { state: "late" });
    graph.answers = [silence];
    const short = { untilMs: clock.now() + 20, clock };
    assert.deepEqual(await askAuditLog(graph.client(), short), { state: "late" });
  });

  it("travels outside of batches, and its throttling is its own", async () => {
    const client = graph.client();
    const throttled = json({ error: { code: "TooManyRequests", message: "" } }, 429, {
      "retry-after": "600",
    });
    graph.answers = [throttled, json({ value: [] })];
    const { clock } = graph;
    const wait = { untilMs: clock.now() + 1_000, clock };
    const answer = await askAuditLog(client, wait);
    assert.match(answer.state === "failed" ? answer.reason : "", /failed: 429/);
    await client.get("/groups");
    for (let write = 0; write < 150; write += 1) await client.patch("/policy", {});
    assert.deepEqual(clock.slept, []);
    assert.equal(graph.addresses[0], `${ORIGIN}${QUERIES}`);
    assert.equal(graph.addresses[1], `${ORIGIN}/beta/groups`);
    graph.sent.length = 0;
    const reads = ["/groups", `${QUERIES}/q`, `${QUERIES}/r`];
    await Promise.all(reads.map((path) => client.get(path)));
    assert.deepEqual(graph.trips.toSorted(), reads.map((path) => `GET ${path}`).toSorted());
  });
});

describe("the record of a query on this machine", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "audit-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const at = { id: "q", atMs: Date.parse("2026-11-21T14:02:00Z") };
  const only = () => join(folder, "audit", readdirSync(join(folder, "audit"))[0] ?? "");

  it("has the id and the time, for a day, for its own tenant", async () => {
    const [own, other] = ["a", "b"].map(
      (tenant) => new AuditQueryRecord(join(folder, "audit"), tenant),
    );
    await own?.write(at);
    assert.deepEqual(await own?.read(at.atMs + 1_000), at);
    assert.equal(await own?.read(at.atMs + 86_400_000), undefined);
    assert.equal(await own?.read(at.atMs - 86_400_000), undefined);
    assert.equal(await other?.read(at.atMs), undefined);
    assert.equal(statSync(only()).mode & 0o777, 0o600);
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(only(), "utf8")) as object), [
      "version",
      "at",
      "id",
    ]);
    await own?.drop();
    assert.equal(await own?.read(at.atMs), undefined);
  });

  it("is passed over in another form, and where it cannot be written", async () => {
    const own = new AuditQueryRecord(join(folder, "audit"), "a");
    await own.write(at);
    for (const text of [
      "",
      "{}",
      '{"version":2,"at":"2026-11-21T14:02:00Z","id":"q"}',
      " ".repeat(20_000),
    ]) {
      writeFileSync(only(), text);
      assert.equal(await own.read(at.atMs), undefined);
    }
    const nowhere = new AuditQueryRecord(join(only(), "below-a-file"), "a");
    await nowhere.write(at);
    await nowhere.drop();
    assert.equal(await nowhere.read(at.atMs), undefined);
  });
});
