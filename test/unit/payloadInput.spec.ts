import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import { isDeferred, secretNames, storePayloadInput } from "../../provider/program/payloadInput";
import { payloadProblems } from "../../provider/settings/inputs/problems";

const later = <T>(value: T) => pulumi.output(Promise.resolve(value));

function resolved(value: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    pulumi.output(value as object).apply(resolve);
  });
}

const A = "office16;L_A";
const B = "office16;L_B";

describe("a payload that a program gives", () => {
  it("is nothing where there is none, now or later", async () => {
    assert.equal(storePayloadInput(undefined), undefined);
    assert.equal(storePayloadInput(null), undefined);
    assert.equal(await resolved(storePayloadInput(later(undefined))), undefined);
    assert.equal(await resolved(storePayloadInput(later(null))), undefined);
  });

  it("is stored by the ids of settings as soon as those are known", async () => {
    const stored = storePayloadInput([
      { settingId: A, value: later("1") },
      { settingId: B, value: "2", type: later("REG_SZ") },
    ]) as Record<string, unknown>;
    assert.deepEqual(Object.keys(stored), [A, B]);
    assert.deepEqual(await resolved(stored), { [A]: "1", [B]: { value: "2", type: "REG_SZ" } });
  });

  for (const [what, given] of [
    ["an element is known later", [later({ settingId: A, value: "1" })]],
    ["an element is a promise", [Promise.resolve({ settingId: A, value: "1" })]],
    ["an id is known later", [{ settingId: later(A), value: "1" }]],
    ["all is known later", later([{ settingId: A, value: "1" }])],
    ["its form is known later", later({ $json: [{ settingId: A, value: "1" }] })],
    ["what its form holds is known later", { $json: later([{ settingId: A, value: "1" }]) }],
  ] as const) {
    it(`is an Output where ${what}`, async () => {
      const stored = storePayloadInput(given);
      assert.ok(pulumi.Output.isInstance(stored));
      assert.deepEqual(await resolved(stored), { [A]: "1" });
    });
  }

  it("is an Output where a platform is known later", async () => {
    const stored = storePayloadInput([{ settingId: A, value: "1", platform: later("Web") }]);
    assert.ok(pulumi.Output.isInstance(stored));
    assert.deepEqual(await resolved(stored), { [`${A}@Web`]: { value: "1", platform: "Web" } });
  });

  it("is an Output of a text or of bytes where those are known later", async () => {
    for (const given of [{ $text: later("no JSON") }, { $base64: later("/w==") }]) {
      const stored = storePayloadInput(given);
      assert.ok(pulumi.Output.isInstance(stored));
      assert.equal(Object.keys((await resolved(stored)) as object).length, 1);
    }
  });

  it("is other JSON as it is, with Outputs in it", async () => {
    for (const given of [
      { a: later("1") },
      { $json: later("1"), other: 1 },
      { other: later("1") },
    ]) {
      const stored = storePayloadInput(given);
      assert.ok(!pulumi.Output.isInstance(stored));
      assert.deepEqual(await resolved(stored), { $json: await resolved(given) });
    }
  });

  it("leaves out an optional key of a setting that is undefined", () => {
    const given = [{ settingId: A, value: "1", type: undefined, valueName: undefined }];
    assert.deepEqual(storePayloadInput(given), { [A]: "1" });
  });

  it("leaves out such a key of a setting whose id is known later", async () => {
    const stored = storePayloadInput([{ settingId: later(A), value: "1", type: undefined }]);
    assert.deepEqual(await resolved(stored), { [A]: "1" });
  });

  class Example {
    readonly a = 1;
  }
  const cycle: Record<string, unknown> = {};
  cycle.self = [cycle];
  const twice = { b: 1 };

  for (const [what, value] of [
    ["NaN", Number.NaN],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["undefined", undefined],
    ["a bigint", 1n],
    ["a symbol", Symbol("a")],
    ["a function", () => 1],
    ["a cycle", cycle],
    ["an instance of Example", new Example()],
    ["an instance of Date", new Date()],
    ["an object with the key __proto__, which Pulumi loses", JSON.parse('{"__proto__":1}')],
  ] as readonly (readonly [string, unknown])[]) {
    it(`is refused with ${what} in it, which JSON has no word for`, () => {
      for (const given of [{ any: value }, [{ settingId: A, value }]]) {
        const problems = payloadProblems("policies", storePayloadInput(given));
        assert.equal(problems.length, 1, JSON.stringify(problems));
        assert.ok(problems[0]?.reason.includes(what), problems[0]?.reason);
      }
    });
  }

  it("is refused with an undefined in an Output too, and in a hole of a list", async () => {
    for (const given of [later({ any: [undefined] }), { any: new Array(1) }]) {
      const problems = payloadProblems("policies", await resolved(storePayloadInput(given)));
      assert.match(problems[0]?.reason ?? "", /undefined/);
    }
  });

  it("may hold one value twice, null, and what has no prototype", () => {
    const bare = Object.assign(Object.create(null) as object, { c: null });
    const given = { one: twice, two: [twice, twice], bare, yes: true, n: 0.5 };
    assert.deepEqual(storePayloadInput(given), {
      $json: {
        one: { b: 1 },
        two: [{ b: 1 }, { b: 1 }],
        bare: { c: null },
        yes: true,
        n: 0.5,
      },
    });
  });

  it("is known later if it is an Output or a promise", () => {
    assert.deepEqual([later(1), Promise.resolve(1), 1, undefined, {}].map(isDeferred), [
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe("the names of secrets", () => {
  const namesOf = async (inputs: Record<string, unknown>) => {
    const names = secretNames(inputs);
    return names === undefined ? "none can be" : resolved(names);
  };

  it("are none where nothing is known later", async () => {
    assert.equal(
      await namesOf({ displayName: "A", policies: { [A]: "1" }, list: [1] }),
      "none can be",
    );
  });

  it("are none where what is known later is no secret", async () => {
    assert.equal(
      await namesOf({ displayName: later("A"), policies: { [A]: later("1") } }),
      undefined,
    );
  });

  it("are those of inputs, and of settings in payloads, in order", async () => {
    const names = await namesOf({
      policies: { [B]: pulumi.secret("1"), [A]: { value: pulumi.secret("1") }, open: later("1") },
      displayName: pulumi.secret("A"),
      assignments: [pulumi.secret("a")],
      description: later("d"),
      adopt: Promise.resolve({ id: "1" }),
    });
    assert.deepEqual(names, ["assignments", "displayName", `policies/${A}`, `policies/${B}`]);
  });

  it("are that of the payload where it is JSON in which something is secret", async () => {
    assert.deepEqual(await namesOf({ policies: { $json: [{ a: pulumi.secret("1") }] } }), [
      "policies",
    ]);
  });

  it("are found at any depth", async () => {
    const deep = { value: [{ a: [pulumi.secret("1")] }] };
    assert.deepEqual(await namesOf({ policies: { [A]: deep } }), [`policies/${A}`]);
  });
});
