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
  ORIGIN,
  ScriptedGraph,
} from "../scriptedGraph";

const one = paths.clientConfiguration("1");
const ok = json({ id: "1" });

let graph: ScriptedGraph;
let client: GraphClient;

beforeEach(() => {
  graph = new ScriptedGraph();
  client = graph.client();
});

describe("a request that is sent elsewhere", () => {
  it("goes there on the same host, with the token", async () => {
    graph.answers = [
      empty(302, { location: "/beta/other?x=1" }),
      empty(399, { location: "?y" }),
      ok,
    ];
    assert.deepEqual((await client.get(one)).body, { id: "1" });
    assert.deepEqual(graph.addresses.slice(1), [
      `${ORIGIN}/beta/other?x=1`,
      `${ORIGIN}/beta/other?y`,
    ]);
    assert.equal(graph.sent[1]?.headers.get("authorization"), "Bearer token-1");
  });

  it("lets the body of the redirect go", async () => {
    let isCancelled = false;
    const body = {
      cancel: () => {
        isCancelled = true;
        return Promise.resolve();
      },
    };
    const headers = new Headers({ location: "/beta/other" });
    graph.answers = [() => ({ status: 307, headers, body }) as never, ok];
    await client.get(one);
    assert.equal(isCancelled, true);
  });

  for (const [location, problem] of [
    ["https://elsewhere.test/x", "to another host, https://elsewhere.test: no token is sent there"],
    ["http://graph.test/x", "to another host, http://graph.test: no token is sent there"],
    ["https://graph.test:444/x", "to another host, https://graph.test:444: no token is sent there"],
    ["https://", "to something that is no address"],
    ["https://user@graph.test/x", "to an address with a user or a password in it"],
    ["https://:word@graph.test/x", "to an address with a user or a password in it"],
  ] as const) {
    it(`does not go to ${location}`, async () => {
      graph.answers = [empty(307, { location, "request-id": "r" }), ok];
      const error = await failure(client.get(one));
      assert.equal(error.name, "GraphAnswerError");
      assert.ok(error.message.includes(`redirects ${problem} (request-id r)`), error.message);
      assert.equal(error.status, 307);
      assert.equal(graph.sent.length, 1);
    });
  }

  it("stays here where it writes", async () => {
    graph.answers = [empty(307, { location: "/beta/other" }), ok];
    const { message } = await failure(client.patch(one, {}));
    assert.match(message, /redirects a PATCH: a write is not sent to a second address/);
    assert.equal(graph.sent.length, 1);
  });

  it("goes five times and no more", async () => {
    const again = empty(302, { location: "/beta/other" });
    graph.answers = [again, again, again, again, again, ok];
    assert.equal((await client.get(one)).status, 200);
    graph.answers = [again];
    assert.match((await failure(client.get(one))).message, /redirects more than 5 times/);
    assert.equal(graph.sent.length, 12);
  });

  for (const [what, answer] of [
    ["a status of no redirect", empty(404, { location: "/beta/other" })],
    ["no address", empty(302)],
  ] as const) {
    it(`does not go anywhere for ${what}`, async () => {
      graph.answers = [answer, ok];
      assert.equal((await failure(client.get(one))).name, "GraphHttpError");
      assert.equal(graph.sent.length, 1);
    });
  }
});

