import { strict as assert } from "node:assert";
import { paths } from "../../provider/api/paths";
import {
  GraphAnswerError,
  type GraphCallOptions,
  type GraphClient,
  GraphHttpError,
  GraphNoAnswerError,
} from "../../provider/graph";
import { broken, empty, failure, json, ORIGIN, ScriptedGraph, silence } from "../scriptedGraph";

const one = paths.clientConfiguration("1");
const list = paths.clientConfigurations;

describe("a client of Graph fails", () => {
  let graph: ScriptedGraph;
  let client: GraphClient;

  beforeEach(() => {
    graph = new ScriptedGraph();
    client = graph.client({ maxRetries: "0" });
  });

  it("with the path of a request, without its query", async () => {
    graph.answers = [json({}, 418)];
    const { message } = await failure(client.get("/x/y?$filter=secret"));
    assert.match(message, /^GET \/x\/y failed: 418 /);
  });

  it("with what was done and to what, where the caller says it", async () => {
    graph.answers = [json({}, 418)];
    const words: GraphCallOptions = { action: "Updating", subject: "it" };
    for (const call of [
      () => client.get(one, words),
      () => client.getBytes(one, words),
      () => client.post(one, {}, words),
      () => client.patch(one, {}, words),
      () => client.put(one, Buffer.from(""), words),
      () => client.delete(one, words),
      () => client.delete(one, { ...words, lookFirst: one }),
      () => client.page(list, words),
    ]) {
      assert.match((await failure(call())).message, /^Updating it failed: 418 /);
    }
  });

  it("with the moment until which Graph wants peace", async () => {
    const date = new Date(graph.clock.now() + 60_000).toUTCString();
    graph.answers = [json({}, 429, { "retry-after": date })];
    const error = await failure(client.get(one));
    assert.ok(GraphHttpError.isInstance(error) && error.retryAfterMs !== undefined);
    assert.ok(error.retryAfterMs > 50_000 && error.retryAfterMs <= 60_000);
  });

  it("where it is stopped before anybody has signed in", async () => {
    const signal = AbortSignal.abort();
    assert.match(
      (await failure(client.caller({ signal }))).message,
      /^Signing in for Microsoft Graph failed: it was stopped/,
    );
    assert.match(
      (await failure(client.caller({ signal, action: "Asking", subject: "it" }))).message,
      /^Asking it failed: it was stopped/,
    );
  });

  it("at once where it was stopped before", async () => {
    graph.answers = [empty(204)];
    const signal = AbortSignal.abort();
    await assert.rejects(client.get(one, { signal }), {
      code: "ABORTED",
      message: /it was stopped/,
    });
    assert.deepEqual(graph.sent, []);
  });

  it("when it is stopped while Graph is silent, and a write may have been carried out", async () => {
    for (const [method, isAmbiguous] of [
      ["get", false],
      ["post", true],
    ] as const) {
      const stop = new AbortController();
      graph.answers = [
        (sent, init) => {
          stop.abort();
          return silence(sent, init);
        },
      ];
      const error = await failure(
        client[method](one, { signal: stop.signal }, { signal: stop.signal }),
      );
      assert.ok(GraphNoAnswerError.isInstance(error));
      assert.deepEqual([error.code, error.isAmbiguous], ["ABORTED", isAmbiguous]);
    }
  });

  it("where an answer is too long, and reads no further", async () => {
    let read = 0;
    const body = (function* () {
      for (; read < 20; read += 1) yield Buffer.alloc(1024 * 1024, " ");
    })();
    graph.answers = [
      () => ({ status: 200, headers: new Headers({ "request-id": "r" }), body }) as never,
    ];
    const error = await failure(client.post(list, {}));
    assert.ok(GraphAnswerError.isInstance(error));
    assert.match(error.message, /is longer than 16777216 bytes/);
    assert.deepEqual([error.status, error.requestId, error.isAmbiguous], [200, "r", true]);
    assert.equal(read, 16);
  });

  for (const status of [100, 199, 600, 999]) {
    it(`where an answer has the status ${status}`, async () => {
      const headers = new Headers({ "request-id": "r" });
      graph.answers = [() => ({ status, headers, body: null }) as never];
      for (const [call, isAmbiguous] of [
        [() => client.get(one), false],
        [() => client.patch(one, {}), true],
      ] as const) {
        const error = await failure(call());
        assert.ok(GraphAnswerError.isInstance(error));
        assert.match(
          error.message,
          new RegExp(`has the status ${status}, which HTTP does not know`),
        );
        assert.deepEqual(
          [error.status, error.requestId, error.isAmbiguous],
          [status, "r", isAmbiguous],
        );
      }
    });
  }

  for (const [code, wasSent] of [
    ["ECONNREFUSED", false],
    ["ENOTFOUND", false],
    ["EAI_AGAIN", false],
    ["EHOSTUNREACH", false],
    ["ENETUNREACH", false],
    ["UND_ERR_CONNECT_TIMEOUT", false],
    ["UND_ERR_CLOSED", false],
    ["UND_ERR_INVALID_ARG", false],
    ["ERR_TLS_CERT_ALTNAME_INVALID", false],
    ["CERT_HAS_EXPIRED", false],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", false],
    ["SELF_SIGNED_CERT_IN_CHAIN", false],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", false],
    ["PROXY", false],
    ["ECONNRESET", true],
    ["UND_ERR_SOCKET", true],
    ["XECONNREFUSED", true],
    ["ECONNREFUSEDX", true],
  ] as const) {
    it(`without an answer after ${code}, when a POST ${wasSent ? "may have been" : "was not"} carried out`, async () => {
      graph.answers = [broken(code, `words of ${code}`)];
      const error = await failure(client.post(list, {}));
      assert.ok(GraphNoAnswerError.isInstance(error));
      assert.deepEqual([error.code, error.isAmbiguous], [code, wasSent]);
      assert.match(error.message, new RegExp(`no answer from ${ORIGIN}: words of ${code}`));
    });
  }

  const coded = (code: unknown, message = "") => Object.assign(new Error(message), { code });
  const causes: [string, unknown, code: string, words: string][] = [
    [
      "its cause's cause",
      new Error("a", { cause: new Error("b", { cause: coded("X", "c") }) }),
      "X",
      "c",
    ],
    [
      "the first of several",
      new AggregateError([coded("X", "one"), coded("Y", "two")]),
      "X",
      "one",
    ],
    ["itself where its cause is none", new Error("a", { cause: "text" }), "Error", "a"],
    ["its name where it has no code", new TypeError("a"), "TypeError", "a"],
    [
      "its name where its code is no text",
      Object.assign(new TypeError("a"), { code: 7 }),
      "TypeError",
      "a",
    ],
    ["its code where it has no words", coded("X"), "X", "X"],
    [
      "a proxy that refuses",
      new Error("a", { cause: coded("X", "Proxy response (403)") }),
      "PROXY",
      "Proxy response \\(403\\)",
    ],
    ["nothing where it is no error", "text", "UNKNOWN", "an unknown failure"],
    ["no aggregate of nothing", new AggregateError([], "none"), "AggregateError", "none"],
  ];
  for (const [what, error, code, words] of causes) {
    it(`with the words of ${what}`, async () => {
      graph.answers = [() => Promise.reject(error as Error)];
      const { message, code: shown } = await failure(client.get(one));
      assert.equal(shown, code);
      assert.match(message, new RegExp(`no answer from ${ORIGIN}: ${words}`));
    });
  }

  it("with no more than five causes deep", async () => {
    const nested = (depth: number): Error =>
      new Error(`depth ${depth}`, depth === 0 ? {} : { cause: nested(depth - 1) });
    graph.answers = [() => Promise.reject(nested(9))];
    assert.match((await failure(client.get(one))).message, /depth 4/);
  });
});
