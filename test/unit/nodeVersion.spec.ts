import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { satisfies } from "semver";
import { nodeProblem, OLDEST_NODE } from "../../provider/text/nodeVersion";

describe("Node's version", () => {
  it("is named if it is too old, with the oldest that will do", () => {
    for (const old of ["20.20.2", "22.2.0", "22.11.99", "9.0.0"]) {
      const problem = nodeProblem(old) ?? "";
      assert.ok(problem.includes(`needs Node ${OLDEST_NODE} or newer`), old);
      assert.ok(problem.includes(`this is Node ${old}.`), old);
    }
  });

  it("is fine from the oldest on, those before a release included", () => {
    for (const version of [OLDEST_NODE, "22.100.0", "24.0.0", "100.0.0", "26.0.0-nightly"]) {
      assert.equal(nodeProblem(version), undefined, version);
    }
    assert.equal(nodeProblem(), undefined);
  });

  it("is at least what package.json asks for", () => {
    const file = join(__dirname, "..", "..", "package.json");
    const { engines } = JSON.parse(readFileSync(file, "utf8")) as { engines: { node: string } };
    assert.equal(engines.node, `>=${OLDEST_NODE.replace(/\.0$/, "")}`);
    assert.ok(satisfies(OLDEST_NODE, engines.node));
  });
});
