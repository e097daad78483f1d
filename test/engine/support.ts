/**
 * A throwaway Pulumi project on the real engine: its own folder, its own file backend, and programs
 * that tests write.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Emulator } from "../../emulator";
import { attempt, type CommandEnd } from "../../scripts/command";
import { cacheRoot } from "../../scripts/engine/cache";
import { type Engine, engineEnvironment, ensureEngine } from "../../scripts/engine/index";
import { endTree } from "../../scripts/processes";
import { withoutCredentials } from "../../scripts/withoutCredentials";
import { SECRETS_PROVIDER, startVault } from "./vault";

const root = join(__dirname, "..", "..");

/** Bound of one command, in milliseconds. */
const COMMAND_TIMEOUT_MS = 120_000;

/** The programs of tests are JavaScript: TypeScript need not be loaded for each command. */
const PROJECT_FILE = `name: test
main: index.js
runtime:
  name: nodejs
  options:
    typescript: false
`;

/** The state of the stack that `TestProject.create` makes. */
const STATE_FILE = "backend/.pulumi/stacks/test/dev.json";
/** All that `pulumi stack init dev` writes, but for the choice of the stack, which depends on the folder. */
const STACK_FILES = ["Pulumi.dev.yaml", "backend/.pulumi/meta.yaml", STATE_FILE];
/** The stack that the CLI works on, as its workspace file keeps it. */
const SELECTED_STACK = '{ "stack": "organization/test/dev" }\n';

/** One resource of a stack's state. */
export interface StateResource {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly initErrors?: string[];
  /** The line of the program, as `project:///index.js#4,7`. */
  readonly sourcePosition?: string;
}

/** A stack's state, as far as tests look into it. */
export interface State {
  readonly version: number;
  readonly deployment: { resources?: StateResource[] };
}

interface StateFile {
  readonly version: number;
  readonly checkpoint: { readonly latest: State["deployment"] };
}

let engine: Promise<Engine> | undefined;
/** Variables of the vault of this process's stacks. */
let vault: Promise<NodeJS.ProcessEnv> | undefined;
/** Names and texts of `STACK_FILES`, once a stack has been made. */
let initialStack: ReadonlyArray<readonly [name: string, text: string]> | undefined;

/** A Pulumi project with one stack at a time. */
export class TestProject {
  readonly folder = mkdtempSync(join(tmpdir(), "office-configuration-test-"));
  /** The environment of the commands; tests may change it. */
  readonly env: NodeJS.ProcessEnv;
  stack = "dev";

  private constructor(found: Engine, ofVault: NodeJS.ProcessEnv) {
    this.env = {
      ...engineEnvironment(
        join(__dirname, "bin"),
        engineEnvironment(found.folder, withoutCredentials(process.env)),
      ),
      OFFICE_CONFIGURATION_TEST_NODE: process.execPath,
      PULUMI_BACKEND_URL: `file://${join(this.folder, "backend")}`,
      ...ofVault,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_HOME: join(this.folder, "home"),
      TMPDIR: join(this.folder, "tmp"),
      // No test asks the network, or the tools of this machine, for a credential.
      AZURE_TOKEN_CREDENTIALS: "EnvironmentCredential",
      // A command starts two processes of Node: what they load is compiled once, for all tests, and as little
      // of it as can be. Neither they nor the engine live long enough for garbage collection to pay.
      NODE_OPTIONS: `--require ${join(__dirname, "lazyModules.cjs")} --max-semi-space-size=64`,
      GOGC: "off",
      GOMEMLIMIT: "512MiB",
      NODE_COMPILE_CACHE: join(cacheRoot(process.env), "..", "node-compile-cache"),
      NO_COLOR: "1",
    };
  }

  /** Makes a project whose provider speaks to an emulator with the emulator's own access token. */
  static async create(emulator?: Emulator): Promise<TestProject> {
    engine ??= ensureEngine();
    vault ??= startVault();
    const project = new TestProject(await engine, await vault);
    for (const name of ["backend", "tmp"]) mkdirSync(join(project.folder, name));
    symlinkSync(join(root, "node_modules"), join(project.folder, "node_modules"));
    project.write("Pulumi.yaml", PROJECT_FILE);
    project.write("package.json", '{ "name": "test", "private": true }\n');
    if (emulator !== undefined) project.pointAt(emulator);
    await project.#init();
    return project;
  }

