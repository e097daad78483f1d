import { strict as assert } from "node:assert";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { Commented, write } from "../../cli/export/code";
import { knownNames } from "../../cli/export/names";
import { payloadCode, whyNoCode } from "../../cli/export/payloadCode";
import { exportedProgram } from "../../cli/export/program";
import type { TenantPolicy } from "../../cli/tenant/readTenant";
import { storePayloadInput } from "../../provider/program/payloadInput";
import type { JsonValue } from "../../provider/settings/json";
import { storePayloadBytes } from "../../provider/settings/wire";
import { evaluate } from "../evaluate";

const GROUP_A = "11111111-1111-4111-8111-11111111111a";
const GROUP_B = "22222222-2222-4222-8222-22222222222b";

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value), "utf8");

const policy = ({
  description,
  ...values
}: Partial<TenantPolicy> & { readonly description?: string }): TenantPolicy => {
  const { displayName = "Privacy", priority } = values;
  return {
    id: "13a5ac73-ac73-13a5-73ac-a51373aca513",
    kind: "WindowsOfficeClientConfiguration",
    displayName,
    scalars: {
      displayName,
      ...(description !== undefined && { description }),
      ...(priority !== undefined && { priority }),
    },
    assignments: [],
    policies: undefined,
    userPreferences: undefined,
    ...values,
  };
};

