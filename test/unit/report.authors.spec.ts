import { strict as assert } from "node:assert";
import { type AuditReading, authorNote } from "../../cli/report/authors";
import type { ReportTenant } from "../../cli/report/model";
import { AuditLogs } from "../../cli/report/read/auditLogs";
import { reportOf } from "../../cli/report/reportOf";
import type { CloudName, SessionSummary } from "../../provider/graph";
import { auditedChange, minute, NOON } from "../auditedChange";
import { sideOf, type TestPolicy } from "../comparedSides";
import { gatherAtLeisure, json, ScriptedGraph } from "../scriptedGraph";

const sets = (minutes: number, by: string, id: string, value: string) =>
  auditedChange(minutes, by, { settings: new Map([[id.toLowerCase(), value]]) });

/** A tenant of a report: a policy as its stack left it, and as it is now. */
function tenant(
  code: TestPolicy,
  live: TestPolicy | undefined,
  audit: Partial<AuditReading> | undefined,
): ReportTenant {
  const side = (policy: TestPolicy | undefined) => {
    const own = policy === undefined ? [] : [{ id: "P", name: "Macros", ...policy }];
    return { state: "read", side: sideOf(own, { tenantId: "t" }) } as const;
  };
  const { tenants } = reportOf({
    title: "project",
    madeAt: new Date(0),
    version: "0.0.0",
    baseline: undefined,
    tenants: [
      {
        name: "contoso",
        code: side({ lastModified: NOON, ...code }),
        live: side(live),
        intune: { state: "none" },
        audit: audit && { untilMs: minute(60), ...audit },
      },
    ],
    glossary: (id) => ({ name: id, labels: { "2": "With notification" } }),
  });
  const [made] = tenants;
  assert.ok(made);
  return made;
}

/** Drift with its authors: with a question mark if it may be another change. */
function authors({ drift }: ReportTenant): [string, string | undefined][] {
  return drift.map(({ key, what, author }) => [
    key ?? what,
    author === null ? undefined : `${author.by}${author.isOfThisChange ? "" : "?"}`,
  ]);
}

