import { strict as assert } from "node:assert";
import { paths } from "../../provider/api/paths";
import { type GraphClient, GraphNoAnswerError } from "../../provider/graph";
import { broken, empty, failure, json, ScriptedGraph, silence } from "../scriptedGraph";

const one = paths.clientConfiguration("1");
const list = paths.clientConfigurations;
const ok = json({ id: "1" });

let graph: ScriptedGraph;
let client: GraphClient;

beforeEach(() => {
  graph = new ScriptedGraph();
  client = graph.client();
});

describe("a request that is refused", () => {
  it("is sent again as Retry-After says, and says why it waits, where that is long", async () => {
    graph.answers = [json({}, 429, { "retry-after": "315" }), ok];
    await client.post(list, {}, { action: "Creating", subject: "it" });
    assert.deepEqual(graph.clock.slept, [315_000]);
    assert.match(
      graph.said.join(),
      /^Waiting 315 s, until \d\d:\d\d:\d\d UTC\. Creating it: Graph answered 429\.$/,
    );
  });

  it("is sent again without a word where the wait is short", async () => {
    graph.answers = [json({}, 429, { "retry-after": "5" }), ok];
    await client.get(one);
    assert.deepEqual([graph.clock.slept, graph.said], [[5_000], []]);
  });

  it("says the system's reason for a wait where there was no answer", async () => {
    client = graph.client({ maxRetries: "4" });
    graph.clock.random = () => 1;
    graph.answers = [broken("ECONNRESET")];
    await failure(client.get(one));
    assert.deepEqual(graph.clock.slept, [1_000, 2_000, 4_000, 8_000]);
    assert.match(graph.said.join(), /^Waiting 8 s, .*: ECONNRESET\.$/);
  });

  it("is given up after as many attempts as were allowed", async () => {
    client = graph.client({ maxRetries: "2" });
    graph.answers = [json({}, 503)];
    assert.equal((await failure(client.get(one))).status, 503);
    assert.equal(graph.sent.length, 3);
  });

  for (const status of [400, 401, 403, 404, 409, 412, 500, 501]) {
    it(`with ${status} stays refused`, async () => {
      graph.answers = [json({}, status)];
      assert.equal((await failure(client.patch(one, {}))).status, status);
      assert.equal(graph.sent.length, status === 401 ? 2 : 1);
      assert.deepEqual(graph.clock.slept, []);
    });
  }

  it("with 500 is sent again if its caller knows that 500s pass", async () => {
    graph.clock.random = () => 1;
    graph.answers = [json({}, 500), json({}, 500), ok];
    await client.get(one, { repeatsAfter500: true });
    assert.deepEqual(graph.clock.slept, [1_000, 2_000]);
  });

  for (const [what, error, isSentOnce] of [
    ["its code", { code: "tooMany" }, true],
    ["its inner code", { code: "badGateway", innerError: { code: "tooMany" } }, true],
    ["its inner code of the other spelling", { innererror: { code: "tooMany" } }, true],
    ["another inner code", { code: "badGateway", innerError: { code: "busy" } }, false],
    ["an inner code that is no text", { code: "badGateway", innerError: { code: 1 } }, false],
  ] as const) {
    it(`with 502 ${isSentOnce ? "stays refused" : "is sent again"} for ${what}, where one is final`, async () => {
      graph.answers = [json({ error }, 502), ok];
      const sent = client.patch(one, {}, { finalCodes: ["tooMany"] });
      if (isSentOnce) assert.equal((await failure(sent)).isAmbiguous, false);
      else await sent;
      assert.equal(graph.sent.length, isSentOnce ? 1 : 2);
    });
  }

  it("is sent again whatever its code is if none is final, nor has it a body", async () => {
    graph.answers = [json({ error: { code: "tooMany" } }, 502), ok];
    await client.patch(one, {});
    graph.answers = [empty(502), ok];
    await client.patch(one, {}, { finalCodes: ["tooMany"] });
    assert.equal(graph.sent.length, 4);
  });

  it("does not wait beyond its deadline, but just up to it", async () => {
    graph.answers = [json({}, 429, { "retry-after": "60" }), ok];
    const now = graph.clock.now();
    graph.clock.now = () => now + graph.clock.waitedMs;
    const error = await failure(client.get(one, { deadlineMs: now + 59_999 }));
    assert.deepEqual([error.status, graph.clock.slept], [429, []]);
    graph = new ScriptedGraph();
    graph.clock.now = () => now + graph.clock.waitedMs;
    graph.answers = [json({}, 429, { "retry-after": "60" }), ok];
    await graph.client().get(one, { deadlineMs: now + 60_000 });
    assert.deepEqual(graph.clock.slept, [60_000]);
  });

  for (const status of [429, 503]) {
    it(`with ${status} and a time holds the others back, even where it is given up itself`, async () => {
      graph.answers = [json({}, status, { "retry-after": "60" }), ok];
      await failure(client.get(one, { deadlineMs: graph.clock.now() + 30_000 }));
      const late = await failure(client.get(one, { deadlineMs: graph.clock.now() + 30_000 }));
      assert.match(late.message, /Graph throttles this session until/);
      assert.equal(graph.sent.length, 1);
      await client.get(one);
      assert.equal(graph.clock.slept.length, 1);
      assert.equal(graph.sent.length, 2);
    });
  }

  for (const [status, headers] of [
    [429, {}],
    [504, { "retry-after": "60" }],
  ] as const) {
    it(`with ${status} and ${JSON.stringify(headers)} holds nobody else back`, async () => {
      client = graph.client({ maxRetries: "0" });
      graph.answers = [json({}, status, headers), ok];
      await failure(client.get(one));
      await client.get(one);
      assert.deepEqual(graph.clock.slept, []);
    });
  }

  it("is announced once where many are told the same", async () => {
    let now = Date.now();
    graph.clock.now = () => now;
    graph.clock.sleep = async (ms) => {
      const until = now + ms;
      await new Promise(setImmediate);
      now = Math.max(now, until);
    };
    graph.answers = [
      json({}, 429, { "retry-after": "60" }),
      json({}, 429, { "retry-after": "60" }),
      ok,
    ];
    await Promise.all([client.post(list, {}), client.post(list, {})]);
    assert.equal(graph.said.length, 1);
  });

  it("ends where it is stopped while it waits", async () => {
    const stop = new AbortController();
    graph.answers = [json({}, 429, { "retry-after": "1" }), ok];
    graph.clock.sleep = (_, signal) => {
      stop.abort();
      return signal?.aborted ? Promise.reject(new Error("aborted")) : Promise.resolve();
    };
    const error = await failure(client.get(one, { signal: stop.signal }));
    assert.deepEqual([error.name, error.code], ["GraphNoAnswerError", "ABORTED"]);
    assert.equal(graph.sent.length, 1);
  });
});

