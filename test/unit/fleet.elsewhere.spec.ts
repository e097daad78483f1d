import { strict as assert } from "node:assert";
import fc from "fast-check";
import { parse, parseAllDocuments } from "yaml";
import { collectResults } from "../../cli/fleet/collect";
import { type KubernetesOptions, resourceName, stackResources } from "../../cli/fleet/kubernetes";
import { MATRIX_FORMATS, matrixText, shardsOf } from "../../cli/fleet/matrix";
import { resultMarkdown } from "../../cli/fleet/resultMarkdown";
import { change, failedStack, fleetResult, stackResult } from "../fleetResults";

const shard = (file: string, name: string | null, ...stacks: string[]) => ({
  file,
  result: fleetResult(
    stacks.map((stack) => stackResult(stack)),
    { shard: name },
  ),
});

describe("the results of shards", () => {
  it("become one, in the order of the stacks' names, of the whole fleet", () => {
    const one = shard("1.json", "1/2", "c", "a");
    const two = {
      file: "2.json",
      result: fleetResult([stackResult("b", { changes: [change()] }), failedStack("d", "no")], {
        shard: "2/2",
        startedAt: "2026-11-20T14:02:00.000Z",
        notRun: [{ stack: "e", why: "stopped" }],
      }),
    };
    const { result, missing } = collectResults([one, two]);
    assert.deepEqual(missing, []);
    assert.deepEqual(
      result.stacks.map(({ stack }) => stack),
      ["a", "b", "c", "d"],
    );
    assert.deepEqual(result.notRun, [{ stack: "e", why: "stopped" }]);
    assert.equal(result.shard, null);
    assert.equal(result.startedAt, "2026-11-20T14:02:00.000Z");
    assert.equal(result.command, "preview");
    assert.match(
      resultMarkdown(result),
      /5 tenants: 1 failed, 1 to change, 2 unchanged, 1 not run/,
    );
  });

  it("name a shard that is missing, also in the report", () => {
    const { result, missing } = collectResults([
      shard("4.json", "4/4", "d"),
      shard("2.json", "2/4", "b"),
    ]);
    assert.deepEqual(missing, ["shard 1/4 has no result", "shard 3/4 has no result"]);
    assert.deepEqual(
      result.notRun.map(({ stack }) => stack),
      ["all of shard 1/4", "all of shard 3/4"],
    );
    assert.match(resultMarkdown(result), /shard 3\/4/);
  });

  it("name stacks that must have a result and have none", () => {
    const part = shard("1.json", null, "a", "c");
    const { result, missing } = collectResults([part], ["a", "b", "c", "d"]);
    assert.deepEqual(missing, ["2 tenants without a result: b, d"]);
    assert.deepEqual(
      result.notRun.map(({ stack }) => stack),
      ["b", "d"],
    );
  });

  const first = shard("1.json", "1/2", "a");
  const other = (parts: object) => ({
    file: "2.json",
    result: { ...shard("", "2/2", "b").result, ...parts },
  });
  const refusals: [string, object, RegExp][] = [
    [
      "another project",
      { project: "teams" },
      /1\.json is of the project office, and 2\.json is of the project teams/,
    ],
    [
      "another command",
      { command: "drift" },
      /is of `fleet preview`, and 2\.json is of `fleet drift`/,
    ],
    ["another refresh", { refreshed: true }, /is without --refresh, and 2\.json is with --refresh/],
    ["another number of shards", { shard: "2/3" }, /is shard 1\/2, and 2\.json is shard 2\/3/],
    ["no shard", { shard: null }, /is shard 1\/2, and 2\.json is of no shard/],
    [
      "other packs",
      { policyPacks: ["a"] },
      /is with no policy packs, and 2\.json is with 1 policy pack:/,
    ],
    ["the same shard", { shard: "1/2" }, /^shard 1\/2 is in 1\.json and in 2\.json/],
    ["a stack twice", { stacks: [stackResult("a")] }, /^the stack a is in 1\.json and in 2\.json/],
    ["a stack that ran elsewhere", { notRun: [{ stack: "a", why: "" }] }, /^the stack a is in/],
  ];
  for (const [what, parts, message] of refusals) {
    it(`are refused if one is of ${what}`, () => {
      assert.throws(
        () => collectResults([first, other(parts)]),
        (error: Error) => error instanceof TypeError && message.test(error.message),
      );
    });
  }

  it("are refused if there is none", () => {
    assert.throws(() => collectResults([]), /there is no result to collect/);
  });
});

