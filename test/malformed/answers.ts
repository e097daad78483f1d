/**
 * Answers as a broken service, a proxy or somebody hostile could give them, for property tests.
 *
 * @module
 */
import fc from "fast-check";
import { CONFIGURATION_TYPES } from "../../provider/settings/names";
import { type Answer, ORIGIN, TOKEN } from "./graph";

/** The id and the name of the one policy that all is about. */
export const ID = "13a5ac73-ac73-13a5-73ac-a51373aca513";
export const NAME = "Baseline";

const TYPE = CONFIGURATION_TYPES.WindowsOfficeClientConfiguration;

/** Deeper than any function that calls itself can go. */
const DEEP = 10_000;

/** A JSON text of lists in lists. */
export function deepText(depth = DEEP): string {
  return `${"[".repeat(depth)}${"]".repeat(depth)}`;
}

/** A value that is written as lists in lists: JSON.stringify itself cannot write them. */
const deep = fc.nat(DEEP).map((depth) => `@deep ${depth}`);

/** The text of a value, with `deep` ones in their full depth. */
function jsonText(value: unknown): string {
  const written = JSON.stringify(value) ?? "";
  return written.replaceAll(/"@deep (\d+)"/g, (_, depth) => deepText(Number(depth)));
}

/** A proxy's page in the place of an answer. */
const HTML = `<!doctype html>\n<html><title>Sign in</title><p>Authorization: Bearer ${TOKEN}</p>`;

function base64(content: string | Uint8Array): string {
  return Buffer.from(content).toString("base64");
}

const oddIds = fc.constantFrom<unknown>(
  "",
  ".",
  "..",
  "a/b",
  "../../officeConfiguration",
  "a?b#c",
  "%2e%2e",
  "\ud800",
  "\u001b[31m\n",
  "x".repeat(10_000),
  "__proto__",
  7,
  null,
  [],
  {},
);

const odd = fc.oneof(
  oddIds,
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(true, 1e308, -1, 0.5, [[]], "null"),
  fc.constant(undefined),
);

const payload = fc.oneof(
  fc.constantFrom<unknown>(
    base64('[{"settingId":"office16;L_A","value":"1"}]'),
    base64('[{"settingId":"__proto__","value":"1"},{"settingId":"constructor"}]'),
    base64('[{"settingId":"$json","value":"1"}]'),
    base64(new Uint8Array([0xff, 0xfe, 0x80])),
    base64("{ no json"),
    base64(deepText()),
    "no base64!",
    "",
    null,
  ),
  odd,
);

/** One of the two, the first far more often. */
function mostly<T, U>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ arbitrary: usual, weight: 3 }, { arbitrary: other, weight: 1 });
}

const assignment = mostly(
  fc.constant({ id: "1", target: { groupId: "3f0c2e5a-7c1d-4a43-9b8e-6a1d2f4c5b60" } }),
  fc.oneof(odd, fc.record({ target: odd }), fc.record({ target: fc.record({ groupId: odd }) })),
);

const configuration = fc.record(
  {
    "@odata.type": mostly(fc.constant(TYPE), fc.oneof(odd, fc.constant("#microsoft.graph.other"))),
    id: mostly(fc.constant(ID), oddIds),
    displayName: mostly(fc.constant(NAME), odd),
    description: mostly(fc.constant("d"), odd),
    priority: mostly(fc.nat(3), odd),
    policyPayload: payload,
    userPreferencePayload: payload,
    assignments: mostly(fc.array(assignment, { maxLength: 3 }), odd),
    lastModifiedDateTime: mostly(fc.constant("2026-01-01T00:00:00Z"), odd),
    userCheckinSummary: mostly(odd, deep),
    checkinStatuses: odd,
    tenantUserCheckinSummary: mostly(odd, fc.record({ a: deep })),
    tenantCheckinStatuses: odd,
    error: odd,
    value: odd,
  },
  { requiredKeys: ["id", "displayName"], noNullPrototype: true },
);

const nextLink = fc.oneof(
  fc.constantFrom<unknown>(
    "https://evil.example/beta/x",
    "//evil.example/x",
    `${ORIGIN}/beta/officeConfiguration/clientConfigurations?$skiptoken=a`,
    "clientConfigurations?$skiptoken=b",
    "?$skiptoken=c",
    "#",
    "http://user:password@127.0.0.1:1/x",
    "http://[",
    "javascript:alert(1)",
    "data:application/json,{}",
    `${ORIGIN}/${TOKEN}`,
    "",
    null,
    7,
    {},
  ),
  fc.nat(3).map((page) => `?page=${page}`),
);

const collection = fc.record(
  {
    value: mostly(fc.array(mostly(configuration, odd), { maxLength: 4 }), odd),
    "@odata.nextLink": nextLink,
    "@odata.count": odd,
  },
  { requiredKeys: ["value"], noNullPrototype: true },
);