describe("an exported program", () => {
  const catalogue = { glossary: knownNames };

  it("is what a person would write", () => {
    const { text, count, notes } = exportedProgram(
      [
        policy({
          kind: "WindowsOfficeClientSecurityConfiguration",
          displayName: "Macro security",
          description: "For all",
          priority: 0,
          assignments: [GROUP_B, GROUP_A],
          policies: bytes([
            { settingId: "office16;L_Loop", value: "1" },
            { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: "2" },
            { settingId: "office16;L_Unknown", value: "0", type: "REG_DWORD" },
          ]),
          userPreferences: bytes({ any: { JSON: true } }),
        }),
      ],
      {
        glossary: (id) => (id === "office16;L_Loop" ? { name: "Loop" } : knownNames(id)),
      },
    );
    assert.equal(count, 1);
    assert.deepEqual(notes, []);
    assert.equal(
      text.slice(text.indexOf("import")),
      `import { WindowsOfficeClientSecurityConfiguration } from "pulumi-office-configuration";

new WindowsOfficeClientSecurityConfiguration("macro-security", {
  adopt: { id: "13a5ac73-ac73-13a5-73ac-a51373aca513" },
  displayName: "Macro security",
  description: "For all",
  priority: 0,
  assignments: ["${GROUP_A}", "${GROUP_B}"],
  policies: [
    { settingId: "office16;L_Loop", value: "1" }, // Loop
    // Macro Notification Settings (Excel): disable all with notification
    { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: "2" },
    { settingId: "office16;L_Unknown", value: "0", type: "REG_DWORD" },
  ],
  userPreferences: { any: { JSON: true } },
});
`,
    );
  });

  it("is the same text for the same tenant", () => {
    const policies = [policy({ displayName: "A" }), policy({ displayName: "B", priority: 1 })];
    assert.equal(
      exportedProgram(policies, catalogue).text,
      exportedProgram(policies, catalogue).text,
    );
  });

  it("holds hostile texts as texts, and shows what an editor would not", () => {
    const invisible = ["\u2028", "\u202e", "\u0000", "\u200b"];
    const hostile = ['"`$', "{process.exit()}` */ \n new Evil(); // \\ 😀", ...invisible].join("");
    const { text } = exportedProgram(
      [policy({ displayName: hostile, policies: bytes([{ settingId: hostile, value: hostile }]) })],
      { glossary: () => ({ name: hostile }) },
    );
    for (const character of invisible) assert.ok(!text.includes(character));
    const [made] = Object.values(evaluate(text));
    assert.deepEqual(made, {
      adopt: { id: "13a5ac73-ac73-13a5-73ac-a51373aca513" },
      displayName: hostile,
      assignments: [],
      policies: [{ settingId: hostile, value: hostile }],
    });
  });

  it("leaves a policy out that the provider would refuse, and says why in both places", () => {
    const { text, count, notes } = exportedProgram(
      [policy({ displayName: " " }), policy({ displayName: "x".repeat(300) })],
      catalogue,
    );
    assert.equal(count, 0);
    assert.equal(notes.length, 2);
    assert.match(notes[0] ?? "", /is left out: displayName must be a text of 1 to 256/);
    assert.match(text, /^\/\/ "" \(13a5ac73.*\) is left out/m);
    assert.doesNotMatch(text, /^import/m);
  });

  it("gives what is no list of settings in the form that stores it as it is", () => {
    const twice = { settingId: "a;L_A", value: "1" };
    for (const [payload, form] of [
      [Buffer.from("no JSON"), { $text: "no JSON" }],
      [Buffer.from([0xff, 0xfe]), { $base64: "//4=" }],
      [bytes([twice, twice]), { $json: [twice, twice] }],
      [bytes([1, "list"]), { $json: [1, "list"] }],
      [bytes({ any: 1 }), { any: 1 }],
      [Buffer.from(""), []],
    ] as const) {
      const { text, notes } = exportedProgram([policy({ policies: payload })], catalogue);
      assert.deepEqual(notes, []);
      assert.deepEqual((evaluate(text).privacy as { policies: unknown }).policies, form);
    }
  });

  it("leaves a payload out that the provider would refuse, and says so in both places", () => {
    for (const payload of [bytes([{ settingId: "a;L_A" }]), Buffer.from('{"__proto__":1}')]) {
      const { text, notes } = exportedProgram([policy({ policies: payload })], catalogue);
      assert.match(notes[0] ?? "", /"Privacy" \(.*\): policies is left out, and stays as it is/);
      assert.match(text, /^\/\/ policies is left out/m);
      assert.equal("policies" in (evaluate(text).privacy as object), false);
    }
  });

  for (const [what, payload, reason] of [
    ["a key __proto__, whose value the engine loses", '{"a":{"__proto__":1}}', /key "__proto__"/],
    ["a setting of that name", '[{"settingId":"__proto__","value":"1"}]', /key "__proto__"/],
    ["half of a surrogate pair", '{"a":["\\ud800"]}', /no well-formed Unicode/],
    ["minus zero", '{"a":-0}', /the number -0/],
    [
      "the engine's mark of secrets",
      '{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270"}',
      /Pulumi's own key/,
    ],
    [
      "the engine's text for what is unknown",
      '{"a":"04da6b54-80e4-46f7-96ec-b56ff0331ba9"}',
      /Pulumi has for unknown values/,
    ],
  ] as const) {
    it(`leaves a payload out that holds ${what}`, () => {
      const { text, notes } = exportedProgram(
        [policy({ userPreferences: Buffer.from(payload) })],
        catalogue,
      );
      assert.match(notes[0] ?? "", /: userPreferences is left out, and stays as it is/);
      assert.match(notes[0] ?? "", reason);
      assert.doesNotMatch(text, /userPreferences: /);
    });
  }

  it("says for a payload that the provider would refuse what is wrong with it", () => {
    const { notes } = exportedProgram(
      [policy({ policies: bytes([{ settingId: "a;L_A" }]) })],
      catalogue,
    );
    assert.match(notes[0] ?? "", /: payload\["a;L_A"\]\.value is required/);
  });

  it("leaves a policy out whose texts the engine cannot carry", () => {
    const { count, notes } = exportedProgram([policy({ description: "\udc00" })], catalogue);
    assert.equal(count, 0);
    assert.match(notes[0] ?? "", /description holds text that is no well-formed Unicode/);
  });

  it("gives no groups for a policy that is for something else too, and says so", () => {
    const { text, notes } = exportedProgram([policy({ assignments: undefined })], catalogue);
    assert.deepEqual(Object.keys(evaluate(text).privacy as object), ["adopt", "displayName"]);
    assert.match(
      notes[0] ?? "",
      /: assignments is left out.*: it is for something else than groups/,
    );
  });

  it("reads past a byte order mark, as the provider does", () => {
    const marked = Buffer.from('\ufeff[{"settingId":"a;L_A","value":"1"}]');
    const { text, notes } = exportedProgram([policy({ policies: marked })], catalogue);
    assert.deepEqual(notes, []);
    assert.match(text, /policies: \[\{ settingId: "a;L_A", value: "1" \}\]/);
  });

  it("gives every payload that it has exactly as the tenant stores it", () => {
    const setting = fc.record({
      settingId: fc.string({ minLength: 1, maxLength: 40 }),
      value: fc.jsonValue({ maxDepth: 2 }),
    });
    const payload = fc.oneof(
      fc.uniqueArray(setting, { selector: ({ settingId }) => settingId }),
      fc.jsonValue({ maxDepth: 4 }),
      fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }))),
    );
    fc.assert(
      fc.property(payload, (value) => {
        const code = payloadCode(bytes(value), catalogue);
        if (code === undefined) {
          assert.match(whyNoCode(bytes(value)) ?? "", /holds the key "__proto__"$/);
          return;
        }
        const written = runInNewContext(`(${write(code)})`) as unknown;
        // Objects of another context have other prototypes.
        const given = JSON.parse(JSON.stringify(written)) as unknown;
        const stored = storePayloadInput(given);
        assert.deepEqual(stored, storePayloadBytes(bytes(value)));
      }),
      { numRuns: 500 },
    );
  });

  it("lets a setting through that has keys of the service's own, and keeps the others typed", () => {
    const open = { settingId: "a;L_A", value: "1", auditedBy: 7 };
    const plain = { settingId: "a;L_B", value: "2" };
    const { text } = exportedProgram([policy({ policies: bytes([open, plain]) })], catalogue);
    assert.match(text, /^import \{ uncheckedSetting, WindowsOfficeClientConfiguration \}/m);
    assert.ok(
      text.includes(`  policies: [
    uncheckedSetting({ settingId: "a;L_A", value: "1", auditedBy: 7 }),
    { settingId: "a;L_B", value: "2" },
  ],`),
      text,
    );
  });

  it("says nothing of preferences where there are none, and keeps an empty list of policies", () => {
    for (const nothing of ["[]", " [ ] ", "", "\ufeff"]) {
      const none = Buffer.from(nothing);
      const { text, notes } = exportedProgram(
        [policy({ policies: none, userPreferences: none })],
        catalogue,
      );
      assert.deepEqual(notes, []);
      assert.match(text, /policies: \[\],/);
      assert.doesNotMatch(text, /userPreferences/);
    }
    for (const something of ["{}", "null", "[1]", "no JSON"]) {
      const { text } = exportedProgram(
        [policy({ userPreferences: Buffer.from(something) })],
        catalogue,
      );
      assert.match(text, /userPreferences: /, something);
    }
  });

  it("has the names of groups as comments, as far as they are known", () => {
    const names = new Map([[GROUP_B, "Finance */ \n{}"]]);
    const { text } = exportedProgram(
      [policy({ assignments: [GROUP_B.toUpperCase(), GROUP_A] })],
      catalogue,
      names,
    );
    assert.ok(
      text.includes(`  assignments: [
    "${GROUP_A}",
    "${GROUP_B.toUpperCase()}", // Finance * / {}
  ],`),
      text,
    );
  });
});