describe("the matrix of a CI system", () => {
  it("has a job for each shard", () => {
    const shards = shardsOf("github", 3, 100);
    assert.deepEqual(shards, ["1/3", "2/3", "3/3"]);
    assert.equal(matrixText("github", shards), '{"shard":["1/3","2/3","3/3"]}');
    assert.deepEqual(JSON.parse(matrixText("azure", shards)), {
      shard_1_of_3: { SHARD: "1/3" },
      shard_2_of_3: { SHARD: "2/3" },
      shard_3_of_3: { SHARD: "3/3" },
    });
    assert.deepEqual(parse(matrixText("gitlab", shards)), {
      parallel: { matrix: [{ SHARD: ["1/3", "2/3", "3/3"] }] },
    });
  });

  it("has no job without a stack, and one for a fleet without stacks", () => {
    assert.deepEqual(shardsOf("gitlab", 10, 2), ["1/2", "2/2"]);
    assert.deepEqual(shardsOf("gitlab", 10, 0), ["1/1"]);
  });

  it("is refused where the system would refuse it", () => {
    for (const format of MATRIX_FORMATS) {
      const most = format === "gitlab" ? 200 : 256;
      assert.equal(shardsOf(format, most, 1_000).length, most);
      assert.throws(() => shardsOf(format, most + 1, 1_000), /--shards must be at most 2/);
    }
  });
});

const OPTIONS: KubernetesOptions = {
  project: "office",
  organization: "contoso",
  repo: "https://github.com/contoso/office-policies",
  branch: "main",
  secrets: new Map([
    ["AZURE_CLIENT_SECRET", { name: "{stack}-credential", key: "clientSecret" }],
    ["PULUMI_ACCESS_TOKEN", { name: "pulumi", key: "accessToken" }],
  ]),
  preview: false,
};

const documents = (text: string) =>
  parseAllDocuments(text).map((each) => each.toJS() as Record<string, never>);

describe("the resources for the Pulumi Kubernetes Operator", () => {
  it("are a Stack for each stack, with credentials by reference", () => {
    const text = stackResources([{ name: "fabrikam" }, { name: "tailspin" }], OPTIONS);
    const [first, second] = documents(text);
    assert.deepEqual(first, {
      apiVersion: "pulumi.com/v1",
      kind: "Stack",
      metadata: { name: "office-fabrikam", labels: { "app.kubernetes.io/part-of": "office" } },
      spec: {
        stack: "contoso/office/fabrikam",
        projectRepo: "https://github.com/contoso/office-policies",
        branch: "main",
        envRefs: {
          AZURE_CLIENT_SECRET: {
            type: "Secret",
            secret: { name: "office-fabrikam-credential", key: "clientSecret" },
          },
          PULUMI_ACCESS_TOKEN: { type: "Secret", secret: { name: "pulumi", key: "accessToken" } },
        },
      },
    });
    assert.match(text, /office-tailspin-credential/);
    assert.equal((second as unknown as { kind: string }).kind, "Stack");
  });

  it("have what else was given, and never delete policies with the resource", () => {
    const config = { "officeConfiguration:tenantId": "11111111-1111-4111-8111-111111111111" };
    const text = stackResources([{ name: "contoso/other/dev", overrides: { config } }], {
      ...OPTIONS,
      secrets: new Map(),
      dir: "policies",
      namespace: "office",
      backend: "s3://states",
      serviceAccount: "policies",
      everySeconds: 3_600,
      preview: true,
    });
    const [{ metadata, spec }] = documents(text) as unknown as [
      { metadata: { namespace: string }; spec: Record<string, unknown> },
    ];
    assert.equal(metadata.namespace, "office");
    assert.deepEqual(spec, {
      stack: "contoso/other/dev",
      projectRepo: OPTIONS.repo,
      branch: "main",
      repoDir: "policies",
      backend: "s3://states",
      serviceAccountName: "policies",
      workspaceTemplate: {
        spec: { podTemplate: { metadata: { labels: { "azure.workload.identity/use": "true" } } } },
      },
      config,
      refresh: true,
      continueResyncOnCommitMatch: true,
      resyncFrequencySeconds: 3_600,
      preview: true,
    });
    assert.doesNotMatch(text, /destroyOnFinalize/);
  });

  it("are refused with an encrypted value, which the operator cannot decrypt", () => {
    const config = { "office:apiKey": { secure: "v1:abc" } };
    assert.throws(
      () => stackResources([{ name: "dev", overrides: { config } }], OPTIONS),
      /encrypted office:apiKey for dev, which the operator cannot decrypt/,
    );
  });

  it("have names that Kubernetes takes, whatever the stacks are called, and no two the same", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[\w.-]{1,100}$/), { minLength: 2, maxLength: 8 }),
        (stacks) => {
          const names = stacks.map((stack) => resourceName("Office.Policies", stack));
          for (const name of names) assert.match(name, /^(?=.{1,40}$)[a-z]([a-z0-9-]*[a-z0-9])?$/);
          assert.equal(new Set(names).size, names.length);
        },
      ),
    );
    assert.equal(resourceName("office", "dev"), "office-dev");
    assert.notEqual(resourceName("office", "a_b"), resourceName("office", "a.b"));
    assert.match(resourceName("1", "2"), /^stack-[0-9a-f]{8}$/);
  });
});
