import { strict as assert } from "node:assert";
import * as office from "../../provider";
import { DynamicProvider } from "../../provider/host/adapters/dynamic";
import { resourceType } from "../../provider/program/dynamicResource";
import { RESOURCES, type ResourceName } from "../../provider/resources";

const classes: Record<ResourceName, { readonly __pulumiType: string }> = office;

describe("a resource that the SDK refuses", () => {
  for (const kind of Object.keys(RESOURCES) as ResourceName[]) {
    const Resource = classes[kind] as unknown as new (name: string, args: object) => unknown;

    it(`has the line of the program in its error, and later errors have theirs: ${kind}`, () => {
      assert.throws(
        () => new Resource("", {}),
        ({ stack }: Error) =>
          /Missing resource name.*\n.*new \w+.*\n.*registration\.spec/.test(stack ?? ""),
      );
      assert.ok(Error.stackTraceLimit > 1);
    });
  }
});

describe("the table of resources", () => {
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
