/**
 * A real Chromium of this machine, without a download: packages of browsers are large, and not for every system.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Programs that are Chromium, or made of it. */
const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];

/** Paths on other systems than Linux. */
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** Says why tests of the page do not run. */
export const NO_CHROMIUM = `NOT RUN: the tests of the report's page, because this machine has no Chromium.
Install one (Debian: apt-get install chromium), or name it in CHROMIUM.\n`;

/** The path of a Chromium: the one that `CHROMIUM` names, or one that is installed; undefined if there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM) return env.CHROMIUM;
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...paths, ...PLACES].filter(isProgram).find(isWorking);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Some systems have a program of that name which only says how to install it. */
function isWorking(path: string): boolean {
  // It hangs on Windows, where it opens a window instead.
  if (process.platform === "win32") return true;
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 60_000 }).status === 0;
}
