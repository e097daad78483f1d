/**
 * Files that the settings of rules name. Pulumi tells a pack neither where its configuration is nor where the project is.
 *
 * @module
 */
import { readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { projectFolder } from "../provider/graph/config/projectFolder";

/** Place of the pack's process. */
export interface PackPlace {
  readonly env: NodeJS.ProcessEnv;
  /** Its working folder, which is the pack's. */
  readonly folder: string;
}

/** Longest file that is read, in bytes. */
const MAX_BYTES = 256 * 1024 * 1024;

/** A file that was read, or the reason why not: a sentence with the places that were tried. */
export type FoundFile =
  | { readonly path: string; readonly text: string; readonly problem?: undefined }
  | { readonly problem: string; readonly path?: undefined; readonly text?: undefined };

/**
 * Reads a file by the name that a setting gives. A relative one is looked for in the pack's folder, and in the Pulumi
 * project around the folder that `pulumi` was called in, or around the pack.
 */
export function findFile(named: string, place: PackPlace): FoundFile {
  const tried = placesOf(named, place);
  const path = tried.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
  if (path === undefined) {
    const advice = isAbsolute(named) ? "" : "\nGive its path from the root.";
    return { problem: `There is no file ${tried.join(", nor ")}.${advice}` };
  }
  try {
    if (statSync(path).size > MAX_BYTES) return { problem: `${path} is too big to be read.` };
    return { path, text: readFileSync(path, "utf8") };
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return { problem: `${path} cannot be read (${code}).` };
  }
}

function placesOf(named: string, { env, folder }: PackPlace): string[] {
  if (isAbsolute(named)) return [named];
  const { PWD: shell, INIT_CWD: npm } = env;
  const around = [shell, npm, dirname(folder)].flatMap((start) =>
    start === undefined || start === "" ? [] : (projectFolder(start) ?? []),
  );
  return [...new Set([resolve(folder, named), ...around.map((project) => join(project, named))])];
}