describe("a deletion with a look", () => {
  gatherAtLeisure();

  const look = `${one}?$expand=assignments`;
  const seen = json({ id: "1", displayName: "as it was" });
  const remove = () => client.delete(one, { lookFirst: look });

  /** Answers its look, and what deletes it; alone or in a batch. */
  const at =
    (found: Answer, deleted: Answer): Answer =>
    (sent, init) =>
      (sent.method === "GET" ? found : deleted)(sent, init);
  const noBatch =
    (answer: Answer): Answer =>
    (sent, init) =>
      (sent.path === "/$batch" ? json({}, 404) : answer)(sent, init);

  for (const [how, wire, trips] of [
    ["in a batch", (answer: Answer) => batched(answer), ["POST /$batch"]],
    ["by itself", noBatch, ["POST /$batch", `GET ${look}`, `DELETE ${one}`]],
  ] as const) {
    const lookOnly = trips.slice(0, 2);

    it(`tells the object as it was: ${how}`, async () => {
      graph.answers = [wire(at(seen, empty(204)))];
      assert.deepEqual((await remove()).body, { id: "1", displayName: "as it was" });
      assert.deepEqual(graph.trips, trips);
    });

    it(`is done where there is nothing any more: ${how}`, async () => {
      graph.answers = [wire(at(json({}, 404), () => assert.fail("it was deleted")))];
      if (how === "in a batch") graph.answers = [wire(at(json({}, 404), json({}, 424)))];
      assert.equal((await failure(remove())).status, 404);
      assert.deepEqual(graph.trips, lookOnly);
    });

    it(`happens unseen where the look is refused for good: ${how}`, async () => {
      const answer = at(json({}, 403), empty(204));
      graph.answers = [wire(answer)];
      assert.equal((await remove()).body, undefined);
      assert.equal(graph.trips[0], "POST /$batch");
    });

    it(`is refused where Graph refuses it: ${how}`, async () => {
      graph.answers = [wire(at(seen, json({}, 403)))];
      assert.equal((await failure(remove())).status, 403);
      assert.deepEqual(graph.trips, trips);
    });

    for (const status of [429, 500, 503, 504]) {
      it(`is not tried after a look that is answered with ${status}: ${how}`, async () => {
        client = graph.client({ maxRetries: "0" });
        const deleted = how === "in a batch" ? json({}, 424) : empty(204);
        graph.answers = [wire(at(json({}, status), deleted))];
        assert.equal((await failure(remove())).status, status);
        assert.deepEqual(graph.trips, lookOnly);
      });
    }
  }

  it("is sent alone where Graph does not carry it out, as its look in the batch failed", async () => {
    const refusing = batched(at(json({}, 403), json({}, 424)));
    const alone = at(json({}, 403), empty(204));
    graph.answers = [(sent, init) => (sent.path === "/$batch" ? refusing : alone)(sent, init)];
    const { status, body } = await remove();
    assert.deepEqual([status, body], [204, undefined]);
    assert.deepEqual(graph.trips, ["POST /$batch", `GET ${look}`, `DELETE ${one}`]);
  });

  it("happens all the same after a look that Graph does not offer", async () => {
    graph.answers = [noBatch(at(json({}, 501), empty(204)))];
    assert.equal((await remove()).status, 204);
    assert.deepEqual(graph.trips, ["POST /$batch", `GET ${look}`, `DELETE ${one}`]);
  });

  it("happens all the same after a look whose answer cannot be read", async () => {
    graph.answers = [noBatch(at(empty(302, { location: "https://x.test" }), empty(204)))];
    assert.equal((await remove()).status, 204);
    assert.deepEqual(graph.trips, ["POST /$batch", `GET ${look}`, `DELETE ${one}`]);
  });

  it("is tried again as a whole where the look's connection breaks", async () => {
    let isFirst = true;
    const found: Answer = (sent, init) => {
      const answer = isFirst ? broken("ECONNRESET") : seen;
      isFirst = false;
      return answer(sent, init);
    };
    graph.answers = [noBatch(at(found, empty(204)))];
    assert.equal(((await remove()).body as { displayName: string }).displayName, "as it was");
    assert.deepEqual(graph.trips.slice(1), [
      `GET ${look}`,
      "POST /$batch",
      `GET ${look}`,
      `DELETE ${one}`,
    ]);
  });

  it("is told as it was where the answer to its deletion was lost", async () => {
    let isThere = true;
    const found: Answer = (sent, init) => (isThere ? seen : json({}, 404))(sent, init);
    const deleted: Answer = (sent, init) => {
      isThere = false;
      return broken("ECONNRESET")(sent, init);
    };
    graph.answers = [noBatch(at(found, deleted))];
    assert.equal(((await remove()).body as { displayName: string }).displayName, "as it was");
  });

  it("is sent alone where the batch has no answer to its look", async () => {
    graph.answers = [
      (sent, init) =>
        (sent.path === "/$batch"
          ? batched(at(seen, empty(204)), (responses) => responses.slice(1))
          : at(seen, empty(204)))(sent, init),
    ];
    assert.equal(((await remove()).body as { displayName: string }).displayName, "as it was");
    assert.equal(graph.sent.length, 3);
  });

  it("counts as two of a batch's twenty", async () => {
    graph.answers = [batched(at(seen, empty(204)))];
    const calls = Array.from({ length: 11 }, (_, id) => {
      const path = paths.clientConfiguration(String(id));
      return client.delete(path, { lookFirst: `${path}?x` });
    });
    await Promise.all(calls);
    const sizes = graph.sent.map(
      ({ body }) => (JSON.parse(body) as { requests: unknown[] }).requests.length,
    );
    assert.deepEqual(sizes, [20, 2]);
    const { requests } = JSON.parse(graph.sent[0]?.body ?? "") as { requests: object[] };
    const shapes = requests.slice(2, 4).map((request) => {
      const { id, method, url, dependsOn } = request as Record<string, unknown>;
      return { id, method, url, dependsOn };
    });
    const second = paths.clientConfiguration("1");
    assert.deepEqual(shapes, [
      { id: "2", method: "GET", url: `${second}?x`, dependsOn: undefined },
      { id: "3", method: "DELETE", url: second, dependsOn: ["2"] },
    ]);
  });
});
