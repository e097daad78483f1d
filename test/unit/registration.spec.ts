import { strict as assert } from "node:assert";
import * as office from "../../provider";

describe("a resource that the SDK refuses", () => {
  const args = { configurationId: "13a5ac73-ac73-13a5-73ac-a51373aca513" };
  const refused: Record<string, (name: string) => unknown> = {
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
