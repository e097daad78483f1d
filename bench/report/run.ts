/**
 * Measures the page of a report in a real Chromium, and writes docs/development/report-figures.md.
 *
 * @module
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { reportHtml } from "../../cli/report/html/page";
import { pageParts } from "../../cli/report/html/parts";
import { machine, table, today } from "../../scripts/measured";
import { findChromium, NO_CHROMIUM } from "../../test/browser/chromium";
import { inventedReport, type Size } from "./invented";

const SIZES: readonly Size[] = [
  { tenants: 3, settings: 40 },
  { tenants: 30, settings: 200 },
  { tenants: 100, settings: 200 },
  { tenants: 100, settings: 600 },
];

const RUNS = 3;

/** Frames of one scrolling. */
const FRAMES = 120;

/** One opening of a page. */
interface Opening {
  readonly openMs: number;
  readonly firstPaintMs: number;
  readonly searchMs: number;
  /** Work of the main thread: until the page is open, and for a frame of scrolling. */
  readonly openWorkMs: number;
  readonly frameWorkMs: number;
  readonly frames: readonly number[];
}

/** Opens the page, searches it, and scrolls its matrix to the end and back; runs in the page. */
const SCROLL = `new Promise((resolve) => {
  const matrix = document.querySelector(".matrix");
  const frames = [];
  let last;
  const step = (now) => {
    if (last !== undefined) frames.push(now - last);
    last = now;
    const place = frames.length;
    matrix.scrollTop = place * 60;
    matrix.scrollLeft = place * 40;
    if (place < ${FRAMES}) requestAnimationFrame(step); else resolve(frames);
  };
  requestAnimationFrame(step);
})`;

const SEARCH = `new Promise((resolve) => {
  const form = document.querySelector(".controls");
  const from = performance.now();
  form.elements.settings.value = "macros";
  form.dispatchEvent(new Event("change"));
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)));
})`;

/** Waits for the first content on the screen. */
const PAINTED = `new Promise((resolve) => {
  const look = () => {
    if (performance.getEntriesByName("first-contentful-paint").length > 0) resolve();
    else requestAnimationFrame(look);
  };
  look();
})`;

const TIMES = `({
  openMs: performance.getEntriesByType("navigation")[0].loadEventEnd,
  firstPaintMs: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
})`;

async function opened(browser: Browser, url: string): Promise<Opening> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    const work = await workOf(page);
    await page.goto(url);
    await page.evaluate(PAINTED);
    const times = (await page.evaluate(TIMES)) as Pick<Opening, "openMs" | "firstPaintMs">;
    const openWorkMs = await work();
    await page.evaluate(`document.querySelector("#settings").scrollIntoView()`);
    const before = await work();
    const frames = (await page.evaluate(SCROLL)) as number[];
    const frameWorkMs = ((await work()) - before) / FRAMES;
    const searchMs = (await page.evaluate(SEARCH)) as number;
    return { ...times, frames, searchMs, openWorkMs, frameWorkMs };
  } finally {
    await page.close();
  }
}

/** Counts the milliseconds that the page's main thread has worked: other work of the machine does not change them. */
async function workOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1_000;
  };
}

function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

async function measured(browser: Browser, folder: string, size: Size): Promise<string[]> {
  const from = performance.now();
  const html = reportHtml(inventedReport(size), pageParts());
  const makeMs = performance.now() - from;
  const file = join(folder, "report.html");
  writeFileSync(file, html);
  const openings: Opening[] = [];
  for (let run = 0; run < RUNS; run += 1)
    openings.push(await opened(browser, pathToFileURL(file).href));
  const ms = (of: (opening: Opening) => number) =>
    `${Math.round(quantile(openings.map(of), 0.5))} ms`;
  const frames = openings.flatMap((each) => each.frames);
  return [
    `${size.tenants} × ${size.settings}`,
    `${(html.length / 1_000_000).toFixed(1)} MB`,
    `${Math.round(makeMs)} ms`,
    ms(({ openWorkMs }) => openWorkMs),
    `${quantile(
      openings.map(({ frameWorkMs }) => frameWorkMs),
      0.5,
    ).toFixed(1)} ms`,
    ms(({ firstPaintMs }) => firstPaintMs),
    ms(({ openMs }) => openMs),
    ms(({ searchMs }) => searchMs),
    `${quantile(frames, 0.5).toFixed(1)} ms`,
  ];
}

async function main(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(NO_CHROMIUM);
  const folder = mkdtempSync(join(tmpdir(), "office-configuration-bench-"));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const rows: string[][] = [];
    for (const size of SIZES) rows.push(await measured(browser, folder, size));
    const heads = [
      "tenants × settings",
      "page",
      "made in",
      "work to open",
      "work a frame",
      "first paint",
      "open",
      "search",
      "frame",
    ];
    const page = `# The page of a report, measured

Written by \`npm run bench:report\`: ${today()}, ${machine()}; Chromium ${browser.version()} without a graphics card, medians of ${RUNS} openings.

${table(heads, 1, rows)}

- **work to open**, **work a frame**: time of the page's main thread until the page is open, and for each frame while the matrix scrolls down and to the right. Other
  work of the machine does not change them. For 60 frames a second there are 16.7 ms.
- **first paint**, **open**: from the request of the file to the first content on the screen, and to the end of the page's own script.
- **search**: from a search in the settings to the next frame.
- **frame**: time between two frames while the matrix scrolls.

The bar is 100 tenants × 200 settings: open in less than 1,000 ms, and smooth to scroll. Rows are drawn in blocks of ten, and only where they are in sight (\`content-visibility\`). Row by row, a frame takes 16 ms of work; all at once, the page takes 800 ms of work to open; where each cell is clipped by itself, a frame takes 45 ms.
`;
    writeFileSync(join(__dirname, "..", "..", "docs", "development", "report-figures.md"), page);
    process.stdout.write(page);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

void main();
