/**
 * A throwaway Pulumi project on the real engine.
 *
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attempt, type CommandEnd, run } from "../scripts/command";
import { type Engine, engineEnvironment } from "../scripts/engine/index";

const root = join(__dirname, "..");

/** Bound of one command, in milliseconds: thousands of policies take minutes. */
export const COMMAND_TIMEOUT_MS = 1_200_000;

/** The command line of the process that runs the provider, as `ps` shows it. */
export const PROVIDER_COMMAND = /dynamic-provider/;

/** A project in a folder of its own, with a backend and stacks. */
export class BenchProject {
  readonly folder = mkdtempSync(join(tmpdir(), "office-configuration-bench-"));
  /** The environment of the engine; more may be put in. */
  readonly env: NodeJS.ProcessEnv;

  constructor(engine: Engine) {
    for (const name of ["backend", "tmp"]) mkdirSync(join(this.folder, name));
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    this.write("Pulumi.yaml", "name: bench\nruntime: nodejs\nmain: index.js\n");
    this.write("package.json", '{ "name": "bench", "private": true }\n');
    this.env = {
      ...engineEnvironment(engine.folder),
      PULUMI_BACKEND_URL: `file://${join(this.folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_HOME: join(this.folder, "home"),
      TMPDIR: join(this.folder, "tmp"),
      NO_COLOR: "1",
    };
  }

  /** Lets the provider speak to an emulator. */
  pointAt({ url, accessToken }: { readonly url: string; readonly accessToken: string }): void {
    this.env.OFFICE_CONFIGURATION_ENDPOINT = url;
    this.env.OFFICE_CONFIGURATION_ACCESS_TOKEN = accessToken;
  }

  /** Writes a file of the project. */
  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Runs a command that must succeed, and returns its output; rejects with the end of what it showed. */
  run(...args: string[]): Promise<string> {
    return run("pulumi", [...args, "--non-interactive"], {
      cwd: this.folder,
      env: this.env,
      timeoutMs: COMMAND_TIMEOUT_MS,
    });
  }

  /** Runs a command, however it ends. */
  attempt(...args: string[]): Promise<CommandEnd> {
    return attempt("pulumi", [...args, "--non-interactive"], {
      cwd: this.folder,
      env: this.env,
      timeoutMs: COMMAND_TIMEOUT_MS,
    });
  }

  /** Removes the project; its policies are an emulator's, and go with that. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
