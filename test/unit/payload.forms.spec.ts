import { strict as assert } from "node:assert";
import {
  forEngine,
  holdsUnknown,
  isPlainObject,
  sameJson,
  UNKNOWN,
} from "../../provider/settings/json";
import {
  isMeantAsSettings,
  isSettingsMap,
  isStoredForm,
  programForm,
  settingKey,
  settingOf,
  storeJson,
  storeSettings,
} from "../../provider/settings/stored";
import {
  decodeBase64,
  payloadBytes,
  projectOnto,
  storePayloadBytes,
} from "../../provider/settings/wire";

describe("the forms of values", () => {
  it("are the same whether or not they have travelled through the engine", () => {
    assert.equal(sameJson({ a: 1, b: [2] }, { b: [2], a: 1 }), true);
    assert.equal(sameJson([1, 2], [2, 1]), false);
    assert.equal(sameJson({ a: [-0] }, { a: [0] }), true);
    assert.equal(sameJson(["x\ud800"], ["x\ufffd"]), true);
    assert.equal(sameJson({ "x\ud800": "y" }, { "x\ufffd": "y" }), true);
    assert.equal(sameJson("a", "b"), false);
    assert.equal(sameJson({ a: null }, { a: 0 }), false);
  });

  it("are objects only where they are plain", () => {
    for (const plain of [{}, Object.create(null), { a: 1 }])
      assert.equal(isPlainObject(plain), true);
    for (const other of [null, [], new Date(), new Map(), "a", 1, undefined]) {
      assert.equal(isPlainObject(other), false);
    }
  });

  it("hold what is unknown at any depth, and be it one of many", () => {
    for (const value of [UNKNOWN, [1, UNKNOWN], { a: 1, b: UNKNOWN }, { a: [{ b: UNKNOWN }] }]) {
      assert.equal(holdsUnknown(value), true);
    }
    for (const value of ["a", 1, null, [], {}, [1], { a: ["b"] }, `${UNKNOWN}.`]) {
      assert.equal(holdsUnknown(value), false);
    }
  });

  it("are given to the engine without what it refuses", () => {
    const given = { a: undefined, b: ["x\ud800", { c: undefined, "d\udc00": "e" }], f: 1, g: null };
    assert.deepEqual(forEngine(given), { b: ["x\ufffd", { "d\ufffd": "e" }], f: 1, g: null });
    assert.equal(forEngine("\ud800"), "\ufffd");
    assert.equal(forEngine(undefined), undefined);
  });
});

describe("the stored forms of a payload", () => {
  it("are told from settings by their one key", () => {
    for (const form of [{ $json: 1 }, { $json: undefined }, { $text: "a" }, { $base64: "YQ==" }]) {
      assert.equal(isStoredForm(form), true);
    }
    for (const other of [{}, { $json: 1, a: 2 }, { $text: 1 }, { $base64: 1 }, { a: "b" }]) {
      assert.equal(isStoredForm(other), false);
    }
  });

  it("are settings by their ids where one key is an id", () => {
    for (const map of [{}, { "office16;L_A": "1" }, { name: "x", "office16;L_A": "1" }]) {
      assert.equal(isSettingsMap(map), true);
    }
    for (const other of [{ name: "x" }, { "a; b": 1 }, { "a b;c": 1 }, { ";a": 1 }]) {
      assert.equal(isSettingsMap(other), false);
    }
  });

  it("are meant as settings where all are objects, and one looks like a setting", () => {
    for (const key of [
      "value",
      "settingId",
      "SettingID",
      "setting-id",
      "setting_id",
      "Setting Id",
    ]) {
      assert.equal(isMeantAsSettings([{ other: 1 }, { [key]: "a" }]), true, key);
    }
    assert.equal(isMeantAsSettings([]), true);
    for (const items of [[{ other: 1 }], [{}], [{ values: 1 }], ["value"], [{ value: 1 }, "a"]]) {
      assert.equal(isMeantAsSettings(items), false);
    }
  });

  it("have a key of the id, and of the platform where there is one", () => {
    assert.equal(settingKey({ settingId: "a;b" }), "a;b");
    assert.equal(settingKey({ settingId: "a;b", platform: null }), "a;b");
    assert.equal(settingKey({ settingId: "a;b", platform: "mac" }), "a;b@mac");
    for (const none of [{}, { settingId: "" }, { settingId: 1 }, { settingId: "a", platform: 1 }]) {
      assert.equal(settingKey(none), undefined);
    }
  });

  it("keep a value alone, and what says more as it is", () => {
    assert.deepEqual(storeSettings([{ settingId: "a;b", value: "1" }]), { "a;b": "1" });
    const nested = { settingId: "a;b", value: { c: 1 } };
    assert.deepEqual(storeSettings([nested]), { "a;b": { value: { c: 1 } } });
    assert.deepEqual(storeSettings([{ settingId: "a;b", value: [1] }]), { "a;b": { value: [1] } });
    assert.deepEqual(storeSettings([{ settingId: "a;b", other: "1" }]), { "a;b": { other: "1" } });
    assert.equal(storeSettings([{ settingId: "a" }, { settingId: "a" }]), undefined);
    assert.equal(storeSettings([{ value: "1" }, { value: "2" }]), undefined);
    assert.equal(storeSettings([{ value: "1" }]), undefined);
    assert.equal(storeSettings(["a"]), undefined);
  });

  it("give the settings back that they were made of", () => {
    assert.deepEqual(settingOf("a;b", "1"), { settingId: "a;b", value: "1" });
    assert.deepEqual(settingOf("a;b", { value: [1] }), { settingId: "a;b", value: [1] });
    const platform = { platform: "mac", value: "1" };
    assert.deepEqual(settingOf("a;b@mac", platform), { settingId: "a;b", ...platform });
    assert.deepEqual(settingOf("a;b", platform), { settingId: "a;b", ...platform });
    const other = { platform: 1, value: "1" };
    assert.deepEqual(settingOf("a;b@1", other), { settingId: "a;b@1", ...other });
    const undefinedSuffix = { value: { c: 1 } };
    assert.deepEqual(settingOf("a@undefined", undefinedSuffix), {
      settingId: "a@undefined",
      ...undefinedSuffix,
    });
  });

  it("are written in a program as what stores the same again", () => {
    assert.deepEqual(programForm({ "a;b": "1" }), [{ settingId: "a;b", value: "1" }]);
    assert.deepEqual(programForm({ $json: { name: "x" } }), { name: "x" });
    for (const kept of [
      { $json: {} },
      { $json: { "a;b": 1 } },
      { $json: { $text: "a" } },
      { $json: 1 },
    ]) {
      assert.deepEqual(programForm(kept), kept);
    }
    assert.deepEqual(programForm({ $text: "a" }), { $text: "a" });
    assert.deepEqual(storeJson([]), {});
    assert.deepEqual(storeJson([1]), { $json: [1] });
    assert.deepEqual(storeJson([{ value: "1" }]), [{ value: "1" }]);
    assert.deepEqual(storeJson(null), { $json: null });
  });
});

