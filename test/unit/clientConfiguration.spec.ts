import { strict as assert } from "node:assert";
import fc from "fast-check";
import { groupIdsOf, readConfiguration } from "../../provider/api/configurationAnswer";
import {
  policyDifferences,
  policyLines,
} from "../../provider/resources/clientConfiguration/differences";
import { namesOf } from "../../provider/settings/differences";
import { INPUT_NAMES, inputProblems } from "../../provider/settings/inputs/clientConfiguration";
import { type PlainObject, propertyPath, UNKNOWN } from "../../provider/settings/json";
import { nearestName, nearNames } from "../../provider/text/nearestName";

const GROUP_A = "11111111-1111-4111-8111-11111111111a";
const GROUP_B = "22222222-2222-4222-8222-22222222222b";

function problemsOf(inputs: PlainObject): Record<string, string> {
  return Object.fromEntries(
    inputProblems(inputs).map(({ path, reason }) => [propertyPath(path), reason]),
  );
}

describe("client configuration inputs", () => {
  it("are accepted where they are right, and where they are not known yet", () => {
    assert.deepEqual(problemsOf({ displayName: "Baseline" }), {});
    assert.deepEqual(
      problemsOf({
        displayName: UNKNOWN,
        description: UNKNOWN,
        priority: UNKNOWN,
        policies: UNKNOWN,
        assignments: [GROUP_A, UNKNOWN, UNKNOWN],
        includeCheckinData: UNKNOWN,
      }),
      {},
    );
  });

  it("have every problem named at once, each with its path and what is allowed", () => {
    const problems = problemsOf({
      displayName: " ",
      description: "x".repeat(2049),
      priority: 1.5,
      assignments: [GROUP_A, "not-a-guid", GROUP_A.toUpperCase()],
      policies: { "office16;L_A": { value: "1", typ: "REG_DWORD" } },
      userPreferences: { $json: { when: { $invalid: "a function" } } },
      dispalyName: "x",
    });
    assert.deepEqual(Object.keys(problems).sort(), [
      "assignments[1]",
      "assignments[2]",
      "description",
      "dispalyName",
      "displayName",
      'policies["office16;L_A"].typ',
      "priority",
      "userPreferences.when",
    ]);
    assert.match(problems.displayName ?? "", /1 to 256 characters/);
    assert.match(problems.priority ?? "", /whole number from 0/);
    assert.match(problems["assignments[1]"] ?? "", /GUID/);
    assert.match(problems["assignments[2]"] ?? "", /same group as assignments\[0\]/);
    assert.match(problems.dispalyName ?? "", /did you mean "displayName"\?/);
    assert.match(problems["userPreferences.when"] ?? "", /is a function/);
  });

  for (const [what, inputs, path] of [
    ["a missing name", {}, "displayName"],
    ["an overlong name", { displayName: "x".repeat(257) }, "displayName"],
    ["a negative priority", { displayName: "x", priority: -1 }, "priority"],
    ["a priority beyond Int32", { displayName: "x", priority: 2 ** 31 }, "priority"],
    ["a priority that is text", { displayName: "x", priority: "1" }, "priority"],
    ["groups that are no list", { displayName: "x", assignments: GROUP_A }, "assignments"],
  ] as const) {
    it(`refuse ${what}`, () => {
      assert.deepEqual(Object.keys(problemsOf(inputs)), [path]);
    });
  }
});

