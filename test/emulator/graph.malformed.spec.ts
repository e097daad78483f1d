import { strict as assert } from "node:assert";
import fc from "fast-check";
import { ConfigurationReader } from "../../provider/api/configurationReader";
import { paths } from "../../provider/api/paths";
import { GraphAnswerError, GraphHttpError } from "../../provider/graph";
import { deepText, ID, NAME } from "../malformed/answers";
import { type Answer, always, HostileGraph, json, MARK, ORIGIN, TOKEN } from "../malformed/graph";

const one = paths.clientConfiguration(ID);
const all = paths.clientConfigurations;

function policy(payload: unknown): object {
  return { id: ID, displayName: NAME, policyPayload: payload };
}

function base64(content: string | Uint8Array): string {
  return Buffer.from(content).toString("base64");
}

/** A payload of Graph as the state would hold it. */
async function readPayload(payload: unknown): Promise<unknown> {
  const graph = always(json(policy(payload)));
  const reader = new ConfigurationReader(graph.client);
  const found = await reader.find(ID);
  assert.ok(found);
  return reader.payload(found, "policies");
}

/** A refused reading: the message names the request, and not the token. */
async function refusal(graph: HostileGraph, read: Promise<unknown>): Promise<string> {
  const error: unknown = await read.then(
    () => assert.fail("it was read"),
    (reason: unknown) => reason,
  );
  assert.ok(GraphAnswerError.isInstance(error) || GraphHttpError.isInstance(error), String(error));
  assert.equal(error.requestId, "r-1");
  assert.ok(!error.message.includes(MARK), error.message);
  assert.deepEqual(graph.astray, []);
  return error.message;
}

describe("a malformed payload", () => {
  const kept: [string, string | Uint8Array, object][] = [
    ["text that is no JSON", "{ half", { $text: "{ half" }],
    ["bytes that are no UTF-8", Uint8Array.of(0xff, 0xfe), { $base64: "//4=" }],
    ["lists nested beyond reason", deepText(), { $text: deepText() }],
    ["nothing but spaces", "  ", {}],
    ["JSON that is no list of settings", "[7]", { $json: [7] }],
    [
      "a setting that stands twice",
      '[{"settingId":"a","value":"1"},{"settingId":"a","value":"2"}]',
      {
        $json: [
          { settingId: "a", value: "1" },
          { settingId: "a", value: "2" },
        ],
      },
    ],
  ];
  for (const [what, content, stored] of kept) {
    it(`is kept and shown as it is: ${what}`, async () => {
      assert.deepEqual(await readPayload(base64(content)), stored);
    });
  }

  it("is kept and shown as it is: text that is no base64", async () => {
    assert.deepEqual(await readPayload("no base64!"), { $text: "no base64!" });
  });
});

describe("a malformed answer", () => {
  it("cannot lead a request elsewhere by an id with a slash", async () => {
    const urls: string[] = [];
    const graph = new HostileGraph((_, url) => {
      urls.push(url.pathname);
      return json({ id: "../../users/1?x#y", displayName: NAME });
    });
    await graph.client.delete(paths.clientConfiguration("../../users/1?x#y"));
    assert.deepEqual(urls, [`/beta${all}/..%2F..%2Fusers%2F1%3Fx%23y`]);
  });

  it("is refused where pages never end", async () => {
    const graph = new HostileGraph((number) =>
      json({ value: [], "@odata.nextLink": `${ORIGIN}/beta${all}?$skiptoken=${number}` }),
    );
    assert.match(await refusal(graph, graph.client.list(all)), /has more than 10000 pages/);
  });

  it("is refused where a link has a user in it, and the link is not repeated", async () => {
    const link = `http://${TOKEN}:x@127.0.0.1:1/beta${all}`;
    const graph = always(json({ value: [], "@odata.nextLink": link }));
    assert.match(await refusal(graph, graph.client.list(all)), /a user or a password in it/);
  });

  it("is refused where its JSON is nested beyond reason", async () => {
    const body = `{"id":"1","a":${deepText()}}`;
    const graph = always({ ...json({}), body });
    assert.match(await refusal(graph, graph.client.get(one)), /nested deeper than 200 levels/);
  });

  it("does not stand for a payload where it is the page of a proxy", async () => {
    const page: Answer = {
      status: 200,
      headers: { "content-type": "text/html", "request-id": "r-1" },
      body: `<p>Sign in, Bearer ${TOKEN}`,
    };
    const graph = always(page);
    const read = graph.client.getBytes(paths.policyPayload(ID));
    assert.match(await refusal(graph, read), /is text\/html, not a stream of bytes/);
  });

  for (const cut of [1, 7, 150]) {
    it(`shows no piece of the token where a message is cut in its middle, at ${cut}`, async () => {
      const words = `${"x".repeat(cut)} Bearer ${TOKEN}`;
      const graph = always({ ...json({ error: { code: "c", message: words } }), status: 400 });
      await refusal(graph, graph.client.get(one));
    });
  }
});

describe("the pages of a list", () => {
  it("give all items in their order, however they are cut into pages", async () => {
    const pages = fc.array(fc.array(fc.integer(), { maxLength: 5 }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(pages, async (cut) => {
        const graph = new HostileGraph((number) => {
          const more = number + 1 < cut.length;
          const link = { "@odata.nextLink": `${ORIGIN}/beta${all}?$skiptoken=${number}` };
          return json({ value: cut[number], ...(more && link) });
        });
        assert.deepEqual(await graph.client.list(all), cut.flat());
        assert.equal(graph.count, cut.length);
      }),
    );
  });
});