describe("the authors of drift in a report", () => {
  const was = { policies: { "app;Level": "4", "app;Same": "1" } };
  const now = { policies: { "app;Level": "2", "app;Same": "1" } };

  it("are those whose records have the tenant's value, as it is on the wire, with time and portal", () => {
    const by = "ann@contoso.example";
    const change = { ...sets(5, by, "app;Level", "2"), through: "Cloud Policy" };
    const made = tenant(was, now, { changes: [change] });
    const [line] = made.drift;
    assert.equal(line?.live, "With notification (2)");
    assert.deepEqual(line?.author, {
      by,
      at: "2026-11-21T12:05:00.000Z",
      through: "Cloud Policy",
      isOfThisChange: true,
    });
    assert.equal(made.authorNote, null);
  });

  it("are of a setting that was added, on any platform, and of a priority", () => {
    const made = tenant(
      { policies: {} },
      {
        policies: { "app;New@Win32": { platform: "Win32", value: "1" } },
        rank: { scale: "priority", place: 7 },
      },
      {
        changes: [
          sets(5, "ann", "app;New", "1"),
          auditedChange(6, "bob", { properties: new Map([["priority", "7"]]) }),
        ],
      },
    );
    assert.deepEqual(authors(made), [
      ["app;New@Win32", "ann"],
      ["priority", "bob"],
    ]);
  });

  it("are of the record of a deletion, if the policy is gone", () => {
    const gone = (isDeletion: boolean) =>
      tenant(was, undefined, { changes: [auditedChange(5, "ann", { isDeletion })] });
    assert.deepEqual(authors(gone(true)), [["policy", "ann"]]);
    assert.deepEqual(authors(gone(false)), [["policy", "ann?"]]);
  });

  for (const [what, code, live] of [
    ["a setting that was removed", { policies: { "app;Level": "2" } }, { policies: {} }],
    ["groups", { groups: ["g"] }, { groups: ["h"] }],
    [
      "another attribute, whose record repeats the value",
      { policies: { "app;Level": { value: "2", allowOverride: "no" } } },
      { policies: { "app;Level": { value: "2", allowOverride: "yes" } } },
    ],
    [
      "a setting that was disabled, whose record repeats the value",
      { policies: { "app;Level": "2" } },
      { policies: { "app;Level": { value: "2", enabled: false } } },
    ],
    [
      "a value together with another attribute",
      { policies: { "app;Level": { value: "4", allowOverride: "no" } } },
      { policies: { "app;Level": { value: "2", allowOverride: "yes" } } },
    ],
    [
      "a priority that an order of policies gives",
      { rank: { scale: "priority", place: 0, isOfOrder: true } },
      { rank: { scale: "priority", place: 7 } },
    ],
    ["JSON that is no list of settings", { policies: { $json: 1 } }, { policies: { $json: 2 } }],
  ] as [string, TestPolicy, TestPolicy][]) {
    it(`may have made another change than that of ${what}`, () => {
      const change = {
        ...sets(5, "ann", "app;Level", "2"),
        properties: new Map([["priority", "7"]] as const),
      };
      const made = tenant(code, live, { changes: [change] });
      assert.deepEqual(
        authors(made).map(([, author]) => author),
        ["ann?"],
      );
    });
  }

  it("are nobody of before the state, after the tenant was read, or of another policy", () => {
    const changes = [
      sets(-60, "before", "app;Level", "2"),
      sets(70, "after", "app;Level", "2"),
      { ...sets(5, "other", "app;Level", "2"), policyId: "q" },
    ];
    const made = tenant(was, now, { changes });
    assert.deepEqual(authors(made), [["app;Level", undefined]]);
    assert.equal(
      made.authorNote,
      "Who made the changes is not known: the audit log has no record of them. A record may appear there hours after its change.",
    );
  });

  it("are not sure where the state does not say when it saw the policy, and no record has another value", () => {
    const code = { ...was, lastModified: undefined };
    const repeated = sets(5, "ann", "app;Level", "2");
    assert.deepEqual(authors(tenant(code, now, { changes: [repeated] })), [["app;Level", "ann?"]]);
    const set = [sets(4, "us", "app;Level", "4"), repeated];
    assert.deepEqual(authors(tenant(code, now, { changes: set })), [["app;Level", "ann"]]);
  });

  it("are named for secrets, whose values stay masked", () => {
    const PLANTED = "planted-secret";
    const isSecret = () => true;
    const made = tenant(
      { policies: { "app;Key": "before" }, isSecret },
      { policies: { "app;Key": PLANTED } },
      { changes: [sets(5, "ann", "app;Key", PLANTED)] },
    );
    assert.deepEqual(authors(made), [["app;Key", "ann"]]);
    assert.equal(made.drift[0]?.live, "[secret]");
    assert.ok(!JSON.stringify(made).includes(PLANTED));
  });

  it("are shown without what would turn a name round", () => {
    const by = "\u202enna@contoso.example";
    const change = { ...sets(5, by, "app;Level", "2"), through: "\u2066Portal" };
    const [line] = tenant(was, now, { changes: [change] }).drift;
    assert.deepEqual(
      [line?.author?.by, line?.author?.through],
      ["\\u202enna@contoso.example", "\\u2066Portal"],
    );
  });

  it("are missing for a reason, which one sentence says, and with none if nobody wants to know", () => {
    const named = tenant(was, now, { changes: [auditedChange(5, "ann")] }).drift;
    const unnamed = tenant(was, now, undefined).drift;
    const changes = { changes: [], untilMs: 0 };
    assert.equal(authorNote(named, changes), null);
    const ofIntune = unnamed.map((each) => ({ ...each, road: "intune" as const }));
    assert.equal(authorNote([...named, ...ofIntune], changes), null);
    assert.match(
      String(authorNote([...named, ...unnamed], changes)),
      /^Who made some of the changes is not known: the audit log has no record of them\./,
    );
    assert.equal(tenant(was, now, { note: "\u202eWhy." }).authorNote, "\\u202eWhy.");
    assert.equal(tenant(was, now, undefined).authorNote, null);
    assert.equal(tenant(was, was, { note: "Why." }).authorNote, null);
  });
});

