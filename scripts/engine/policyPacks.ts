/**
 * Policy packs on the engine that this repository builds.
 *
 * @module
 */
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { CommandEnd } from "../command";

/** A Pulumi project whose program is index.js. */
export interface PackProject {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs a command of Pulumi's CLI, however it ends. */
  attempt(...args: string[]): Promise<CommandEnd>;
}

/** Words of a language host of Node that is too old for packs. */
const TOO_OLD = "not supported";

/** A runtime without a language host: Pulumi then looks for `pulumi-analyzer-policy-<runtime>`. */
const RUNTIME = "nodejs-of-tests";

/** Does what a newer language host does for a pack, whose folder is the working folder. */
const ANALYZER = `#!${process.execPath}
require(require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [process.cwd()] }));
`;

const EMPTY_PACK = `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("empty", { policies: [] });
`;

/**
 * Lets a project run packs with `runtime: nodejs`. If the engine's language host is too old, each pack that `runnable`
 * gets has another runtime, with the same files.
 */
export async function packRunner(
  project: PackProject,
): Promise<{ readonly isOrdinary: boolean; runnable(folder: string): string }> {
  const write = (name: string, text: string) => writeFileSync(join(project.folder, name), text);
  mkdirSync(join(project.folder, "empty-pack"));
  write("empty-pack/PulumiPolicy.yaml", "runtime: nodejs\nmain: index.js\n");
  write("empty-pack/package.json", '{ "version": "0.0.1", "main": "index.js" }\n');
  write("empty-pack/index.js", EMPTY_PACK);
  write("index.js", "");
  const { output } = await project.attempt("preview", "--policy-pack", "empty-pack");
  const isOrdinary = !output.includes(TOO_OLD);
  if (isOrdinary) return { isOrdinary, runnable: (folder) => folder };
  const bin = join(project.folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, `pulumi-analyzer-policy-${RUNTIME}`), ANALYZER);
  chmodSync(join(bin, `pulumi-analyzer-policy-${RUNTIME}`), 0o755);
  project.env.PATH = `${bin}${delimiter}${project.env.PATH}`;
  return { isOrdinary, runnable: withRuntime };
}

/** A copy of a pack beside it, with the other runtime. */
function withRuntime(folder: string): string {
  const copy = `${folder}-of-tests`;
  cpSync(folder, copy, { recursive: true });
  const file = join(copy, "PulumiPolicy.yaml");
  const text = readFileSync(file, "utf8").replace(/^runtime: nodejs$/m, `runtime: ${RUNTIME}`);
  writeFileSync(file, text);
  return copy;
}
