import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { reportCsv } from "../../cli/report/csv";
import { reportHtml } from "../../cli/report/html/page";
import type { Report, ReportTenant } from "../../cli/report/model";
import { hostileTexts } from "../hostileTexts";
import { HOSTILE, hostileReport, plainReport, reportWithAuthor } from "../reports";

const PARTS = { script: "own();", style: "p{}" };

/** Text of the page without tags and data. */
function textOf(page: string): string {
  return page
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

describe("the page of a report", () => {
  it("escapes every text that others have chosen", () => {
    const page = reportHtml(hostileReport(), PARTS);
    const scripts = [...page.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    assert.deepEqual(scripts, ['<script type="application/json" id="data">', "<script>"]);
    assert.equal(page.match(/<\/script>/g)?.length, 2);
    assert.equal(page.match(/<\/style>/g)?.length, 1);
    for (const tag of ["<img", "<!--", "</textarea", 'onerror="'])
      assert.ok(!page.includes(tag), tag);
    assert.deepEqual(page.match(/(?!\n)[\p{Cc}\p{Cf}]/gu), null);
    assert.ok(page.isWellFormed());
    assert.ok(page.includes("&lt;script&gt;globalThis.planted = 1&lt;/script&gt;"));
    assert.ok(page.includes("\\u202egnp.exe\\u2066"));
  });

  it("takes any text for a name", () => {
    const plain = plainReport();
    for (const text of hostileTexts(400)) {
      const made: Report = {
        ...plain,
        title: text,
        tenants: plain.tenants.map((each) => ({ ...each, name: text })),
      };
      const page = reportHtml(made, PARTS);
      assert.equal(page.match(/<\/?script/g)?.length, 4, JSON.stringify(text.slice(0, 100)));
    }
  });

  it("allows its own script and style alone, by their hashes", () => {
    const page = reportHtml(plainReport(), PARTS);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
    const hashes = ["script", "style"].map((tag) => {
      const [, text = ""] = new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(page) ?? [];
      return `${tag}-src &#39;sha256-${createHash("sha256").update(text).digest("base64")}&#39;`;
    });
    assert.ok(policy.startsWith("default-src &#39;none&#39;; "), policy);
    for (const hash of hashes) assert.ok(policy.includes(hash), `${hash} in ${policy}`);
    assert.ok(!/unsafe|https?:/.test(policy), policy);
    assert.ok(
      !/(?:src|href)="(?!#)/.test(page.replace(/content="[^"]*"/g, "")),
      "asks for nothing",
    );
  });

  it("says who deviates, what drifted, what nobody manages, and what was not read", () => {
    const text = textOf(reportHtml(plainReport(), PARTS));
    for (const said of [
      "Baseline: the baseline",
      "At the baseline 0 of 1 1 tenant deviates, in 1 setting",
      "Tenants 2 1 could not be read",
      "Tenant not read : fabrikam 403 Forbidden",
      "Drift 1 change in 1 tenant",
      `contoso Macros Setting A (App) app;A &quot;1&quot; &quot;2&quot; 2026-11-21 14:02 UTC`,
      "1 policy Settings",
      "contoso – Other o h 1 –",
      "&quot;2&quot; , Macros (priority 0), for g",
      "&quot;3&quot; , Other (priority 1), for h",
    ]) {
      assert.ok(text.includes(said), `${said}\n${text}`);
    }
  });

  it("names the author of drift in the list and behind the cell, where a search finds them", () => {
    const page = reportHtml(reportWithAuthor(), PARTS);
    const said = "by ann@contoso.example in Cloud Policy, 2026-11-21 14:02 UTC";
    assert.ok(textOf(page).includes(`2026-11-21 14:02 UTC ${said}`), textOf(page));
    assert.ok(
      page.includes('"by ","ann@contoso.example"," in ","Cloud Policy",", 2026-11-21 14:02 UTC"'),
    );
    assert.ok(page.includes(' data-authors="ann@contoso.example"'));
    const app = textOf(
      reportHtml(reportWithAuthor({ by: "ServicePrincipal_x", through: null }), PARTS),
    );
    assert.ok(app.includes("by the app ServicePrincipal_x, 2026-11-21 14:02 UTC"), app);
    const maybe = reportHtml(reportWithAuthor({ isOfThisChange: false }), PARTS);
    const last = `policy last changed ${said}, and that may be another change`;
    assert.ok(textOf(maybe).includes(last));
  });

  it("has no column for authors where nobody is named", () => {
    const page = reportHtml(plainReport(), PARTS);
    assert.ok(textOf(page).includes("Policy last changed contoso Macros"), page);
    assert.ok(page.includes('placeholder="name, id or value"'));
    assert.ok(!page.includes("data-authors"));
  });

  it("says why authors are missing, once if that is so for all tenants with drift", () => {
    const [contoso, fabrikam] = plainReport().tenants;
    assert.ok(contoso && fabrikam);
    const note = "Who <made> the changes is not known.";
    const page = (...tenants: ReportTenant[]) =>
      textOf(reportHtml({ ...plainReport(), tenants }, PARTS)).match(
        /(\S+ )?: Who &lt;made&gt; |(?<!: )Who &lt;made&gt; /g,
      );
    const drifted = { ...contoso, authorNote: note };
    const other = { ...drifted, name: "tailspin" };
    assert.deepEqual(page(drifted, other, fabrikam), ["Who &lt;made&gt; "]);
    assert.deepEqual(page(drifted, { ...other, authorNote: null }), [
      "contoso : Who &lt;made&gt; ",
    ]);
  });

  it("is whole without a baseline, and with nothing at all", () => {
    const plain = plainReport();
    const page = reportHtml({ ...plain, baseline: null }, PARTS);
    assert.ok(!textOf(page).includes("At the baseline"));
    const empty = reportHtml({ ...plain, tenants: [], settings: [], baseline: null }, PARTS);
    assert.ok(empty.includes("</html>"));
  });
});

describe("a report as CSV", () => {
  const rowsOf = (report: Report) =>
    parse(reportCsv(report), { columns: true }) as Record<string, string>[];

  it("has a row for each value of each tenant, and for what a tenant lacks", () => {
    const rows = rowsOf(plainReport()).map(
      ({ tenant, settingId, outcome, drifted, value, policy, wins }) =>
        [tenant, settingId, outcome, drifted, value, policy, wins].join(" "),
    );
    assert.deepEqual(rows, [
      'contoso app;B same no "1" Macros yes',
      'contoso app;A different yes "2" Macros yes',
      'contoso app;A different yes "3" Other yes',
      "fabrikam app;B unread no   ",
      "fabrikam app;A unread no   ",
    ]);
  });

  it("names the author of a drifted value, where the log shows that very change", () => {
    const authors = (report: Report) =>
      rowsOf(report)
        .map(({ policy, value, changedBy, changedIn, changedAt }) =>
          [policy, value, changedBy, changedIn, changedAt].join(" "),
        )
        .filter((row) => row.includes("@"));
    assert.deepEqual(authors(reportWithAuthor()), [
      'Macros "2" ann@contoso.example Cloud Policy 2026-11-21T14:02:03.000Z',
    ]);
    assert.deepEqual(authors(reportWithAuthor({ isOfThisChange: false })), []);
  });

  it("has no text that a spreadsheet takes for a formula", () => {
    const rows = rowsOf(hostileReport());
    assert.ok(rows.length > HOSTILE.length);
    for (const row of rows) {
      for (const text of Object.values(row)) assert.doesNotMatch(text, /^[=+\-@\t\r]/);
    }
  });
});
