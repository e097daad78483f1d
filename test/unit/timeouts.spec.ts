import { strict as assert } from "node:assert";
import { deadlineOf, durationMs, timeoutsField } from "../../provider/settings/inputs/timeouts";
import { UNKNOWN } from "../../provider/settings/json";

describe("timeouts", () => {
  for (const [text, ms] of [
    ["90s", 90_000],
    ["10m", 600_000],
    ["1h30m", 5_400_000],
    ["1.5m", 90_000],
    ["500ms", 500],
    ["1m500ms", 60_500],
  ] as const) {
    it(`read ${text} as ${ms} ms`, () => assert.equal(durationMs(text), ms));
  }

  for (const text of ["", "10", "m", "0s", "-1s", "1 m", "1d", "10mm"]) {
    it(`refuse "${text}"`, () => {
      assert.equal(timeoutsField.safeParse({ create: text }).success, false);
    });
  }

  it("are a moment for the operation that they name, and none for others or unknown ones", () => {
    const inputs = { timeouts: { create: "2s", read: UNKNOWN } };
    assert.equal(deadlineOf(inputs, "create", 1_000), 3_000);
    assert.equal(deadlineOf(inputs, "read", 1_000), undefined);
    assert.equal(deadlineOf(inputs, "delete", 1_000), undefined);
    assert.equal(deadlineOf({}, "create", 1_000), undefined);
  });
});
