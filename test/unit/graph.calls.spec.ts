import { strict as assert } from "node:assert";
import { type GraphCallOptions, GraphClient } from "../../provider/graph";
import { AuthenticationMiddleware } from "../../provider/graph/authenticationMiddleware";
import { callOf, contextOf, DEFAULT_CALL_MS, GraphCall, within } from "../../provider/graph/call";
import { LONGEST_TIMER_MS, shownTime, systemClock } from "../../provider/graph/clock";
import { TokenCache } from "../../provider/graph/tokenCache";
import { announcement } from "../../provider/graph/waiting";
import { withLimit } from "../../provider/graph/withLimit";
import { PassingClock } from "../context";
import { fakeGraph } from "../fakeGraph";

const NOW = Date.parse("2026-11-23T10:00:00Z");

class StillClock extends PassingClock {
  override now(): number {
    return NOW;
  }
}

const calls: GraphCall[] = [];

function callTo(method: string, options: GraphCallOptions = {}): GraphCall {
  const url = new URL("https://graph.test/beta/x?y");
  const call = new GraphCall({ method, url, path: "/x" }, options, new StillClock());
  calls.push(call);
  return call;
}

describe("a call of Graph", () => {
  afterEach(() => {
    for (const call of calls.splice(0)) call.close();
  });

  for (const [method, isWrite, isSafeToRepeat] of [
    ["GET", false, true],
    ["POST", true, false],
    ["PATCH", true, true],
    ["PUT", true, true],
    ["DELETE", true, true],
  ] as const) {
    it(`by ${method} ${isWrite ? "writes" : "reads"}, and is ${isSafeToRepeat ? "" : "not "}safe to repeat`, () => {
      const call = callTo(method);
      assert.deepEqual([call.isWrite, call.isSafeToRepeat], [isWrite, isSafeToRepeat]);
      const other = callTo(method, { safeToRepeat: !isSafeToRepeat });
      assert.equal(other.isSafeToRepeat, !isSafeToRepeat);
      assert.deepEqual([call.isAmbiguous, call.mayJoin, call.look], [false, false, undefined]);
    });
  }

  it("ends after half an hour, or when its caller says", () => {
    assert.equal(DEFAULT_CALL_MS, 1_800_000);
    assert.equal(callTo("GET").deadlineMs, NOW + 1_800_000);
    assert.equal(callTo("GET", { deadlineMs: 7 }).deadlineMs, 7);
  });

  it("tells of itself what there is to tell, and no more", () => {
    const call = callTo("PATCH", { subject: "it", action: "Updating" });
    const { clientRequestId } = call;
    const facts = { method: "PATCH", path: "/x", clientRequestId, isAmbiguous: false };
    assert.deepEqual(call.facts("r"), {
      ...facts,
      requestId: "r",
      subject: "it",
      action: "Updating",
    });
    const plain = callTo("PATCH");
    assert.deepEqual(plain.facts(), { ...facts, clientRequestId: plain.clientRequestId });
  });

  it("is over because it was stopped, or because its time is up", () => {
    const stopped = callTo("GET", { signal: AbortSignal.abort() }).ended();
    assert.deepEqual([stopped.code, /: it was stopped/.test(stopped.message)], ["ABORTED", true]);
    for (const options of [{}, { signal: new AbortController().signal }]) {
      const late = callTo("GET", options).ended();
      assert.deepEqual([late.code, /: its time is up/.test(late.message)], ["DEADLINE", true]);
    }
  });

  it("keeps all its secrets out of texts", () => {
    const call = callTo("GET");
    assert.equal(call.redact("first-secret Stryker was here"), "first-secret Stryker was here");
    call.keepSecret("first-secret");
    call.keepSecret("second-secret");
    assert.equal(call.redact("first-secret, second-secret"), "[secret], [secret]");
  });

  it("is found by the request that this package makes for it", () => {
    const call = callTo("GET");
    const context = contextOf(call, { method: "GET" });
    assert.deepEqual(context, {
      request: "https://graph.test/beta/x?y",
      options: { method: "GET" },
    });
    assert.equal(callOf(context), call);
    const none = { request: "https://graph.test" };
    assert.throws(() => callOf(none), { name: "TypeError", message: "a request without its call" });
  });

  it("waits for shared work no longer than it lasts itself", async () => {
    const stop = new AbortController();
    const call = callTo("GET", { signal: stop.signal });
    assert.equal(await within(call, Promise.resolve("done")), "done");
    const waiting = within(call, new Promise(() => {}));
    stop.abort();
    await assert.rejects(waiting, { code: "ABORTED" });
    await assert.rejects(within(call, Promise.resolve("done")), { code: "ABORTED" });
  });

  it("announces how long it waits, until when, and why", () => {
    const call = callTo("GET", { action: "Reading", subject: "it" });
    assert.equal(
      announcement(call, new StillClock(), 61_400, "because"),
      "Waiting 61 s, until 10:01:01 UTC. Reading it: because.",
    );
  });
});

