import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { commandEnd, endProcess, isAlive } from "../../scripts/processes";

/** Long enough that nothing ends by itself in a test, in milliseconds. */
const LONG_MS = 600_000;

/** Starts a process that keeps the pipes it inherits, says its id, and goes on as it is told. */
function parentOf(then: string) {
  const code = `
    const { spawn } = require("node:child_process");
    const below = spawn(process.execPath, ["-e", "setInterval(() => {}, ${LONG_MS})"], { stdio: "inherit" });
    process.stdout.write("\\u{1F600}" + below.pid + "\\n", () => { ${then} });`;
  return spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "pipe"] });
}

const idIn = (output: string) => Number(/\d+/.exec(output)?.[0]);

async function hasEnded(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => void setTimeout(resolve, 10));
}

describe("a command", () => {
  it("has ended when it ends, though a process below it keeps its output open", async () => {
    const child = parentOf("process.exit(3)");
    const { code, output } = await commandEnd(child, { timeoutMs: LONG_MS, graceMs: 200 });
    assert.equal(code, 3);
    assert.match(output, /^\u{1F600}\d+\n$/u);
    endProcess(idIn(output), "SIGKILL");
  });

  it("is ended with all below it when its time is up", async () => {
    const child = parentOf("setInterval(() => {}, 60_000)");
    const { code, output } = await commandEnd(child, { timeoutMs: 1_000 });
    assert.equal(code, null);
    if (output !== "") await hasEnded(idIn(output));
  });

  it("fails where it cannot be started", async () => {
    const child = spawn("/no/such/command", { stdio: ["ignore", "pipe", "pipe"] });
    await assert.rejects(commandEnd(child, { timeoutMs: LONG_MS }), { code: "ENOENT" });
  });
});
