import { strict as assert } from "node:assert";
import fc from "fast-check";
import { storePayloadInput } from "../../provider/program/payloadInput";
import { payloadProblems } from "../../provider/settings/inputs/problems";
import { type PlainObject, propertyPath, sameJson, UNKNOWN } from "../../provider/settings/json";
import { settingsOf, storeJson, storeSettings } from "../../provider/settings/stored";
import {
  decodeBase64,
  payloadBytes,
  projectOnto,
  storePayloadBytes,
} from "../../provider/settings/wire";
import { payloadLines } from "../differences";

const open = () => false;

const settingId = fc.stringMatching(/^[a-z]{1,6}16;L_[A-Za-z]{1,8}$/);
const setting = fc.record(
  {
    settingId,
    value: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())),
    type: fc.constant("REG_DWORD"),
    platform: fc.constantFrom("Win32", "Web"),
  },
  { requiredKeys: ["settingId", "value"], noNullPrototype: true },
);
const settings = fc.uniqueArray(setting, {
  selector: (item) => `${item.settingId}@${item.platform ?? ""}`,
});

describe("stored payload", () => {
  it("keeps a setting that is only a value as that value", () => {
    assert.deepEqual(storeSettings([{ settingId: "office16;L_A", value: "1" }]), {
      "office16;L_A": "1",
    });
  });

  it("keeps what else a setting says beside its value", () => {
    const stored = storeSettings([{ settingId: "office16;L_A", value: "1", type: "REG_DWORD" }]);
    assert.deepEqual(stored, { "office16;L_A": { value: "1", type: "REG_DWORD" } });
  });

  it("keeps one setting of two platforms twice", () => {
    const list = [
      { settingId: "office16;L_A", value: "1", platform: "Win32" },
      { settingId: "office16;L_A", value: "0", platform: "Web" },
    ];
    assert.deepEqual(settingsOf(storeSettings(list) ?? {}), [list[1], list[0]]);
  });

  it("leaves a list in which a setting stands twice to validation", () => {
    const twice = { settingId: "office16;L_A", value: "1" };
    assert.equal(storeSettings([twice, twice]), undefined);
  });

  it("gives back every list of settings, whatever its order", () => {
    fc.assert(
      fc.property(settings, (list) => {
        const stored = storeSettings(list);
        assert.ok(stored);
        const back = settingsOf(stored);
        assert.equal(back.length, list.length);
        for (const item of list) assert.ok(back.some((other) => sameJson(other, item)));
        assert.deepEqual(storeSettings([...list].reverse()), stored);
      }),
    );
  });
});

describe("payload on the wire", () => {
  it("is a JSON array of settings with camelCase keys, canonical", () => {
    const stored = storeSettings([
      { settingId: "b16;L_B", value: "1" },
      { value: "2", type: "REG_DWORD", settingId: "a16;L_A", valueName: "a" },
    ]);
    assert.equal(
      payloadBytes(stored ?? {}).toString("utf8"),
      '[{"settingId":"a16;L_A","type":"REG_DWORD","value":"2","valueName":"a"},{"settingId":"b16;L_B","value":"1"}]',
    );
  });

  it("comes back as it was stored", () => {
    fc.assert(
      fc.property(fc.oneof(settings, fc.jsonValue()), (payload) => {
        // -0 has no word of its own in JSON.
        const stored = storeJson(JSON.parse(JSON.stringify(payload)));
        fc.pre(!Array.isArray(stored));
        assert.ok(sameJson(storePayloadBytes(payloadBytes(stored as PlainObject)), stored));
      }),
    );
  });

  for (const [what, bytes] of [
    ["text that is no JSON", Buffer.from("not { json", "utf8")],
    ["bytes that are no UTF-8", Buffer.from([0xff, 0xfe, 0x80])],
  ] as const) {
    it(`keeps ${what} byte by byte`, () => {
      assert.deepEqual(payloadBytes(storePayloadBytes(bytes)), bytes);
    });
  }

  it("reads both base64 alphabets, padded or not", () => {
    const bytes = Buffer.from([251, 255, 190, 250]);
    for (const text of ["+/+++g==", "-_---g==", "+/+++g", "-_---g"]) {
      assert.deepEqual(decodeBase64(text), bytes);
    }
  });

  it("says that other text is no base64", () => {
    for (const text of ["<Unknown Primitive Type Edm.Stream>", "a", "ab=c"]) {
      assert.equal(decodeBase64(text), undefined);
    }
  });

  it("takes keys that a service added to a known setting for no drift", () => {
    const known = { "a;L_A": "1", "b;L_B": { value: "1", type: "REG_DWORD" } };
    const found = {
      "a;L_A": { value: "2", name: "A" },
      "b;L_B": { value: "1", type: "REG_SZ", name: "B" },
      "c;L_C": { value: "3", name: "C" },
    };
    assert.deepEqual(projectOnto(known, found), {
      "a;L_A": "2",
      "b;L_B": { value: "1", type: "REG_SZ" },
      "c;L_C": { value: "3", name: "C" },
    });
  });
});

