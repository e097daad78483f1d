import { strict as assert } from "node:assert";
import { UNKNOWN } from "../../provider/settings/json";
import { policyLabel, secretsOf } from "../../provider/settings/label";
import { show, showPair } from "../../provider/settings/show";
import { payloadLines } from "../differences";

const A = "office16;L_A";
const B = "office16;L_B";
const none = () => false;

describe("the changes of a payload", () => {
  const table: [what: string, before: unknown, after: unknown, lines: string[]][] = [
    ["nothing", { [A]: "1" }, { [A]: "1" }, []],
    ["nothing where there is none", undefined, undefined, []],
    ["what is not known yet", { [A]: "1" }, UNKNOWN, ["(known after apply)"]],
    ["that it is given, without settings", undefined, {}, ["(given, without settings)"]],
    ["that it is not given any more", {}, undefined, ["(no longer given)"]],
    ["a new setting", { [A]: "1" }, { [A]: "1", [B]: "2" }, [`+ ${B} "2"`]],
    [
      "all of a new payload, sorted",
      undefined,
      { [B]: "2", [A]: "1" },
      [`+ ${A} "1"`, `+ ${B} "2"`],
    ],
    ["a setting that goes", { [A]: "1" }, {}, [`- ${A} "1"`]],
    ["another value", { [A]: "1" }, { [A]: "2" }, [`${A} "1" => "2"`]],
    [
      "another attribute, by its name",
      { [A]: { value: "1", app: "x" } },
      { [A]: { value: "1", app: "y", type: "t" } },
      [`${A} app "x" => "y", type (none) => "t"`],
    ],
    [
      "the value first, then the others",
      { [A]: { app: "x", value: "1" } },
      { [A]: { app: "y", value: "2" } },
      [`${A} "1" => "2", app "x" => "y"`],
    ],
    [
      "a value that comes",
      { [A]: { app: "x" } },
      { [A]: { app: "x", value: "1" } },
      [`${A} (none) => "1"`],
    ],
    ["a whole JSON value", { $json: [1] }, { $json: [2] }, ["[1] => [2]"]],
    ["a new JSON value", undefined, { $json: [1] }, ["[1]"]],
    ["a new text", {}, { $text: "t" }, ['"t"']],
    ["new bytes", {}, { $base64: "YQ==" }, ['"YQ=="']],
    ["settings in the place of a text", { $text: "t" }, { [A]: "1" }, [`"t" => {"${A}":"1"}`]],
    ["a text in the place of settings", { [A]: "1" }, { $text: "t" }, [`{"${A}":"1"} => "t"`]],
    ["no settings in the place of a text", { $text: "t" }, undefined, ['"t" => {}']],
    ["null as a whole value", { $text: "t" }, { $json: null }, ['"t" => (none)']],
    ["what is no payload at all", { $text: "t" }, 7, ['"t" => 7']],
    [
      "a value that is known in part",
      { [A]: "1" },
      { [A]: { value: { a: UNKNOWN } } },
      [`${A} "1" => {"a":"?"} (? known after apply)`],
    ],
    [
      "a value that is not known",
      { [A]: "1" },
      { [A]: UNKNOWN },
      [`${A} "1" => (known after apply)`],
    ],
  ];
  for (const [what, before, after, lines] of table) {
    it(`say ${what}`, () => {
      assert.deepEqual(payloadLines(before, after, none), lines);
    });
  }

  it("hide the values of what is secret, setting by setting or whole", () => {
    const isSecret = (key: string) => key === A || key === "";
    assert.deepEqual(payloadLines({ [A]: "1", [B]: "1" }, { [A]: "2", [B]: "2" }, isSecret), [
      `${A} [secret] => [secret] (changed)`,
      `${B} "1" => "2"`,
    ]);
    assert.deepEqual(payloadLines({}, { [A]: "1" }, isSecret), [`+ ${A} [secret]`]);
    assert.deepEqual(payloadLines({ [A]: "1" }, {}, isSecret), [`- ${A} [secret]`]);
    assert.deepEqual(payloadLines({}, { $text: "t" }, isSecret), ["[secret]"]);
    assert.deepEqual(payloadLines({ $text: "t" }, { $text: "u" }, isSecret), [
      "[secret] => [secret] (changed)",
    ]);
    assert.deepEqual(
      payloadLines({}, { $text: "t" }, (key) => key !== ""),
      ['"t"'],
    );
    assert.deepEqual(
      payloadLines({ $text: "t" }, { $text: "u" }, (key) => key !== ""),
      ['"t" => "u"'],
    );
  });
});

