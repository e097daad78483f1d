import { strict as assert } from "node:assert";
import type * as pulumi from "@pulumi/pulumi";
import * as office from "../../provider";
import { checkOptions, parsePropertyPath } from "../../provider/program/resourceOptions";

const ID = "13a5ac73-ac73-13a5-73ac-a51373aca513";

/** Constructs a policy of two settings; the SDK, which has no engine here, is not asked before. */
function policy(options: pulumi.CustomResourceOptions): void {
  const policies = [
    { settingId: "office16;L_A", value: "1" },
    { settingId: "office16;L_B", value: "1", type: "REG_DWORD" },
  ];
  new office.WindowsOfficeClientConfiguration("a", { displayName: "A", policies }, options);
}

/** The warnings that options give. */
function warningsOf(options: pulumi.CustomResourceOptions): string[] {
  const warnings: string[] = [];
  const subject = { kind: "Policy", name: "a", inputs: {}, properties: ["displayName"], options };
  checkOptions(subject, (line) => warnings.push(line));
  return warnings;
}

describe("options that cannot do what they say", () => {
  it("import is refused by every class, which says what to do in its place", () => {
    const made: Record<string, (options: pulumi.CustomResourceOptions) => unknown> = {
      adopt: policy,
      "declare it, and it remembers": (options) =>
        new office.OfficeClientConfigurationPatch("a", { configurationId: ID }, options),
      "declare it, and only what differs": (options) =>
        new office.OfficeClientConfigurationPriorities("a", { configurationIds: [ID] }, options),
      "OfficeConfiguration.get": (options) => new office.OfficeConfiguration("a", {}, options),
    };
    for (const [advice, make] of Object.entries(made)) {
      assert.throws(
        () => make({ import: ID }),
        ({ message }: Error) =>
          /^\w+ "a": import: Pulumi cannot import dynamic resources/.test(message) &&
          message.includes(advice),
      );
    }
  });

  it("a place in the list of settings is refused as a path to ignore, naming the one that works", () => {
    const path = "policies[0].value";
    assert.throws(() => policy({ ignoreChanges: [path] }), {
      message:
        'WindowsOfficeClientConfiguration "a": ignoreChanges: "policies[0].value" names a place in a list, and settings are kept by their id: the tenant\'s value would be overwritten. Name the setting: \'policies["<settingId>"]\'',
    });
  });

  it("a part of a setting that is only a value is refused as a path to ignore", () => {
    assert.throws(
      () => policy({ ignoreChanges: ['policies["office16;L_A"].value'] }),
      /names a part of a setting that is kept as its bare value.*'policies\["office16;L_A"\]'/,
    );
  });

  it("a path that nearly names a property is refused, naming that property", () => {
    assert.throws(
      () => policy({ ignoreChanges: ["polices"] }),
      /"polices" names no property of the resource.*did you mean "policies"\?/,
    );
  });

  for (const path of [
    "policies",
    'policies["office16;L_A"]',
    'policies["office16;L_B"].value',
    "displayName",
    "assignments",
    "adopt",
    "*",
  ]) {
    it(`${path} is taken as a path to ignore`, () => {
      // Later than the options comes only what the SDK misses without an engine.
      assert.throws(
        () => policy({ ignoreChanges: [path], parent: {} as never }),
        /Resource parent is not a valid Resource/,
      );
    });
  }

  it("customTimeouts and replaceOnChanges are warned of, naming what works", () => {
    const [timeouts, replace, ...others] = warningsOf({
      customTimeouts: { create: "1m" },
      replaceOnChanges: ["displayName"],
    });
    assert.match(timeouts ?? "", /^Policy "a": customTimeouts .* Give the input timeouts/);
    assert.match(replace ?? "", /^Policy "a": replaceOnChanges .* `pulumi up --replace`/);
    assert.deepEqual(others, []);
    assert.deepEqual(warningsOf({ protect: true, replaceOnChanges: [] }), []);
  });
});

describe("a property path", () => {
  it("is read as Pulumi writes it", () => {
    assert.deepEqual(parsePropertyPath('a.b[0]["c.d\\"e"][*].f'), ["a", "b", 0, 'c.d"e', "*", "f"]);
  });
});