describe("the token of a request", () => {
  it("goes to the session's own Graph, and nowhere else", async () => {
    const getToken = () => assert.fail("a token was fetched");
    const tokens = new TokenCache({ getToken }, "scope", new StillClock());
    const middleware = new AuthenticationMiddleware(tokens, "https://elsewhere.test");
    const call = callTo("GET");
    await assert.rejects(middleware.execute(contextOf(call, {})), {
      name: "TypeError",
      message: "a request to a host that is not the session's Graph",
    });
    call.close();
  });
});

describe("the system's clock", () => {
  it("shows a moment, and the last that there is for one beyond", () => {
    assert.equal(shownTime(NOW), "2026-11-23T10:00:00.000Z");
    assert.equal(shownTime(Number.MAX_VALUE), "+275760-09-13T00:00:00.000Z");
  });

  it("does not wake at once from the longest sleep, and wakes where it is stopped", async () => {
    const stop = new AbortController();
    let isAwake = false;
    const sleeping = systemClock.sleep(Number.MAX_SAFE_INTEGER, stop.signal).finally(() => {
      isAwake = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(isAwake, false);
    stop.abort();
    await assert.rejects(sleeping, { name: "AbortError" });
    assert.equal(LONGEST_TIMER_MS, 2_147_483_647);
  });
});

describe("a Graph with a limit", () => {
  const { signal } = new AbortController();

  const { graph, sent } = fakeGraph(() => ({}));

  it("is the same where there is no limit", () => {
    assert.equal(withLimit(graph, {}), graph);
    assert.equal(withLimit(graph, { deadlineMs: undefined, signal: undefined }), graph);
  });

  for (const limit of [{ deadlineMs: 5 }, { signal }, { deadlineMs: 5, signal }]) {
    it(`hands ${Object.keys(limit).join(" and ")} on with every request, and all else as it is`, async () => {
      sent.length = 0;
      const limited = withLimit(graph, limit);
      const { deadlineMs } = limit as { deadlineMs?: number };
      await limited.post("/p", 1, { subject: "it", deadlineMs: 9 });
      await limited.get("/p");
      assert.deepEqual(sent, [
        { method: "POST", path: "/p", body: 1, subject: "it", deadlineMs: 9, ...limit },
        { method: "GET", path: "/p", ...limit },
      ]);
      assert.deepEqual(
        [limited.origin, limited.clock, limited.deadlineMs],
        [graph.origin, graph.clock, deadlineMs],
      );
      assert.equal(limited.unlimited, graph);
      assert.equal(withLimit(limited, limit).unlimited, graph);
    });

    it(`hands ${Object.keys(limit).join(" and ")} on with a sign-in`, async () => {
      const asked: unknown[] = [];
      const caller = (options: unknown) =>
        Promise.resolve({ kind: "app" as const, asked: asked.push(options) });
      const { send, origin } = graph;
      const limited = withLimit(new GraphClient({ send, origin, caller }), limit);
      assert.equal((await limited.caller({ subject: "it" })).kind, "app");
      assert.deepEqual(asked, [{ subject: "it", ...limit }]);
    });
  }
});
