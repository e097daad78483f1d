import { strict as assert } from "node:assert";
import { Quiet } from "../../provider/update/quiet";

/** Time that moves on by waits, and what happens in each of them. */
function time(during: (wait: number, quiet: Quiet) => void) {
  let nowMs = 1_000;
  const waits: number[] = [];
  const sleep = (ms: number) => {
    nowMs += ms;
    during(waits.push(ms), quiet);
    return Promise.resolve();
  };
  const quiet = new Quiet({ now: () => nowMs, sleep });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { quiet, waits, pass };
}

const LIMITS = { quietMs: 200, mostMs: 500 };

describe("the quiet after a plan", () => {
  it("is there once nothing was planned for some time", async () => {
    const { quiet, waits } = time(() => {});
    await quiet.settled(LIMITS);
    assert.deepEqual(waits, [200]);
  });

  it("is there at once where nothing was planned for long", async () => {
    const { quiet, waits, pass } = time(() => {});
    pass(200);
    await quiet.settled(LIMITS);
    assert.deepEqual(waits, []);
  });

  it("begins anew with each that is planned", async () => {
    const { quiet, waits, pass } = time(() => {});
    pass(150);
    quiet.disturb();
    await quiet.settled(LIMITS);
    assert.deepEqual(waits, [200]);
  });

  it("is not waited for any longer than is said", async () => {
    const { quiet, waits } = time((_, it) => it.disturb());
    await quiet.settled(LIMITS);
    assert.deepEqual(waits, [200, 200, 100]);
  });
});
