import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RECORDS_FOLDER } from "./record";

/** Files that a program is made of. */
const PROGRAM_FILES = "**/*.{ts,mts,cts,js,mjs,cjs,json,yaml,yml}";

/** Folders without a program of the project's own. */
const OTHERS: ReadonlySet<string> = new Set(["node_modules", ".git", RECORDS_FOLDER]);

/** Stacks' configuration and fleet.yaml: they count for their stacks only. */
const OF_STACKS = /^(?:Pulumi\..+|fleet)\.(?:ya?ml|json)$/;

/** A hash of a program's files. Another one: the program has changed. */
export function programHash(folder: string): string {
  const hash = createHash("sha256");
  for (const name of globSync(PROGRAM_FILES, { cwd: folder, exclude: isOther }).sort()) {
    if (OF_STACKS.test(name)) continue;
    hash
      .update(`${name}\n`)
      .update(readFileSync(join(folder, name)))
      .update("\n");
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
