import { strict as assert } from "node:assert";
import { paths } from "../../provider/api/paths";
import type { GraphClient } from "../../provider/graph";
import {
  type Answer,
  batched,
  broken,
  empty,
  failure,
  gatherAtLeisure,
  json,
  ScriptedGraph,
  settle,
  silence,
} from "../scriptedGraph";

const one = (id: number | string) => paths.clientConfiguration(String(id));

describe("reads of one moment", () => {
  let graph: ScriptedGraph;
  let client: GraphClient;

  gatherAtLeisure();

  const named: Answer = ({ path }, init) =>
    json({ path }, 200, { "request-id": path })({} as never, init);
  const alone: Answer = (sent, init) =>
    (sent.path === "/$batch" ? batched(named) : named)(sent, init);

  beforeEach(() => {
    graph = new ScriptedGraph();
    client = graph.client({ maxRetries: "2" });
    graph.answers = [alone];
  });

  const read = (...ids: (number | string)[]) => Promise.all(ids.map((id) => client.get(one(id))));
  const pathsOf = (answers: { body: unknown }[]) =>
    answers.map(({ body }) => (body as { path: string }).path);
  const requestsOf = (place = 0) =>
    (
      JSON.parse(graph.sent[place]?.body ?? "") as {
        requests: {
          id: string;
          method: string;
          url: string;
          headers: object;
          dependsOn?: string[];
        }[];
      }
    ).requests;

  it("travel in one batch, and each has its own answer and request id", async () => {
    const answers = await read(1, 2, 3);
    assert.deepEqual(pathsOf(answers), [one(1), one(2), one(3)]);
    assert.deepEqual(
      answers.map(({ requestId }) => requestId),
      [one(1), one(2), one(3)],
    );
    assert.deepEqual(graph.trips, ["POST /$batch"]);
  });

  it("find their answers in whatever order they come", async () => {
    graph.answers = [batched(named, (responses) => responses.reverse())];
    assert.deepEqual(pathsOf(await read(1, 2, 3)), [one(1), one(2), one(3)]);
  });

  it("take the token and the library's words to the batch, and their own to themselves", async () => {
    client = graph.client({ endpoint: "" });
    await Promise.all([
      client.get(one(1), { headers: { Prefer: "p" } }),
      client.get(`${one(2)}?$select=id`),
    ]);
    const [batch] = graph.sent;
    assert.equal(graph.addresses[0], "https://graph.microsoft.com/beta/$batch");
    assert.equal(batch?.headers.get("authorization"), "Bearer token-1");
    assert.equal(batch?.headers.get("accept"), "application/json");
    assert.equal(batch?.headers.get("content-type"), "application/json");
    assert.match(batch?.headers.get("sdkversion") ?? "", /^graph-js/);
    const [first, second] = requestsOf();
    assert.deepEqual([first?.method, first?.url, first?.dependsOn], ["GET", one(1), undefined]);
    assert.equal(second?.url, `${one(2)}?$select=id`);
    const { "client-request-id": id, ...headers } = (first?.headers ?? {}) as Record<
      string,
      string
    >;
    assert.match(id ?? "", /^[0-9a-f-]{36}$/);
    assert.deepEqual([headers.prefer, headers.authorization], ["p", undefined]);
    assert.ok(!batch?.body.includes("token-1"));
  });

  it("have no library's words where Graph is not Microsoft's", async () => {
    await read(1, 2);
    assert.equal(graph.sent[0]?.headers.has("sdkversion"), false);
  });

  it("are twenty at the most, and the others follow", async () => {
    await read(...Array.from({ length: 25 }, (_, id) => id));
    assert.deepEqual(graph.trips, ["POST /$batch", "POST /$batch"]);
    assert.deepEqual([requestsOf(0).length, requestsOf(1).length], [20, 5]);
  });

  it("are one request where they ask for the same in the same way", async () => {
    assert.deepEqual(pathsOf(await read(1, 1, 1)), [one(1), one(1), one(1)]);
    assert.deepEqual(graph.trips, [`GET ${one(1)}`, `GET ${one(1)}`, `GET ${one(1)}`]);
    graph.sent.length = 0;
    await Promise.all([read(1, 1, 2), client.get(one(1), { headers: { accept: "text/plain" } })]);
    assert.deepEqual(graph.trips, ["POST /$batch"]);
    assert.deepEqual(
      requestsOf().map(({ url }) => url),
      [one(1), one(2), one(1)],
    );
  });

  it("leave alone what nobody else travels with, and what writes", async () => {
    await read(1);
    await Promise.all([
      client.patch(one(1), {}),
      client.put(one(2), Buffer.from("")),
      client.get(one(3)),
    ]);
    assert.deepEqual(graph.trips.sort(), [
      `GET ${one(1)}`,
      `GET ${one(3)}`,
      `PATCH ${one(1)}`,
      `PUT ${one(2)}`,
    ]);
  });

  it("are joined by the first page of a list, and by a page that may", async () => {
    const page = json({ value: [] });
    graph.answers = [(sent, init) => (sent.path === "/$batch" ? batched(page) : page)(sent, init)];
    await Promise.all([client.list("/a"), client.list("/b"), client.page("/c", { joins: true })]);
    assert.deepEqual(graph.trips, ["POST /$batch"]);
    graph.sent.length = 0;
    const link = new URL("https://graph.test/beta/x?2");
    await Promise.all([
      client.page("/a"),
      client.page("/b"),
      client.page("/c", { link, joins: true }),
    ]);
    assert.deepEqual(graph.trips.sort(), ["GET /a", "GET /b", "GET /x?2"]);
  });

  it("go alone where the batch has no answer for them", async () => {
    const answers: Answer = (sent, init) =>
      (sent.path === "/$batch" ? batched(named, ([first]) => [first]) : named)(sent, init);
    graph.answers = [answers];
    assert.deepEqual(pathsOf(await read(1, 2)), [one(1), one(2)]);
    assert.deepEqual(graph.trips, ["POST /$batch", `GET ${one(2)}`]);
  });

  for (const status of [400, 403, 404, 405, 501, 500]) {
    it(`go alone where the batch is answered with ${status}`, async () => {
      graph.answers = [json({}, status), named];
      assert.deepEqual(pathsOf(await read(1, 2)), [one(1), one(2)]);
      assert.deepEqual(graph.trips, ["POST /$batch", `GET ${one(1)}`, `GET ${one(2)}`]);
    });
  }

  it("go alone where the batch's answer cannot be read at all", async () => {
    graph.answers = [empty(302, { location: "https://elsewhere.test" }), named];
    assert.deepEqual(pathsOf(await read(1, 2)), [one(1), one(2)]);
    assert.equal(graph.sent.length, 3);
  });

  it("do not believe in a batch's body whose status is not 200", async () => {
    graph.answers = [
      async (sent, init) => {
        const answer = await batched(json({ of: "the batch" }))(sent, init);
        return new Response(await answer.text(), { status: 201 }) as never;
      },
      named,
    ];
    assert.deepEqual(pathsOf(await read(1, 2)), [one(1), one(2)]);
  });

  for (const status of [429, 502, 503, 504]) {
    it(`travel again where the whole batch is answered with ${status}`, async () => {
      graph.answers = [json({}, status, { "retry-after": "7" }), alone];
      assert.deepEqual(pathsOf(await read(1, 2)), [one(1), one(2)]);
      assert.deepEqual(graph.trips, ["POST /$batch", "POST /$batch"]);
      assert.ok(graph.clock.slept.every((ms) => ms === 7_000));
    });
  }

  it("travel again with a new token where the batch's is refused", async () => {
    graph.answers = [json({}, 401), alone];
    assert.deepEqual(pathsOf(await read(1, 2)), [one(1), one(2)]);
    assert.deepEqual(
      graph.sent.map(({ headers }) => headers.get("authorization")),
      ["Bearer token-1", "Bearer token-2"],
    );
  });

  it("travel again where the batch's connection broke", async () => {
    graph.answers = [broken("ECONNRESET"), alone];
    assert.deepEqual(pathsOf(await read(1, 2)), [one(1), one(2)]);
    assert.deepEqual(graph.trips, ["POST /$batch", "POST /$batch"]);
  });

  it("fail each with its own refusal", async () => {
    const answers: Answer = (sent, init) =>
      (sent.path === one(2) ? json({}, 403) : named)(sent, init);
    graph.answers = [batched(answers)];
    const [good, refused] = await Promise.allSettled([client.get(one(1)), client.get(one(2))]);
    assert.equal(good.status, "fulfilled");
    assert.ok(refused.status === "rejected");
    assert.equal((refused.reason as { status: number }).status, 403);
    assert.equal(graph.sent.length, 1);
  });

  it("fail with the batch's request id where the answer has none", async () => {
    graph.answers = [batched(json({}, 403))];
    const [first] = await Promise.allSettled([client.get(one(1)), client.get(one(2))]);
    assert.ok(first.status === "rejected");
    assert.equal((first.reason as { requestId: string }).requestId, "of-the-batch");
  });

  it("stop with their caller, and the others go on", async () => {
    const stop = new AbortController();
    graph.answers = [
      async (sent, init) => {
        stop.abort();
        await new Promise(setImmediate);
        assert.equal(init.signal?.aborted, false);
        return alone(sent, init);
      },
    ];
    const [stopped, other] = await Promise.allSettled([
      client.get(one(1), { signal: stop.signal }),
      client.get(one(2)),
    ]);
    assert.ok(stopped.status === "rejected" && other.status === "fulfilled");
    assert.equal((stopped.reason as { code: string }).code, "ABORTED");
    assert.deepEqual(pathsOf([other.value]), [one(2)]);
  });

  it("stop the batch with the last of them", async () => {
    const stop = new AbortController();
    let wasStopped = false;
    graph.answers = [
      (sent, init) => {
        init.signal?.addEventListener("abort", () => {
          wasStopped = true;
        });
        stop.abort();
        return silence(sent, init);
      },
    ];
    const { signal } = stop;
    const calls = [1, 2].map((id) => failure(client.get(one(id), { signal })));
    assert.deepEqual(
      (await Promise.all(calls)).map(({ code }) => code),
      ["ABORTED", "ABORTED"],
    );
    assert.equal(wasStopped, true);
  });

  it("are not sent where they were stopped while they gathered", async () => {
    await read(0);
    const stop = new AbortController();
    const stopped = failure(client.get(one(1), { signal: stop.signal }));
    const other = client.get(one(2));
    await settle();
    stop.abort();
    assert.equal((await stopped).code, "ABORTED");
    await other;
    assert.deepEqual(graph.trips, [`GET ${one(0)}`, `GET ${one(2)}`]);
  });

  it("rest from batches for a minute after three refusals in a row", async () => {
    const refusing: Answer = (sent, init) =>
      (sent.path === "/$batch" ? json({}, 400) : named)(sent, init);
    graph.answers = [refusing];
    const batches = () => graph.trips.filter((trip) => trip === "POST /$batch").length;
    await read(1, 2);
    await read(1, 2);
    graph.answers = [alone];
    await read(1, 2);
    graph.answers = [refusing];
    for (const expected of [4, 5, 6, 6, 6]) {
      await read(1, 2);
      assert.equal(batches(), expected);
    }
    graph.clock.waitedMs += 59_000;
    await read(1, 2);
    assert.equal(batches(), 6);
    graph.clock.waitedMs += 1_001;
    graph.answers = [alone];
    await read(1, 2);
    assert.equal(batches(), 7);
  });
});
