import { strict as assert } from "node:assert";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { paths } from "../../provider/api/paths";
import {
  type Clock,
  createGraphClient,
  GraphAnswerError,
  type GraphClient,
  GraphHttpError,
  GraphNoAnswerError,
  resolveSessionConfig,
} from "../../provider/graph";
import { createTransport, type Transport } from "../../provider/graph/transport";

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

type Answer = (response: ServerResponse, request: Seen) => void;

/** A Graph that gives the answers it was told, one after the other, the last one for ever. */
class ScriptedGraph {
  readonly seen: Seen[] = [];
  answers: Answer[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { method = "", url = "", headers } = request;
        const seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
        this.seen.push(seen);
        const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
        answer?.(response, seen);
      });
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, {
      "content-type": "application/json",
      "request-id": "r1",
      ...headers,
    });
    response.end(JSON.stringify(body));
  };
}

function empty(status: number, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(status, headers).end();
}

const reset: Answer = (response) => response.socket?.destroy();

/** Does not sleep: time passes by itself, and is written down. */
class TestClock implements Clock {
  readonly slept: number[] = [];
  #offset = 0;

  now(): number {
    return Date.now() + this.#offset;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(new Error("aborted"));
    this.slept.push(Math.round(ms / 100) * 100);
    this.#offset += ms;
    return Promise.resolve();
  }

  random(): number {
    return 0;
  }
}

