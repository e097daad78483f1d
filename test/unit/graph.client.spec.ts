import { strict as assert } from "node:assert";
import { paths } from "../../provider/api/paths";
import type { GraphClient } from "../../provider/graph";
import { type Answer, empty, failure, json, ORIGIN, ScriptedGraph } from "../scriptedGraph";

const one = paths.clientConfiguration("1");
const list = paths.clientConfigurations;
const TEXT = "text/plain";

describe("a client of Graph sends", () => {
  let graph: ScriptedGraph;
  let client: GraphClient;

  beforeEach(() => {
    graph = new ScriptedGraph();
    graph.answers = [empty(204)];
    client = graph.client();
  });

  const JSON_TYPE = "application/json";
  const calls: [string, (client: GraphClient) => Promise<unknown>, string, string?, string?][] = [
    ["a GET", (graph) => graph.get(one), `GET ${one}`],
    ["a DELETE", (graph) => graph.delete(one), `DELETE ${one}`],
    ["a POST", (graph) => graph.post(list, { a: "é" }), `POST ${list}`, '{"a":"é"}', JSON_TYPE],
    ["a PATCH", (graph) => graph.patch(one, { a: 1 }), `PATCH ${one}`, '{"a":1}', JSON_TYPE],
    [
      "a PUT of bytes",
      (graph) => graph.put(one, Buffer.from("before-inside").subarray(7)),
      `PUT ${one}`,
      "inside",
      "application/octet-stream",
    ],
    [
      "a PUT of its own type",
      (graph) => graph.put(one, Buffer.from("x"), { contentType: TEXT }),
      `PUT ${one}`,
      "x",
      TEXT,
    ],
  ];
  for (const [what, call, trip, body = "", type = null] of calls) {
    it(`${what} with its body, its type and the session's token`, async () => {
      await call(client);
      const [sent] = graph.sent;
      assert.deepEqual(graph.trips, [trip]);
      assert.equal(sent?.body, body);
      assert.equal(sent?.headers.get("content-type"), type);
      assert.equal(sent?.headers.get("accept"), "application/json");
      assert.equal(sent?.headers.get("authorization"), "Bearer token-1");
      assert.match(sent?.headers.get("client-request-id") ?? "", /^[0-9a-f-]{36}$/);
    });
  }

  it("to the beta version, however many slashes a path begins with", async () => {
    await client.get("//x?$top=1");
    await client.get("x");
    await client.get("/beta/x");
    assert.deepEqual(graph.addresses, [
      `${ORIGIN}/beta/x?$top=1`,
      `${ORIGIN}/beta/x`,
      `${ORIGIN}/beta/beta/x`,
    ]);
  });

  it("a caller's headers, but not in place of the session's own", async () => {
    const own = { AUTHORIZATION: "mine", "Client-Request-Id": "mine", Host: "mine" };
    await client.get(one, { headers: { Prefer: "p", Accept: TEXT, ...own } });
    const { headers } = graph.sent[0] ?? {};
    assert.equal(headers?.get("prefer"), "p");
    assert.equal(headers?.get("accept"), TEXT);
    assert.equal(headers?.get("authorization"), "Bearer token-1");
    assert.notEqual(headers?.get("client-request-id"), "mine");
    assert.equal(headers?.get("host"), null);
  });

  it("for bytes what takes any type, unless the caller takes less", async () => {
    await client.getBytes(one);
    await client.getBytes(one, { headers: { accept: TEXT, prefer: "p" } });
    assert.deepEqual(
      graph.sent.map(({ headers }) => headers.get("accept")),
      ["application/octet-stream, */*", TEXT],
    );
    assert.equal(graph.sent[1]?.headers.get("prefer"), "p");
  });

  it("to Microsoft's Graph the version of Microsoft's library, as that wants it", async () => {
    await graph.client({ endpoint: "" }).get(one);
    assert.equal(graph.addresses[0], `https://graph.microsoft.com/beta${one}`);
    assert.match(graph.sent[0]?.headers.get("sdkversion") ?? "", /^graph-js/);
  });

  it("a token that it fetched once", async () => {
    await client.get(one);
    await client.get(one);
    assert.deepEqual(graph.tokens, ["token-1"]);
  });

  it("one id for all attempts of a call, and another for each call", async () => {
    graph.answers = [json({}, 429, { "retry-after": "1" }), empty(204)];
    await client.get(one);
    await client.get(one);
    const [first, again, other] = graph.sent.map(({ headers }) => headers.get("client-request-id"));
    assert.equal(first, again);
    assert.notEqual(first, other);
  });
});

