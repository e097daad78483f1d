import { strict as assert } from "node:assert";
import fc from "fast-check";
import { failureOf, inputsGiven } from "../properties";

const SEED = 7;
const FAILING = fc.property(fc.nat(), (given) => assert.ok(given < 1));

const wordsOf = (run: () => void): string => {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return "nothing was thrown";
};

describe("a property that does not hold", () => {
  it("says its seed, its path and the command that shows it again", () => {
    const words = wordsOf(() => fc.assert(FAILING, { seed: SEED, path: "0" }));
    assert.match(words, /Counterexample: \[\d+\]/);
    assert.match(
      words,
      /To see it again: PROPERTY_SEED=7 PROPERTY_PATH=[\d:]+ npx mocha test.unit.properties\.spec\.ts -g "a property that does not hold says its seed/,
    );
  });

  it("keeps its cause, and takes signs that mean something to a shell out of the title", () => {
    const details = fc.check(FAILING, { seed: SEED });
    const test = { file: "x.spec.ts", fullTitle: () => 'is "$HOME" (all of it)' };
    const error = failureOf(details, "Failed.", test);
    assert.equal(error.cause, details.errorInstance);
    assert.match(error.message, /npx mocha x\.spec\.ts -g "is ..HOME. .all of it."$/);
  });

  it("fails in the same way where it is asynchronous", async () => {
    const failing = fc.asyncProperty(fc.nat(), (given) => Promise.reject(new Error(`${given}`)));
    await assert.rejects(fc.assert(failing, { seed: SEED }), /To see it again: PROPERTY_SEED=7 /);
  });
});

describe("the inputs of properties", () => {
  it("are those of the environment, or others in each run", () => {
    assert.deepEqual(inputsGiven({}), {});
    assert.deepEqual(inputsGiven({ PROPERTY_SEED: "", PROPERTY_PATH: "1" }), {});
    assert.deepEqual(inputsGiven({ PROPERTY_SEED: "-3" }), { seed: -3 });
    assert.deepEqual(inputsGiven({ PROPERTY_SEED: "5", PROPERTY_PATH: "1:2" }), {
      seed: 5,
      path: "1:2",
    });
    assert.throws(() => inputsGiven({ PROPERTY_SEED: "x" }), /PROPERTY_SEED must be a whole/);
  });
});
