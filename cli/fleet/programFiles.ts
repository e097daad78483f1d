import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RECORDS_FOLDER } from "./record";

/** Files that a program is made of. */
const PROGRAM_FILES = "**/*.{ts,mts,cts,js,mjs,cjs,json,yaml,yml}";

/** Folders without a program of the project's own. */
const OTHERS: ReadonlySet<string> = new Set([
  "node_modules",
  ".git",
  "venv",
  ".venv",
  RECORDS_FOLDER,
]);

/** Stacks' configuration and fleet.yaml: they count for their stacks only. */
const OF_STACKS = /^(?:Pulumi\..+|fleet)\.(?:ya?ml|json)$/;

/** Beginning of a result that a run has saved beside the program (`--save`). */
const OF_RESULTS = /^\{\s*"form":\s*\d+,\s*"command":/;

/** Files that a policy pack is made of, in any of the languages that Pulumi runs packs in. */
const PACK_FILES = "**/*.{ts,mts,cts,js,mjs,cjs,json,yaml,yml,py,rego}";

/** A hash of a program's files. Another one: the program has changed. */
export function programHash(folder: string): string {
  return filesHash(folder, PROGRAM_FILES);
}

/** A hash of a policy pack's files. */
export function packHash(folder: string): string {
  return filesHash(folder, PACK_FILES);
}

function filesHash(folder: string, files: string): string {
  const hash = createHash("sha256");
  for (const name of globSync(files, { cwd: folder, exclude: isOther }).sort()) {
    if (OF_STACKS.test(name)) continue;
    const content = readFileSync(join(folder, name));
    if (OF_RESULTS.test(content.toString("utf8", 0, 100))) continue;
    hash.update(`${name}\n`).update(content).update("\n");
  }
  return hash.digest("base64url").slice(0, 22);
}

function isOther(name: string): boolean {
  return OTHERS.has(name.split("/").at(-1) ?? name);
}

/** The text of a file; empty if there is none. */
export function textOf(file: string | undefined): string {
  return file !== undefined && existsSync(file) ? readFileSync(file, "utf8") : "";
}