describe("the bytes of a payload", () => {
  const bytes = (text: string) => Buffer.from(text, "utf8");

  it("are those of each stored form, and come back as it", () => {
    for (const [stored, text] of [
      [{ "a;b": "1" }, '[{"settingId":"a;b","value":"1"}]'],
      [{ $json: { b: 1, a: 2 } }, '{"a":2,"b":1}'],
      [{ $text: "no JSON ü" }, "no JSON ü"],
    ] as const) {
      assert.equal(payloadBytes(stored).toString("utf8"), text);
      assert.deepEqual(storePayloadBytes(bytes(text)), stored);
    }
    assert.deepEqual(payloadBytes({ $base64: "//4=" }), Buffer.from([0xff, 0xfe]));
    assert.deepEqual(storePayloadBytes(Buffer.from([0xff, 0xfe])), { $base64: "//4=" });
    for (const empty of ["", " ", "\n\t "]) assert.deepEqual(storePayloadBytes(bytes(empty)), {});
    const twice = '[{"settingId":"a","value":1},{"settingId":"a","value":2}]';
    assert.deepEqual(storePayloadBytes(bytes(twice)), { $json: JSON.parse(twice) as unknown });
  });

  it("are text where the JSON is nested deeper than anything can walk", () => {
    const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
    assert.deepEqual(storePayloadBytes(bytes(deep)), { $text: deep });
  });

  it("are read from either alphabet of base64, padded or not, with white space", () => {
    for (const text of ["+/8=", "-_8=", "-_8", " +\n/8 ", "+/8"]) {
      assert.deepEqual(decodeBase64(text), Buffer.from([0xfb, 0xff]), text);
    }
    for (const none of ["a", "ab!d", "ü", "ab=d"])
      assert.equal(decodeBase64(none), undefined, none);
    assert.deepEqual(decodeBase64(""), Buffer.alloc(0));
  });

  it("of the tenant are compared as far as the program speaks of them", () => {
    const found = { "a;b": { value: "1", name: "A" }, "c;d": { value: "2", name: "C" } };
    assert.deepEqual(projectOnto({ "a;b": "0" }, found), { "a;b": "1", "c;d": found["c;d"] });
    assert.deepEqual(projectOnto({ "a;b": { value: "0" } }, found), {
      "a;b": { value: "1" },
      "c;d": found["c;d"],
    });
    assert.deepEqual(projectOnto({ "a;b": { value: "0" } }, { "a;b": "1" }), {
      "a;b": { value: "1" },
    });
    assert.deepEqual(projectOnto({ "a;b": "0" }, { "a;b": "1" }), { "a;b": "1" });
    assert.deepEqual(projectOnto({ $json: 1 }, { "a;b": { name: "A" } }), { "a;b": { name: "A" } });
    assert.deepEqual(projectOnto({ "a;b": "0" }, { $json: { "a;b": { name: 1 } } }), {
      $json: { "a;b": { name: 1 } },
    });
    assert.deepEqual(projectOnto(undefined, { "a;b": { name: "A" } }), { "a;b": { name: "A" } });
  });
});
