import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { inventedReport } from "../../bench/report/invented";
import { reportHtml } from "../../cli/report/html/page";
import { pageParts } from "../../cli/report/html/parts";
import type { Report } from "../../cli/report/model";
import { hostileReport, plainReport, reportWithAuthor } from "../reports";
import { findChromium, NO_CHROMIUM } from "./chromium";

const executablePath = findChromium();

describe("the page of a report, in Chromium", function () {
  // They may run with the engine's tests, which may take longer.
  this.timeout(120_000);

  let browser: Browser;
  let folder: string;
  let pages: Page[] = [];
  /** Whatever a page asks for, and whatever goes wrong in it. */
  let asked: string[];
  let faults: string[];

  before(async function () {
    if (executablePath === undefined) {
      process.stderr.write(NO_CHROMIUM);
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), "office-configuration-page-"));
    // Root has no sandbox of its own; the page is this package's.
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  });

  afterEach(async () => {
    await Promise.all(pages.map((page) => page.close()));
    pages = [];
  });

  after(async () => {
    if (executablePath === undefined) return;
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(report: Report, options: BrowserContextOptions = {}): Promise<Page> {
    const file = join(folder, "report.html");
    writeFileSync(file, reportHtml(report, pageParts()));
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
    pages.push(page);
    asked = [];
    faults = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  const middle = () => inventedReport({ tenants: 36, settings: 40 });

  const search = (page: Page, name: string) => page.getByRole("searchbox", { name });

  /** The shown settings and tenants, as the page says it. */
  const shown = (page: Page) => page.locator(".controls output").textContent();

  it("asks for nothing but itself, and runs no script of anybody else", async () => {
    const page = await open(hostileReport());
    assert.deepEqual(asked, [page.url()]);
    assert.deepEqual(faults, []);
    assert.equal(await page.evaluate("globalThis.planted"), undefined);
    await page.locator(".matrix td.d, .matrix td.s").first().click();
    assert.ok(await page.locator("dialog").isVisible());
    assert.equal(await page.evaluate("globalThis.planted"), undefined);
    assert.equal(await page.locator("dialog script, dialog img").count(), 0);
    assert.deepEqual(faults, []);
    await page
      .evaluate(
        `document.body.append(Object.assign(document.createElement("script"), { text: "globalThis.planted = 1" }))`,
      )
      .catch(() => undefined);
    assert.equal(await page.evaluate("globalThis.planted"), undefined);
  });

  for (const [colorScheme, width] of [
    ["light", 1280],
    ["dark", 390],
  ] as const) {
    it(`has nothing that axe objects to, ${colorScheme}, ${width} pixels wide`, async () => {
      // With tenants that were not read, that drifted, and that have policies of their own.
      const report = inventedReport({ tenants: 36, settings: 8 });
      const page = await open(report, { colorScheme, viewport: { width, height: 800 } });
      await page.evaluate(axe.source);
      const violations = async (within: string) => {
        const found = (await page.evaluate(`axe.run("${within}")`)) as axe.AxeResults;
        return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      };
      await page.locator("#tenant-2 summary").click();
      assert.deepEqual(await violations("html"), []);
      await page.locator(".matrix td.d").first().click();
      assert.deepEqual(await violations("dialog"), []);
    });
  }

  it("is read out as a grid of rows and cells with their heads", async () => {
    const page = await open(plainReport());
    const grid = page.getByRole("grid", { name: "Settings by tenant" });
    assert.match(
      await grid.ariaSnapshot(),
      /row "Setting A \(App\) app;A 1 [^ ]+ ≠ [^ ]+ \(\+1\) drift not read":\n\s+- rowheader "Setting A \(App\) app;A"/,
    );
    assert.equal(await grid.getByRole("columnheader", { name: "contoso" }).count(), 1);
  });

  it("is walked through by keyboard, and opens and closes what stands behind a cell", async () => {
    const page = await open(plainReport());
    const focused = () =>
      page.evaluate(
        "document.activeElement.closest('td, th')?.textContent ?? document.activeElement.textContent",
      );
    await page.locator(".controls button").focus();
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "Setting");
    for (const key of ["ArrowDown", "ArrowDown", "End", "ArrowLeft"])
      await page.keyboard.press(key);
    assert.match(String(await focused()), /^≠ "2" \(\+1\) drift$/);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Setting A (App)" });
    assert.ok(await dialog.isVisible());
    const text = await dialog.innerText();
    assert.match(text, /Macros \(priority 0, managed by contoso\)/);
    assert.match(text, /Other \(priority 1, not managed by code\)/);
    assert.match(text, /drift in Macros: "1" → "2"/);
    await page.keyboard.press("Escape");
    assert.equal(await dialog.count(), 0);
    assert.match(String(await focused()), /^≠ "2"/);
    await page.keyboard.press("Control+Home");
    assert.equal(await focused(), "Setting");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("[aria-sort=ascending]").count(), 1);
  });

  it("is searched, filtered and put in order", async () => {
    const page = await open(middle());
    assert.equal(await shown(page), "42 of 42 settings, 36 of 36 tenants");
    await search(page, "Settings").fill("macros excel");
    await search(page, "Tenants").fill("contoso");
    await search(page, "Tenants").press("Enter");
    assert.equal(await shown(page), "2 of 42 settings, 6 of 36 tenants");
    await page.getByRole("button", { name: "Reset" }).click();
    await page.getByText("42 of 42 settings, 36 of 36 tenants").waitFor();
    await page.getByLabel("Order of tenants").selectOption("count");
    const heads = page.locator(".matrix thead th[data-t]");
    const [first] = await heads.allTextContents();
    const cells = page.locator(".matrix tbody:first-of-type tr:first-child > *");
    assert.equal(await cells.count(), 39);
    const counts =
      (await page.evaluate(`[...document.querySelectorAll(".matrix thead th[data-t]")].map((_, place) =>
      [...document.querySelectorAll(".matrix tbody tr")].filter((row) => /^[dmu]$/.test(row.cells[place + 3].className) || row.cells[place + 3].querySelector("b")).length)`)) as number[];
    assert.notEqual(first, "contoso");
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => b - a),
    );
    await page.getByLabel("Only what deviates or drifted").check();
    assert.equal(
      await shown(page),
      `${counts.length === 36 ? await page.locator(".matrix tbody tr:visible").count() : 0} of 42 settings, ${counts.filter((count) => count > 0).length} of 36 tenants`,
    );
    await page.getByRole("button", { name: "Deviating" }).click();
    const numbers = (
      await page.locator(".matrix tbody tr:not([hidden]) .count").allTextContents()
    ).map(Number);
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => b - a),
    );
    await search(page, "Settings").fill("nothing has this name");
    await search(page, "Settings").press("Enter");
    assert.ok(await page.getByText("No setting and tenant fits this search.").isVisible());
  });

  it("sorts its lists by their columns, what is not known last, and restores the first order", async () => {
    const page = await open(inventedReport({ tenants: 36, settings: 300 }));
    const list = page.locator("#tenants");
    const column = (place: number) => list.locator(`tbody tr > :nth-child(${place})`);
    const texts = async (place: number) =>
      (await column(place).allTextContents()).map((text) => text.trim());
    const head = (title: string) => list.getByRole("columnheader", { name: title });
    const button = (title: string) => head(title).getByRole("button");
    const given = await texts(1);
    await button("Different").click();
    assert.equal(await head("Different").getAttribute("aria-sort"), "descending");
    const numbers = await texts(5);
    const known = numbers.filter((text) => text !== "–").map(Number);
    assert.ok(
      known.length < numbers.length &&
        known.some((each) => each > 9) &&
        known.some((each) => each > 0 && each < 10),
      numbers.join(" "),
    );
    assert.deepEqual(numbers, [
      ...known.toSorted((a, b) => b - a).map(String),
      ...numbers.filter((text) => text === "–"),
    ]);
    await button("Different").focus();
    await page.keyboard.press("Enter");
    const ascending = await texts(5);
    assert.deepEqual(
      ascending.filter((text) => text !== "–").map(Number),
      known.toSorted((a, b) => a - b),
    );
    assert.equal(ascending.at(-1), "–");
    await button("Tenant").click();
    assert.equal(await head("Different").getAttribute("aria-sort"), "none");
    assert.deepEqual(
      await texts(1),
      given.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true })),
    );
    await button("Tenant").click();
    await button("Tenant").click();
    assert.deepEqual(await texts(1), given);
    // Orders of one list are not those of another.
    assert.equal(await page.locator("#drift [aria-sort]:not([aria-sort=none])").count(), 0);
  });

  it("sorts drift by its time, policies by their priority, and nothing that has no order", async () => {
    const page = await open(middle());
    await page.locator("#drift").getByRole("button", { name: "Policy last changed" }).click();
    const moments = await page.locator("#drift tbody time").allTextContents();
    assert.ok(moments.length > 1);
    assert.deepEqual(moments, moments.toSorted());
    await page.locator("#tenant-2 summary").click();
    const policies = page.locator("#tenant-2 table").first();
    await policies.getByRole("button", { name: "Priority" }).press("Enter");
    const priorities = await policies.locator("tbody td:nth-child(2)").allTextContents();
    assert.deepEqual(priorities, ["2", "1", "0"]);
    const bySetting = page.locator("#by-setting");
    assert.equal(await bySetting.getByRole("button", { name: "Setting" }).count(), 1);
    assert.equal(await bySetting.getByRole("button", { name: "Tenants by value" }).count(), 0);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`names the author of drift, ${colorScheme}: found by a search, read out behind the cell, and printed`, async () => {
      const report = reportWithAuthor({ by: "\u05d0\u05e0\u05d4 <b>@contoso.example" });
      const page = await open(report, { colorScheme });
      const said =
        "by \u05d0\u05e0\u05d4 <b>@contoso.example in Cloud Policy, 2026-11-21 14:02 UTC";
      await page.evaluate(axe.source);
      const violations = async (within: string) => {
        const found = (await page.evaluate(`axe.run("${within}")`)) as axe.AxeResults;
        return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      };
      assert.deepEqual(await violations("html"), []);
      await search(page, "Settings").fill("\u05d0\u05e0\u05d4");
      await search(page, "Settings").press("Enter");
      assert.equal(await shown(page), "1 of 2 settings, 2 of 2 tenants");
      assert.equal(await page.locator("#drift td", { hasText: said }).count(), 1);
      assert.equal(
        await page.locator("#drift td bdi").textContent(),
        "\u05d0\u05e0\u05d4 <b>@contoso.example",
      );
      await page.locator(".matrix td.d").first().click();
      const text = await page.getByRole("dialog", { name: "Setting A (App)" }).innerText();
      assert.ok(text.includes(`drift in Macros: "1" → "2", ${said}`), text);
      assert.deepEqual(await violations("dialog"), []);
      assert.deepEqual(faults, []);
      await page.keyboard.press("Escape");
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.locator("#drift td", { hasText: said }).isVisible());
    });
  }

  it("says by which road a value comes, and who is likely to win", async () => {
    const page = await open(inventedReport({ tenants: 5, settings: 8 }));
    const legend = page.getByRole("list", { name: "Signs" });
    assert.match(await legend.innerText(), /roads differ\s+a user gets, or may get, another value/);
    const cell = page.locator(".matrix td", { hasText: "roads differ" }).first();
    await cell.click();
    const dialog = page.getByRole("dialog");
    const text = await dialog.innerText();
    assert.match(
      text,
      /Office on our computers \(Intune, not managed by code\)\s+all users\s+reaches them/,
    );
    assert.match(text, /users get both values: Cloud Policy's is likely to win/);
    await page.keyboard.press("Escape");
    await search(page, "Settings").fill("roads differ");
    await search(page, "Settings").press("Enter");
    assert.match((await shown(page)) ?? "", /^3 of 10 settings/);
  });

  it("leads from a tenant to its policies", async () => {
    const page = await open(plainReport());
    await page.locator("#drift a").click();
    assert.ok(await page.locator("#tenant-0 table").first().isVisible());
  });

  it("says all of it without its script, too", async () => {
    const page = await open(plainReport(), { javaScriptEnabled: false });
    assert.ok(await page.getByRole("grid").isVisible());
    assert.ok(await page.locator(".controls").isHidden());
  });

  it("draws only the rows in sight, and lets all of them be found and printed", async () => {
    const page = await open(inventedReport({ tenants: 100, settings: 200 }));
    const last = `document.querySelector(".matrix tbody:last-of-type tr:last-child")`;
    const isDrawn = () =>
      page.evaluate(`${last}.cells[0].checkVisibility({ contentVisibilityAuto: true })`);
    assert.equal(await isDrawn(), false);
    const isFound = await page.evaluate(`window.find(${last}.querySelector(".name").textContent)`);
    assert.equal(isFound, true);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".matrix").isHidden());
    assert.ok(await page.locator(".too-wide").isVisible());
    const pdf = await page.pdf({ format: "A4", landscape: true });
    assert.ok(pdf.length > 10_000);
  });

  it("puts the matrix of few tenants on paper, and opens all policies there", async () => {
    const page = await open(plainReport());
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".matrix").isVisible());
    assert.ok(await page.locator(".controls").isHidden());
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    assert.equal(await page.locator("details:not([open])").count(), 0);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    assert.equal(await page.locator("details[open]").count(), 0);
  });
});
