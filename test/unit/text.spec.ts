import { strict as assert } from "node:assert";
import fc from "fast-check";
import { policyLines } from "../../provider/resources/clientConfiguration/differences";
import { sameJson } from "../../provider/settings/json";
import { policyLabel } from "../../provider/settings/label";
import { show, showPair } from "../../provider/settings/show";
import { cut, messageText, oneLine, slice } from "../../provider/text/messageText";

const FACE = "\u{1F600}";

/** Any UTF-16 at all, halves of pairs and what cannot be seen more often than chance has them. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\ud83d",
        "\ude00",
        FACE,
        "\0",
        "\u2028",
        "\u202e",
        "\u200f",
        "\u001b[2J",
        "\n",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

const UNSEEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

describe("text that others wrote", () => {
  it("is well-formed in a message, with lines and without what cannot be seen", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const message = messageText(text);
        assert.ok(message.isWellFormed());
        assert.doesNotMatch(message.replaceAll("\n", ""), UNSEEN);
        assert.doesNotThrow(() => encodeURI(message));
        assert.equal(messageText(message), message);
      }),
      { seed: 13 },
    );
  });

  it("is well-formed on one line, wherever it is cut", () => {
    fc.assert(
      fc.property(hostile, fc.nat(60), (text, length) => {
        const line = oneLine(text, length);
        assert.ok(line.isWellFormed());
        assert.doesNotMatch(line, UNSEEN);
        assert.ok(line.length <= length + 1);
      }),
      { seed: 13 },
    );
  });

  it("keeps its emoji, joined ones too", () => {
    const family = "\u{1F468}\u200d\u{1F469}\u200d\u{1F467}";
    assert.equal(messageText(family), family);
    assert.equal(oneLine(` a\t\n${family} `), `a ${family}`);
  });

  it("has its escapes in sight", () => {
    assert.equal(messageText("a\u202eb\u001b[2J\0"), "a\\u202eb\\u001b[2J\\u0000");
  });

  it("is cut before a character that does not fit as a whole", () => {
    assert.equal(cut(`ab${FACE}`, 3), "ab…");
    assert.equal(cut(`ab${FACE}`, 4), `ab${FACE}`);
    assert.equal(slice(`${FACE}${FACE}`, 1, 3), FACE);
  });

  it("is cut anywhere else where it is told", () => {
    assert.equal(slice("abc", 1, 2), "b");
    assert.equal(slice(`${FACE}a`, 2, 3), "a");
    assert.equal(slice(`a${FACE}`, 1, 3), FACE);
    assert.equal(slice("a\uffff\uffffb", 2, 4), "\uffffb");
    // Halves that make no character are two of their own.
    assert.equal(slice("a\ud83db", 2, 3), "b");
    assert.equal(slice("a\ude00\ud83db", 2, 3), "\ud83d");
    assert.equal(slice("\u{10000}\u{10ffff}", 1, 3), "\u{10000}");
    assert.equal(cut("abc", 0), "…");
  });

  it("does not make a message endless", () => {
    assert.ok(messageText("x".repeat(1_000_000)).length < 20_000);
    assert.ok(messageText(FACE.repeat(500_000)).isWellFormed());
  });

  it("names a policy whose name is cut in a character", () => {
    const displayName = `${"n".repeat(118)}${FACE}${"n".repeat(20)}`;
    assert.ok(policyLabel({}, { displayName }).isWellFormed());
    const [line = ""] = policyLines({ displayName }, { displayName: `${displayName}!` });
    assert.ok(line.isWellFormed());
  });

  it("is shown from where two values differ, never from the middle of a character", () => {
    fc.assert(
      fc.property(hostile, hostile, fc.integer({ min: 90, max: 140 }), (a, b, length) => {
        const [x, y] = showPair("n".repeat(length) + a, "n".repeat(length) + b);
        assert.ok(x.isWellFormed() && y.isWellFormed());
        assert.ok(show(FACE.repeat(length) + a).isWellFormed());
        const [p, q] = showPair(FACE.repeat(length), `${FACE.repeat(length - 50)}\u{1F601}${a}`);
        assert.ok(p.isWellFormed() && q.isWellFormed());
      }),
      { seed: 13 },
    );
  });

  it("is the same as what comes back from the engine in its place", () => {
    assert.ok(sameJson({ a: ["x\ud800"] }, { a: ["x\ufffd"] }));
    assert.ok(sameJson({ "k\udc00": 1 }, { "k\ufffd": 1 }));
    assert.ok(!sameJson("x\ud800", "x"));
  });
});
