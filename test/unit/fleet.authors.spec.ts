import { strict as assert } from "node:assert";
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collectResults } from "../../cli/fleet/collect";
import { AuthorReport, authorIn, NO_AUTHORS } from "../../cli/fleet/driftAuthors";
import { type FleetAuthor, parseResult, resultJson } from "../../cli/fleet/result";
import { resultJunit } from "../../cli/fleet/resultJunit";
import { resultMarkdown } from "../../cli/fleet/resultMarkdown";
import { resultText } from "../../cli/fleet/resultText";
import { MAX_COMMENT } from "../../cli/markdown";
import { type DriftReport, REPORT_VARIABLE, reportRequest } from "../../provider/api/driftReport";
import { BLOCK, change, fleetResult, stackNames, stackResult } from "../fleetResults";

const ANN: FleetAuthor = {
  by: "ann@contoso.example",
  at: "2026-11-21T14:02:00.000Z",
  through: "Microsoft 365 Apps admin center",
  isOfThisChange: true,
};
const APP: FleetAuthor = {
  by: "22222222-2222-4222-8222-222222222222",
  at: "2026-11-21T15:10:00.000Z",
  isOfThisChange: true,
};
const BOB: FleetAuthor = {
  by: "bob@northwind.example",
  at: "2026-11-20T09:11:00.000Z",
  isOfThisChange: false,
};
const REFUSED =
  "Who made the changes is not known: the audit log answers 403. Grant the app the Graph permission AuditLogsQuery.Read.All with admin consent, or set officeConfiguration:auditLogWaitSeconds to 0.";

const drifted = (stack: string, author?: FleetAuthor, notes?: readonly string[]) =>
  stackResult(stack, {
    result: "drifted",
    changes: [change(author && { author })],
    ...(notes !== undefined && { authorNotes: [...notes] }),
  });
const drift = (...stacks: Parameters<typeof fleetResult>[0]) =>
  fleetResult(stacks, { command: "drift" });

const several = drift(
  drifted("adatum", undefined, [REFUSED]),
  drifted("contoso", ANN),
  drifted("fabrikam", APP),
  drifted("northwind", BOB),
  drifted("tailspin", { ...APP, at: "2026-11-21T14:05:00.000Z" }),
  drifted("woodgrove", undefined, [REFUSED]),
);

