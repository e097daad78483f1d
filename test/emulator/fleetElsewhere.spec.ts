import { strict as assert } from "node:assert";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { resultJson } from "../../cli/fleet/result";
import { runCommand } from "../commandLine";
import { change, failedStack, fleetResult, stackResult } from "../fleetResults";

/** A CLI whose backend has three stacks, one of which has a tag. */
const CLI = `#!/bin/sh
case "$*" in
  "stack ls --json --tag ring=pilot --cwd=$PWD --non-interactive") echo '[{ "name": "contoso" }]' ;;
  "stack ls --json --cwd=$PWD --non-interactive") echo '[{ "name": "contoso" }, { "name": "fabrikam" }, { "name": "tailspin" }]' ;;
  *) echo "error: $*" >&2; exit 1 ;;
esac
`;

describe("a fleet on other machines", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-fleet-"));
    writeFileSync(join(folder, "pulumi"), CLI);
    chmodSync(join(folder, "pulumi"), 0o755);
    writeFileSync(join(folder, "Pulumi.yaml"), "name: office\nruntime: nodejs\n");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const fleet = (...args: string[]) =>
    runCommand(["fleet", ...args], {
      cwd: folder,
      env: { PATH: `${folder}:${process.env.PATH}` },
    });

  const save = (name: string, ...of: Parameters<typeof fleetResult>) =>
    writeFileSync(join(folder, name), resultJson(fleetResult(...of)));

  it("has a matrix with a job for each shard, and none without a stack", async () => {
    const { stdout, code } = await fleet("matrix", "--shards", "2");
    assert.equal(code, 0);
    assert.equal(stdout, '{"shard":["1/2","2/2"]}\n');
    const azure = await fleet(
      "matrix",
      "--shards",
      "10",
      "--format",
      "azure",
      "--tag",
      "ring=pilot",
    );
    assert.equal(azure.stdout, '{"shard_1_of_1":{"SHARD":"1/1"}}\n');
    const gitlab = await fleet("matrix", "*o*", "--shards", "10", "--format", "gitlab");
    assert.match(gitlab.stdout, /^parallel:\n {2}matrix:\n {4}- SHARD:\n {8}- 1\/1\n$/);
  });

  it("says why there is no matrix", async () => {
    for (const [args, message] of [
      [["--shards", "0"], /--shards must be a whole number from 1/],
      [["--shards", "300"], /--shards must be at most 256: a matrix of GitHub Actions/],
      [
        ["--shards", "2", "--format", "jenkins"],
        /--format must be github, azure, gitlab, not 'jenkins'/,
      ],
      [["constoso", "--shards", "2"], /Did you mean contoso\?/],
      [[], /--shards/],
    ] as [string[], RegExp][]) {
      const { stderr, stdout, code } = await fleet("matrix", ...args);
      assert.match(stderr, message);
      assert.equal(stdout, "");
      assert.notEqual(code, 0);
    }
    writeFileSync(join(folder, "pulumi"), "#!/bin/sh\necho 'error: no login' >&2\nexit 3\n");
    const { stderr, code } = await fleet("matrix", "--shards", "2");
    assert.match(stderr, /`pulumi stack ls` failed: no login/);
    assert.equal(code, 2);
  });

  it("has one result of all shards, with the exit code of the whole", async () => {
    save("1.json", [stackResult("contoso")], { shard: "1/2" });
    save("2.json", [stackResult("fabrikam", { changes: [change()] })], { shard: "2/2" });
    const same = await fleet("collect", "1.json", "2.json");
    assert.equal(same.code, 0, same.stderr);
    assert.match(same.stdout, /fleet preview of office: 2 tenants: 1 to change, 1 unchanged\./);
    assert.equal((await fleet("collect", "1.json", "2.json", "--expect-no-changes")).code, 1);
    save("2.json", [failedStack("fabrikam", "no credential")], { shard: "2/2" });
    const failed = await fleet(
      "collect",
      "1.json",
      "2.json",
      "--format",
      "markdown",
      "--save",
      "all.json",
    );
    assert.equal(failed.code, 2);
    assert.match(failed.stdout, /\| no credential \| in fabrikam \|/);
    assert.match(readFileSync(join(folder, "all.json"), "utf8"), /"shard": null/);
  });

  it("names what has no result, and does not call that a success", async () => {
    save("1.json", [stackResult("contoso")], { shard: "1/2" });
    writeFileSync(join(folder, "fleet.yaml"), "stacks: { contoso: , fabrikam: }\n");
    const { stdout, stderr, code } = await fleet("collect", "1.json", "--fleet", "fleet.yaml");
    assert.equal(code, 2);
    assert.match(stderr, /^warning: shard 2\/2 has no result$/m);
    assert.match(stderr, /^warning: 1 tenant without a result: fabrikam$/m);
    assert.match(stdout, /Not run \(2\)/);
    const { stderr: refusal, code: refused } = await fleet("collect", "1.json", "1.json");
    assert.match(refusal, /shard 1\/2 is in 1\.json and in 1\.json: give only one of them/);
    assert.equal(refused, 2);
  });

  it("has resources for Kubernetes, with references to credentials and never their values", async () => {
    const repo = ["--repo", "https://github.com/contoso/policies"];
    const { stdout, stderr, code } = await fleet(
      "kubernetes",
      ...repo,
      ...[
        "--env",
        "PULUMI_ACCESS_TOKEN=pulumi/accessToken",
        "AZURE_CLIENT_SECRET={stack}-app/secret",
      ],
      ...["--every", "24h", "--organization", "contoso"],
    );
    assert.equal(code, 0, stderr);
    const found = parseAllDocuments(stdout).map(
      (each) => each.toJS() as { spec: { stack: string } },
    );
    assert.deepEqual(
      found.map(({ spec }) => spec.stack),
      ["contoso/office/contoso", "contoso/office/fabrikam", "contoso/office/tailspin"],
    );
    assert.match(stdout, /resyncFrequencySeconds: 86400\n/);
    assert.match(stdout, /name: office-fabrikam-app\n/);
    for (const [args, message] of [
      [
        [...repo, "--env", "AZURE_CLIENT_SECRET=planted~secret"],
        /as in AZURE_CLIENT_SECRET=<secret>\/<key>/,
      ],
      [[...repo, "--env", "planted~secret"], /as in NAME=<secret>\/<key>/],
      [
        ["--repo", "https://me:planted~secret@github.com/contoso/policies"],
        /--repo has a user name or a password/,
      ],
      [
        [...repo, "--backend", "https://planted~secret@pulumi.example"],
        /--backend has a user name/,
      ],
      [[...repo, "--every", "often"], /--every must be a time such as 90s/],
    ] as [string[], RegExp][]) {
      const refused = await fleet("kubernetes", ...args);
      assert.match(refused.stderr, message);
      assert.equal(refused.code, 2);
      assert.ok(!`${refused.stdout}${refused.stderr}`.includes("planted"), refused.stderr);
    }
  });
});
