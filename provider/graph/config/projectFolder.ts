import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Files that mark the folder of a Pulumi project. */
const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/**
 * The nearest folder with Pulumi.yaml, from the program's folder upwards (`main` may name a folder below it).
 * Undefined if there is none, as for an inline program of the Automation API.
 */
export function projectFolder(program: string): string | undefined {
  for (let folder = resolve(program); ; folder = dirname(folder)) {
    if (PROJECT_FILES.some((file) => existsSync(join(folder, file)))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
