import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** The packages that a module loads, in a process of its own. */
function packagesOf(module: string): Set<string> {
  const script = `
    require("./${module}");
    const names = Object.keys(require.cache).map((file) => /node_modules[\\\\/]((?:@[^\\\\/]+[\\\\/])?[^\\\\/]+)/.exec(file)?.[1]);
    console.log(JSON.stringify([...new Set(names)]));`;
  const argv = ["--require", "ts-node/register/transpile-only", "--eval", script];
  const output = execFileSync(process.execPath, argv, { cwd: root, encoding: "utf8" });
  return new Set(JSON.parse(output) as string[]);
}

describe("what the provider's process loads at its start", function () {
  this.timeout(120_000);

  it("is neither what signs in nor what sends: a preview has no use for them", () => {
    const loaded = packagesOf("provider/runtime");
    assert.ok(loaded.has("zod"));
    assert.ok(![...loaded].some((name) => /^(undici$|@azure[\\/]|@microsoft[\\/])/.test(name)));
  });
});
