/** The workflow that publishes the package: `.github/workflows/publish.yml`. */
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { parse } from "yaml";

const root = join(__dirname, "..", "..");

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Values of GitHub's `github` context. */
const GITHUB: Readonly<Record<string, string>> = {
  server_url: "https://github.com",
  repository: "contoso/office",
};

/** Variables of a step, with the context filled in. */
function filled(env: Step["env"] = {}): Record<string, string> {
  const entries = Object.entries(env).map(([name, value]) => [
    name,
    value.replaceAll(/\$\{\{ github\.(\w+) \}\}/g, (_, key: string) => GITHUB[key] ?? ""),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

describe("the workflow that publishes", () => {
  const text = readFileSync(join(root, ".github", "workflows", "publish.yml"), "utf8");
  const { jobs } = parse(text) as { jobs: { publish: { steps: Step[] } } };
  const { steps } = jobs.publish;
  const naming = steps.findIndex(({ run }) => run?.includes("npm pkg set") === true);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "publish-"));
    copyFileSync(join(root, "package.json"), join(folder, "package.json"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const contents = () =>
    JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, unknown>;

  it("gives the package the addresses of the repository that it runs in", async () => {
    const before = contents();
    const { run = "", env } = steps[naming] ?? {};
    await execa("bash", ["-e", "-c", run], { cwd: folder, env: filled(env) });
    assert.deepEqual(contents(), {
      ...before,
      repository: { type: "git", url: "git+https://github.com/contoso/office.git" },
      homepage: "https://github.com/contoso/office#readme",
      bugs: { url: "https://github.com/contoso/office/issues" },
    });
  });

  it("does so after the tests and before it publishes", () => {
    const place = (part: string) => steps.findIndex(({ run }) => run?.includes(part) === true);
    assert.ok(place(".ci/run") < naming);
    assert.equal(place("npm publish"), naming + 1);
  });
});
