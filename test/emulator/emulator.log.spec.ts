import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type RequestLogEntry } from "../../emulator";

const LIST = "/officeConfiguration/clientConfigurations";

describe("the emulator's log", () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await createEmulator();
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.close());

  const read = () =>
    fetch(`${emulator.url}/beta${LIST}`, {
      headers: { authorization: `Bearer ${emulator.accessToken}` },
    });

  const durationMs = ({ startedAtMs, endedAtMs = Number.NaN }: RequestLogEntry) =>
    endedAtMs - startedAtMs;

  it("tells how long a request took", async () => {
    emulator.addFault({ match: "GET *", delayMs: 50 });
    await read();
    const [entry] = emulator.requests;
    assert.ok(entry !== undefined && durationMs(entry) >= 45);
  });

  it("tells which requests ran side by side, and which one after the other", async () => {
    emulator.addFault({ match: "GET *", times: 2, delayMs: 100 });
    await Promise.all([read(), read()]);
    await read();
    const [first, second, third] = emulator.requests;
    assert.ok(first?.endedAtMs !== undefined && second !== undefined && third !== undefined);
    assert.ok(second.startedAtMs < first.endedAtMs);
    assert.ok(third.startedAtMs >= first.endedAtMs);
  });

  it("has an end for a request whose connection was cut, and no status", async () => {
    emulator.addFault({ match: "GET *", drop: "before" });
    await assert.rejects(read());
    const [entry] = emulator.requests;
    assert.equal(entry?.status, 0);
    assert.ok(entry !== undefined && durationMs(entry) >= 0);
  });

  it("has no end for a request that is not answered yet", async () => {
    emulator.addFault({ match: "GET *", delayMs: 100 });
    const answer = read();
    while (emulator.requests.length === 0) await new Promise(setImmediate);
    assert.equal(emulator.requests[0]?.endedAtMs, undefined);
    await answer;
  });
});
