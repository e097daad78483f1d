import { strict as assert } from "node:assert";
import { mock } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import * as office from "../../provider";
import {
  checkOptions,
  type OptionSubject,
  parsePropertyPath,
} from "../../provider/program/resourceOptions";

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
function warningsOf(options?: pulumi.CustomResourceOptions): string[] {
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
    assert.equal(
      timeouts,
      'Policy "a": customTimeouts do not reach dynamic providers and do nothing. Give the input timeouts, which has the same form.',
    );
    assert.equal(
      replace,
      'Policy "a": replaceOnChanges does nothing to dynamic resources. To replace the resource, run `pulumi up --replace` with its URN.',
    );
    assert.deepEqual(others, []);
    assert.deepEqual(warningsOf({ protect: true, replaceOnChanges: [] }), []);
    assert.deepEqual(warningsOf(), []);
  });

  it("customTimeouts and replaceOnChanges are warned of in the engine's log, if there is an engine", () => {
    const warn = mock.method(pulumi.log, "warn", () => Promise.resolve());
    const getMonitor = mock.method(pulumi.runtime, "getMonitor", () => undefined);
    const subject = {
      kind: "Policy",
      name: "a",
      inputs: {},
      properties: [],
      options: { customTimeouts: { create: "1m" } },
    };
    try {
      checkOptions(subject);
      assert.equal(warn.mock.callCount(), 0);
      getMonitor.mock.mockImplementation(() => ({}) as unknown as undefined);
      checkOptions(subject);
      assert.equal(warn.mock.callCount(), 1);
      assert.match(String(warn.mock.calls[0]?.arguments), /^Policy "a": customTimeouts/);
    } finally {
      mock.restoreAll();
    }
  });

  /** The problems that paths to ignore give. */
  function problemsOf(ignoreChanges: string[], more: Partial<OptionSubject> = {}): string {
    const subject = {
      kind: "Policy",
      name: "a",
      inputs: {
        displayName: "A",
        policies: { bare: "1", flag: true, count: 1, setting: { value: "1" } },
      },
      properties: ["policies"],
      advice: { import: "Advice.", storedByKey: ["policies"], otherInputs: ["adopt"] },
      options: { ignoreChanges },
      ...more,
    };
    try {
      checkOptions(subject, () => {});
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  }

  it("are all named at once", () => {
    const options = { import: ID, ignoreChanges: ["nothing like it", "policies[1]"] };
    assert.equal(
      problemsOf([], { options }),
      'Policy "a": import: Pulumi cannot import dynamic resources. Advice.; ' +
        'ignoreChanges: "nothing like it" names no property of the resource and would change nothing; known: policies, adopt, displayName, timeouts; ' +
        'ignoreChanges: "policies[1]" names a place in a list, and settings are kept by their id: the tenant\'s value would be overwritten. Name the setting: \'policies["<settingId>"]\'',
    );
    assert.equal(
      problemsOf([], { options: { import: ID }, advice: undefined }),
      'Policy "a": import: Pulumi cannot import dynamic resources.',
    );
  });

  it("are paths into settings that are kept as a bare value, of whatever kind, and no others", () => {
    for (const key of ["bare", "flag", "count"]) {
      assert.equal(
        problemsOf([`policies["${key}"].value`]),
        `Policy "a": ignoreChanges: "policies[\\"${key}\\"].value" names a part of a setting that is kept as its bare value: the tenant's value would be overwritten. Name the setting: 'policies.${key}'`,
      );
      assert.equal(problemsOf([`policies.${key}`]), "");
    }
    for (const path of [
      "policies",
      "policies.setting.value",
      "policies.another.value",
      "policies.toString.value",
      "displayName[0]",
      "timeouts.create",
      "adopt",
      "__internal",
      "*",
    ]) {
      assert.equal(problemsOf([path]), "", path);
    }
    assert.equal(problemsOf(["policies.bare.value"], { inputs: { policies: "later" } }), "");
  });

  it("are paths that name internal inputs in no advice", () => {
    const inputs = { __secrets: [], displayName: "A" };
    assert.match(
      problemsOf(["x".repeat(9)], { inputs }),
      /; known: policies, adopt, displayName, timeouts$/,
    );
  });
});

describe("a property path", () => {
  it("is read as Pulumi writes it", () => {
    assert.deepEqual(parsePropertyPath('a.b[0]["c.d\\"e"][*].f'), ["a", "b", 0, 'c.d"e', "*", "f"]);
  });
});
