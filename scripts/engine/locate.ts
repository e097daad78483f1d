import { constants, existsSync } from "node:fs";
import { access, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ExplicitEngineError, reasonOf } from "./errors";
import { run } from "./process";
import { type Attempt, ENGINE_FILES, type Engine, MINIMUM_VERSION } from "./types";

const VERIFY_MS = 60_000;

/** What was found in a folder: a working command line of a version, or the reason it cannot serve. */
export type Inspection =
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly reason: string };

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    const found = await stat(file);
    return found.isFile() && found.size > 0;
  } catch {
    return false;
  }
}

/** The folders of PATH, in order. */
export function pathFolders(env: NodeJS.ProcessEnv): string[] {
  const key = pathKey(env);
  const folders = (env[key] ?? "")
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  return [...new Set(folders.map((folder) => path.resolve(folder)))];
}

/** The name of the PATH variable: Windows usually spells it "Path", and does not care. */
export function pathKey(env: NodeJS.ProcessEnv): string {
  if (process.platform !== "win32") return "PATH";
  return Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
}

/** The first program of that name on PATH. */
export async function findOnPath(
  program: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  for (const folder of pathFolders(env)) {
    const file = path.join(folder, process.platform === "win32" ? `${program}.exe` : program);
    if (await isProgram(file)) return file;
  }
  return undefined;
}

function numbersOf(version: string): [number, number, number] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version.trim());
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

/** Whether a version is of the same major and not older than the minimum. */
export function isRecentEnough(version: string, minimum: string = MINIMUM_VERSION): boolean {
  const [have, need] = [numbersOf(version), numbersOf(minimum)];
  if (!have || !need || have[0] !== need[0]) return false;
  return have[1] !== need[1] ? have[1] > need[1] : have[2] >= need[2];
}

/** Checks that a folder holds all three files and that its command line runs and is recent. */
export async function inspectFolder(
  folder: string,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<Inspection> {
  if (!existsSync(folder)) return { ok: false, reason: "there is no such folder" };
  const missing: string[] = [];
  for (const file of Object.values(ENGINE_FILES)) {
    if (!(await isProgram(path.join(folder, file)))) missing.push(file);
  }
  if (missing.length > 0) return { ok: false, reason: `no working ${missing.join(", ")} in it` };
  let output: string;
  try {
    output = await run(path.join(folder, ENGINE_FILES.cli), ["version"], {
      // The command line writes a log file into its home on every run; a question about its
      // version should leave nothing behind.
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_HOME: os.devNull },
      timeoutMs: VERIFY_MS,
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    return { ok: false, reason: `"pulumi version" failed: ${reasonOf(error)}` };
  }
  const version = output.trim().replace(/^v/, "");
  if (!numbersOf(version)) {
    return { ok: false, reason: `"pulumi version" printed no version but "${version}"` };
  }
  return isRecentEnough(version)
    ? { ok: true, version }
    : {
        ok: false,
        reason: `version ${version} does not fit: ${MINIMUM_VERSION} or a later 3.x is needed`,
      };
}

/** The engine in the folder the user named; a folder that does not work is an error, never skipped. */
export async function fromExplicit(named: string, env: NodeJS.ProcessEnv): Promise<Engine> {
  const folder = path.resolve(named);
  const found = await inspectFolder(folder, env);
  if (!found.ok) throw new ExplicitEngineError(folder, found.reason);
  return { folder, version: found.version, source: "explicit" };
}

/**
 * The first folder of PATH with a complete and recent engine. Folders are not combined: the command
 * line prefers what lies beside it, and the caller puts just one folder first on PATH.
 */
export async function fromPath(
  env: NodeJS.ProcessEnv,
): Promise<{ engine?: Engine; attempts: Attempt[] }> {
  const attempts: Attempt[] = [];
  for (const folder of pathFolders(env)) {
    if (!(await isProgram(path.join(folder, ENGINE_FILES.cli)))) continue;
    const found = await inspectFolder(folder, env);
    if (found.ok) return { engine: { folder, version: found.version, source: "path" }, attempts };
    attempts.push({ what: `PATH, ${folder}`, reason: found.reason });
  }
  if (attempts.length === 0) attempts.push({ what: "PATH", reason: "no pulumi on it" });
  return { attempts };
}
