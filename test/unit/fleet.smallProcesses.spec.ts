import { strict as assert } from "node:assert";
import { restoreEnvironment, smallProcesses } from "../../cli/fleet/smallProcesses";

const PRELOAD = "/a folder/preload.js";

describe("the environment of a stack's processes", () => {
  it("has the user's NODE_OPTIONS after the fleet's: of two sizes, V8 takes the last one", () => {
    const optionsOf = (env: NodeJS.ProcessEnv) => smallProcesses(env, PRELOAD).NODE_OPTIONS;
    const NODE_OPTIONS = "--max-semi-space-size=32 --require ./theirs.js";
    assert.equal(
      optionsOf({ NODE_OPTIONS }),
      `--max-semi-space-size=1 ${NODE_OPTIONS} --require "/a folder/preload.js"`,
    );
    assert.equal(optionsOf({}), '--max-semi-space-size=1 --require "/a folder/preload.js"');
  });

  it("is the user's again in the processes of Node, for those that a program starts", () => {
    for (const theirs of [{}, { NODE_OPTIONS: "--no-warnings", HOME: "/home/user" }]) {
      const env: NodeJS.ProcessEnv = { ...theirs, ...smallProcesses(theirs, PRELOAD) };
      assert.notDeepEqual(env, theirs);
      restoreEnvironment(env);
      assert.deepEqual(env, theirs);
      // A worker thread has a copy of it, and loads the module again.
      restoreEnvironment(env);
      assert.deepEqual(env, theirs);
    }
  });
});