describe("the Graph client, over a socket", () => {
  let graph: ScriptedGraph;
  let elsewhere: ScriptedGraph;
  let transport: Transport;
  let clock: TestClock;
  let client: GraphClient;
  let said: string[];
  let tokens: string[];

  beforeEach(async () => {
    graph = new ScriptedGraph();
    elsewhere = new ScriptedGraph();
    elsewhere.answers = [json(200, { value: [] })];
    await Promise.all([graph.listen(), elsewhere.listen()]);
    transport = createTransport(new URL(graph.url));
    clock = new TestClock();
    said = [];
    tokens = ["token-1", "token-2", "token-3"];
    client = connect();
  });

  afterEach(async () => {
    await Promise.all([graph.close(), elsewhere.close(), transport.close()]);
  });

  function connect(settings: Record<string, string> = {}): GraphClient {
    const config = resolveSessionConfig(
      (key) => ({ endpoint: graph.url, accessToken: "unused", ...settings })[key],
      {},
    );
    const credential = {
      isRenewable: true,
      getToken: () =>
        Promise.resolve({
          token: tokens.shift() ?? "no token is left",
          expiresOnTimestamp: Date.now() + 3_600_000,
        }),
    };
    return createGraphClient(config, credential, {
      transport,
      clock,
      log: (line) => void said.push(line),
    });
  }

  const one = paths.clientConfiguration("1");

  it("sends token, ids and query, and reads JSON", async () => {
    graph.answers = [json(200, { id: "1" })];
    const path = `${paths.clientConfigurations}?$filter=x eq 'https://a/b'&$select=id&$select=b`;
    const response = await client.get(path, { headers: { authorization: "other", prefer: "p" } });
    assert.equal(response.status, 200);
    assert.deepEqual(response.body, { id: "1" });
    assert.equal(response.requestId, "r1");
    const [seen] = graph.seen;
    assert.equal(
      seen?.url,
      "/beta/officeConfiguration/clientConfigurations?$filter=x%20eq%20%27https://a/b%27&$select=id&$select=b",
    );
    assert.equal(seen?.headers.authorization, "Bearer token-1");
    assert.equal(seen?.headers.prefer, "p");
    assert.match(String(seen?.headers["client-request-id"]), /^[0-9a-f-]{36}$/);
  });

  it("sends a body as JSON, and reads an answer without one", async () => {
    graph.answers = [empty(204)];
    const response = await client.patch(one, { displayName: "é" });
    assert.deepEqual([response.status, response.body], [204, undefined]);
    assert.equal(graph.seen[0]?.body, '{"displayName":"é"}');
    assert.match(String(graph.seen[0]?.headers["content-type"]), /^application\/json/);
  });

  it("sends exactly the bytes of a view", async () => {
    graph.answers = [empty(204)];
    const bytes = Buffer.from("before-inside-after").subarray(7, 13);
    await client.put(paths.policyPayload("1"), new Uint8Array(bytes.buffer, bytes.byteOffset, 6));
    assert.equal(graph.seen[0]?.body, "inside");
    assert.equal(graph.seen[0]?.headers["content-type"], "application/octet-stream");
  });

  it("reads bytes, none of an empty stream, and nothing where there is no stream", async () => {
    graph.answers = [
      (response) => response.writeHead(200).end("\u0001bytes"),
      empty(204),
      json(404, {}),
    ];
    const bytes = await client.getBytes(paths.policyPayload("1"));
    assert.equal(Buffer.from(bytes ?? []).toString(), "\u0001bytes");
    assert.deepEqual(await client.getBytes(paths.policyPayload("1")), new Uint8Array());
    assert.equal(await client.getBytes(paths.policyPayload("1")), undefined);
  });

  it("waits as Retry-After says, announces it, and sends again", async () => {
    graph.answers = [json(429, {}, { "retry-after": "315" }), json(201, { id: "1" })];
    await client.post(paths.clientConfigurations, {}, { action: "Creating", subject: "it" });
    assert.deepEqual(clock.slept, [315_000]);
    assert.match(
      said.join(),
      /^Waiting 315 s, until \d\d:\d\d:\d\d UTC\. Creating it: Graph answered 429\.$/,
    );
    assert.equal(
      graph.seen[0]?.headers["client-request-id"],
      graph.seen[1]?.headers["client-request-id"],
    );
  });

  it("does not begin a wait that ends after the deadline", async () => {
    graph.answers = [json(429, {}, { "retry-after": "60" })];
    await assert.rejects(
      client.get(one, { deadlineMs: clock.now() + 30_000 }),
      (error) =>
        GraphHttpError.isInstance(error) && error.status === 429 && error.retryAfterMs === 60_000,
    );
    assert.deepEqual(clock.slept, []);
  });

  for (const status of [429, 503]) {
    it(`holds other requests back while it is throttled with ${status}`, async () => {
      graph.answers = [json(status, {}, { "retry-after": "60" }), json(200, {})];
      await assert.rejects(client.get(one, { deadlineMs: clock.now() + 30_000 }));
      await client.get(one);
      assert.deepEqual(clock.slept, [60_000]);
      assert.equal(graph.seen.length, 2);
    });
  }

  it("gives up after the bound on attempts", async () => {
    client = connect({ maxRetries: "2" });
    graph.answers = [json(503, {})];
    await assert.rejects(
      client.get(one),
      (error) => GraphHttpError.isInstance(error) && error.status === 503,
    );
    assert.equal(graph.seen.length, 3);
  });

  it("has no more requests in flight than it may", async () => {
    client = connect({ maxRequestsInFlight: "2" });
    let inFlight = 0;
    let most = 0;
    graph.answers = [
      (response) => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        setTimeout(() => {
          inFlight -= 1;
          json(200, {})(response, { method: "", url: "", headers: {}, body: "" });
        }, 10);
      },
    ];
    await Promise.all(Array.from({ length: 7 }, () => client.get(one)));
    assert.equal(most, 2);
    assert.equal(graph.seen.length, 7);
    assert.equal(tokens.length, 2, "one token was fetched for all");
  });

  it("asks for a fresh token once after 401", async () => {
    graph.answers = [json(401, {}), json(200, {})];
    await client.get(one);
    assert.deepEqual(
      graph.seen.map(({ headers }) => headers.authorization),
      ["Bearer token-1", "Bearer token-2"],
    );
  });

  it("does not ask a third time after 401", async () => {
    graph.answers = [json(401, { error: { code: "InvalidAuthenticationToken", message: "no" } })];
    await assert.rejects(
      client.get(one),
      (error) => GraphHttpError.isInstance(error) && error.status === 401,
    );
    assert.equal(graph.seen.length, 2);
  });

  it("sends a POST once when its connection is reset, and says that it may have worked", async () => {
    graph.answers = [reset];
    await assert.rejects(
      client.post(paths.clientConfigurations, {}),
      (error) => GraphNoAnswerError.isInstance(error) && error.isAmbiguous,
    );
    assert.equal(graph.seen.length, 1);
  });

  it("sends a POST again after a reset when its caller says it is safe", async () => {
    graph.answers = [reset, json(200, { value: [] })];
    await client.post(paths.assign("1"), {}, { safeToRepeat: true });
    assert.equal(graph.seen.length, 2);
  });

  it("sends a PATCH again when its connection is reset", async () => {
    graph.answers = [reset, json(504, {}), json(200, { id: "1" })];
    await client.patch(one, {});
    assert.equal(graph.seen.length, 3);
    assert.deepEqual(clock.slept, [500, 1_000]);
  });

  it("sends a POST once after 504, and says that it may have worked", async () => {
    graph.answers = [json(504, {}, { "retry-after": "1" })];
    await assert.rejects(
      client.post(paths.clientConfigurations, {}),
      (error) => GraphHttpError.isInstance(error) && error.isAmbiguous,
    );
    assert.equal(graph.seen.length, 1);
  });

  it("says after a lost answer and a refusal that the first may have worked", async () => {
    graph.answers = [reset, json(409, {})];
    await assert.rejects(
      client.patch(one, {}),
      (error) => GraphHttpError.isInstance(error) && error.status === 409 && error.isAmbiguous,
    );
  });

  it("ends an attempt that takes too long", async () => {
    client = connect({ requestTimeoutSeconds: "1", maxRetries: "0" });
    graph.answers = [() => {}];
    await assert.rejects(
      client.post(paths.clientConfigurations, {}),
      (error) =>
        GraphNoAnswerError.isInstance(error) && error.code === "TIMEOUT" && error.isAmbiguous,
    );
  });

  it("ends at the deadline, and when it is stopped", async () => {
    graph.answers = [() => {}];
    await assert.rejects(
      client.get(one, { deadlineMs: Date.now() + 50 }),
      (error) => GraphNoAnswerError.isInstance(error) && error.code === "DEADLINE",
    );
    const stop = new AbortController();
    graph.answers = [() => stop.abort()];
    await assert.rejects(
      client.post(paths.clientConfigurations, {}, { signal: stop.signal }),
      (error) =>
        GraphNoAnswerError.isInstance(error) && error.code === "ABORTED" && error.isAmbiguous,
    );
    const { length: before } = graph.seen;
    await assert.rejects(
      client.get(one, { signal: AbortSignal.abort() }),
      (error) => GraphNoAnswerError.isInstance(error) && error.code === "ABORTED",
    );
    assert.equal(graph.seen.length, before);
  });

  it("says that nothing listens, and that nothing was done", async () => {
    const { url } = elsewhere;
    await elsewhere.close();
    client = connect({ endpoint: url });
    await assert.rejects(
      client.post(paths.clientConfigurations, {}),
      (error) =>
        GraphNoAnswerError.isInstance(error) && error.code === "ECONNREFUSED" && !error.isAmbiguous,
    );
    assert.deepEqual(clock.slept, [500, 1_000, 2_000, 4_000]);
    await elsewhere.listen();
  });

  it("refuses a redirect to another host and sends no token there", async () => {
    graph.answers = [empty(307, { location: `${elsewhere.url}/beta` })];
    await assert.rejects(
      client.get(one),
      (error) =>
        GraphAnswerError.isInstance(error) && /redirects to another host/.test(error.message),
    );
    assert.equal(elsewhere.seen.length, 0);
  });

  it("follows a redirect on its own host, for reading only", async () => {
    graph.answers = [empty(302, { location: "/beta/other?x=1" }), json(200, { id: "1" })];
    assert.deepEqual((await client.get(one)).body, { id: "1" });
    assert.equal(graph.seen[1]?.url, "/beta/other?x=1");
    graph.answers = [empty(302, { location: "/beta/other" })];
    await assert.rejects(client.patch(one, {}), GraphAnswerError.isInstance);
    await assert.rejects(client.get(one), /redirects more than 5 times/);
  });

  it("reads all pages, by links as they are", async () => {
    const link = `${graph.url}/beta/officeConfiguration/clientConfigurations?$skiptoken=a%2Bb%3D&x&$select=id&$select=b`;
    graph.answers = [
      json(200, { value: [1, 2], "@odata.nextLink": link }),
      json(200, { value: [3] }),
    ];
    assert.deepEqual(await client.list(`${paths.clientConfigurations}?$top=2`), [1, 2, 3]);
    assert.equal(`${graph.url}${graph.seen[1]?.url}`, link);
  });

  it("refuses a nextLink to another host and sends no token there", async () => {
    graph.answers = [json(200, { value: [], "@odata.nextLink": `${elsewhere.url}/beta/x` })];
    await assert.rejects(
      client.list(paths.clientConfigurations),
      (error) =>
        GraphAnswerError.isInstance(error) && /nextLink to another host/.test(error.message),
    );
    assert.equal(elsewhere.seen.length, 0);
  });

  it("refuses pages in a circle, and what is no page", async () => {
    const path = paths.clientConfigurations;
    graph.answers = [json(200, { value: [], "@odata.nextLink": `${graph.url}/beta${path}` })];
    await assert.rejects(client.list(path), /a page already read/);
    graph.answers = [json(200, { id: "1" })];
    await assert.rejects(client.list(path), /is no collection/);
  });

  const unreadable: [string, Answer, RegExp][] = [
    [
      "HTML",
      (response) =>
        response.writeHead(200, { "content-type": "text/html" }).end("<html>\n<h1>Sign in"),
      /is text\/html, not JSON; it begins with: <html> <h1>Sign in/,
    ],
    [
      "half a JSON",
      (response) =>
        response.writeHead(200, { "content-type": "application/json" }).end('{"id": "1'),
      /is no JSON, perhaps cut off/,
    ],
    [
      "no UTF-8",
      (response) =>
        response
          .writeHead(200, { "content-type": "application/json" })
          .end(Buffer.from([0x22, 0xff, 0x22])),
      /is no JSON/,
    ],
    [
      "too much",
      (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.on("error", () => {});
        response.end(Buffer.alloc(17 * 1024 * 1024, 0x20));
      },
      /is longer than 16777216 bytes/,
    ],
  ];
  for (const [name, answer, message] of unreadable) {
    it(`does not take ${name} for an answer`, async () => {
      graph.answers = [answer];
      await assert.rejects(
        client.post(paths.clientConfigurations, {}),
        (error) =>
          GraphAnswerError.isInstance(error) && message.test(error.message) && error.isAmbiguous,
      );
      await assert.rejects(
        client.get(one),
        (error) => GraphAnswerError.isInstance(error) && !error.isAmbiguous,
      );
    });
  }

  it("sends again what broke off in the middle of an answer", async () => {
    graph.answers = [
      (response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
        response.write('{"id":');
        setTimeout(() => response.socket?.destroy(), 10);
      },
      json(200, { id: "1" }),
    ];
    assert.deepEqual((await client.get(one)).body, { id: "1" });
  });

  it("leaves no token in an error, even when Graph repeats it", async () => {
    tokens = ["a-planted-token", "a-planted-token"];
    graph.answers = [
      (response, { headers }) =>
        json(400, { error: { code: "x", message: `you sent ${headers.authorization}` } })(
          response,
          {
            method: "",
            url: "",
            headers,
            body: "",
          },
        ),
      (response, { headers }) =>
        void response.writeHead(200, { "content-type": "text/plain" }).end(headers.authorization),
      reset,
    ];
    client = connect({ maxRetries: "0" });
    for (const call of [() => client.get(one), () => client.get(one), () => client.get(one)]) {
      const error: unknown = await call().then(
        () => assert.fail("it was answered"),
        (reason: unknown) => reason,
      );
      const texts = [
        inspect(error, { depth: 9, showHidden: true }),
        String(error),
        JSON.stringify(error),
      ];
      for (const text of texts) assert.ok(!text.includes("a-planted-token"), text);
    }
  });
});
