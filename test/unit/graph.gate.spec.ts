import { strict as assert } from "node:assert";
import type { GraphCallOptions } from "../../provider/graph";
import { GraphNoAnswerError } from "../../provider/graph";
import { GraphCall } from "../../provider/graph/call";
import type { Clock } from "../../provider/graph/clock";
import { Gate } from "../../provider/graph/gate";
import { TokenCache } from "../../provider/graph/tokenCache";

/** Time stands still but for sleeping. */
class StillClock implements Clock {
  ms = Date.now();

  now(): number {
    return this.ms;
  }

  sleep(ms: number): Promise<void> {
    this.ms += ms;
    return Promise.resolve();
  }

  random(): number {
    return 0;
  }
}

describe("the gate of a session", () => {
  let clock: StillClock;
  let gate: Gate;

  beforeEach(() => {
    clock = new StillClock();
    gate = new Gate(1, clock);
  });

  function call(options: GraphCallOptions = {}): GraphCall {
    const url = new URL("https://graph.microsoft.com/beta/officeConfiguration");
    return new GraphCall({ method: "GET", url, path: "/officeConfiguration" }, options, clock);
  }

  it("lets the next pass when one that was woken has no time left", async () => {
    await gate.enter(call());
    const late = gate.enter(call({ deadlineMs: clock.now() + 10_000 }));
    const next = gate.enter(call());
    // Both stand in line before there is room.
    await new Promise(setImmediate);
    gate.pauseUntil(clock.now() + 20_000);
    gate.leave();
    await assert.rejects(
      late,
      (error) => GraphNoAnswerError.isInstance(error) && error.code === "DEADLINE",
    );
    await next;
  });

  it("lets the next pass when one that waits is stopped", async () => {
    await gate.enter(call());
    const stop = new AbortController();
    const stopped = gate.enter(call({ signal: stop.signal }));
    const next = gate.enter(call());
    // Both stand in line before one is stopped.
    await new Promise(setImmediate);
    stop.abort();
    await assert.rejects(
      stopped,
      (error) => GraphNoAnswerError.isInstance(error) && error.code === "ABORTED",
    );
    gate.leave();
    await next;
  });

  it("lets the next pass when one is stopped at the moment at which it is woken", async () => {
    await gate.enter(call());
    const stop = new AbortController();
    const stopped = gate.enter(call({ signal: stop.signal }));
    const next = gate.enter(call()).then(() => "passed");
    await new Promise(setImmediate);
    stop.abort();
    gate.leave();
    await assert.rejects(stopped);
    const turns = new Promise((resolve) => setImmediate(() => resolve("still waits")));
    assert.equal(await Promise.race([next, turns]), "passed");
  });

  it("says once that it holds back", () => {
    const until = clock.now() + 20_000;
    assert.equal(gate.pauseUntil(until), true);
    assert.equal(gate.pauseUntil(until + 10), false);
    assert.equal(gate.pauseUntil(until - 5_000), false);
  });
});

describe("the token of a session", () => {
  let lifeMs: number;
  let clock: StillClock;
  let asked: (boolean | undefined)[];
  let failure: Error | undefined;
  let tokens: TokenCache;

  beforeEach(() => {
    lifeMs = 3_600_000;
    clock = new StillClock();
    asked = [];
    failure = undefined;
    const source = {
      isRenewable: true,
      getToken: (_: string | string[], options?: { isFresh?: boolean }) => {
        asked.push(options?.isFresh);
        if (failure !== undefined) return Promise.reject(failure);
        const token = `token-${asked.length}`;
        return Promise.resolve({ token, expiresOnTimestamp: clock.now() + lifeMs });
      },
    };
    tokens = new TokenCache(source, "scope", clock);
  });

  it("is fetched once for all who ask at the same moment", async () => {
    const got = await Promise.all([tokens.get(), tokens.get(), tokens.get()]);
    assert.deepEqual(got, ["token-1", "token-1", "token-1"]);
  });

  it("is replaced five minutes before its end", async () => {
    await tokens.get();
    clock.ms += 54 * 60_000;
    assert.equal(await tokens.get(), "token-1");
    clock.ms += 2 * 60_000;
    assert.equal(await tokens.get(), "token-2");
  });

  it("is used for three quarters of its life where that is short", async () => {
    lifeMs = 4 * 60_000;
    await tokens.get();
    clock.ms += 3 * 60_000 - 1;
    assert.equal(await tokens.get(), "token-1");
    clock.ms += 1;
    assert.equal(await tokens.get(), "token-2");
  });

  it("is used to its end when there is no other", async () => {
    await tokens.get();
    failure = new Error("no login");
    clock.ms += 56 * 60_000;
    assert.equal(await tokens.get(), "token-1");
    clock.ms += 5 * 60_000;
    await assert.rejects(tokens.get(), /no login/);
  });

  it("is replaced once when many are refused", async () => {
    const old = await tokens.get();
    const got = await Promise.all([tokens.replace(old), tokens.replace(old)]);
    assert.deepEqual(got, ["token-2", "token-2"]);
    assert.equal(await tokens.replace(old), "token-2");
    assert.deepEqual(asked, [false, true]);
  });

  it("is not replaced when it was given", async () => {
    const getToken = () => Promise.resolve({ token: "given", expiresOnTimestamp: Infinity });
    const given = new TokenCache({ isRenewable: false, getToken }, "scope", clock);
    assert.equal(await given.replace(await given.get()), undefined);
  });
});
