import { strict as assert } from "node:assert";
import { GraphAnswerError } from "../../provider/graph";
import { type RawAnswer, readBytes, readJson, refusal } from "../../provider/graph/answer";
import { GraphCall } from "../../provider/graph/call";
import { type FetchedPage, readPage, readPages } from "../../provider/graph/pages";
import { PassingClock } from "../context";

const SECRET = "opaque-token-of-the-session";

function callTo(method: string): GraphCall {
  const url = new URL("https://graph.test/beta/x");
  const call = new GraphCall({ method, url, path: "/x" }, {}, new PassingClock());
  call.close();
  call.keepSecret(SECRET);
  return call;
}

const raw = (body: string | Uint8Array, headers: Record<string, string> = {}, status = 200) => ({
  status,
  headers: new Headers(headers),
  bytes: Buffer.from(body),
});
const typed = (type: string) => ({ "content-type": type });

/** The problem with an answer, as its error says it. */
function problemOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    assert.ok(GraphAnswerError.isInstance(error), String(error));
    return error.message;
  }
  return assert.fail("it was read");
}

describe("a success with JSON", () => {
  for (const type of [
    "application/json",
    "Application/JSON; odata.metadata=minimal",
    "text/json",
    "application/problem+json",
    "application/vnd.x-y_1.2+a+json",
  ]) {
    it(`is read where its type is ${type}`, () => {
      assert.deepEqual(readJson(callTo("GET"), raw('{"a":1}', typed(type))).body, { a: 1 });
    });
  }

  for (const type of [
    "text/html",
    "application/jsonp",
    "x-application/json",
    "application/x+jsonx",
  ]) {
    it(`is none where its type is ${type}`, () => {
      const problem = problemOf(() => readJson(callTo("GET"), raw("{}", typed(type))));
      assert.ok(problem.includes(`is ${type}, not JSON; it begins with: {}`), problem);
    });
  }

  it("is none where it has no type", () => {
    const problem = problemOf(() => readJson(callTo("GET"), raw("{}")));
    assert.match(problem, /is of no type, not JSON; it begins with: \{\}/);
  });

  it("keeps null, false and an empty text apart from nothing", () => {
    for (const [text, body] of [
      ["null", null],
      ["false", false],
      ['""', ""],
      ["", undefined],
    ] as const) {
      assert.equal(readJson(callTo("GET"), raw(text, typed("application/json"))).body, body);
    }
    assert.equal(readJson(callTo("GET"), raw("", typed("text/html"))).body, undefined);
  });

  it("has Graph's request id, cleaned, and none where there is none", () => {
    const json = typed("application/json");
    const id = (headers: Record<string, string>) => readJson(callTo("GET"), raw("1", headers));
    assert.equal(id({ ...json, "request-id": `r1 ${SECRET}` }).requestId, "r1 [secret]");
    assert.equal("requestId" in id(json), false);
    assert.equal("requestId" in id({ ...json, "request-id": "" }), false);
  });

  it("may have been carried out where a write's answer cannot be read", () => {
    for (const [method, isAmbiguous] of [
      ["PATCH", true],
      ["GET", false],
    ] as const) {
      const call = callTo(method);
      problemOf(() => readJson(call, raw("{", typed("application/json"))));
      assert.equal(call.isAmbiguous, isAmbiguous);
    }
  });

  it("is shown by its first hundred characters, without secrets, where it cannot be read", () => {
    const json = typed("application/json");
    const long = `{ ${SECRET.split("").join("\0")} ${"x".repeat(200)}`;
    const problem = problemOf(() => readJson(callTo("GET"), raw(long, json)));
    const shown = /is no JSON, perhaps cut off; it begins with: (.*?) ?\(/.exec(problem)?.[1] ?? "";
    assert.ok(shown.startsWith("{ [secret] xxx"), problem);
    assert.ok(shown.length <= 102, problem);
    const bytes = problemOf(() => readJson(callTo("GET"), raw(new Uint8Array([0x7b, 0xff]), json)));
    assert.match(bytes, /it begins with: {2}\(/);
  });

  it("is refused where it is nested too deep, which is not for being cut off", () => {
    const deep = `${"[".repeat(500)}${"]".repeat(500)}`;
    assert.match(
      problemOf(() => readJson(callTo("GET"), raw(deep, typed("application/json")))),
      /is nested deeper than \d+ levels; it begins with: \[\[/,
    );
  });
});

describe("a stream", () => {
  const read = (type: string) => readBytes(callTo("GET"), raw("<p>", typed(type)));

  for (const type of ["application/octet-stream", "text/plain", "text/htmlx", "x-text/html"]) {
    it(`is taken where its type is ${type}`, () => {
      assert.equal(Buffer.from(read(type)).toString(), "<p>");
    });
  }

  it("is taken where it has no type", () => {
    assert.equal(readBytes(callTo("GET"), raw("a")).length, 1);
  });

  it("is refused where it is a page for people", () => {
    assert.match(
      problemOf(() => read("Text/HTML; charset=utf-8")),
      /is text\/html, not a stream of bytes; it begins with: <p>/,
    );
    const headers = { ...typed("text/html"), "request-id": "r1" };
    assert.match(
      problemOf(() => readBytes(callTo("GET"), raw(new Uint8Array([0xff]), headers))),
      /it begins with: {2}\(request-id r1\)/,
    );
  });
});

describe("a refusal's own words", () => {
  const refused = (body: unknown, headers: Record<string, string> = {}) =>
    refusal(
      callTo("PATCH"),
      raw(typeof body === "string" ? body : JSON.stringify(body), headers, 400) as RawAnswer,
      0,
    );

  /** The words between the status and the ids. */
  const wordsOf = (body: unknown) => / failed: 400 ?(.*) \(/.exec(refused(body).message)?.[1];

  it("are Graph's code and message", () => {
    const error = { code: "c", message: "m" };
    assert.equal(wordsOf({ error }), 'c "m"');
    assert.equal(refused({ error }).code, "c");
  });

  for (const error of [{}, { code: null, message: null, innerError: null, innererror: null }]) {
    it(`are none where Graph has none: ${JSON.stringify(error)}`, () => {
      const { code, requestId } = refused({ error });
      assert.deepEqual([code, wordsOf({ error }), requestId], ["", "", undefined]);
    });
  }

  for (const [spelling, error] of [
    ["innerError", { innerError: { "request-id": "r" } }],
    ["innererror", { innererror: { "request-id": "r" } }],
  ] as const) {
    it(`have the request id of ${spelling}, unless the headers have one`, () => {
      assert.equal(refused({ error }).requestId, "r");
      assert.equal(refused({ error }, { "request-id": "h" }).requestId, "h");
    });
  }

  it("are those inside a message of Intune's", () => {
    const inside = (message: string) => wordsOf({ error: { message } });
    assert.equal(inside('{"Message":"m","x":1}'), '"m"');
    assert.equal(inside('{"message":"m"}'), '"{"message":"m"}"');
    assert.equal(inside('{"Message":1}'), '"{"Message":1}"');
  });

  it("are cut sooner where they are not Graph's", () => {
    const long = "x".repeat(900);
    const lengths = (body: unknown) =>
      wordsOf(body)
        ?.split(" ")
        .map((word) => word.replace(/\W/g, "").length);
    assert.deepEqual(lengths({ error: { code: long, message: long } }), [100, 500]);
    assert.deepEqual(lengths(long), [100]);
  });
});

describe("the pages of a collection", () => {
  const first = new URL("https://graph.test/beta/list?$top=1");

  function fetched(body: unknown): FetchedPage {
    const response = { status: 200, headers: new Headers(), body, requestId: "r" };
    return { request: { method: "GET", path: "/list" }, response };
  }

  const next = (link: unknown) => fetched({ value: [1], "@odata.nextLink": link });

  for (const body of [
    undefined,
    null,
    [],
    {},
    { value: {} },
    { value: [], "@odata.nextLink": 1 },
    { value: [], "@odata.nextLink": "" },
  ]) {
    it(`are none where the answer is ${JSON.stringify(body)}`, () => {
      assert.match(
        problemOf(() => readPage(fetched(body), first)),
        /is no collection: it has no list `value` \(request-id r\)/,
      );
    });
  }

  it("end with one that has no link, or null", () => {
    assert.deepEqual(readPage(fetched({ value: [1] }), first), { items: [1] });
    assert.deepEqual(readPage(next(null), first), { items: [1] });
  });

  for (const [link, href] of [
    ["https://graph.test/other?a=%2B", "https://graph.test/other?a=%2B"],
    ["/beta/list?2", "https://graph.test/beta/list?2"],
    ["?2", "https://graph.test/beta/list?2"],
  ] as const) {
    it(`lead on by ${link}`, () => {
      assert.equal(readPage(next(link), first).next?.href, href);
    });
  }

  for (const [link, problem] of [
    ["http://", /has a nextLink that is no address/],
    [
      "https://graph.test:444/x",
      /nextLink to another host, https:\/\/graph\.test:444: no token is sent there/,
    ],
    ["http://graph.test/x", /to another host, http:\/\/graph\.test/],
    ["https://user@graph.test/x", /has a nextLink with a user or a password in it/],
    ["https://:pass@graph.test/x", /has a nextLink with a user or a password in it/],
  ] as const) {
    it(`do not lead to ${link}`, () => {
      assert.match(
        problemOf(() => readPage(next(link), first)),
        problem,
      );
    });
  }

  it("are read one after the other, as far as they are wanted", async () => {
    const asked: string[] = [];
    const pages = readPages(first, (url) => {
      asked.push(url.search);
      return Promise.resolve(next(`?${asked.length}`));
    });
    assert.deepEqual(
      [await pages.next(), await pages.next()].map(({ value }) => value?.items),
      [[1], [1]],
    );
    assert.deepEqual(asked, ["?$top=1", "?1"]);
  });

  it("are read from another page than the first, and lead back to the collection's own host only", async () => {
    const from = new URL("https://graph.test/beta/p?5");
    const asked: string[] = [];
    const pages = readPages(
      first,
      (url) => {
        asked.push(url.href);
        return Promise.resolve(next("https://elsewhere.test/p?6"));
      },
      from,
    );
    await assert.rejects(pages.next(), /has a nextLink to another host, https:\/\/elsewhere\.test/);
    assert.deepEqual(asked, [from.href]);
  });

  it("are refused where they lead in a circle, before its items are given", async () => {
    const pages = readPages(first, () => Promise.resolve(next(first.href)));
    await assert.rejects(pages.next(), /has a nextLink to a page already read/);
  });

  it("are refused where there are more than ten thousand", async () => {
    let count = 0;
    const pages = readPages(first, () => {
      count += 1;
      return Promise.resolve(next(`?${count}`));
    });
    const read = async () => {
      for await (const _ of pages);
    };
    await assert.rejects(read(), /has more than 10000 pages/);
    assert.equal(count, 10_000);
  });
});