describe("the authors of drift in a fleet's result", () => {
  it("are below the change, tenants of one author together, and why the others have none is told once", () => {
    assert.equal(
      resultText(several, 80),
      `Changed in the tenants (1)
  Macro security: word16;L_BlockMacroExecutionFromInternet "1" => "0"
    in 6 tenants:
      fabrikam, tailspin: by the app 22222222-2222-4222-8222-222222222222,
        2026-11-21 14:05 UTC to 2026-11-21 15:10 UTC
      contoso: by ann@contoso.example in Microsoft 365 Apps admin center,
        2026-11-21 14:02 UTC
      northwind: last changed by bob@northwind.example, 2026-11-20 09:11 UTC,
        and that may be another change
      adatum, woodgrove: author not known

By tenant (6)
  1 change  adatum, contoso, fabrikam, northwind, tailspin, woodgrove

Authors not known (1)
  Who made the changes is not known: the audit log answers 403. Grant the app
    the Graph permission AuditLogsQuery.Read.All with admin consent, or set
    officeConfiguration:auditLogWaitSeconds to 0.
    in 2 tenants: adatum, woodgrove

fleet drift of office: 6 tenants: 6 drifted.`,
    );
  });

  it("are on the line of the tenant where there is one only", () => {
    assert.match(
      resultText(drift(drifted("contoso", ANN)), 120),
      /\n {4}in contoso, by ann@contoso\.example in Microsoft 365 Apps admin center, 2026-11-21 14:02 UTC\n/,
    );
    assert.match(
      resultText(drift(drifted("northwind", BOB)), 120),
      /\n {4}in northwind, last changed by bob@northwind\.example, .* UTC, and that may be another change\n/,
    );
  });

  it("do not part one change into several", () => {
    const at = (minute: number): FleetAuthor => ({ ...ANN, at: `2026-11-21T14:${minute}:00.000Z` });
    const stacks = stackNames(40).map((name, index) => drifted(name, at(10 + index)));
    const text = resultText(drift(...stacks), 80);
    assert.match(text, /^Changed in the tenants \(1\)\n/);
    assert.match(
      text.replaceAll(/\s+/g, " "),
      /tenant-012 and 28 more: by ann@contoso\.example in .*, 2026-11-21 14:10 UTC to 2026-11-21 14:49 UTC/,
    );
  });

  it("are twelve tenants at most, and fit 80 and 120 columns", () => {
    const stacks = stackNames(40).map((name, index) =>
      drifted(name, { ...ANN, by: `admin-${index}@tenant.example` }),
    );
    for (const width of [80, 120]) {
      const lines = resultText(drift(...stacks), width).split("\n");
      assert.deepEqual(
        lines.filter((line) => line.length > width),
        [],
      );
      assert.equal(lines.filter((line) => line.includes(": by admin-")).length, 12);
      assert.ok(lines.includes("      and 28 more: --format json has all"));
    }
  });

  it("are those of a deletion", () => {
    const gone = (author: FleetAuthor) =>
      drift(
        stackResult("contoso", {
          result: "drifted",
          changes: [
            change({ op: "delete", new: null, author }),
            change({ op: "delete", new: null, settingId: undefined, property: "name", author }),
          ],
        }),
      );
    assert.match(
      resultText(gone({ ...ANN, through: undefined }), 80),
      /is gone from the tenant, with 1 setting\n {4}in contoso, deleted by ann@contoso\.example, 2026/,
    );
    assert.match(resultText(gone(BOB), 80), /in contoso, last changed by bob@northwind\.example, /);
  });

  it("are in Markdown, whose text they cannot leave", () => {
    const text = resultMarkdown(several);
    assert.match(
      text,
      /\| in 6 tenants:<br>fabrikam, tailspin: by the app .*<br>contoso: by ann@<!-- -->contoso\.example in /,
    );
    assert.match(
      text,
      /### Authors not known\n\n- Who made .* \(in 2 tenants: adatum, woodgrove\)\n/,
    );
    const by = "<b>@ann|#1</b>\n| x | y |";
    const hostile = resultMarkdown(drift(drifted("a", { ...ANN, by, through: by })));
    assert.doesNotMatch(hostile, /<b>|@ann|[^\\]#1|\n\| x/);
  });

  it("leave room for all changes in a comment where they can", () => {
    const changes = (index: number) =>
      Array.from({ length: 60 }, (_, place) =>
        change({
          settingId: `a16;L_${place}`,
          author: { ...ANN, by: `admin-${index}@${"long".repeat(12)}.example` },
        }),
      );
    const stacks = stackNames(20).map((name, index) =>
      stackResult(name, { result: "drifted", changes: changes(index) }),
    );
    const text = resultMarkdown(drift(...stacks));
    assert.ok(text.length <= MAX_COMMENT, String(text.length));
    assert.ok(!text.includes("Left out"));
    assert.equal(text.match(/\| Macro security: /g)?.length, 60);
    assert.ok(text.includes("by admin\\-0@"));
  });

  it("are in JUnit's XML, behind the change, with the reasons for none", () => {
    const xml = resultJunit(several, { expectNoChanges: false });
    assert.match(
      xml,
      /=&gt; &quot;0&quot; \(by ann@contoso\.example in .*, 2026-11-21 14:02 UTC\)</,
    );
    assert.match(
      xml,
      /\(last changed by bob@northwind\.example, .*, and that may be another change\)/,
    );
    assert.match(xml, /&quot;0&quot;\nWho made the changes is not known: [^<]*to 0\.<\/failure>/);
  });

  it("stay with shards that are collected, and results of earlier versions have none", () => {
    const [one, two] = [
      { ...drift(drifted("contoso", ANN)), shard: "1/2" },
      { ...drift(drifted("adatum", undefined, [REFUSED])), shard: "2/2" },
    ];
    const files = [one, two].map((result, place) => ({
      file: `${place}.json`,
      result: parseResult(resultJson(result), `${place}.json`),
    }));
    const { result } = collectResults(files);
    assert.deepEqual(result.stacks, [...two.stacks, ...one.stacks]);
    const earlier = drift(drifted("contoso"));
    assert.deepEqual(parseResult(resultJson(earlier), "earlier.json"), earlier);
    assert.match(resultText(earlier, 80), /\n {4}in contoso\n/);
  });
});

describe("the author of a change in a report of the provider's process", () => {
  const [by, at] = ["ann@contoso.example", "2026-11-21T14:02:00.000Z"];
  const report = (parts: Partial<DriftReport>) => ({
    notes: [],
    reports: new Map([["p-1", { id: "p-1", authors: [], ...parts }]]),
  });
  const author = (path: string[]) => ({ path, by, at });
  const last = { by: "bob@contoso.example", at };

  it("is that of this setting's value, of an attribute, of a property, or of the deletion", () => {
    for (const [path, changed] of [
      [["policies", BLOCK, "value"], change()],
      [["policies", BLOCK], change({ old: null })],
      [["policies", BLOCK, "allowOverride"], change({ attribute: "allowOverride" })],
      [["priority"], change({ settingId: undefined, property: "priority" })],
      [[], change({ op: "delete" })],
    ] as const) {
      const { author: found } = authorIn(
        report({ authors: [author([...path])], last }),
        "p-1",
        changed,
      );
      assert.deepEqual(found, { by, at, isOfThisChange: true }, path.join("/"));
    }
  });

  it("is never that of another one: then it is whoever changed the policy last, and it says so", () => {
    for (const [path, changed] of [
      [["policies", "other16;L_X", "value"], change()],
      [["userPreferences", BLOCK, "value"], change()],
      [["policies", BLOCK, "value"], change({ attribute: "allowOverride" })],
      [["policies"], change()],
      [["assignments", "0"], change({ settingId: undefined, property: "assignments" })],
      [["policies", BLOCK, "value"], change({ op: "delete" })],
      [[], change()],
    ] as const) {
      const authors = [author([...path])];
      assert.deepEqual(authorIn(report({ authors }), "p-1", changed), {}, path.join("/"));
      assert.deepEqual(
        authorIn(report({ authors, last }), "p-1", changed),
        { author: { ...last, isOfThisChange: false } },
        path.join("/"),
      );
    }
  });

  it("is nobody of another resource, or of none", () => {
    const authors = report({ authors: [author(["policies", BLOCK, "value"])], last });
    assert.deepEqual(authorIn(authors, "p-2", change()), {});
    assert.deepEqual(authorIn(authors, null, change()), {});
  });
});

describe("the report that a fleet asks of a provider's process", () => {
  let copies: string;
  beforeEach(() => {
    copies = mkdtempSync(join(tmpdir(), "fleet-authors-"));
  });
  afterEach(() => rmSync(copies, { recursive: true }));

  const request = ({ env }: AuthorReport) => {
    const found = reportRequest(env);
    assert.ok(found !== undefined);
    return found;
  };

  it("is asked of drift and refresh only", () => {
    for (const command of ["preview", "up", "destroy"] as const) {
      const report = AuthorReport.begin(command, { copies, timeLimitMs: 1_000 });
      assert.deepEqual([report.env, report.end()], [{}, NO_AUTHORS]);
    }
    assert.deepEqual(readdirSync(copies), []);
  });

  it("is a file that nobody else can read, and gone afterwards", () => {
    const report = AuthorReport.begin("drift", { copies, timeLimitMs: 90_000 });
    const { file, auditUntilMs } = request(report);
    assert.ok(auditUntilMs <= Date.now() + 45_000);
    if (process.platform !== "win32") assert.equal(statSync(file).mode & 0o777, 0o600);
    const line = { id: "p-1", authors: [], note: `${REFUSED} (request-id 3f0c2e5a-7c1d)` };
    appendFileSync(
      file,
      `${JSON.stringify(line)}\n{"id":"p-2"\n${JSON.stringify({ ...line, id: "p-3" })}\n`,
    );
    const { reports, notes } = report.end();
    assert.deepEqual([...reports.keys()], ["p-1", "p-3"]);
    assert.deepEqual(notes, [REFUSED]);
    assert.deepEqual(readdirSync(copies), []);
  });

  it("is missing, and nothing fails, where there is no place for it", () => {
    const report = AuthorReport.begin("refresh", { copies: join(copies, "none"), timeLimitMs: 1 });
    assert.deepEqual([report.env, report.end()], [{}, NO_AUTHORS]);
    const gone = AuthorReport.begin("refresh", { copies, timeLimitMs: 1 });
    rmSync(request(gone).file);
    assert.deepEqual(gone.end(), NO_AUTHORS);
    assert.deepEqual(Object.keys(gone.env), [REPORT_VARIABLE]);
  });
});