describe("the audit logs of a report's tenants", () => {
  const QUERIES = "/v1.0/security/auditLog/queries";
  const TENANT = "a0a0a0a0-0000-4000-8000-00000000000a";
  gatherAtLeisure();

  function session(answers: ReturnType<typeof json>[], more: Partial<SessionSummary> = {}) {
    const graph = new ScriptedGraph();
    const start = Date.parse(NOON);
    graph.clock.now = () => start + graph.clock.waitedMs;
    graph.answers = answers;
    const config = { cloud: "public", credential: "accessToken", ...more } as SessionSummary;
    const options = {
      auditWaitSeconds: undefined as number | undefined,
      timeoutSeconds: 300,
      endMs: start + 300_000,
      signal: new AbortController().signal,
      log: (line: string) => void said.push(line),
    };
    const said: string[] = [];
    return { graph, tenant: { graph: graph.client(), config }, options, said };
  }

  const query = (status: string) => json({ id: "q", status }, 201);
  const forbidden = json({ error: { code: "Forbidden", message: "No." } }, 403);
  const answered = () => [query("succeeded"), json({ value: [] })];

  it("are not asked unless somebody has said how long that may take", async () => {
    const asked = async (config: Partial<SessionSummary>, auditWaitSeconds?: number) => {
      const { graph, tenant: open, options } = session(answered(), config);
      const reading = await new AuditLogs().read(TENANT, open, { ...options, auditWaitSeconds });
      return [graph.trips.length, reading?.note ?? reading?.changes?.length];
    };
    const hint =
      "To see who made the changes, make the report with --audit-wait 60 (0 hides this line).";
    assert.deepEqual(await asked({}), [0, hint]);
    assert.deepEqual(await asked({ auditLogWaitSeconds: 0 }), [0, undefined]);
    assert.deepEqual(await asked({ auditLogWaitSeconds: 60 }, 0), [0, undefined]);
    assert.deepEqual(await asked({ auditLogWaitSeconds: 60 }), [2, 0]);
    assert.deepEqual(await asked({ auditLogWaitSeconds: 0 }, 60), [2, 0]);
  });

  it("are not asked in clouds that have none", async () => {
    const cloud: CloudName = "usgov";
    const { graph, tenant: open, options } = session([], { cloud, auditLogWaitSeconds: 60 });
    const { note } = (await new AuditLogs().read(TENANT, open, options)) ?? {};
    assert.equal(
      note,
      "Who made the changes is not known: Microsoft has no queries of the audit log in this cloud.",
    );
    assert.deepEqual(graph.trips, []);
  });

  it("are given up after the wait, or with the time of their tenant", async () => {
    const waited = async (auditWaitSeconds: number) => {
      const { graph, tenant: open, options, said } = session([query("running"), query("running")]);
      const endMs = graph.clock.now() + 30_000;
      const given = { ...options, auditWaitSeconds, endMs, timeoutSeconds: 40 };
      const { note } = (await new AuditLogs().read(TENANT, open, given)) ?? {};
      assert.equal(note, said[1]);
      return [note, graph.clock.waitedMs, said[0]];
    };
    assert.deepEqual(await waited(10), [
      "Who made the changes is not known: the audit log has not answered within 10 s: give --audit-wait a longer time.",
      10_000,
      "asking the audit log who made the changes, for 10 s at most",
    ]);
    assert.deepEqual(await waited(600), [
      "Who made the changes is not known: the audit log has not answered within the time of a tenant, 40 s: give --timeout a longer time.",
      30_000,
      "asking the audit log who made the changes, for 30 s at most",
    ]);
  });

  it("are asked once for a tenant, and again only where another app was refused", async () => {
    const logs = new AuditLogs();
    const read = async (answers: ReturnType<typeof json>[], id: string | undefined = TENANT) => {
      const { graph, tenant: open, options } = session(answers, { auditLogWaitSeconds: 60 });
      const reading = await logs.read(id, open, options);
      return [graph.trips, reading?.changes?.length ?? reading?.note] as const;
    };
    const [refused, allowed, shared, other] = await Promise.all([
      read([forbidden]),
      read(answered()),
      read([]),
      read(answered(), "b0b0b0b0-0000-4000-8000-00000000000b"),
    ]);
    assert.deepEqual(refused, [
      [`POST ${QUERIES}`],
      "Who made the changes is not known: the audit log answers 403. Grant the app the Graph permission AuditLogsQuery.Read.All with admin consent, or do without: --audit-wait 0.",
    ]);
    const both = [`POST ${QUERIES}`, `GET ${QUERIES}/q/records`];
    assert.deepEqual(
      [allowed, shared, other],
      [
        [both, 0],
        [[], 0],
        [both, 0],
      ],
    );
    const late = await read([query("failed")], "c");
    assert.deepEqual(late, [
      [`POST ${QUERIES}`],
      "Who made the changes is not known: The audit log could not carry out the query.",
    ]);
    assert.deepEqual((await read(answered(), "c"))[0], []);
  });

  it("keep a stack no longer than its own time, though another one of its tenant waits for them", async () => {
    const logs = new AuditLogs();
    const first = session([query("running")], { auditLogWaitSeconds: 600 });
    // Never answers.
    first.graph.clock.sleep = () => new Promise(() => {});
    void logs.read(TENANT, first.tenant, first.options);
    const second = session([], { auditLogWaitSeconds: 600 });
    const signal = AbortSignal.abort();
    const { note } = (await logs.read(TENANT, second.tenant, { ...second.options, signal })) ?? {};
    assert.match(String(note), /has not answered within the time of a tenant/);
  });
});
