import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { OfficeConfiguration } from "../../provider";
import { DynamicProvider } from "../../provider/host/adapters/dynamic";
import { ProviderProcess } from "../../provider/host/providerProcess";
import { configurationArgs, requestProblems } from "../../provider/program/lookups/run/schema";
import { storePayloadInput } from "../../provider/program/payloadInput";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { PatchLifecycle } from "../../provider/resources/clientConfigurationPatch/lifecycle";
import { PrioritiesLifecycle } from "../../provider/resources/priorities/lifecycle";
import { payloadProblems } from "../../provider/settings/inputs/problems";
import { type PlainObject, UNKNOWN } from "../../provider/settings/json";
import { programForm } from "../../provider/settings/stored";
import { payloadBytes, storePayloadBytes } from "../../provider/settings/wire";

const A = "office16;L_A";
const LIST = [
  { settingId: A, value: "0" },
  { settingId: "office16;L_B", value: "1", type: "REG_DWORD", platform: "Win32" },
];
const STORED = {
  [A]: "0",
  "office16;L_B@Win32": { value: "1", type: "REG_DWORD", platform: "Win32" },
};

/** Every form in which a program may give {@link LIST}. */
const FORMS: Record<string, unknown> = {
  "a list": LIST,
  "a map of settings by id": STORED,
  "a map whose entries say more than they need": {
    [A]: { settingId: A, value: "0" },
    "office16;L_B": { value: "1", type: "REG_DWORD", platform: "Win32" },
  },
  "JSON text of a list": JSON.stringify(LIST),
  "JSON text of a map": JSON.stringify(STORED),
  "JSON text that begins with a byte order mark": `\uFEFF${JSON.stringify(LIST)}`,
  "the list as $json": { $json: LIST },
  "the text as $text": { $text: JSON.stringify(LIST) },
};

const provider = (lifecycle: ConstructorParameters<typeof DynamicProvider>[0]) =>
  new DynamicProvider(lifecycle, new ProviderProcess());
