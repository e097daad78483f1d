/**
 * This package as it is installed: its folder, its version, and where another project gets it from.
 *
 * @module
 */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { z } from "zod";

const PACKAGE = "pulumi-office-configuration";

const dependencies = z.record(z.string(), z.string()).optional();
const manifestSchema = z.looseObject({
  version: z.string().optional(),
  dependencies,
  devDependencies: dependencies,
});

/** Protocols of dependencies that name a folder or a file beside the project. */
const BESIDE = /^(?:file|link|portal):/;

/** Protocols that mean something only within one repository. */
const WITHIN = /^(?:workspace|catalog):/;

/** The folder with this package's `package.json`: one folder up from the source, two from the build. */
export function ownFolder(folder = __dirname): string {
  return existsSync(join(folder, "package.json")) ? folder : ownFolder(dirname(folder));
}

/** The version of this package. */
export function ownVersion(): string {
  return manifestIn(ownFolder())?.version ?? "";
}

/**
 * The dependency by which a project gets the very package that this command runs from. It installs although no
 * registry may have the package: the tarball, folder or version of the project that has it, or its own folder.
 *
 * @param folder - Folder of the project that gets it, which need not be there yet.
 * @param own - Folder of the package that runs.
 */
export function packageSpec(folder: string, own = ownFolder()): string {
  for (const project of projectsAbove(own)) {
    const manifest = manifestIn(project);
    const spec = manifest?.dependencies?.[PACKAGE] ?? manifest?.devDependencies?.[PACKAGE];
    if (spec === undefined) continue;
    if (WITHIN.test(spec)) break;
    if (!BESIDE.test(spec)) return spec;
    const target = resolve(project, spec.replace(BESIDE, ""));
    return fileSpec(folder, existsSync(target) ? target : own);
  }
  return fileSpec(folder, own);
}

/** The folders that have a package in their `node_modules`, the nearest first. A clone has none. */
function projectsAbove(own: string): string[] {
  const parts = own.split(sep);
  return parts
    .flatMap((part, index) =>
      part === "node_modules" ? [parts.slice(0, index).join(sep) || sep] : [],
    )
    .reverse();
}

function fileSpec(folder: string, target: string): string {
  return `file:${relative(realPath(folder), realpathSync(target)).split(sep).join("/")}`;
}

/** The path without symbolic links: npm reads `file:` from there. */
function realPath(folder: string): string {
  if (existsSync(folder)) return realpathSync(folder);
  return join(realPath(dirname(folder)), relative(dirname(folder), folder));
}

function manifestIn(folder: string): z.infer<typeof manifestSchema> | undefined {
  try {
    const text = readFileSync(join(folder, "package.json"), "utf8");
    return manifestSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
