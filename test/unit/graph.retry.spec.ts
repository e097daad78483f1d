import { strict as assert } from "node:assert";
import {
  delayBeforeRepeat,
  isUnclear,
  type Outcome,
  retryAfterMs,
} from "../../provider/graph/retryPolicy";

const NOW = Date.parse("2026-11-23T10:00:00Z");

describe("Retry-After", () => {
  const table: [string | null, number | undefined][] = [
    ["3", 3_000],
    ["2.128", 2_128],
    ["315", 315_000],
    ["0", 0],
    [" 7 ", 7_000],
    ["Mon, 23 Nov 2026 10:00:30 GMT", 30_000],
    ["Mon, 23 Nov 2026 09:00:00 GMT", 0],
    [null, undefined],
    ["", undefined],
    ["-5", undefined],
    ["soon", undefined],
    ["1e9", undefined],
  ];
  for (const [header, expected] of table) {
    it(`reads ${JSON.stringify(header)} as ${expected} ms`, () => {
      assert.equal(retryAfterMs(header, NOW), expected);
    });
  }
});

describe("a failed attempt", () => {
  const reset: Outcome = { code: "ECONNRESET", wasSent: true };
  const refused: Outcome = { code: "ECONNREFUSED", wasSent: false };
  // outcome, whether repeating is safe, attempt, delay (random 0)
  const table: [string, Outcome, boolean, number, number | undefined][] = [
    ["429 with Retry-After, a POST", { status: 429, retryAfterMs: 2_128 }, false, 1, 2_128],
    ["429 with 315 s", { status: 429, retryAfterMs: 315_000 }, true, 1, 315_000],
    ["429 without a header", { status: 429 }, false, 1, 500],
    ["503 with Retry-After, a POST", { status: 503, retryAfterMs: 1_000 }, false, 2, 1_000],
    ["503 without Retry-After, a POST", { status: 503 }, false, 1, undefined],
    ["503 without Retry-After, a PATCH", { status: 503 }, true, 2, 1_000],
    ["503 with a date in the past", { status: 503, retryAfterMs: 0 }, true, 1, 0],
    ["502, a PATCH", { status: 502 }, true, 3, 2_000],
    ["502, a POST", { status: 502 }, false, 1, undefined],
    ["504 with Retry-After, a PATCH", { status: 504, retryAfterMs: 9_000 }, true, 1, 9_000],
    ["504 with Retry-After, a POST", { status: 504, retryAfterMs: 9_000 }, false, 1, undefined],
    ["500", { status: 500 }, true, 1, undefined],
    ["400", { status: 400 }, true, 1, undefined],
    ["409", { status: 409, retryAfterMs: 1_000 }, true, 1, undefined],
    ["the last attempt", { status: 429, retryAfterMs: 1 }, true, 11, undefined],
    ["a late attempt, bounded at a minute", { status: 429 }, true, 10, 30_000],
    ["a reset, a PATCH", reset, true, 1, 500],
    ["a reset, a POST", reset, false, 1, undefined],
    ["no connection, a POST", refused, false, 1, 500],
    ["no connection, the fifth time", refused, true, 5, undefined],
    ["an unknown host", { code: "ENOTFOUND", wasSent: false }, true, 1, undefined],
    ["a wrong certificate", { code: "CERT_HAS_EXPIRED", wasSent: false }, true, 1, undefined],
    ["a timeout, a DELETE", { code: "TIMEOUT", wasSent: true }, true, 1, 500],
  ];
  for (const [name, outcome, isSafeToRepeat, number, expected] of table) {
    it(`${expected === undefined ? "is not repeated" : `is repeated after ${expected} ms`}: ${name}`, () => {
      const bounds = { maxRetries: 10, random: () => 0 };
      assert.equal(delayBeforeRepeat({ number, isSafeToRepeat, outcome }, bounds), expected);
    });
  }

  it("is repeated after a 500 too, if that is said and safe", () => {
    const bounds = { maxRetries: 10, random: () => 0 };
    const delay = (status: number, isSafeToRepeat: boolean) =>
      delayBeforeRepeat(
        { number: 2, isSafeToRepeat, repeatsAfter500: true, outcome: { status } },
        bounds,
      );
    assert.equal(delay(500, true), 1_000);
    assert.equal(delay(500, false), undefined);
    assert.equal(delay(501, true), undefined);
  });

  it("is not repeated if its code is final, and leaves no question", () => {
    const bounds = { maxRetries: 10, random: () => 0 };
    for (const status of [429, 502, 503]) {
      const outcome = { status, isFinal: true };
      assert.equal(
        delayBeforeRepeat({ number: 1, isSafeToRepeat: true, outcome }, bounds),
        undefined,
      );
      assert.equal(isUnclear(outcome), false);
    }
    assert.equal(isUnclear({ status: 502, isFinal: false }), true);
  });

  it("waits a little longer than Retry-After, never shorter", () => {
    const outcome = { status: 429, retryAfterMs: 100_000 };
    const bounds = { maxRetries: 1, random: () => 0.5 };
    assert.equal(delayBeforeRepeat({ number: 1, isSafeToRepeat: true, outcome }, bounds), 100_500);
  });

  it("leaves no question after 429, 501, 400, 503 with Retry-After or without a connection", () => {
    for (const status of [429, 501, 400]) assert.equal(isUnclear({ status }), false);
    assert.equal(isUnclear({ status: 503, retryAfterMs: 0 }), false);
    assert.equal(isUnclear(refused), false);
  });

  it("leaves a question after 500, 502, 504, 503 without Retry-After or a reset", () => {
    for (const status of [500, 502, 503, 504]) assert.equal(isUnclear({ status }), true);
    assert.equal(isUnclear(reset), true);
  });
});

