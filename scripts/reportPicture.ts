/**
 * Draws the picture of docs/report.md: a report of invented tenants in a real Chromium.
 *
 * @module
 */
import { join } from "node:path";
import { chromium } from "playwright-core";
import { inventedReport } from "../bench/report/invented";
import { reportHtml } from "../cli/report/html/page";
import { pageParts } from "../cli/report/html/parts";
import { findChromium, NO_CHROMIUM } from "../test/browser/chromium";

async function main(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(NO_CHROMIUM);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({
      viewport: { width: 1180, height: 640 },
      colorScheme: "light",
    });
    await page.setContent(reportHtml(inventedReport({ tenants: 36, settings: 48 }), pageParts()));
    // What is worth a look, first.
    await page.getByLabel("Order of tenants").selectOption("count");
    await page.getByRole("button", { name: "Deviating" }).click();
    await page.locator("#settings").scrollIntoViewIfNeeded();
    await page.evaluate(`document.querySelector("#settings").scrollIntoView()`);
    await page.screenshot({ path: join(__dirname, "..", "docs", "report.png") });
  } finally {
    await browser.close();
  }
}

void main();
