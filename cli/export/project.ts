/**
 * The files beside an exported program.
 *
 * @module
 */

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

/** The files by their names. */
export function projectFiles({ name, packageSpec }: ProjectOptions): Record<string, string> {
  const manifest = {
    name: name.toLowerCase(),
    private: true,
    dependencies: {
      "@pulumi/pulumi": "^3.216.0",
      "pulumi-office-configuration": packageSpec,
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
