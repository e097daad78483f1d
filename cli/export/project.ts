/**
 * The files beside a written program.
 *
 * @module
 */
import slugify from "slugify";
import { type FirstSteps, readme } from "./readme";

const PACKAGE = "pulumi-office-configuration";

/** Longest name of a project that Pulumi takes. */
const MAX_NAME = 100;

/** Parts of a project. */
export interface ProjectOptions {
  readonly name: string;
  /** Dependency in package.json: a version, or `file:…`. */
  readonly packageSpec: string;
  /** The sentence of the README that says where the policies are from. */
  readonly origin: string;
  readonly steps: FirstSteps;
}

/** A name as Pulumi allows it for projects and stacks: ASCII letters, digits, `-`, `_` and `.`, at most 100. */
export function projectName(text: string): string {
  const name = slugify(text, { remove: /[^\w\s.-]/g }).replaceAll(/^[-._]+|[-.]+$/g, "");
  return name.slice(0, MAX_NAME) || "office-configuration";
}

/** The files by their names. */
export function projectFiles(options: ProjectOptions): Record<string, string> {
  const { name, packageSpec } = options;
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
    "README.md": readme(options),
  };
}