const policy = () => provider(new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration"));

/** Inputs that no resource class has stored, those of a transformation, as `check` returns them. */
async function checked(inputs: PlainObject, of = policy()) {
  const result = await of.check({}, { displayName: "A", ...inputs });
  const problems = (result.failures ?? []).map(({ reason }) => reason);
  return { stored: result.inputs as PlainObject, problems };
}

function resolved(value: unknown): Promise<unknown> {
  return new Promise((resolve) => void pulumi.output(value as object).apply(resolve));
}

describe("settings in every form", () => {
  for (const [form, given] of Object.entries(FORMS)) {
    it(`are stored alike by the resource class: ${form}`, async () => {
      assert.deepEqual(await resolved(storePayloadInput(given)), STORED);
      assert.deepEqual(await resolved(storePayloadInput(pulumi.output(given as object))), STORED);
    });
  }

  for (const [form, given] of Object.entries(FORMS)) {
    it(`are stored alike by check, or refused: ${form}`, async () => {
      const { stored, problems } = await checked({ policies: given });
      if (problems.length === 0) assert.deepEqual(stored.policies, STORED);
      else assert.match(problems.join(), /^policies(\["[^"]+"\])? (holds|is the setting|must)/);
      const isTaken = /list$|map of settings by id|text of|begins/.test(form);
      assert.equal(problems.length === 0, isTaken, problems.join());
    });
  }

  it("are hidden as a whole where a list or a text came to check, whose secrets nobody knows", async () => {
    const { stored } = await checked({ policies: LIST, userPreferences: STORED });
    assert.deepEqual(stored.__secrets, ["policies"]);
  });

  it("that outputs show are what inputs take, whatever a tenant holds", async () => {
    const ids = fc.stringMatching(/^[a-z]{1,6}16;L_[A-Za-z]{1,8}$/);
    const entry = fc.oneof(fc.string(), fc.record({ value: fc.jsonValue(), type: fc.string() }));
    const tenants = fc.oneof(
      fc.dictionary(ids, entry).map((map) =>
        Object.entries(map).map(([settingId, rest]) => ({
          settingId,
          ...(typeof rest === "string" ? { value: rest } : rest),
        })),
      ),
      fc.jsonValue(),
      fc.dictionary(ids, fc.jsonValue()),
    );
    await fc.assert(
      fc.asyncProperty(tenants, async (json) => {
        fc.pre(!JSON.stringify(json).includes("__proto__"));
        const bytes = Buffer.from(JSON.stringify(json));
        const stored = storePayloadBytes(bytes);
        // An id that no service writes, such as "a", makes a map that could be any JSON.
        fc.pre(!Array.isArray(json) || Object.keys(stored).every((key) => /[;$]/.test(key)));
        for (const given of [stored, programForm(stored)]) {
          const again = await resolved(storePayloadInput(pulumi.output(given)));
          assert.deepEqual(again, stored);
        }
      }),
      { seed: 13, numRuns: 300 },
    );
  });
});

describe("a payload that comes to check", () => {
  for (const [what, policies, reason] of [
    ["an object of other JSON", { any: { thing: 1 } }, /^policies names no setting; give a list/],
    ["$json beside settings", { $json: 1, [A]: "0" }, /^policies must have \$json, \$text or/],
    ["$text that is no text", { $text: 5 }, /^policies must have \$json, \$text or/],
    ["$json that holds settings", { $json: LIST }, /^policies holds settings: give the list/],
    [
      "a setting of a platform under its bare id",
      { [A]: { value: "1", platform: "Web" } },
      /is the setting "office16;L_A@Web", and must have that as its key/,
    ],
    ["text that is no JSON", "{ no", /^policies is no JSON text/],
  ] as const) {
    it(`is refused, and never sent: ${what}`, async () => {
      const { problems } = await checked({ policies });
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", reason);
    });
  }

  it("is not known as long as the place of a setting is not", async () => {
    for (const item of [UNKNOWN, { settingId: UNKNOWN, value: "1" }]) {
      const { stored, problems } = await checked({ policies: [item, LIST[0]] });
      assert.deepEqual([stored.policies, problems], [UNKNOWN, []]);
    }
  });

  it("may be other JSON as $json, and null is no payload", async () => {
    const { stored, problems } = await checked({
      policies: { $json: { any: { thing: 1 } } },
      userPreferences: null,
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(stored, { displayName: "A", policies: { $json: { any: { thing: 1 } } } });
  });

  it("has the values of settings as the service writes them", async () => {
    const { stored, problems } = await checked({
      policies: {
        "a16;L_Zero": 0,
        "a16;L_Four": { value: 4, type: "REG_DWORD" },
        "a16;L_True": true,
        "a16;L_False": { value: false, type: "REG_DWORD" },
        "a16;L_List": ["x"],
        "a16;L_Long": { settingId: "a16;L_Long", value: 7 },
      },
      userPreferences: { $json: { any: 0 } },
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(stored.policies, {
      "a16;L_Zero": "0",
      "a16;L_Four": { value: "4", type: "REG_DWORD" },
      "a16;L_True": "1",
      "a16;L_False": { value: "0", type: "REG_DWORD" },
      "a16;L_List": { value: ["x"] },
      "a16;L_Long": "7",
    });
    assert.deepEqual(stored.userPreferences, { $json: { any: 0 } });
  });

  it("has no bytes while it is in no stored form", () => {
    for (const payload of [LIST, { $text: 1 }, { $base64: "<none>" }, { $base64: undefined }]) {
      assert.throws(() => payloadBytes(payload as never), /no stored form; nothing is sent/);
    }
  });

  it("is settings and nothing else where a class has stored settings of any id", () => {
    const stored = storePayloadInput([{ settingId: "constructor", value: "1" }]);
    assert.deepEqual(payloadProblems("policies", stored), []);
  });
});

describe("groups that come to check", () => {
  it("are stored as ids in each of their forms", async () => {
    const id = "11111111-1111-4111-8111-111111111111";
    const { stored, problems } = await checked({
      assignments: [{ groupId: id }],
    });
    assert.deepEqual([stored.assignments, problems], [[id], []]);
  });
});

describe("an Output that was made a text", () => {
  const output = pulumi.output("x");
  const inText = `a ${output as unknown as string}`;
  const inJson = JSON.stringify({ [A]: output });
  const ID = "13a5ac73-ac73-13a5-73ac-a51373aca513";

  const refusal = (path: string) =>
    new RegExp(`^${path} holds an Output .*pulumi\\.interpolate.*pulumi\\.jsonStringify`);

  for (const [path, inputs] of [
    ["displayName", { displayName: inText }],
    ["description", { description: `${Promise.resolve("x") as unknown as string}` }],
    ["policies", { policies: inText }],
    [`policies\\["${A}"\\]`, { policies: storePayloadInput(inJson) }],
    ["policies", { policies: { [inText]: "1" } }],
    [`policies\\["${A}"\\]\\.value\\[1\\]`, { policies: { [A]: { value: ["x", inText] } } }],
    ["assignments\\[0\\]", { assignments: [inText] }],
    ["adopt\\.displayName", { adopt: { displayName: inText } }],
    ["timeouts\\.create", { timeouts: { create: inText } }],
  ] as [string, PlainObject][]) {
    it(`is refused with advice, and nothing else is said of it: ${path}`, async () => {
      const { problems } = await checked(inputs);
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", refusal(path));
    });
  }

  it("is refused by a lookup, and as the name of a resource", () => {
    const [problem, ...others] = requestProblems(configurationArgs, { displayName: inText }, {});
    assert.match(problem ?? "", refusal("args\\.displayName"));
    assert.deepEqual(others, []);
    assert.throws(
      () => new OfficeConfiguration(inText),
      /^OfficeConfigurationError: OfficeConfiguration: the name of a resource must be known/,
    );
  });

  it("is refused by the other resources too", async () => {
    const patch = await checked(
      { configurationId: ID, description: inText },
      provider(new PatchLifecycle()),
    );
    assert.match(patch.problems.join("\n"), /description holds an Output/);
    const order = await provider(new PrioritiesLifecycle()).check(
      {},
      {
        configurationIds: [ID, inText],
      },
    );
    assert.match(order.failures?.[0]?.reason ?? "", refusal("configurationIds\\[1\\]"));
  });
});
