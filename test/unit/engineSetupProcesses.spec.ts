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
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheRoot } from "../../scripts/engine/cache";
import { type EngineStep, ensureEngine } from "../../scripts/engine/index";
import { acquireLock } from "../../scripts/engine/lock";
import { isAlive } from "../../scripts/engine/process";

/** Time passes with each look at the lock, so that a busy machine makes no holder look silent. */
const TIMING = {
  heartbeatMs: 20,
  pollMs: 10,
  silentMs: 150,
  waitMs: 60_000,
  now: () => {
    passedMs += 10;
    return passedMs;
  },
};
let passedMs = 0;

/** For a builder in a process of its own, whose heartbeats a busy machine delays: only its end counts. */
const NEVER_SILENT = { ...TIMING, silentMs: Number.POSITIVE_INFINITY };

const ENGINE = path.resolve(__dirname, "../../scripts/engine");

/** A process in the middle of a build: half an engine is there, and a compiler is running. */
const BUILDER = `
  const fs = require("node:fs"), path = require("node:path");
  const { ensureEngine, EngineInterruptedError } = require(${JSON.stringify(`${ENGINE}/index.ts`)});
  const { run } = require(${JSON.stringify(`${ENGINE}/process.ts`)});
  const provide = ({ staging, env, signal }) => {
    fs.writeFileSync(path.join(staging, "pulumi"), "half");
    const script = 'echo $$ > "$0/compiler.tmp"; mv "$0/compiler.tmp" "$0/compiler"; sleep 120';
    return run("/bin/sh", ["-c", script, process.argv[1]], { env, signal, timeoutMs: 120000 });
  };
  ensureEngine({ steps: [{ source: "go", version: "3.250.0", title: "fake", provide }] }).catch(
    (error) => process.exit(error instanceof EngineInterruptedError ? 42 : 1),
  );
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
      provide: async ({ staging }) => {
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
    const waiting = ensureEngine({ env, log, steps: [fakeStep()], lockTiming: NEVER_SILENT });
    await until("the second to wait", () => lines.some((line) => /is preparing/.test(line)));
    const [staging] = entries().filter((name) => name.startsWith("staging-"));
    assert.ok(staging);
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.ok(!entries().includes(engineName));
    // The one that waited takes over.
    assert.equal((await waiting).source, "go");
    assert.deepEqual(entries(), [engineName, "lock"]);
    assert.match(lines.join("\n"), new RegExp(`process ${child.pid} is preparing`));
    assert.match(lines.join("\n"), new RegExp(`removed ${staging}`));
  });

  it("on SIGTERM ends its children, removes its staging folder and releases the lock", async () => {
    const child = await startBuilder();
    const compiler = compilerPid();
    assert.ok(compiler && isAlive(compiler));
    child.kill("SIGTERM");
    const [code] = (await once(child, "exit")) as [number | null];
    assert.equal(code, 42);
    await until("the compiler to end", () => !isAlive(compiler));
    assert.deepEqual(entries(), ["lock"]);
    const engine = await ensureEngine({ env, log, steps: [fakeStep()], lockTiming: NEVER_SILENT });
    assert.equal(engine.source, "go");
    assert.doesNotMatch(lines.join("\n"), /is preparing/);
  });

  it("prepares once when two start at once, and hands the result to the second", async () => {
    let builds = 0;
    const steps = [
      fakeStep(async () => {
        builds += 1;
        await sleep(60);
      }),
    ];
    const start = () => ensureEngine({ env, log, steps, lockTiming: TIMING });
    const engines = await Promise.all([start(), start()]);
    assert.deepEqual(engines.map((engine) => engine.source).sort(), ["cache", "go"]);
    assert.equal(engines[0]?.folder, engines[1]?.folder);
    assert.equal(builds, 1);
    assert.match(lines.join("\n"), /is preparing the engine in .*; waiting for it to finish/);
  });

  describe("lock", () => {
    const never = new AbortController().signal;
    const folder = (): string => path.join(home, "lock");
    const acquire = (onWait: () => void = () => undefined) =>
      acquireLock(folder(), never, onWait, TIMING);

    function leave(holder: unknown): void {
      mkdirSync(folder(), { recursive: true });
      writeFileSync(path.join(folder(), "7"), JSON.stringify(holder));
    }

    it("is held by one at a time, also when all take over a stale one", async () => {
      leave({ pid: 2 ** 30, host: os.hostname() });
      let holders = 0;
      let most = 0;
      await Promise.all(
        Array.from({ length: 12 }, async () => {
          const release = await acquire();
          holders += 1;
          most = Math.max(most, holders);
          await sleep(2);
          holders -= 1;
          await release();
        }),
      );
      assert.equal(most, 1);
      assert.deepEqual(readdirSync(folder()), ["19"]);
    });

    it("is taken from a silent holder, even if its process id lives on in another process", async () => {
      for (const holder of [
        { pid: process.pid, host: os.hostname() },
        { pid: 1, host: "other" },
      ]) {
        rmSync(folder(), { recursive: true, force: true });
        leave(holder);
        let waits = 0;
        const release = await acquire(() => {
          waits += 1;
        });
        assert.ok(waits > 1);
        await release();
      }
    });

    it("is kept for longer than the silence allowed by a holder that is alive", async () => {
      const release = await acquire();
      let taken = false;
      let looks = 0;
      const look = () => {
        looks += 1;
      };
      const second = acquire(look).then((releaseSecond) => {
        taken = true;
        return releaseSecond();
      });
      await until("many looks", () => looks * TIMING.pollMs > 3 * TIMING.silentMs);
      assert.equal(taken, false);
      await release();
      await second;
    });

    it("is waited for no longer than allowed, and not after an interruption", async () => {
      const release = await acquire();
      const timing = { ...TIMING, waitMs: 50 };
      await assert.rejects(
        acquireLock(folder(), never, () => undefined, timing),
        new RegExp(`process ${process.pid} has held`),
      );
      const interrupted = AbortSignal.abort(new Error("interrupted"));
      await assert.rejects(
        acquireLock(folder(), interrupted, () => undefined),
        /interrupted/,
      );
      await release();
    });
  });
});
