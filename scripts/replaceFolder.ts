/**
 * Replaces a folder as a whole: nobody sees half of a new one.
 *
 * @module
 */
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Error codes of a rename onto an existing folder, by operating system. */
const TAKEN = ["ENOTEMPTY", "EEXIST", "EPERM", "EACCES"];

/**
 * Replaces a folder by a new one once that is complete. The new one is made beside it, because only a
 * rename within one file system is a single step.
 *
 * @param target - Folder to replace; it need not exist.
 * @param make - Fills the given folder. If it throws, the target stays as it was.
 */
export function replaceFolder(target: string, make: (folder: string) => void): void {
  const staging = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    const made = join(staging, "new");
    make(made);
    // Another process may replace the folder between this one's two renames; the last one wins.
    for (let attempt = 1; !moved(made, target, TAKEN); attempt += 1) {
      moved(target, join(staging, `old-${attempt}`), ["ENOENT"]);
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Moves a folder; false if it fails with one of the given codes. */
function moved(from: string, to: string, codes: readonly string[]): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (codes.includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}
