import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import * as office from "../../provider";
import { mocksNow } from "../pulumiMocks";

type Call = pulumi.runtime.Mocks["call"];

function setMocks(call: Call): Promise<void> {
  return pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `id of ${name}`, state: inputs as object }),
    call,
  });
}

/** Runs the example of the page. */
async function runExample(): Promise<void> {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "lookups.md"), "utf8");
  const blocks = [...page.matchAll(/^```typescript\n(.*?)^```$/gms)].map(([, text = ""]) => text);
  const { outputText } = ts.transpileModule(
    blocks.find((text) => text.includes("setMocks")) ?? "",
    {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    },
  );
  const load = (name: string): unknown =>
    name === "pulumi-office-configuration" ? office : require(name);
  const run = runInThisContext(`(require, exports) => {\n${outputText}\nreturn main();\n}`) as (
    require: unknown,
    exports: object,
  ) => Promise<void>;
  await run(load, {});
}

describe("lookups under setMocks", () => {
  let others: pulumi.runtime.Mocks | undefined;

  before(() => {
    others = mocksNow();
  });

  after(async () => {
    // Other tests of this process have theirs.
    if (others !== undefined) await pulumi.runtime.setMocks(others, "project", "stack");
  });

  it("are answered by the mocks, which learn the lookup and its arguments", async () => {
    const asked: pulumi.runtime.MockCallArgs[] = [];
    await setMocks((args) => {
      asked.push(args);
      return /(Configurations|Policies)$/.test(args.token)
        ? [{ id: "1" }]
        : { id: "1", displayName: "A" };
    });
    const one = await office.getOfficeClientConfiguration({ displayName: "A" });
    assert.deepEqual(one, { id: "1", displayName: "A" });
    assert.deepEqual(await office.getOfficeClientConfigurations(), [{ id: "1" }]);
    assert.deepEqual(await office.getOfficeConfiguration(), { id: "1", displayName: "A" });
    const policy = await office.getIntuneOfficePolicy({ name: "A" });
    assert.deepEqual(policy, { id: "1", displayName: "A" });
    assert.deepEqual(await office.getIntuneOfficePolicies(), [{ id: "1" }]);
    assert.deepEqual(asked, [
      {
        token: "officeConfiguration:index:getOfficeClientConfiguration",
        inputs: { displayName: "A" },
      },
      { token: "officeConfiguration:index:getOfficeClientConfigurations", inputs: {} },
      { token: "officeConfiguration:index:getOfficeConfiguration", inputs: {} },
      { token: "officeConfiguration:index:getIntuneOfficePolicy", inputs: { name: "A" } },
      { token: "officeConfiguration:index:getIntuneOfficePolicies", inputs: {} },
    ]);
  });

  it("are answered in the Output form too", async () => {
    await setMocks(({ inputs }) => ({ id: (inputs as { id: string }).id, policies: [] }));
    const made = new office.WindowsOfficeClientConfiguration("mocked", { displayName: "A" });
    const found = office.getOfficeClientConfigurationOutput({ id: made.id }, { dependsOn: made });
    const id = await new Promise((resolve) => void found.id.apply(resolve));
    assert.equal(id, "id of mocked");
  });

  it("refuse wrong arguments as ever, and pass on what a mock throws", async () => {
    await setMocks(() => {
      throw new Error("not in this test");
    });
    await assert.rejects(
      office.getOfficeClientConfiguration({ displayName: "" }),
      /displayName must be a text that is not empty/,
    );
    await assert.rejects(office.getOfficeConfiguration(), {
      name: "Error",
      message: "not in this test",
    });
  });

  for (const [what, answer, lookup] of [
    ["nothing", undefined, () => office.getOfficeConfiguration()],
    ["an object for a list", {}, () => office.getOfficeClientConfigurations()],
    ["a list for an object", [], () => office.getOfficeConfiguration()],
  ] as const) {
    it(`say what the mocks must return where that is ${what}`, async () => {
      await setMocks(() => answer as unknown as pulumi.runtime.MockCallResult);
      await assert.rejects(
        lookup,
        /setMocks must return (a list of policies|an object) for the token officeConfiguration:index:get/,
      );
    });
  }

  it("work as the page about lookups shows it", async () => {
    await runExample();
  });
});
