import { strict as assert } from "node:assert";
import { problemLine } from "../../provider/settings/inputProblem";
import { issueProblems, payloadProblems } from "../../provider/settings/inputs/problems";
import { SETTING_KEYS } from "../../provider/settings/inputs/setting";
import { UNKNOWN } from "../../provider/settings/json";
import { INVALID_KEY } from "../../provider/settings/stored";

const A = "office16;L_A";
const FORMS = "a list of settings, settings by their ids, JSON text, or other JSON as { $json: … }";
const JSON_VALUE = "must be a JSON value: a text, a number, true, false, null, a list or an object";

const problemsOf = (payload: unknown) => payloadProblems("policies", payload).map(problemLine);

describe("a payload is taken", () => {
  const table: [string, unknown][] = [
    ["that is not given", undefined],
    ["that is null", null],
    ["that is not known yet", UNKNOWN],
    ["without settings", {}],
    ["by ids", { [A]: "1", "office16;L_B": { value: 1, type: "REG_DWORD" } }],
    ["with a key that nobody knows", { [A]: { value: 1, audience: "x" } }],
    ["with a setting that is not known yet", { [A]: UNKNOWN }],
    ["whose setting's id is not known yet", { [A]: { settingId: UNKNOWN, value: 1 } }],
    ["whose setting's platform is not known yet", { [A]: { platform: UNKNOWN, value: 1 } }],
    ["whose setting repeats its id", { [A]: { settingId: A, value: 1 } }],
    [
      "whose setting has its platform in the key",
      { [`${A}@mac`]: { settingId: A, platform: "mac", value: 1 } },
    ],
    ["as a whole JSON value", { $json: [1] }],
    ["as text", { $text: "anything" }],
    ["as base64", { $base64: "/w==" }],
    ["as base64 that is not known yet", { $base64: UNKNOWN }],
    ["as a list with one that is not known yet", [UNKNOWN]],
    ["as a list whose ids are not known yet", [{ settingId: UNKNOWN, value: 1 }]],
  ];
  for (const [what, payload] of table) {
    it(what, () => {
      assert.deepEqual(problemsOf(payload), []);
    });
  }
});