  /** `pulumi stack init`. The first project of a process runs it; the others copy the files that it wrote. */
  async #init(): Promise<void> {
    if (initialStack !== undefined) {
      for (const [name, text] of initialStack) this.write(name, text);
      const place = createHash("sha1").update(join(this.folder, "Pulumi.yaml")).digest("hex");
      this.write(`home/workspaces/test-${place}-workspace.json`, SELECTED_STACK);
      return;
    }
    await this.initStack(this.stack);
    initialStack = STACK_FILES.map((name) => [name, readFileSync(join(this.folder, name), "utf8")]);
  }

  /** Makes a stack, whose key the vault keeps, and selects it. */
  async initStack(name: string): Promise<void> {
    await this.run("stack", "init", name, "--secrets-provider", SECRETS_PROVIDER);
  }

  /** Lets the provider speak to an emulator, with the emulator's own access token. */
  pointAt({ url, accessToken }: Emulator): void {
    this.env.OFFICE_CONFIGURATION_ENDPOINT = url;
    this.env.OFFICE_CONFIGURATION_ACCESS_TOKEN = accessToken;
  }

  /** Becomes a copy of an example: its program, and the configuration of its stacks. */
  useExample(name: string): void {
    cpSync(join(root, "examples", name), this.folder, { recursive: true });
  }

  /** Writes a file of the project. */
  write(name: string, text: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Writes the program: `pulumi` and `office` (this package) are at hand. */
  program(body: string): void {
    this.write(
      "index.js",
      `const pulumi = require("@pulumi/pulumi");\nconst office = require("pulumi-office-configuration");\n${body}\n`,
    );
  }

  /** Writes a program of one policy. */
  policy(args: Record<string, unknown>, name = "baseline"): void {
    this.program(
      `new office.WindowsOfficeClientConfiguration(${JSON.stringify(name)}, ${JSON.stringify(args)});`,
    );
  }

  /** Runs a command that must succeed, and returns what it showed. */
  async run(...args: string[]): Promise<string> {
    const { code, output } = await this.attempt(...args);
    assert.equal(code, 0, `pulumi ${args.join(" ")} ended with ${code}:\n${output}`);
    return output;
  }

  /** Runs a command that must fail, and returns what it showed. */
  async fail(...args: string[]): Promise<string> {
    const { code, output } = await this.attempt(...args);
    assert.notEqual(code, 0, `pulumi ${args.join(" ")} should have failed:\n${output}`);
    return output;
  }

  /** Starts a command and leaves it to the test, which ends it. */
  start(...args: string[]) {
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.folder,
      env: this.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const timer = setTimeout(() => endTree(child.pid), COMMAND_TIMEOUT_MS);
    child.once("exit", () => clearTimeout(timer));
    return child;
  }

  /** Runs a command, however it ends. */
  attempt(...args: string[]): Promise<CommandEnd> {
    return this.#end("pulumi", [...args, "--non-interactive"]);
  }

  /** Runs `office-configuration`, as it was built, which must succeed. */
  async tool(...args: string[]): Promise<string> {
    const main = join(root, "dist", "cli", "main.js");
    const { code, output } = await this.#end(process.execPath, [main, ...args]);
    assert.equal(code, 0, `office-configuration ${args.join(" ")} ended with ${code}:\n${output}`);
    return output;
  }

  #end(command: string, args: readonly string[]): Promise<CommandEnd> {
    return attempt(command, args, {
      cwd: this.folder,
      env: this.env,
      timeoutMs: COMMAND_TIMEOUT_MS,
    });
  }

  preview(...args: string[]): Promise<string> {
    return this.run("preview", ...args);
  }

  up(...args: string[]): Promise<string> {
    return this.run("up", "--yes", "--skip-preview", ...args);
  }

  refresh(...args: string[]): Promise<string> {
    return this.run("refresh", "--yes", "--skip-preview", ...args);
  }

  destroy(...args: string[]): Promise<string> {
    return this.run("destroy", "--yes", "--skip-preview", ...args);
  }

  /** The state as the backend keeps it, in the form of `pulumi stack export`: secrets are encrypted. */
  state(): State {
    const text = readFileSync(join(this.folder, STATE_FILE), "utf8");
    const { version, checkpoint } = JSON.parse(text) as StateFile;
    return { version, deployment: checkpoint.latest };
  }

  /** The state as text. */
  stateText(): string {
    return JSON.stringify(this.state());
  }

  /** The policies in the state, in the order of their names. */
  policies(): StateResource[] {
    return (this.state().deployment.resources ?? [])
      .filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/officeConfiguration:"))
      .sort((a, b) => a.urn.localeCompare(b.urn));
  }

  /** Removes the project. The stack's resources live in an emulator and go with it. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
