import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "../../scripts/command";
import { cacheRoot } from "../../scripts/engine/cache";
import { type EngineStep, ensureEngine } from "../../scripts/engine/index";
import { isAlive } from "../../scripts/processes";

const ENGINE = path.resolve(__dirname, "../../scripts/engine");

/** A process in the middle of a build: half an engine is there, and a compiler is running. */
const BUILDER = `
  const fs = require("node:fs"), path = require("node:path");
  const { ensureEngine } = require(${JSON.stringify(`${ENGINE}/index.ts`)});
  const { run } = require(${JSON.stringify(`${ENGINE}/../command.ts`)});
  const provide = (staging, env) => {
    fs.writeFileSync(path.join(staging, "pulumi"), "half");
    const script = 'echo $$ > "$0/compiler.tmp"; mv "$0/compiler.tmp" "$0/compiler"; sleep 120';
    return run("/bin/sh", ["-c", script, process.argv[1]], { env, timeoutMs: 120000 });
  };
  ensureEngine({ steps: [{ source: "go", version: "3.250.0", title: "fake", provide }] });
`;

describe("engine setup with several processes", function () {
  this.timeout(120_000);
  let home: string;
  let env: NodeJS.ProcessEnv;
  let children: ChildProcess[];
  let lines: string[];
  const log = (line: string): void => {
    lines.push(line);
  };

  before(function () {
    // The stand-ins for the engine are shell scripts.
    if (process.platform === "win32") this.skip();
  });
  beforeEach(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "engine-setup-"));
    env = { OFFICE_CONFIGURATION_CACHE: home, PATH: "/bin:/usr/bin" };
    children = [];
    lines = [];
  });
  afterEach(() => {
    for (const child of children) child.kill("SIGKILL");
    const compiler = compilerPid();
    if (compiler && isAlive(compiler)) process.kill(compiler, "SIGKILL");
    rmSync(home, { recursive: true, force: true });
  });

  function compilerPid(): number | undefined {
    const file = path.join(home, "compiler");
    return existsSync(file) ? Number(readFileSync(file, "utf8")) : undefined;
  }

  function fakeStep(onRun: () => void | Promise<void> = () => undefined): EngineStep {
    return {
      source: "go",
      version: "3.250.0",
      title: "fake",
      provide: async (staging) => {
        await onRun();
        const folder = path.join(staging, "bin");
        mkdirSync(folder);
        for (const name of ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
          writeFileSync(path.join(folder, name), "#!/bin/sh\necho v3.250.0\n");
          chmodSync(path.join(folder, name), 0o755);
        }
        return folder;
      },
    };
  }

  async function until(what: string, condition: () => boolean): Promise<void> {
    const end = performance.now() + 60_000;
    while (!condition()) {
      assert.ok(performance.now() < end, `waited in vain for: ${what}`);
      await sleep(10);
    }
  }

  async function startBuilder(): Promise<ChildProcess> {
    const register = require.resolve("ts-node/register/transpile-only");
    const args = ["--require", register, "--eval", BUILDER, home];
    const cwd = path.resolve(ENGINE, "../..");
    const child = spawn(process.execPath, args, { cwd, env, stdio: "ignore" });
    children.push(child);
    await until("the build to be under way", () => compilerPid() !== undefined);
    return child;
  }

  const entries = (): string[] => readdirSync(cacheRoot(env)).sort();
  const engineName = `3.250.0-${process.platform}-${process.arch}`;

  it("leaves no half engine when killed, and cleans up and finishes on the next run", async () => {
    const child = await startBuilder();
    const waiting = ensureEngine({ env, log, steps: [fakeStep()] });
    await until("the second to wait", () => lines.some((line) => /is preparing/.test(line)));
    const [staging] = entries().filter((name) => name.startsWith(`staging-${child.pid}-`));
    assert.ok(staging);
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.deepEqual(entries(), ["building", staging]);
    // As if nobody had renewed the lock for a day.
    const yesterday = Date.now() / 1000 - 86_400;
    utimesSync(path.join(cacheRoot(env), "building"), yesterday, yesterday);
    // The one that waited takes over.
    assert.equal((await waiting).source, "go");
    assert.deepEqual(entries(), [engineName]);
    assert.match(lines.join("\n"), new RegExp(`removed ${staging}`));
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`on ${signal} ends its children, removes its staging folder and releases the lock`, async () => {
      const child = await startBuilder();
      const compiler = compilerPid();
      assert.ok(compiler && isAlive(compiler));
      child.kill(signal);
      assert.deepEqual(await once(child, "exit"), [null, signal]);
      await until("the compiler to end", () => !isAlive(compiler));
      assert.deepEqual(entries(), []);
      const engine = await ensureEngine({ env, log, steps: [fakeStep()] });
      assert.equal(engine.source, "go");
      assert.doesNotMatch(lines.join("\n"), /is preparing/);
    });
  }

  it("prepares once when several start at once, and hands the result to the others", async () => {
    let builds = 0;
    const steps = [
      fakeStep(async () => {
        builds += 1;
        await sleep(60);
      }),
    ];
    const start = () => ensureEngine({ env, log, steps });
    const engines = await Promise.all([start(), start(), start()]);
    assert.deepEqual(engines.map((engine) => engine.source).sort(), ["cache", "cache", "go"]);
    assert.equal(new Set(engines.map(({ folder }) => folder)).size, 1);
    assert.equal(builds, 1);
    assert.match(lines.join("\n"), /is preparing the engine in .*; waiting for it to finish/);
  });

  it("leaves the staging folder of a live process alone", async () => {
    const staging = `staging-${process.pid}-abc`;
    mkdirSync(path.join(cacheRoot(env), staging), { recursive: true });
    await ensureEngine({ env, log, steps: [fakeStep()] });
    assert.deepEqual(entries(), [engineName, staging]);
  });

  describe("a command", () => {
    it("that takes too long is ended with all it started", async () => {
      const script = 'sleep 120 & echo $! > "$0/compiler"; wait';
      const options = { env, timeoutMs: 1_000 };
      await assert.rejects(run("/bin/sh", ["-c", script, home], options), /timed out after 1000 /);
      const below = compilerPid();
      if (below) await until("what it started to end", () => !isAlive(below));
    });

    it("that fails tells its code and the end of what it said", async () => {
      const script = "seq 100 >&2; exit 3";
      await assert.rejects(
        run("/bin/sh", ["-c", script], { env, timeoutMs: 60_000 }),
        /^Error: Command failed with exit code 3\n93\n94\n95\n96\n97\n98\n99\n100$/,
      );
    });

    it("that does not exist says so", async () => {
      const options = { env, timeoutMs: 60_000 };
      await assert.rejects(run("no-such-program", [], options), /no-such-program.*ENOENT/s);
    });
  });
});