describe("a request without an answer", () => {
  it("is sent again where that does no harm", async () => {
    graph.answers = [broken("ECONNRESET"), json({}, 504), ok];
    assert.equal((await client.patch(one, {})).status, 200);
    assert.deepEqual(graph.clock.slept, [500, 1_000]);
  });

  it("is sent once where it may make a second object, unless its caller knows better", async () => {
    graph.answers = [broken("ECONNRESET"), ok];
    assert.equal((await failure(client.post(list, {}))).isAmbiguous, true);
    assert.equal(graph.sent.length, 1);
    graph.answers = [broken("ECONNRESET"), ok];
    await client.post(list, {}, { safeToRepeat: true });
    graph.answers = [broken("ECONNRESET"), ok];
    assert.equal((await failure(client.patch(one, {}, { safeToRepeat: false }))).isAmbiguous, true);
  });

  it("may have been carried out, also where the next attempt is refused", async () => {
    graph.answers = [broken("ECONNRESET"), json({}, 409)];
    const error = await failure(client.patch(one, {}));
    assert.deepEqual([error.status, error.isAmbiguous], [409, true]);
  });

  it("was not carried out where it only reads", async () => {
    graph.answers = [broken("ECONNRESET"), json({}, 403)];
    assert.equal((await failure(client.get(one))).isAmbiguous, false);
  });

  it("does not show the token that the system's words repeat", async () => {
    client = graph.client({ maxRetries: "0" });
    graph.answers = [broken("EPIPE", "wrote token-1 in vain")];
    assert.match((await failure(client.get(one))).message, /: wrote \[secret\] in vain/);
  });

  it("is given up when its time is up, and a write may have been carried out", async () => {
    client = graph.client({ maxRetries: "0" }, { requestTimeoutSeconds: 0.001 });
    graph.answers = [silence];
    const error = await failure(client.post(list, {}));
    assert.ok(GraphNoAnswerError.isInstance(error));
    assert.deepEqual([error.code, error.isAmbiguous], ["TIMEOUT", true]);
    assert.match(error.message, /no answer within 0\.001 s/);
  });

  it("leaves its room to the next", async () => {
    client = graph.client({ maxRequestsInFlight: "1", maxRetries: "0" });
    graph.answers = [broken("EPIPE"), ok];
    await failure(client.get(one));
    assert.equal((await client.get(one)).status, 200);
  });
});
