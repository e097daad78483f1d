import { strict as assert } from "node:assert";
import { OfficeConfigurationError } from "../../provider/graph";
import { DEBUG_VARIABLE, errorText } from "../../provider/graph/errors/errorText";
import { shown } from "../../provider/host/shownError";
import { ToldErrors } from "../../provider/host/toldErrors";
import { PartialFailure } from "../../provider/update/lifecycle";

const refusal = new OfficeConfigurationError("Creating it failed: no.", {
  cause: new Error("deep"),
});

/** A bug, as the engine of JavaScript throws it. */
function bug(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

const shownOf = (error: unknown, properties = {}) =>
  shown(error, { properties, resource: "baseline", told: new ToldErrors() });

const nothing = undefined as unknown as { wanted: { value: string } };

describe("what a user reads of an error", () => {
  it("is the message alone of a refusal", () => {
    assert.equal(errorText(refusal, { env: {} }), "Creating it failed: no.");
    const partial = new PartialFailure({ id: "made", outputs: {} }, refusal);
    assert.equal(shownOf(partial).message, "Creating it failed: no.");
  });

  it("is where it happened, and why, of a bug", () => {
    const error = bug(() => nothing.wanted.value);
    const outer = Object.assign(new RangeError("out of bounds"), { cause: error });
    const text = errorText(outer, { env: {} });
    assert.match(
      text,
      /^RangeError: out of bounds\nThis is a bug of pulumi-office-configuration\./,
    );
    assert.match(text, /report it with these lines:\n\s+at .*errorText\.spec\.ts/);
    assert.match(text, /\nCaused by TypeError: Cannot read properties of undefined.*\n\s+at /);
    assert.match(
      shownOf(new PartialFailure({ id: "made", outputs: {} }, error)).message,
      /\n\s+at /,
    );
  });

  it("has stack and causes of a refusal too where they are asked for", () => {
    const text = errorText(refusal, { env: { [DEBUG_VARIABLE]: "1" } });
    assert.match(
      text,
      /^Creating it failed: no\.\n\s+at .*errorText\.spec\.ts.*\nCaused by Error: deep\n/s,
    );
  });

  it("holds no secret of the inputs, and no token", () => {
    const inputs = {
      __secrets: ["policies/office16;L_A", "displayName"],
      displayName: "hidden name",
      policies: { "office16;L_A": { value: ["hunter2000"] }, "office16;L_B": "open" },
    };
    const token = `eyJ${"a".repeat(20)}.${"b".repeat(20)}.c`;
    const { message } = shownOf(new TypeError(`hidden name hunter2000 open ${token}`), inputs);
    assert.doesNotMatch(message, /hidden name|hunter2000|eyJ/);
    assert.match(message, /open/);
  });

  it("does not repeat the text that was no JSON", () => {
    const error = bug(() => JSON.parse('{"a": hunter2}') as unknown);
    assert.doesNotMatch(errorText(error, { env: {} }), /hunter2\}|hunter2"/);
  });

  it("says what kind of value was thrown that is no error", () => {
    assert.match(errorText("hunter2", { env: {} }), /^a thrown string\n/);
  });

  it("is well-formed where Graph's words are not", () => {
    const words = `no \ud83d\u202e\u0000${"x".repeat(100_000)}`;
    const partial = new PartialFailure(
      { id: "made", outputs: { description: "\udc00" } },
      new OfficeConfigurationError(words),
    );
    const error = shownOf(partial) as Error & { reasons: string[]; properties: object };
    assert.ok(error.message.isWellFormed() && error.message.length < 20_000);
    assert.deepEqual(error.reasons, [error.message]);
    assert.ok(JSON.stringify(error.properties).includes("\ufffd"));
  });
});
