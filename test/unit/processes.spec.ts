import { strict as assert } from "node:assert";
import { type AttemptOptions, attempt } from "../../scripts/command";
import { endProcess, isAlive } from "../../scripts/processes";

/** Long enough that nothing ends by itself in a test, in milliseconds. */
const LONG_MS = 600_000;

/** Code that starts a process which keeps the pipes it inherits, says its id, and goes on as it is told. */
const parentOf = (then: string) => `
  const { spawn } = require("node:child_process");
  const below = spawn(process.execPath, ["-e", "setInterval(() => {}, ${LONG_MS})"], { stdio: "inherit" });
  process.stdout.write("\\u{1F600}" + below.pid + "\\n", () => { ${then} });`;

const run = (code: string, options: Partial<AttemptOptions>) =>
  attempt(process.execPath, ["-e", code], { env: process.env, timeoutMs: LONG_MS, ...options });

const idIn = (output: string) => Number(/\d+/.exec(output)?.[0]);

async function hasEnded(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => void setTimeout(resolve, 10));
}

describe("a command", () => {
  it("has ended when it ends, though a process below it keeps its output open", async () => {
    const shown: string[] = [];
    const onOutput = (text: string) => void shown.push(text);
    const { code, output } = await run(parentOf("process.exit(3)"), { graceMs: 200, onOutput });
    assert.equal(code, 3);
    assert.match(output, /^\u{1F600}\d+\n$/u);
    assert.equal(shown.join(""), output);
    endProcess(idIn(output), "SIGKILL");
  });

  it("is ended with all below it when its time is up", async () => {
    const { code, output } = await run(parentOf("setInterval(() => {}, 60_000)"), {
      timeoutMs: 1_000,
    });
    assert.equal(code, null);
    if (output !== "") await hasEnded(idIn(output));
  });

  it("fails where it cannot be started", async () => {
    const options = { env: {}, timeoutMs: LONG_MS };
    await assert.rejects(attempt("/no/such/command", [], options), { code: "ENOENT" });
  });
});
