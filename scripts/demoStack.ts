/**
 * Building blocks of demos: throwaway stacks on the real engine, and checked steps.
 *
 * @module
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../emulator";
import { attempt } from "./command";
import { type Engine, engineEnvironment } from "./engine/index";
import { withoutCredentials } from "./withoutCredentials";

const root = join(__dirname, "..");

/** Time limit of one `pulumi` command, in milliseconds. The slowest takes a few seconds on two cores. */
const COMMAND_TIMEOUT_MS = 120_000;

/** A program and its stack; its tenant is an emulator. */
export interface DemoProject {
  /** The folder with the program. */
  readonly folder: string;
  readonly stack: string;
  readonly emulator: Emulator;
}

/** Copies an example to a folder of its own: Pulumi writes to the stacks' files. */
export function copyExample(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), "office-configuration-demo-"));
  cpSync(join(root, "examples", name), folder, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** A throwaway backend and stack, with the commands to run on them. */
export class DemoStack {
  readonly #project: DemoProject;
  readonly #folder = mkdtempSync(join(tmpdir(), "office-configuration-demo-"));
  readonly #env: NodeJS.ProcessEnv;

  constructor(engine: Engine, project: DemoProject) {
    this.#project = project;
    const temporary = join(this.#folder, "tmp");
    mkdirSync(temporary);
    this.#env = {
      ...engineEnvironment(engine.folder, withoutCredentials(process.env)),
      PULUMI_BACKEND_URL: `file://${this.#folder}`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      // The engine's files besides the state: logs, pipes.
      PULUMI_HOME: join(this.#folder, "home"),
      TMPDIR: temporary,
      NO_COLOR: "1",
    };
    this.pointAt(project.emulator);
  }

  /** Points the provider at an emulator, with the emulator's own access token. */
  pointAt({ url, accessToken }: Emulator): void {
    this.#env.OFFICE_CONFIGURATION_ENDPOINT = url;
    this.#env.OFFICE_CONFIGURATION_ACCESS_TOKEN = accessToken;
    this.#env.OFFICE_CONFIGURATION_AUDIT_LOG_WAIT_SECONDS = "60";
  }

  /** Runs one command as a user would type it, shows its output if somebody watches, and returns it. */
  async run(command: string, options: { readonly quietly?: boolean } = {}): Promise<string> {
    const { code, output } = await this.attempt(command, options);
    if (code === 0) return output;
    throw new Error(`pulumi ${command} ended with ${code ?? "a time-out"}\n${output}`);
  }

  /** The same for a command that may fail. */
  async attempt(
    command: string,
    { quietly = false }: { readonly quietly?: boolean } = {},
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    const isShown = !quietly && isWatched();
    const show = (text: string) => void (isShown && process.stdout.write(text));
    show(`\n$ pulumi ${command}\n`);
    const file = command.startsWith("stack") ? [] : this.#stackArguments();
    const args = [...command.split(" "), "--non-interactive", ...file];
    return await attempt("pulumi", args, {
      cwd: this.#project.folder,
      env: this.#env,
      timeoutMs: COMMAND_TIMEOUT_MS,
      onOutput: (text: string) => show(indented(text)),
    });
  }

  /** Runs `office-configuration` as it was built, in the folder of the program. */
  async tool(command: string): Promise<string> {
    const title = `\n$ npx office-configuration ${command}\n`;
    const main = join(root, "dist", "cli", "main.js");
    const { code, output } = await attempt(process.execPath, [main, ...command.split(" ")], {
      cwd: this.#project.folder,
      env: this.#env,
      timeoutMs: COMMAND_TIMEOUT_MS,
    });
    if (isWatched()) process.stdout.write(`${title}${indented(output)}`);
    if (code === 0) return output;
    throw new Error(
      `office-configuration ${command} ended with ${code ?? "a time-out"}\n${output}`,
    );
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #stackArguments(): string[] {
    const { stack } = this.#project;
    return ["--stack", stack, "--config-file", join(this.#folder, `Pulumi.${stack}.yaml`)];
  }
}

/**
 * Whether somebody watches. If so, Pulumi's output is shown as it comes. A pipe or a file gets only the
 * steps and their checks; DEMO_VERBOSE=1 shows everything there too.
 */
export function isWatched(
  { isTTY = false }: { readonly isTTY?: boolean } = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  return isTTY || env.DEMO_VERBOSE === "1";
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}

/** Prints a line. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a heading. */
export function heading(text: string): void {
  say(`\n${"-".repeat(78)}\n${text}\n${"-".repeat(78)}`);
}

/** Ends the demo if a step did not show the expected result. */
export function expect(claim: string, isTrue: boolean): void {
  if (!isTrue) throw new Error(`It should be so, and is not: ${claim}`);
  say(`  ok: ${claim}`);
}

/** Whether one line of an output contains all parts. */
export function lineWith(output: string, ...parts: string[]): boolean {
  return output.split("\n").some((line) => parts.every((part) => line.includes(part)));
}

/** Runs a demo as a program: prints an error and ends with exit code 1 if it fails. */
export function runDemo(demo: () => Promise<void>): void {
  demo().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`\nThe demo failed: ${message}\n`);
    process.exitCode = 1;
  });
}