describe("a connection that fails", () => {
  const delayAfter = (code: string, number = 1, random = 0) =>
    delayBeforeRepeat(
      { number, isSafeToRepeat: true, outcome: { code, wasSent: true } },
      { maxRetries: 10, random: () => random },
    );

  for (const code of [
    "ECONNREFUSED",
    "ECONNRESET",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "EPIPE",
    "ETIMEDOUT",
    "TIMEOUT",
    "UND_ERR_BODY_TIMEOUT",
    "UND_ERR_CONNECT_TIMEOUT",
    "UND_ERR_HEADERS_TIMEOUT",
    "UND_ERR_SOCKET",
  ]) {
    it(`with ${code} is tried four times again, each after twice as long`, () => {
      const delays = [1, 2, 3, 4, 5].map((number) => delayAfter(code, number));
      assert.deepEqual(delays, [500, 1_000, 2_000, 4_000, undefined]);
      assert.equal(delayAfter(code, 1, 1), 1_000);
    });
  }

  for (const code of ["ENOTFOUND", "CERT_HAS_EXPIRED", "PROXY", ""]) {
    it(`with ${code || "no code"} is not tried again`, () => {
      assert.equal(delayAfter(code), undefined);
    });
  }
});

describe("a refusal's wait", () => {
  const delayAfter = (status: number, number: number, waitMs?: number) =>
    delayBeforeRepeat(
      {
        number,
        isSafeToRepeat: true,
        outcome: { status, ...(waitMs !== undefined && { retryAfterMs: waitMs }) },
      },
      { maxRetries: 20, random: () => 1 },
    );

  it("is a minute at most where Graph says nothing", () => {
    assert.deepEqual(
      [6, 7, 8].map((number) => delayAfter(429, number)),
      [32_000, 60_000, 60_000],
    );
  });

  it("is longer than Graph says by a tenth, and by a second at most", () => {
    assert.equal(delayAfter(429, 1, 2_000), 2_200);
    assert.equal(delayAfter(429, 1, 60_000), 61_000);
  });
});