describe("code", () => {
  it("keeps a key that would set the prototype", () => {
    const value = JSON.parse('{"__proto__":{"a":1}}') as JsonValue;
    assert.equal(write(value), '{ ["__proto__"]: { a: 1 } }');
  });

  it("gives a flag whole, whose characters have two units and cannot be seen", () => {
    const england = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
    const code = write(england);
    assert.doesNotMatch(code, /\p{Cf}/u);
    assert.equal(runInNewContext(code), england);
  });

  it("is any JSON that it was made of, as a program has it", () => {
    const text = fc.string({ unit: "binary" });
    const key = fc.oneof(text, fc.constant("__proto__"));
    const json = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.constantFrom(true, null),
        fc.array(tie("value")),
        fc.dictionary(key, tie("value"), { noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        const given = runInNewContext(`JSON.stringify(${write(value)})`, { JSON }) as string;
        assert.equal(given, JSON.stringify(value));
      }),
    );
  });

  it("leaves joined emoji and words readable", () => {
    assert.equal(write("👩‍👩‍👧 می‌خواهم"), '"👩‍👩‍👧 می‌خواهم"');
  });

  it("has no line that is too long where it could be shorter", () => {
    const long = Array.from({ length: 30 }, (_, index) => ({ key: `value ${index}` }));
    for (const line of write({ list: long }).split("\n")) assert.ok(line.length <= 100);
  });

  it("puts a comment behind what it is about, and above where it does not fit", () => {
    assert.equal(
      write([new Commented("a", "short"), new Commented("b", "long ".repeat(30))]),
      `[\n  "a", // short\n  // ${"long ".repeat(30).trim()}\n  "b",\n]`,
    );
  });
});