describe("a value on one line", () => {
  it("is its JSON, with what a terminal might obey escaped", () => {
    assert.equal(show("a\u001b[2J\u202e"), '"a\\u001b[2J\\u202e"');
    assert.equal(show({ a: 1 }), '{"a":1}');
    assert.equal(show(undefined), "(none)");
    assert.equal(show(undefined, true), "(none)");
    assert.equal(
      show(() => {}),
      "",
    );
    assert.equal(show("a", true), "[secret]");
    assert.equal(show("a"), '"a"');
  });

  it("is cut after 120 characters", () => {
    const fits = "x".repeat(118);
    assert.equal(show(fits), `"${fits}"`);
    assert.equal(show(`${fits}y`), `"${fits}y…`);
  });

  it("is shown beside the other in full where both are short", () => {
    assert.deepEqual(showPair("same a", "same b"), ['"same a"', '"same b"']);
    const fits = "x".repeat(118);
    assert.deepEqual(showPair(fits, "x"), [`"${fits}"`, '"x"']);
    assert.deepEqual(showPair("a", "b", true), ["[secret]", "[secret] (changed)"]);
    assert.deepEqual(showPair(undefined, "b", true), ["(none)", "[secret]"]);
  });

  it("is shown from twenty characters before the place where a long one differs", () => {
    const same = "s".repeat(100);
    const [was, is] = showPair(`${same}a${same}`, `${same}b${same}`);
    assert.equal(was, `…${"s".repeat(20)}a${"s".repeat(99)}…`);
    assert.equal(is, `…${"s".repeat(20)}b${"s".repeat(99)}…`);
    const [short, long] = showPair("s".repeat(60), "s".repeat(150));
    assert.equal(short, `…${"s".repeat(20)}"`);
    assert.equal(long, `…${"s".repeat(110)}"`);
    const early = "e".repeat(130);
    assert.deepEqual(showPair(`a${early}`, `b${early}`), [
      `"a${"e".repeat(118)}…`,
      `"b${"e".repeat(118)}…`,
    ]);
    const known = { a: UNKNOWN, b: same };
    assert.match(show(known), /^\{"a":"\?","b":"s+" ?\}? ?\(\? known|…$/);
  });
});

describe("the name of a policy for messages", () => {
  const named = (displayName: unknown, more: object = {}) => ({ displayName, ...more });

  it("is the tenant's, or the program's where the tenant has none", () => {
    assert.equal(policyLabel(named("a\n")), "a\\n");
    assert.equal(policyLabel(named("a"), named("b")), "a");
    assert.equal(policyLabel({}, named("b")), "b");
    for (const other of [undefined, 7, null, UNKNOWN]) {
      assert.equal(policyLabel({}, named(other)), "(unnamed)");
    }
  });

  it("is not shown where it is secret", () => {
    const secret = named("a", { __secrets: ["displayName", "policies"] });
    assert.deepEqual(secretsOf(secret), ["displayName", "policies"]);
    assert.deepEqual([secretsOf({}), secretsOf({ __secrets: "x" })], [[], []]);
    assert.equal(policyLabel(secret), "[secret]");
    assert.equal(policyLabel(named("a"), secret), "[secret]");
    assert.equal(policyLabel(secret, named("b")), "a");
    assert.equal(policyLabel(named("a"), {}, new Set(["displayName"])), "[secret]");
    assert.equal(policyLabel(named("a"), {}, new Set(["policies"])), "a");
  });
});
