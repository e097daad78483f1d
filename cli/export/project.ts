/**
 * The files beside an exported program.
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { z } from "zod";

const PACKAGE = "pulumi-office-configuration";

const dependencies = z.record(z.string(), z.string()).optional();
const manifestSchema = z.looseObject({ dependencies, devDependencies: dependencies });

/** Parts of a project. */
export interface ProjectOptions {
  readonly name: string;
  /** Dependency in package.json: a version, or `file:…`. */
  readonly packageSpec: string;
}

/** A project's name as Pulumi allows it: letters, digits, `-`, `_` and `.`, at most 100. */
export function projectName(text: string): string {
  const name = text.replaceAll(/[^\w.-]+/g, "-").replaceAll(/^[-.]+|[-.]+$/g, "");
  return name.slice(0, 100) || "office-configuration";
}

/**
 * The tarball or folder that a project has this package from, as a project in another folder names it.
 *
 * @returns undefined if it has the package from a registry, or not at all.
 */
export function fileSpec(project: string, folder: string): string | undefined {
  const file = join(project, "package.json");
  if (!existsSync(file)) return undefined;
  const manifest = manifestSchema.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  const spec = manifest?.dependencies?.[PACKAGE] ?? manifest?.devDependencies?.[PACKAGE];
  if (spec?.startsWith("file:") !== true) return undefined;
  const target = resolve(project, spec.slice("file:".length));
  return `file:${relative(folder, target).split(sep).join("/")}`;
}

/** The files by their names. */
export function projectFiles({ name, packageSpec }: ProjectOptions): Record<string, string> {
  const manifest = {
    name: name.toLowerCase(),
    private: true,
    dependencies: {
      "@pulumi/pulumi": "^3.216.0",
      [PACKAGE]: packageSpec,
    },
    devDependencies: { typescript: "~6.0.3" },
  };
  const compiler = {
    compilerOptions: {
      target: "ES2022",
      module: "nodenext",
      moduleResolution: "nodenext",
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    },
    // Pulumi runs the program without checking its types; `npx tsc` checks them.
    "ts-node": { transpileOnly: true },
  };
  return {
    "Pulumi.yaml": `name: ${name}
description: Microsoft 365 Apps policies
runtime: nodejs
main: index.ts
`,
    "package.json": `${JSON.stringify(manifest, undefined, 2)}\n`,
    "tsconfig.json": `${JSON.stringify(compiler, undefined, 2)}\n`,
    ".gitignore": "node_modules/\n",
  };
}
