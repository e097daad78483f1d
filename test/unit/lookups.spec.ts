import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

describe("a program", () => {
  it("loads neither a Graph client, nor schemas, nor credentials with the resource classes", () => {
    const list = `
      require("ts-node/register/transpile-only");
      require("./provider/index");
      const heavy = /node_modules.(zod|undici|@azure|@microsoft)./;
      process.stdout.write(JSON.stringify(Object.keys(require.cache).filter((file) => heavy.test(file))));`;
    const root = join(__dirname, "..", "..");
    const { stdout, stderr } = spawnSync(process.execPath, ["--eval", list], {
      cwd: root,
      encoding: "utf8",
      timeout: 60_000,
    });
    assert.equal(stdout, "[]", stderr);
  }).timeout(60_000);
});
