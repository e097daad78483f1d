import { strict as assert } from "node:assert";
import { chmodSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { PulumiFailure, stackCommand } from "../../cli/fleet/pulumiProcess";
import { smallProcesses } from "../../cli/fleet/smallProcesses";
import { attempt } from "../../scripts/command";

/** The part of the Automation API's command that it calls. */
interface Runnable {
  run(
    args: string[],
    cwd: string,
    env: Record<string, string>,
    onOutput?: undefined,
    onError?: undefined,
    signal?: AbortSignal,
  ): Promise<{ readonly stdout: string; readonly code: number }>;
}

/** A CLI that says who it is, and what it does about SIGINT. */
const CLI = `#!${process.execPath}
const { readFileSync } = require("node:fs");
const [how] = process.argv.slice(2);
// Field 5 of Linux's own table: the process group.
const group = readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ")[2];
let signals = 0;
process.on("SIGINT", () => {
  signals += 1;
  console.log("signal " + signals);
  if (how === "finish" || (how === "twice" && signals === 2)) process.exit(1);
});
console.log(JSON.stringify({ own: Number(group) === process.pid, args: process.argv.slice(2), cwd: process.cwd(), api: process.env.PULUMI_AUTOMATION_API }));
if (how === "fail") { console.error("error: it fails"); process.exit(4); }
if (how === "up") process.exit(0);
setInterval(() => {}, 60_000);
`;

describe("Pulumi's CLI in a fleet", () => {
  let folder: string;
  let log: string;

  before(function () {
    // Process groups and signals are not the same elsewhere.
    if (process.platform !== "linux") this.skip();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-fleet-"));
    log = join(folder, "stack.log");
    const file = join(folder, "pulumi");
    writeFileSync(file, CLI);
    chmodSync(file, 0o755);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const command = (patience = { finishMs: 60_000, saveMs: 60_000 }, onKill?: () => void) =>
    stackCommand({
      found: { command: join(folder, "pulumi"), version: null } as unknown as PulumiCommand,
      logFile: log,
      patience,
      ...(onKill && { onKill }),
    }) as unknown as Runnable;

  /** Waits until the log has a text. */
  const logged = (text: string) =>
    new Promise<void>((resolve) => {
      const watcher = watch(folder, () => check());
      const check = () => {
        if (!said().includes(text)) return;
        watcher.close();
        resolve();
      };
      check();
    });

  const said = () => {
    try {
      return readFileSync(log, "utf8");
    } catch {
      return "";
    }
  };

  it("has a process group of its own, so that the terminal's Ctrl-C does not reach it", async () => {
    const { code } = await command().run(["up", "--yes"], folder, { STACK: "a" });
    const facts = JSON.parse(said()) as Record<string, unknown>;
    assert.deepEqual(facts, {
      own: true,
      args: ["up", "--yes", "--non-interactive", "--color=never"],
      cwd: folder,
      api: "true",
    });
    assert.equal(code, 0);
  });

  it("is not asked what would change the user's stack, or would give secrets in plain text", async () => {
    for (const words of ["stack select", "stack output --show-secrets", "stack history"]) {
      assert.equal((await command().run(words.split(" "), folder, {})).code, 0);
    }
    assert.equal(said(), "");
  });

  it("fails with its code and the end of its output", async () => {
    await assert.rejects(command().run(["fail"], folder, {}), (error) => {
      assert.ok(error instanceof PulumiFailure);
      assert.equal(error.code, 4);
      assert.match(error.output, /error: it fails/);
      return true;
    });
  });

  it("gets one SIGINT when it is cancelled, and the time to finish", async () => {
    const cancel = new AbortController();
    const end = command().run(["finish"], folder, {}, undefined, undefined, cancel.signal);
    await logged("own");
    cancel.abort();
    await assert.rejects(end, PulumiFailure);
    assert.deepEqual(said().match(/signal \d/g), ["signal 1"]);
  });

  it("gets a second SIGINT if it does not end, and is killed if it ignores that", async () => {
    for (const [how, isKilled] of [
      ["twice", false],
      ["never", true],
    ] as const) {
      rmSync(log, { force: true });
      let killed = false;
      const patience = { finishMs: 50, saveMs: isKilled ? 50 : 60_000 };
      const cancel = new AbortController();
      const end = command(patience, () => {
        killed = true;
      }).run([how], folder, {}, undefined, undefined, cancel.signal);
      await logged("own");
      cancel.abort();
      await assert.rejects(end, PulumiFailure);
      assert.equal(killed, isKilled);
    }
  });

  it("says that it is not there", async () => {
    rmSync(join(folder, "pulumi"));
    await assert.rejects(command().run(["up"], folder, {}), /ENOENT/);
  });
});

/** A program that says how large its young generation has become, in MiB, and which options its own processes get. */
const PROGRAM = `
const { getHeapSpaceStatistics } = require("node:v8");
let youngMiB = 0;
const kept = [];
for (let index = 0; index < 200_000; index++) {
  kept.push({ index });
  if (kept.length > 50_000) kept.length = 0;
  if (index % 1_000 > 0) continue;
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space");
  youngMiB = Math.max(youngMiB, young.space_size / 1_024 ** 2);
}
console.log(JSON.stringify({ youngMiB, options: process.env.NODE_OPTIONS }));
`;

describe("a process of Node below a fleet's CLI", () => {
  const preload = require.resolve("../../cli/fleet/preload");

  /** Output of the program, with these options of the user. */
  const said = async (NODE_OPTIONS: string) => {
    const env = { ...process.env, NODE_OPTIONS };
    const { code, output } = await attempt(process.execPath, ["--eval", PROGRAM], {
      cwd: __dirname,
      env: { ...env, ...smallProcesses(env, preload) },
      timeoutMs: 60_000,
    });
    assert.equal(code, 0, output);
    return JSON.parse(output) as { readonly youngMiB: number; readonly options: string };
  };

  it("collects its garbage early, unless the user's NODE_OPTIONS say otherwise; what it starts has the user's", async () => {
    // The module's source is in TypeScript.
    const theirs = `--require ${JSON.stringify(require.resolve("ts-node/register/transpile-only"))}`;
    const small = await said(theirs);
    assert.ok(small.youngMiB <= 2, `${small.youngMiB} MiB`);
    assert.equal(small.options, theirs);
    const own = `${theirs} --max-semi-space-size=8`;
    const large = await said(own);
    assert.ok(large.youngMiB > 2, `${large.youngMiB} MiB`);
    assert.equal(large.options, own);
  });
});
