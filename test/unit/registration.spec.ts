import { strict as assert } from "node:assert";
import * as office from "../../provider";
import { DynamicProvider } from "../../provider/host/adapters/dynamic";
import { resourceType } from "../../provider/program/dynamicResource";
import { RESOURCES, type ResourceName } from "../../provider/resources";

describe("a resource that the SDK refuses", () => {
  const args = { configurationId: "13a5ac73-ac73-13a5-73ac-a51373aca513" };
  const refused: Record<ResourceName, (name: string) => unknown> = {
    WindowsOfficeClientConfiguration: (name) =>
      new office.WindowsOfficeClientConfiguration(name, { displayName: "A" }),
    WindowsOfficeClientSecurityConfiguration: (name) =>
      new office.WindowsOfficeClientSecurityConfiguration(name, { displayName: "A" }),
    OfficeClientConfigurationPatch: (name) => new office.OfficeClientConfigurationPatch(name, args),
    OfficeClientConfigurationPriorities: (name) =>
      new office.OfficeClientConfigurationPriorities(name, { configurationIds: [] }),
    OfficeConfiguration: (name) => new office.OfficeConfiguration(name),
  };

  for (const [kind, make] of Object.entries(refused)) {
    it(`has the line of the program in its error, and later errors have theirs: ${kind}`, () => {
      assert.throws(
        () => make(""),
        ({ stack }: Error) =>
          /Missing resource name.*\n.*new \w+.*\n.*registration\.spec/.test(stack ?? ""),
      );
      assert.ok(Error.stackTraceLimit > 1);
    });
  }
});

describe("the table of resources", () => {
  const classes: Record<ResourceName, { readonly __pulumiType: string }> = office;

  for (const name of Object.keys(RESOURCES) as ResourceName[]) {
    it(`has a class and a provider for each: ${name}`, () => {
      assert.equal(classes[name].__pulumiType, resourceType(name));
      const runtime = require("../../provider/runtime") as Record<string, unknown>;
      assert.ok(runtime[name] instanceof DynamicProvider);
    });
  }

  it("takes timeouts for each resource", () => {
    for (const { inputs } of Object.values(RESOURCES)) assert.ok("timeouts" in inputs.shape);
  });
});
