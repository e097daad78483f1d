import { strict as assert } from "node:assert";
import { getEventListeners, once } from "node:events";
import { timeLimit } from "../../provider/graph/timeLimit";
import { always, json } from "../malformed/graph";

describe("a time limit", () => {
  it("aborts when the time is up, and says so", async () => {
    const limit = timeLimit(1);
    // The limit's own timer keeps no process alive.
    const awake = setInterval(() => {}, 1_000);
    await once(limit.signal, "abort");
    clearInterval(awake);
    assert.equal(limit.isUp(), true);
  });

  it("keeps no process alive", () => {
    const timers = () =>
      process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    const limit = timeLimit(60_000);
    assert.equal(timers(), before);
    limit.release();
  });

  it("aborts with the other signal, before as well as later", () => {
    const other = new AbortController();
    const limit = timeLimit(60_000, other.signal);
    assert.equal(limit.signal.aborted, false);
    other.abort();
    assert.equal(limit.signal.aborted, true);
    assert.equal(limit.isUp(), false);
    assert.equal(timeLimit(60_000, other.signal).signal.aborted, true);
  });

  it("keeps nothing once it is released", () => {
    const other = new AbortController();
    const limit = timeLimit(60_000, other.signal);
    limit.release();
    assert.deepEqual(getEventListeners(other.signal, "abort"), []);
    other.abort();
    assert.equal(limit.signal.aborted, false);
  });

  it("is released by every call when it ends, well or not", async () => {
    const { signal } = new AbortController();
    await always(json({ value: [] })).client.list("/officeConfiguration", { signal });
    await assert.rejects(always(json({}, {}, 404)).client.get("/officeConfiguration", { signal }));
    assert.deepEqual(getEventListeners(signal, "abort"), []);
  });
});
