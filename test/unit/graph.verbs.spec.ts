import { strict as assert } from "node:assert";
import { GraphClient, type GraphRequest, withLimit } from "../../provider/graph";
import { PassingClock } from "../context";
import { fakeGraph, refused } from "../fakeGraph";

const NOW = Date.parse("2026-11-23T10:00:00Z");
const bytes = Buffer.from("bytes");

describe("a verb of the Graph client is one request", () => {
  const options = { subject: "it", headers: { prefer: "p" } };
  const table: [verb: string, call: (graph: GraphClient) => Promise<unknown>, request: object][] = [
    ["get", (graph) => graph.get("/p", options), { method: "GET" }],
    ["post", (graph) => graph.post("/p", [1], options), { method: "POST", body: [1] }],
    ["patch", (graph) => graph.patch("/p", [1], options), { method: "PATCH", body: [1] }],
    ["put", (graph) => graph.put("/p", bytes, options), { method: "PUT", bytes }],
    ["delete", (graph) => graph.delete("/p", options), { method: "DELETE" }],
    ["getBytes", (graph) => graph.getBytes("/p", options), { method: "GET", accepts: "bytes" }],
    ["page", (graph) => graph.page("/p", options), { method: "GET", joins: false }],
    [
      "page that joins",
      (graph) => graph.page("/p", { ...options, joins: true }),
      { method: "GET", joins: true },
    ],
  ];
  for (const [verb, call, request] of table) {
    it(`${verb}, with all its options`, async () => {
      const { graph, sent } = fakeGraph(({ accepts }) => (accepts ? bytes : { value: [] }));
      await call(graph);
      assert.deepEqual(sent, [{ ...options, path: "/p", ...request }]);
    });
  }
});

describe("the Graph client", () => {
  it("gives no bytes where a stream is empty, and nothing where there is none", async () => {
    const streams: Record<string, unknown> = { "/bytes": bytes, "/gone": undefined };
    const { graph } = fakeGraph(({ path }) => streams[path]);
    assert.equal(await graph.getBytes("/bytes"), bytes);
    assert.equal(await graph.getBytes("/gone"), undefined);
    const response = { status: 204, body: undefined, headers: new Headers() };
    const empty = new GraphClient({ ...parts(graph), send: () => Promise.resolve(response) });
    assert.deepEqual(await empty.getBytes("/empty"), new Uint8Array());
    const forbidden = fakeGraph((request) => Promise.reject(refused(request, 403))).graph;
    await assert.rejects(forbidden.getBytes("/bytes"), { status: 403 });
  });

  it("reads all pages of a list within one time, and lets the first travel with others", async () => {
    const clock = new PassingClock();
    const nowMs = () => NOW + clock.waitedMs;
    const links = ["https://graph.test/beta/p?2", "https://graph.test/beta/p?3", undefined];
    const { graph, sent } = fakeGraph(() => {
      clock.waitedMs += 1_000;
      return { value: [sent.length], "@odata.nextLink": links[sent.length - 1] };
    });
    const timed = new GraphClient(parts(graph), { clock: Object.assign(clock, { now: nowMs }) });
    assert.deepEqual(await timed.list("/p?1", { action: "Listing" }), [1, 2, 3]);
    const request = { method: "GET", path: "/p?1", action: "Listing", joins: true };
    const deadlineMs = NOW + 30 * 60_000;
    assert.deepEqual(
      sent.map(({ link, ...rest }) => [link?.href, rest]),
      [undefined, ...links.slice(0, 2)].map((link) => [link, { ...request, deadlineMs }]),
    );
  });

  it("gives the pages of a collection one by one, from a link if there is one", async () => {
    const links = ["https://graph.test/beta/p?2", "https://graph.test/beta/p?3"];
    const { graph, sent } = fakeGraph(() => ({
      value: [sent.length],
      "@odata.nextLink": links[sent.length - 1],
    }));
    const pages = graph.pages("/p?1", { action: "Listing" });
    assert.deepEqual((await pages.next()).value, { items: [1], next: new URL(links[0] ?? "") });
    assert.equal(sent.length, 1);
    await pages.next();
    const request = { method: "GET", path: "/p?1", action: "Listing", joins: false };
    assert.deepEqual(sent, [request, { ...request, link: new URL(links[0] ?? "") }]);
    sent.length = 0;
    const link = new URL("https://graph.test/beta/p?9");
    const [page] = [await graph.pages("/p?1", { link }).next()];
    assert.deepEqual(page?.value?.items, [1]);
    assert.deepEqual(sent, [{ method: "GET", path: "/p?1", joins: false, link }]);
  });

  it("names the collection, not the link, where a page cannot be read", async () => {
    const { graph } = fakeGraph(() => ({ value: 7 }));
    const link = new URL("https://graph.test/beta/p?$skiptoken=abc");
    const page = graph.page("/p?$top=1", { link, action: "Listing", subject: "them" });
    await assert.rejects(page, {
      path: "/p",
      method: "GET",
      message: /^The answer to "Listing them"/,
    });
    await assert.rejects(graph.page("/p?$top=1"), /^GraphAnswerError: The answer to "GET \/p"/);
  });

  it("quotes Graph's name of a request whose page cannot be read, or ours", async () => {
    const about = { status: 200, body: [], headers: new Headers(), clientRequestId: "ours" };
    for (const more of [{ requestId: "theirs" }, {}]) {
      const send = () => Promise.resolve({ ...about, ...more });
      const graph = new GraphClient({ ...parts(fakeGraph(() => []).graph), send });
      await assert.rejects(graph.page("/p"), { clientRequestId: "ours", status: 200, ...more });
    }
  });

  it("does something around each request, with and without a time limit", async () => {
    const { graph, sent } = fakeGraph(() => ({ value: [] }));
    const limited = withLimit(graph, { deadlineMs: 5 });
    const seen: GraphRequest[] = [];
    const around = limited.around((request, send) => {
      seen.push(request);
      return send({ ...request, subject: "around" });
    });
    await around.list("/a");
    await around.unlimited.get("/b");
    assert.deepEqual(
      seen.map(({ path }) => path),
      ["/a", "/b"],
    );
    assert.deepEqual(
      sent.map(({ path, subject, deadlineMs }) => [path, subject, deadlineMs]),
      [
        ["/a", "around", 5],
        ["/b", "around", undefined],
      ],
    );
    assert.deepEqual([around.deadlineMs, around.origin], [5, graph.origin]);
    assert.deepEqual(await around.caller(), {});
    const unlimited = graph.around((request, send) => send(request));
    assert.equal(unlimited.unlimited, unlimited);
  });
});

function parts(graph: GraphClient) {
  const { origin } = graph;
  return {
    origin,
    caller: () => graph.caller(),
    send: (request: GraphRequest) => graph.send(request),
  };
}