describe("a client of Graph reads", () => {
  let graph: ScriptedGraph;
  let client: GraphClient;

  beforeEach(() => {
    graph = new ScriptedGraph();
    client = graph.client();
  });

  it("status, headers, request id and JSON", async () => {
    graph.answers = [json({ id: "1" }, 201, { "request-id": "r1", etag: "e" })];
    const { headers, clientRequestId, ...rest } = await client.post(list, {});
    assert.deepEqual(rest, { status: 201, requestId: "r1", body: { id: "1" } });
    assert.equal(graph.sent[0]?.headers.get("client-request-id"), clientRequestId);
    assert.equal(headers.get("etag"), "e");
  });

  it("who asks, from the token", async () => {
    assert.deepEqual(await client.caller(), {});
    assert.deepEqual(graph.tokens, ["token-1"]);
  });

  it("bytes, none of an empty stream, and nothing where there is no stream", async () => {
    graph.answers = [json([1]), empty(204), json({}, 404)];
    const texts = [];
    for (const _ of [1, 2, 3]) {
      const bytes = await client.getBytes(one);
      texts.push(bytes && Buffer.from(bytes).toString());
    }
    assert.deepEqual(texts, ["[1]", "", undefined]);
  });

  it("no stream that is refused as one that is not there", async () => {
    graph.answers = [json({}, 403)];
    await assert.rejects(client.getBytes(one), { name: "GraphHttpError", status: 403 });
  });

  for (const status of [204, 205, 304]) {
    it(`no body of status ${status}, whatever comes with it`, async () => {
      const body = [Buffer.from("no JSON")];
      const response = { status, headers: new Headers({ etag: "e" }), body };
      graph.answers = [() => response as never];
      if (status === 304) {
        await assert.rejects(client.get(one), { name: "GraphHttpError", status });
      } else {
        const { body: read, headers } = await client.get(one);
        assert.deepEqual([read, headers.get("etag")], [undefined, "e"]);
      }
    });
  }

  it("the deletion of what cannot be read as a success", async () => {
    const answer = () => ({ body: "no JSON", headers: { "content-type": TEXT, etag: "e" } });
    graph.answers = [
      json({}, 404),
      text("seen", 200),
      text("no JSON", 200, { etag: answer().headers.etag }),
    ];
    const { status, body, headers } = await client.delete(one, { lookFirst: `${one}?x` });
    assert.deepEqual([status, body], [200, undefined]);
    assert.equal(headers.get("content-type"), TEXT);
  });

  function text(body: string, status: number, headers: Record<string, string> = {}): Answer {
    return () =>
      new Response(body, { status, headers: { "content-type": TEXT, ...headers } }) as never;
  }

  it("all pages of a list, and the links as they are", async () => {
    const link = `${ORIGIN}/beta/x?$skiptoken=a%2Bb%3D&x&$select=id&$select=b`;
    graph.answers = [json({ value: [1, 2], "@odata.nextLink": link }), json({ value: [3] })];
    assert.deepEqual(await client.list(`${list}?$top=2`), [1, 2, 3]);
    assert.deepEqual(graph.addresses, [`${ORIGIN}/beta${list}?$top=2`, link]);
  });

  it("one page, the first or that of a link", async () => {
    const link = new URL(`${ORIGIN}/beta/x?$skiptoken=2`);
    graph.answers = [json({ value: [1], "@odata.nextLink": link.href }), json({ value: [2] })];
    assert.deepEqual(await client.page(list), { items: [1], next: link });
    assert.deepEqual(await client.page(list, { link }), { items: [2] });
    assert.deepEqual(graph.addresses, [`${ORIGIN}/beta${list}`, link.href]);
  });

  it("a list's pages with the caller's headers and words", async () => {
    graph.answers = [json({ value: [] }), json({}, 403)];
    await client.list(list, { headers: { prefer: "p" } });
    assert.equal(graph.sent[0]?.headers.get("prefer"), "p");
    const { message } = await failure(client.list(`${list}?secret`, { action: "Listing" }));
    assert.match(message, /^Listing \/officeConfiguration\/clientConfigurations failed: 403/);
  });

  it("all pages of a list within one time", async () => {
    const minutes = 60_000;
    const next = (page: number) => json({ value: [], "@odata.nextLink": `/beta/x?${page}` });
    const later: Answer = (sent, init) => {
      graph.clock.waitedMs += 20 * minutes;
      return next(1)(sent, init);
    };
    graph.answers = [later, json({}, 429, { "retry-after": "900" })];
    await assert.rejects(client.list(list), { status: 429 });
    assert.deepEqual(graph.clock.slept, []);
    graph.answers = [json({ value: [] })];
    const deadlineMs = graph.clock.now() - 1;
    await assert.rejects(client.list(list, { deadlineMs }), { code: "DEADLINE" });
  });
});
