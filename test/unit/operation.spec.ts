import { strict as assert } from "node:assert";
import { getEventListeners } from "node:events";
import { mock } from "node:test";
import { createGraphClient, OperationEndedError, resolveSessionConfig } from "../../provider/graph";
import { LONGEST_TIMER_MS } from "../../provider/graph/clock";
import { PassingClock, testContext } from "../context";
import { always, json, ORIGIN } from "../malformed/graph";

describe("an operation", () => {
  const { client: graph } = always(json({}));

  it("waits as long as it is told where it has no limit", async () => {
    const clock = new PassingClock();
    await testContext({ graph, clock }).wait(60_000);
    assert.equal(clock.waitedMs, 60_000);
  });

  it("does not begin a wait that would end after its deadline", async () => {
    const clock = new PassingClock();
    const context = testContext({ graph, clock, limit: { deadlineMs: clock.now() + 10_000 } });
    await context.wait(6_000);
    await assert.rejects(
      context.wait(6_000, "Looking for it"),
      (error: unknown) =>
        error instanceof OperationEndedError &&
        error.code === "DEADLINE" &&
        /^Looking for it: timed out\. The input `timeouts`/.test(error.message),
    );
    assert.equal(clock.waitedMs, 6_000);
  });

  it("waits until its deadline, and no longer", async () => {
    const clock = Object.assign(new PassingClock(), { now: () => 1_000 });
    const context = testContext({ graph, clock, limit: { deadlineMs: 11_000 } });
    await context.wait(10_000);
    await assert.rejects(context.wait(10_001), /^OperationEndedError: Waiting: timed out/);
    assert.equal(clock.waitedMs, 10_000);
  });

  it("begins neither a wait nor work after it was cancelled", async () => {
    const { signal, ...cancel } = abortable();
    const clock = new PassingClock();
    const context = testContext({ graph, clock, limit: { signal } });
    cancel.abort();
    await assert.rejects(context.wait(0), { code: "ABORTED" });
    await assert.rejects(
      context.until(Promise.resolve(7)),
      (error: unknown) =>
        error instanceof OperationEndedError &&
        error.code === "ABORTED" &&
        error.message.startsWith("Waiting: "),
    );
    assert.equal(clock.waitedMs, 0);
  });

  it("fails as a wait fails where it was not cancelled", async () => {
    const sleep = () => Promise.reject(new Error("no timer"));
    const clock = Object.assign(new PassingClock(), { sleep });
    await assert.rejects(testContext({ graph, clock }).wait(1), /^Error: no timer$/);
  });

  it("ends a wait, and its requests, when it is cancelled", async () => {
    const { signal, ...cancel } = abortable();
    const sleep = (_: number, given?: AbortSignal) =>
      new Promise<void>((_, reject) => {
        given?.addEventListener("abort", () => void reject(new Error("aborted")));
      });
    const clock = Object.assign(new PassingClock(), { sleep });
    const context = testContext({ graph, clock, limit: { signal } });
    const waiting = context.wait(60_000);
    cancel.abort();
    await assert.rejects(waiting, { name: "OperationEndedError", code: "ABORTED" });
    await assert.rejects(context.graph.get("/x"), { code: "ABORTED" });
    assert.equal(context.signal.aborted, true);
  });

  it("ends a sign-in that nobody completes, and leaves the sign-in to the others", async () => {
    const { signal, ...cancel } = abortable();
    let signIn = (_: { token: string; expiresOnTimestamp: number }) => {};
    const getToken = () =>
      new Promise<{ token: string; expiresOnTimestamp: number }>((resolve) => {
        signIn = resolve;
      });
    const settings: Record<string, string> = {
      endpoint: ORIGIN,
      credential: "deviceCode",
      tenantId: "contoso.example.com",
    };
    const config = resolveSessionConfig((key) => settings[key], {});
    const client = createGraphClient(config, { isRenewable: true, getToken });
    const hurried = testContext({ graph: client, limit: { signal } }).graph.caller();
    const patient = testContext({ graph: client }).graph.caller();
    cancel.abort();
    await assert.rejects(hurried, /^GraphNoAnswerError: Signing in for Microsoft Graph failed/);
    signIn({ token: "opaque", expiresOnTimestamp: Number.MAX_SAFE_INTEGER });
    assert.deepEqual(await patient, {});
  });

  it("waits for work that others share until its own deadline, and leaves the work alone", async () => {
    const limit = { deadlineMs: Date.now() + 20 };
    const context = testContext({ graph, limit });
    // The limit's own timer keeps no process alive.
    const awake = setInterval(() => {}, 1_000);
    await assert.rejects(
      context.until(new Promise(() => {}), "Listing"),
      /^Operation.*Listing: timed out/,
    );
    clearInterval(awake);
    const late = Promise.reject(new Error("nobody hears this"));
    await assert.rejects(context.until(late), { code: "DEADLINE" });
  });

  it("gives what the shared work gave where that is in time", async () => {
    const context = testContext({ graph, limit: { deadlineMs: Date.now() + 60_000 } });
    assert.equal(await context.until(Promise.resolve(7)), 7);
    assert.equal(await testContext({ graph }).until(Promise.resolve(8)), 8);
    await assert.rejects(context.until(Promise.reject(new Error("no"))), /^Error: no$/);
  });

  it("keeps nothing of its limits once the shared work is done", async () => {
    const { signal } = abortable();
    const context = testContext({ graph, limit: { signal } });
    await context.until(Promise.resolve(7));
    await assert.rejects(context.until(Promise.reject(new Error("no"))), /^Error: no$/);
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  it("ends the waiting for shared work when it is cancelled", async () => {
    const { signal, ...cancel } = abortable();
    const limit = { signal, deadlineMs: Date.now() + 60_000 };
    const waiting = testContext({ graph, limit }).until(new Promise(() => {}), "Listing");
    cancel.abort();
    await assert.rejects(waiting, { code: "ABORTED" });
  });

  for (const [deadlineMs, endsMs] of [
    [5_000, 4_000],
    [10 * LONGEST_TIMER_MS, LONGEST_TIMER_MS],
  ] as const) {
    it(`has a signal that aborts after ${endsMs} ms where ${deadlineMs - 1_000} are left`, () => {
      mock.timers.enable({ apis: ["setTimeout"] });
      try {
        const clock = Object.assign(new PassingClock(), { now: () => 1_000 });
        const { signal } = testContext({ graph, clock, limit: { deadlineMs } });
        mock.timers.tick(endsMs - 1);
        assert.equal(signal.aborted, false);
        mock.timers.tick(1);
        assert.equal(signal.aborted, true);
      } finally {
        mock.timers.reset();
      }
    });
  }
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => void controller.abort() };
}