const refusal = fc.record({
  error: fc.oneof(
    odd,
    fc.record({
      code: fc.oneof(odd, fc.constant(TOKEN), fc.constant("BadRequest")),
      message: fc.oneof(
        odd,
        fc.constant(`you sent Bearer ${TOKEN}`),
        fc.constant(JSON.stringify({ Message: TOKEN })),
        fc.constant(deepText()),
      ),
      innerError: fc.oneof(odd, fc.record({ "request-id": fc.oneof(odd, fc.constant(TOKEN)) })),
    }),
  ),
});

const text = fc.oneof(
  { arbitrary: configuration.map(jsonText), weight: 6 },
  { arbitrary: collection.map(jsonText), weight: 6 },
  {
    arbitrary: fc.oneof(configuration, collection).map((value) => jsonText({ value })),
    weight: 1,
  },
  { arbitrary: refusal.map(jsonText), weight: 2 },
  { arbitrary: odd.map(jsonText), weight: 2 },
  {
    arbitrary: fc.constantFrom(
      HTML,
      `{"id":"${TOKEN}`,
      deepText(),
      `{"value":${deepText()}}`,
      `{"id":"${ID}","displayName":${deepText()}}`,
      `{"id":"${ID}","id":"other"}`,
      `{"id":"${ID}","priority":1e400}`,
      '{"__proto__":{"id":"1"}}',
      '{"value":[],"value":null}',
      "\ufeff{}",
      "null",
      "",
    ),
    weight: 1,
  },
);

const body: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  { arbitrary: text, weight: 20 },
  // Cut off anywhere.
  {
    arbitrary: fc.tuple(text, fc.nat(400)).map(([whole, length]) => whole.slice(0, length)),
    weight: 3,
  },
  { arbitrary: fc.uint8Array({ maxLength: 64 }), weight: 1 },
  { arbitrary: text.map((whole) => Buffer.from(whole, "utf16le")), weight: 1 },
);

const contentType = fc.oneof(
  {
    arbitrary: fc.constantFrom<string | undefined>(
      "application/json",
      "application/json; odata.metadata=minimal; charset=utf-8",
    ),
    weight: 6,
  },
  {
    arbitrary: fc.constantFrom<string | undefined>(
      undefined,
      "",
      "text/html",
      "application/json; charset=utf-16",
      "application/problem+json",
      "application/octet-stream",
      "application/jsonp",
      TOKEN,
      "x".repeat(10_000),
    ),
    weight: 1,
  },
);

const status = fc.oneof(
  { arbitrary: fc.constantFrom(200, 201), weight: 12 },
  { arbitrary: fc.constantFrom(202, 203, 204, 205, 206, 226, 299), weight: 2 },
  { arbitrary: fc.constantFrom(300, 301, 302, 304, 307, 308, 399), weight: 1 },
  {
    arbitrary: fc.constantFrom(400, 401, 403, 404, 407, 409, 410, 412, 413, 418, 429, 431, 451),
    weight: 3,
  },
  { arbitrary: fc.constantFrom(500, 501, 502, 503, 504, 507, 599), weight: 1 },
);

const retryAfter = fc.constantFrom<string | undefined>(
  undefined,
  "0",
  "1",
  "1.5",
  "-1",
  "soon",
  "",
  "1e9",
  "9".repeat(30),
  "9".repeat(400),
  "Fri, 31 Dec 9999 23:59:59 GMT",
  "Fri, 31 Dec 1999 23:59:59 GMT",
  "Fri, 99 Dec 2999",
  "1, 2",
);

const location = fc.constantFrom<string | undefined>(
  undefined,
  "",
  "https://evil.example/",
  "/beta/other",
  "//evil.example",
  "http://[",
  "http://user:password@127.0.0.1:1/x",
  `${ORIGIN}/${TOKEN}`,
);

/** Problem of the request ids themselves; undefined stands for plain ones that Graph gives. */
const oddRequestId = fc.option(fc.constantFrom("", TOKEN, "r".repeat(10_000), `r\u00ff${TOKEN}`), {
  nil: undefined,
  freq: 9,
});

const answer = fc
  .record({ status, contentType, retryAfter, location, oddRequestId, body })
  .map(({ contentType: type, retryAfter: wait, location: to, oddRequestId: id, ...rest }) => ({
    ...rest,
    headers: present({ "content-type": type, "retry-after": wait, location: to, "request-id": id }),
  }));

function present(headers: Record<string, string | undefined>): Record<string, string> {
  const entries = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** One to four answers, which are given in turn. */
export const answers: fc.Arbitrary<readonly Answer[]> = fc.array(answer, {
  minLength: 1,
  maxLength: 4,
});
