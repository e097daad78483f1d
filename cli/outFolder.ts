/**
 * The folder that a command writes a project to.
 *
 * @module
 */
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @throws TypeError if the folder that `--out` names is a file, or holds something without `--force`. */
export function checkOutFolder(out: string, force: boolean): void {
  const found = statSync(out, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) throw new TypeError(`--out ${out} is not a folder`);
  if (!force && readdirSync(out).length > 0) {
    throw new TypeError(`--out ${out} is not empty: name another folder, or give --force`);
  }
}

/** Writes files into a folder, and makes the folder if it is not there. */
export function writeOutFolder(out: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(out, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(out, file), text);
}
