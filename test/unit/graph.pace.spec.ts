import { strict as assert } from "node:assert";
import type { GraphCallOptions } from "../../provider/graph";
import { GraphCall } from "../../provider/graph/call";
import type { Clock } from "../../provider/graph/clock";
import { Gate } from "../../provider/graph/gate";
import { WritePace } from "../../provider/graph/writePace";

const NOW = Date.parse("2026-11-23T10:00:00Z");

/** Time stands still but for sleeping, which is written down. */
class SleepClock implements Clock {
  ms = NOW;
  readonly slept: number[] = [];

  now(): number {
    return this.ms;
  }

  sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.ms += ms;
    return Promise.resolve();
  }

  random(): number {
    return 0;
  }
}

let clock: SleepClock;
let said: string[];

beforeEach(() => {
  clock = new SleepClock();
  said = [];
});

function callOf(options: GraphCallOptions = {}): GraphCall {
  const url = new URL("https://graph.test/beta/x");
  const call = new GraphCall({ method: "POST", url, path: "/x" }, options, clock);
  call.close();
  return call;
}

function paceOf(limit?: { count: number; seconds: number }): WritePace {
  return new WritePace({ limit, clock, log: (line) => void said.push(line) });
}

/** Sends writes one after the other; the last one is refused where that is said. */
async function write(pace: WritePace, count: number, isLastRefused = false): Promise<void> {
  for (let at = 1; at <= count; at += 1) {
    const ended = await pace.admit(callOf());
    ended(isLastRefused && at === count);
  }
}

const turn = () => new Promise(setImmediate);

describe("the pace of writes", () => {
  it("is what the tenant is said to take: the next goes when a window has passed", async () => {
    const pace = paceOf({ count: 2, seconds: 20 });
    await write(pace, 1);
    clock.ms += 4_000;
    await write(pace, 2);
    // The first of the two has ended four seconds before the second.
    assert.deepEqual(clock.slept, [16_000]);
    await write(pace, 1);
    assert.deepEqual(clock.slept, [16_000, 4_000]);
  });

  it("counts a write from its end", async () => {
    const pace = paceOf({ count: 1, seconds: 20 });
    const ended = await pace.admit(callOf());
    clock.ms += 60_000;
    ended(false);
    await write(pace, 1);
    assert.deepEqual(clock.slept, [20_000]);
  });

  it("lets all wait for the first that ends where all are in flight", async () => {
    const pace = paceOf({ count: 2, seconds: 20 });
    const [first] = [await pace.admit(callOf()), await pace.admit(callOf())];
    let admitted = 0;
    const waiting = [1, 2].map(async () => {
      const ended = await pace.admit(callOf());
      admitted += 1;
      ended(false);
    });
    await turn();
    assert.deepEqual([admitted, clock.slept], [0, []]);
    first?.(false);
    await Promise.all(waiting);
    assert.equal(admitted, 2);
    assert.equal(clock.slept[0], 20_000);
  });

  it("stops a write that waits for others where its caller does", async () => {
    const pace = paceOf({ count: 1, seconds: 20 });
    await pace.admit(callOf());
    const stop = new AbortController();
    const url = new URL("https://graph.test/beta/x");
    const options = { signal: stop.signal };
    const call = new GraphCall({ method: "POST", url, path: "/x" }, options, clock);
    const waiting = pace.admit(call);
    await turn();
    stop.abort();
    await assert.rejects(waiting, { code: "ABORTED" });
    call.close();
  });

  it("knows no limit before a write is refused", async () => {
    await write(paceOf(), 500);
    assert.deepEqual(clock.slept, []);
  });

  for (const [sent, takes] of [
    [40, 40],
    [10, 25],
    [300, 100],
  ] as const) {
    it(`is ${takes} in 20 s where the tenant refuses after ${sent}`, async () => {
      const pace = paceOf();
      await write(pace, sent + 1, true);
      assert.deepEqual(clock.slept, []);
      await write(pace, Math.max(takes - sent, 0));
      assert.deepEqual(clock.slept, []);
      await write(pace, 1);
      assert.deepEqual(clock.slept, [20_000]);
      assert.deepEqual(said, [
        `Waiting 20 s, until 10:00:20 UTC. POST /x: the tenant takes ${takes} writes in 20 s.`,
      ]);
    });
  }

  it("rises by a tenth of the limit with every window without a refusal, up to the limit", async () => {
    const pace = paceOf({ count: 20, seconds: 10 });
    await write(pace, 6, true);
    /** Number of requests at once. */
    const taken = async () => {
      const { length } = clock.slept;
      let count = 0;
      while (clock.slept.length === length) {
        await write(pace, 1);
        count += 1;
      }
      return count - 1;
    };
    clock.ms += 9_999;
    assert.equal(await taken(), 0);
    const steps: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      clock.ms += 10_000;
      steps.push(await taken());
    }
    // Each round has two windows: the one here, and the one that its last write waits for.
    assert.deepEqual(steps, [9, 13, 17, 20, 20]);
  });

  it("is announced where the wait is longer than five seconds, and not for each that waits", async () => {
    const short = paceOf({ count: 1, seconds: 5 });
    await write(short, 2);
    assert.deepEqual([clock.slept, said], [[5_000], []]);
    const long = paceOf({ count: 3, seconds: 6 });
    await write(long, 6);
    assert.equal(said.length, 1);
    await write(long, 3);
    assert.equal(said.length, 2);
  });

  it("ends what would have to wait beyond its deadline, but not what waits just up to it", async () => {
    const pace = paceOf({ count: 1, seconds: 20 });
    await write(pace, 1);
    await assert.rejects(pace.admit(callOf({ deadlineMs: NOW + 19_999 })), {
      code: "DEADLINE",
      message:
        /the tenant takes 1 write in 20 s, so this one has to wait until 2026-11-23T10:00:20/,
    });
    (await pace.admit(callOf({ deadlineMs: NOW + 20_000 })))(false);
    assert.deepEqual(clock.slept, [20_000]);
  });
});

describe("the gate of a session, by the clock", () => {
  it("lets a call pass whose deadline is the end of the pause, and no other", async () => {
    const gate = new Gate(1, clock);
    gate.pauseUntil(NOW + 20_000);
    await assert.rejects(gate.enter(callOf({ deadlineMs: NOW + 19_999 })), {
      code: "DEADLINE",
      message:
        /Graph throttles this session until 2026-11-23T10:00:20\.000Z, and that is after the time this may take/,
    });
    await gate.enter(callOf({ deadlineMs: NOW + 20_000 }));
    assert.deepEqual(clock.slept, [20_000]);
  });

  it("takes a later end for news only where it is more than a second later", () => {
    const gate = new Gate(1, clock);
    assert.equal(gate.pauseUntil(NOW), true);
    assert.equal(gate.pauseUntil(NOW + 1_000), false);
    assert.equal(gate.pauseUntil(NOW + 2_001), true);
  });

  it("does not let a call pass that was stopped", async () => {
    const gate = new Gate(1, clock);
    await assert.rejects(gate.enter(callOf({ signal: AbortSignal.abort() })), { code: "ABORTED" });
    await assert.rejects(gate.outwait(callOf({ signal: AbortSignal.abort() })), {
      code: "ABORTED",
    });
    await gate.enter(callOf());
  });
});
