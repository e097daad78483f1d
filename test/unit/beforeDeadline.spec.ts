import { strict as assert } from "node:assert";
import { mock } from "node:test";
import { systemClock } from "../../provider/graph";
import { LONGEST_TIMER_MS } from "../../provider/graph/clock";
import { beforeDeadline } from "../../provider/update/reads/beforeDeadline";
import { settle } from "../scriptedGraph";

const NOW_MS = Date.parse("2026-11-25T10:00:00Z");
const DAY_MS = 24 * 60 * 60 * 1000;

describe("waiting for shared work", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  /** Waits for work that is done when `end` is called; `outcome` tells what the wait gave so far. */
  function wait(deadlineMs: number | undefined) {
    let end = (_: string) => {};
    const work = new Promise<string>((resolve) => {
      end = resolve;
    });
    const outcome: (string | undefined)[] = [];
    const clock = { ...systemClock, now: () => NOW_MS };
    void beforeDeadline({ deadlineMs, clock }, work).then((result) => outcome.push(result));
    return { end, outcome };
  }

  async function pass(ms: number): Promise<void> {
    mock.timers.tick(ms);
    await settle();
  }

  it("lasts as long as the work where no deadline is set", async () => {
    const { end, outcome } = wait(undefined);
    await pass(30 * DAY_MS);
    assert.deepEqual(outcome, []);
    end("done");
    await settle();
    assert.deepEqual(outcome, ["done"]);
  });

  it("gives what the work gives where that is in time", async () => {
    const { end, outcome } = wait(NOW_MS + 100);
    await pass(99);
    end("done");
    await settle();
    assert.deepEqual(outcome, ["done"]);
  });

  it("ends without a result at the deadline", async () => {
    const { outcome } = wait(NOW_MS + 100);
    await pass(99);
    assert.deepEqual(outcome, []);
    await pass(1);
    assert.deepEqual(outcome, [undefined]);
  });

  it("ends at once where the deadline is over", async () => {
    const { outcome } = wait(NOW_MS - 5_000);
    await pass(1);
    assert.deepEqual(outcome, [undefined]);
  });

  it("lasts as long as a timer of Node can where the deadline is further away", async () => {
    const { outcome } = wait(NOW_MS + 2 * LONGEST_TIMER_MS);
    await pass(1);
    assert.deepEqual(outcome, []);
    await pass(LONGEST_TIMER_MS - 1);
    assert.deepEqual(outcome, [undefined]);
  });

  it("fails as the work fails", async () => {
    const clock = { ...systemClock, now: () => NOW_MS };
    const failed = Promise.reject(new Error("no"));
    await assert.rejects(
      beforeDeadline({ deadlineMs: NOW_MS + 100, clock }, failed),
      /^Error: no$/,
    );
  });
});

describe("waiting for shared work that is done", () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

  it("leaves no timer behind, which would keep the process alive", async () => {
    await settle(); // mocha sets its own timer meanwhile
    const before = timers();
    const deadlineMs = Date.now() + 5_000;
    await beforeDeadline({ deadlineMs, clock: systemClock }, Promise.resolve());
    assert.equal(timers(), before);
  });
});