describe("client configuration changes", () => {
  const before = {
    displayName: "Baseline",
    priority: 3,
    policies: { "office16;L_VBAWarningsPolicy": "2", "office16;L_Other": "1" },
    assignments: [GROUP_A],
    configurationId: "1",
  };

  it("are one line for one changed setting", () => {
    const after = {
      ...before,
      policies: { ...before.policies, "office16;L_VBAWarningsPolicy": "4" },
    };
    assert.deepEqual(policyLines(before, after), [
      'Baseline: office16;L_VBAWarningsPolicy "2" => "4"',
    ]);
  });

  const states = fc.record(
    {
      displayName: fc.string({ minLength: 1 }),
      description: fc.string(),
      priority: fc.nat(),
      policies: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), {
        noNullPrototype: true,
      }),
      assignments: fc.array(fc.uuid()),
    },
    { requiredKeys: ["displayName"], noNullPrototype: true },
  ) as fc.Arbitrary<PlainObject>;

  it("are none between a state and itself, whatever it holds", () => {
    fc.assert(
      fc.property(states, (state) => {
        const copy = JSON.parse(JSON.stringify(state)) as PlainObject;
        assert.deepEqual(namesOf(policyDifferences(state, copy)), []);
        assert.deepEqual(policyLines(state, copy), []);
      }),
    );
  });

  it("are one line or more for every input that differs, and none for the others", () => {
    fc.assert(
      fc.property(states, states, (olds, news) => {
        const changed = namesOf(policyDifferences(olds, news));
        const lines = policyLines(olds, news);
        assert.ok(lines.length >= changed.length, `${changed.join()}: ${lines.join(" | ")}`);
        if (changed.length === 0) assert.deepEqual(lines, []);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the point.
        for (const line of lines) assert.doesNotMatch(line, /[\u0000-\u001f\u007f]/);
      }),
    );
  });

  it("name the policy as it is in the tenant when its name changes", () => {
    assert.deepEqual(policyLines(before, { ...before, displayName: "Base" }), [
      'Baseline: displayName "Baseline" => "Base"',
    ]);
  });

  it("name priority, groups and user preferences", () => {
    const after = {
      ...before,
      priority: 1,
      assignments: [GROUP_B],
      userPreferences: { "office16;L_X": "1" },
    };
    assert.deepEqual(policyLines(before, after), [
      "Baseline: priority 3 => 1",
      'Baseline: userPreferences + office16;L_X "1"',
      `Baseline: assignments + ${GROUP_B}, - ${GROUP_A}`,
    ]);
  });

  it("are none for groups in another order and spelling", () => {
    const olds = { displayName: "x", assignments: [GROUP_A, GROUP_B] };
    const news = { displayName: "x", assignments: [GROUP_B, GROUP_A.toUpperCase()] };
    assert.deepEqual(namesOf(policyDifferences(olds, news)), []);
  });

  it("leave a priority alone that the program no longer gives, and empty a description", () => {
    const olds = { displayName: "x", priority: 1, description: "d" };
    assert.deepEqual(namesOf(policyDifferences(olds, { displayName: "x" })), ["description"]);
  });

  it("mask what is secret now or was before", () => {
    const olds = { displayName: "x", policies: { a: "old" }, __secrets: ["policies/a"] };
    const news = { displayName: "x", policies: { a: "new" } };
    assert.deepEqual(policyLines(olds, news), ["x: a [secret] => [secret] (changed)"]);
    assert.deepEqual(policyLines(news, olds), ["x: a [secret] => [secret] (changed)"]);
  });

  for (const [what, secret, other] of [
    ["a payload with a secret setting", { a: "hunter2", b: "1" }, { $json: { c: 1 } }],
    ["a payload with a secret text", { $text: "hunter2" }, { a: "1" }],
  ] as const) {
    it(`mask ${what} that changes as a whole`, () => {
      const __secrets = [`policies/${Object.keys(secret)[0]}`];
      const olds = { displayName: "x", policies: secret, __secrets };
      const news = { displayName: "x", policies: other };
      assert.deepEqual(policyLines(olds, news), ["x: [secret] => [secret] (changed)"]);
      assert.deepEqual(policyLines(news, olds), policyLines(olds, news));
    });
  }

  it("tell a value that only became a secret", () => {
    const olds = { displayName: "x", policies: { a: "1" } };
    assert.deepEqual(policyLines(olds, { ...olds, __secrets: ["policies/a"] }), [
      "x: only the marks of secrets change, no value does",
    ]);
  });

  it("hide the name of a policy whose name is secret", () => {
    const olds = { displayName: "hunter2", __secrets: ["displayName"] };
    assert.deepEqual(policyLines(olds, { ...olds, displayName: "hunter3" }), [
      "[secret]: displayName [secret] => [secret] (changed)",
    ]);
  });
});

describe("client configuration answers", () => {
  it("are read bare, and wrapped in value as the API's pages show them", () => {
    const answer = { "@odata.type": "#microsoft.graph.x", id: "1", displayName: "n" };
    assert.equal(readConfiguration(answer)?.displayName, "n");
    assert.equal(readConfiguration({ value: answer })?.displayName, "n");
  });

  it("are none without an id", () => {
    for (const body of [undefined, null, "x", [], {}, { id: "" }, { value: [] }, { id: 7 }]) {
      assert.equal(readConfiguration(body), undefined);
    }
  });

  it("give an id in lower case where it is a GUID, and as it is where it is none", () => {
    const id = "3F0C2E5A-7C1D-4A43-9B8E-6A1D2F4C5B60";
    assert.equal(readConfiguration({ id })?.id, id.toLowerCase());
    assert.equal(readConfiguration({ id: "Key-A" })?.id, "Key-A");
    assert.deepEqual(groupIdsOf([{ target: { groupId: id } }]), [id.toLowerCase()]);
  });

  for (const type of ["#microsoft.graph.x", "microsoft.graph.x", "x"]) {
    it(`give the type ${type} in its full spelling`, () => {
      const answer = readConfiguration({ "@odata.type": type, id: "1" });
      assert.equal(answer?.["@odata.type"], "#microsoft.graph.x");
    });
  }

  it("give the ids of groups and leave other targets out", () => {
    const assignments = [{ id: "1", target: { groupId: GROUP_A } }, { id: "2", target: null }, {}];
    assert.deepEqual(groupIdsOf(assignments), [GROUP_A]);
  });
});

describe("nearest name", () => {
  it("finds a misspelt input and leaves a strange word alone", () => {
    assert.equal(nearestName("displayNmae", INPUT_NAMES), "displayName");
    assert.equal(nearestName("Policies", INPUT_NAMES), "policies");
    assert.equal(nearestName("kubernetes", INPUT_NAMES), undefined);
  });

  it("are several where several names are near, the nearest first and each once", () => {
    const known = ["Private", "Macros", "Privacy (pilot)", "Privacy", "privacy", "Privacy"];
    assert.deepEqual(nearNames("Privcy", known), ["Privacy", "privacy"]);
    assert.deepEqual(nearNames("Privcy", known, 1), ["Privacy"]);
    assert.deepEqual(nearNames("Kubernetes", known), []);
  });
});
