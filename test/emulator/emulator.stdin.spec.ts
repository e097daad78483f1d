import { strict as assert } from "node:assert";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { commandArguments } from "../commandLine";

const ROOT = join(__dirname, "../..");

describe("the emulator with --until-stdin-closes", () => {
  let child: ChildProcessByStdio<Writable, Readable, null>;

  beforeEach(async () => {
    child = spawn(
      process.execPath,
      commandArguments("emulator", "--json", "--until-stdin-closes"),
      { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] },
    );
    await once(child.stdout, "data");
  });

  afterEach(() => {
    child.kill("SIGKILL");
  });

  it("ends with 0 when its standard input does", async () => {
    const exit = once(child, "exit");
    child.stdin.end("what is written there is not read as anything");
    assert.deepEqual(await exit, [0, null]);
  });

  it("ends with 0 on SIGTERM, though its standard input stays open", async () => {
    const exit = once(child, "exit");
    child.kill("SIGTERM");
    assert.deepEqual(await exit, [0, null]);
  });
});
