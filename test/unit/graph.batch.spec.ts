import { strict as assert } from "node:assert";
import { batchBody, readBatch } from "../../provider/graph/batch";

describe("the body of a batch", () => {
  it("names its requests by their places", () => {
    const headers = { accept: "a" };
    const get = { method: "GET", url: "/x", headers };
    const remove = { method: "DELETE", url: "/x", headers, dependsOn: ["0"] };
    assert.deepEqual(JSON.parse(batchBody([get, remove])), {
      requests: [
        { id: "0", ...get },
        { id: "1", ...remove },
      ],
    });
  });
});

describe("the answer to a batch", () => {
  async function read(item: object, requestId?: string) {
    const text = JSON.stringify({ responses: [{ id: "0", status: 200, ...item }] });
    const response = readBatch(text, requestId).get(0)?.();
    if (response === undefined) return undefined;
    const headers = Object.fromEntries(response.headers);
    return { status: response.status, headers, text: await response.text() };
  }

  const JSON_TYPE = { "content-type": "application/json" };
  const base64 = Buffer.from("bytes").toString("base64");
  const typed = (type: string) => ({ "content-type": type });
  const table: [string, item: object, expected: object | undefined][] = [
    ["JSON", { body: { a: 1 } }, { headers: JSON_TYPE, text: '{"a":1}' }],
    [
      "a JSON text",
      { headers: typed("Application/JSON;odata=x"), body: "a" },
      { headers: JSON_TYPE, text: '"a"' },
    ],
    ["a JSON text of no type", { body: "a" }, { headers: JSON_TYPE, text: '"a"' }],
    [
      "an object of another type",
      { headers: typed("text/plain"), body: {} },
      { headers: JSON_TYPE, text: "{}" },
    ],
    [
      "bytes",
      { headers: typed("application/octet-stream"), body: base64 },
      { headers: typed("application/octet-stream"), text: "bytes" },
    ],
    [
      "bytes of a type like JSON",
      { headers: typed("application/jsonp"), body: base64 },
      { headers: typed("application/jsonp"), text: "bytes" },
    ],
    [
      "bytes of a type with JSON in it",
      { headers: typed("x-application/json"), body: base64 },
      { headers: typed("x-application/json"), text: "bytes" },
    ],
    ["no body", {}, { headers: {}, text: "" }],
    ["null for a body", { body: null }, { headers: {}, text: "" }],
    ["null for headers", { headers: null, body: 0 }, { headers: JSON_TYPE, text: "0" }],
    ["false", { body: false }, { headers: JSON_TYPE, text: "false" }],
    [
      "headers that are no texts",
      { headers: { "retry-after": 5 } },
      { headers: { "retry-after": "5" }, text: "" },
    ],
    [
      "a header that HTTP has not",
      { headers: { "a b": "1", c: "2\n3", d: "4" } },
      { headers: { d: "4" }, text: "" },
    ],
    ["a status with no body", { status: 204, body: {} }, { status: 204, headers: {}, text: "" }],
    [
      "another status with no body",
      { status: 205, body: {} },
      { status: 205, headers: {}, text: "" },
    ],
    [
      "a third status with no body",
      { status: 304, body: {} },
      { status: 304, headers: {}, text: "" },
    ],
    [
      "the highest status",
      { status: 599, body: {} },
      { status: 599, headers: JSON_TYPE, text: "{}" },
    ],
    ["a status below those of HTTP", { status: 199 }, undefined],
    ["a status above those of HTTP", { status: 600 }, undefined],
    ["a status that is no whole number", { status: 200.5 }, undefined],
    ["an id that is no text", { id: 0 }, undefined],
  ];
  for (const [what, item, expected] of table) {
    it(`is read where it holds ${what}`, async () => {
      assert.deepEqual(await read(item), expected && { status: 200, ...expected });
    });
  }

  it("has the batch's request id where it has none of its own", async () => {
    assert.deepEqual((await read({}, "of-all"))?.headers, { "request-id": "of-all" });
    const own = { headers: { "request-id": "own" } };
    assert.deepEqual((await read(own, "of-all"))?.headers, { "request-id": "own" });
  });

  for (const text of ["", "<html>", "null", "{}", '{"responses":{}}', '{"responses":[null,1]}']) {
    it(`is none where the text is ${JSON.stringify(text)}`, () => {
      assert.equal(readBatch(text, undefined).size, 0);
    });
  }

  it("is that of each request by itself", () => {
    const responses = [{ id: "1", status: 200 }, { id: "2" }, { id: "0", status: 404 }];
    const answers = readBatch(JSON.stringify({ responses }), undefined);
    assert.deepEqual(
      [...answers].map(([place, answer]) => [place, answer().status]),
      [
        [1, 200],
        [0, 404],
      ],
    );
  });
});