describe("a setting named as what every object inherits", () => {
  const stored = { constructor: "1", toString: { value: "2" } };

  it("is no setting that the program knows already", () => {
    assert.deepEqual(projectOnto({ "office16;L_A": "1" }, stored), stored);
    assert.deepEqual(projectOnto({ "office16;L_A": {} }, { "office16;L_A": stored }), {
      "office16;L_A": {},
    });
  });

  it("is told like any other", () => {
    assert.deepEqual(payloadLines({}, stored, open), ['+ constructor "1"', '+ toString "2"']);
    assert.deepEqual(payloadLines(stored, {}, open), ['- constructor "1"', '- toString "2"']);
  });
});

describe("payload changes", () => {
  it("are none where nothing differs, whatever the order", () => {
    assert.deepEqual(payloadLines({ a: "1", b: "2" }, { b: "2", a: "1" }, open), []);
  });

  it("say that a payload without settings is given, or is not any more", () => {
    assert.deepEqual(payloadLines(undefined, {}, open), ["(given, without settings)"]);
    assert.deepEqual(payloadLines({}, undefined, open), ["(no longer given)"]);
  });

  it("name each setting that is changed, added or removed", () => {
    const lines = payloadLines({ a: "1", b: "2", c: "3" }, { a: "1", b: "4", d: "5" }, open);
    assert.deepEqual(lines, ['b "2" => "4"', '- c "3"', '+ d "5"']);
  });

  it("name the key of a setting that changes beside its value", () => {
    const before = { a: { value: "1", type: "REG_SZ" } };
    const after = { a: { value: "2", type: "REG_DWORD" } };
    assert.deepEqual(payloadLines(before, after, open), [
      'a "1" => "2", type "REG_SZ" => "REG_DWORD"',
    ]);
  });

  it("mask the settings that are secret, and only them", () => {
    const lines = payloadLines({ a: "x", b: "1" }, { a: "hunter2", b: "2" }, (key) => key === "a");
    assert.deepEqual(lines, ["a [secret] => [secret] (changed)", 'b "1" => "2"']);
  });

  it("say what is known after apply", () => {
    assert.deepEqual(payloadLines({ a: "1" }, { a: UNKNOWN }, open), [
      'a "1" => (known after apply)',
    ]);
    assert.deepEqual(payloadLines({ a: "1" }, UNKNOWN, open), ["(known after apply)"]);
  });

  it("show two long values from where they differ", () => {
    const long = "x".repeat(500);
    const [line] = payloadLines({ a: `${long}1` }, { a: `${long}2` }, open);
    assert.equal(line, `a …${"x".repeat(20)}1" => …${"x".repeat(20)}2"`);
  });

  it("let no character steer the terminal", () => {
    const [line = ""] = payloadLines({}, { a: "\u001b[2J\n\u009b1m\u202e" }, open);
    assert.equal(line, '+ a "\\u001b[2J\\n\\u009b1m\\u202e"');
  });

  it("are one line each, for any two payloads", () => {
    fc.assert(
      fc.property(
        fc.dictionary(settingId, fc.string(), { noNullPrototype: true }),
        fc.dictionary(settingId, fc.string(), { noNullPrototype: true }),
        (a, b) => {
          const lines = payloadLines(a, b, open);
          assert.equal(lines.length === 0, sameJson(a, b));
          assert.ok(lines.every((line) => !line.includes("\n")));
        },
      ),
    );
  });
});

describe("payload problems", () => {
  const paths = (payload: unknown) =>
    payloadProblems("policies", payload).map(({ path }) => propertyPath(path));
  const reasons = (payload: unknown) =>
    payloadProblems("policies", payload).map(({ reason }) => reason);

  it("are none for settings, for any JSON, and for what is not known yet", () => {
    for (const payload of [
      { "a;L_A": "1" },
      { $json: { x: [1] } },
      UNKNOWN,
      { "a;L_A": UNKNOWN },
      {},
    ]) {
      assert.deepEqual(payloadProblems("policies", payload), []);
    }
  });

  it("name a misspelt key and the one it was meant to be", () => {
    const payload = { "a;L_A": { value: "1", valuename: "x" } };
    assert.deepEqual(paths(payload), ['policies["a;L_A"].valuename']);
    assert.match(reasons(payload)[0] ?? "", /did you mean "valueName"\?/);
  });

  it("name an object with a key that Pulumi would lose on the way", () => {
    const payload = storePayloadInput(JSON.parse('{"any":[{"__proto__":1}]}'));
    assert.match(
      reasons(payload)[0] ?? "",
      /is an object with the key __proto__, which Pulumi loses/,
    );
  });

  it("let keys through that look like none that is known, as services add them", () => {
    assert.deepEqual(paths({ "a;L_A": { value: "1", tenantNote: "x", auditedBy: { id: 1 } } }), []);
  });

  it("name a setting that stands twice by both places", () => {
    const twice = { settingId: "a;L_A", value: "1" };
    assert.deepEqual(paths([twice, twice]), ["policies[1].settingId"]);
    assert.match(reasons([twice, twice])[0] ?? "", /after policies\[0\]/);
  });

  it("name all problems of a list at once", () => {
    assert.deepEqual(paths([{ settingId: "", value: "1" }, { settingId: "b;L_B" }, "x"]), [
      "policies[0].settingId",
      "policies[1].value",
      "policies[2]",
    ]);
  });

  it("name text that is no JSON by the place, and do not quote it", () => {
    const [reason = ""] = reasons('{"password": "hunter2"');
    assert.match(reason, /is no JSON text: it goes wrong at position 22/);
    assert.doesNotMatch(reason, /hunter2/);
  });
});
