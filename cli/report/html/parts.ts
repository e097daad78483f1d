import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ownFolder } from "../../ownPackage";
import type { PageParts } from "./page";

/**
 * The page's script and style, as the build has put them beside this file. From the source they are taken from the last
 * build.
 */
export function pageParts(): PageParts {
  const own = join(__dirname, "..", "page");
  const built = join(ownFolder(), "dist", "cli", "report", "page");
  const folder = existsSync(join(own, "page.js")) ? own : built;
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  return { script: read("page.js"), style: read("page.css") };
}