describe("a payload is refused", () => {
  const table: [string, unknown, string[]][] = [
    ["that is a number", 7, [`policies must be ${FORMS}`]],
    ["that is a date", new Date(0), [`policies must be ${FORMS}`]],
    [
      "with a key that is nearly known",
      { [A]: { valeu: 1 } },
      [
        `policies["${A}"].value is required and ${JSON_VALUE}`,
        `policies["${A}"].valeu is no known name; did you mean "value"? (known: ${SETTING_KEYS.join(", ")})`,
      ],
    ],
    [
      "whose setting stands under another id",
      { [A]: { settingId: "office16;L_B", value: 1 } },
      [`policies["${A}"] is the setting "office16;L_B", and must have that as its key`],
    ],
    [
      "whose setting stands under no platform",
      { [A]: { settingId: A, platform: "mac", value: 1 } },
      [`policies["${A}"] is the setting "${A}@mac", and must have that as its key`],
    ],
    [
      "with a value of another type",
      {
        [A]: { value: 1, type: 7, enabled: "x", applicablePlatforms: "y", maxVersion: 1, app: "" },
      },
      [
        `policies["${A}"].type must be a text`,
        `policies["${A}"].app must not be empty`,
        `policies["${A}"].applicablePlatforms must be a list of texts`,
        `policies["${A}"].enabled must be true or false`,
        `policies["${A}"].maxVersion must be a text or null`,
      ],
    ],
    [
      "with a platform that is no text",
      { [A]: { value: 1, applicablePlatforms: [7] } },
      [`policies["${A}"].applicablePlatforms[0] must be a text`],
    ],
    [
      "with a text that is too long",
      { [A]: { value: 1, app: "x".repeat(1025) } },
      [`policies["${A}"].app must be at most 1024 characters long`],
    ],
    ["that names no setting", { other: { x: 1 } }, [`policies names no setting; give ${FORMS}`]],
    ["as base64 that is none", { $base64: "?" }, ["policies.$base64 must be base64"]],
    [
      "as text that is no JSON, with the place",
      `{"a":1${"\n".repeat(11)}${" ".repeat(11)}x}`,
      [
        "policies is no JSON text: it goes wrong at position 28 (line 12 column 12); give a list of settings, a JSON value, or JSON text",
      ],
    ],
    [
      "as text that ends too early",
      "{",
      [
        "policies is no JSON text: it goes wrong at position 1 (line 1 column 2); give a list of settings, a JSON value, or JSON text",
      ],
    ],
    [
      "as text that is empty",
      "",
      ["policies is no JSON text; give a list of settings, a JSON value, or JSON text"],
    ],
    [
      "as text of a list that ends too early",
      "[1,",
      ["policies is no JSON text; give a list of settings, a JSON value, or JSON text"],
    ],
    [
      "as text of JSON that was not stored",
      "[]",
      ["policies is JSON text that could not be stored; give a list of settings or a JSON value"],
    ],
    [
      "as a list of what is no setting",
      [7],
      ["policies[0] must be a setting: { settingId, value }"],
    ],
    [
      "as a list without ids and values",
      [{}],
      [
        "policies[0].settingId is required and must be a text",
        `policies[0].value is required and ${JSON_VALUE}`,
      ],
    ],
    [
      "as a list that gives a setting twice and again",
      [
        { settingId: A, value: 1 },
        { settingId: "office16;L_B", value: 1 },
        { settingId: A, value: 2 },
        { settingId: A, value: 3 },
      ],
      [2, 3].map(
        (at) =>
          `policies[${at}].settingId gives the setting "${A}" a second time, after policies[0]; each setting may be given once`,
      ),
    ],
    [
      "with what JSON cannot hold, wherever it is",
      { $json: [1, { a: { [INVALID_KEY]: "a function" } }] },
      [
        "policies[1].a is a function; a payload holds only what JSON can: texts, finite numbers, true, false, null, lists and objects",
      ],
    ],
    [
      "that itself is what JSON cannot hold",
      { [INVALID_KEY]: "NaN" },
      [
        "policies is NaN; a payload holds only what JSON can: texts, finite numbers, true, false, null, lists and objects",
      ],
    ],
  ];
  for (const [what, payload, lines] of table) {
    it(what, () => {
      assert.deepEqual(problemsOf(payload), lines);
    });
  }

  it("as an object whose entries are all unlike settings, and taken where one is like one", () => {
    assert.deepEqual(problemsOf({ some: { VALUE: 1, x: 1 } }), [
      "policies.some.value is required and must be a JSON value: a text, a number, true, false, null, a list or an object",
      `policies.some.VALUE is no known name; did you mean "value"? (known: ${SETTING_KEYS.join(", ")})`,
    ]);
    assert.deepEqual(problemsOf({ some: { value: 1, x: 1 } }), []);
    assert.deepEqual(problemsOf({ some: { value: 1 }, other: { x: 1 } }), [
      `policies names no setting; give ${FORMS}`,
    ]);
  });
});

describe("a problem that a schema finds", () => {
  const found = (path: PropertyKey[], value: unknown) =>
    issueProblems([], value, { code: "custom", path, message: "must be x" } as never, []).map(
      problemLine,
    );

  it("is that of its place, and required where nothing stands there", () => {
    assert.deepEqual(found(["a", "b"], { a: { b: 1 } }), ["a.b must be x"]);
    assert.deepEqual(found(["a", "b"], { a: {} }), ["a.b is required and must be x"]);
    assert.deepEqual(found(["a", "b"], {}), ["a.b is required and must be x"]);
    assert.deepEqual(found([], 1), ["must be x"]);
  });

  it("is none where the value, or what it stands in, is not known yet", () => {
    assert.deepEqual(found(["a", "b"], { a: { b: UNKNOWN } }), []);
    assert.deepEqual(found(["a", "b"], { a: UNKNOWN }), []);
    assert.deepEqual(found(["a", "b"], UNKNOWN), []);
  });

  it("names what is known only where that is known", () => {
    const issue = (path: PropertyKey[]) =>
      ({ code: "unrecognized_keys", keys: ["creat", "zzz"], path, message: "" }) as never;
    assert.deepEqual(issueProblems(["x"], {}, issue([]), ["create", "read"]).map(problemLine), [
      'x.creat is no known name; did you mean "create"? (known: create, read)',
      "x.zzz is no known name (known: create, read)",
    ]);
    assert.deepEqual(issueProblems(["x"], {}, issue(["y"]), ["create"]).map(problemLine), [
      "x.y.creat is no known name",
      "x.y.zzz is no known name",
    ]);
  });
});
