import { strict as assert } from "node:assert";
import { nearestName, nearNames } from "../../provider/text/nearestName";
import { isNestedTooDeep, MAX_NESTING } from "../../provider/text/nesting";

describe("known names near a misspelt one", () => {
  it("are given the nearest first, each once, three at most", () => {
    const known = ["priorityX2", "prioritie", "priority", "priority", "priorit", "other"];
    assert.deepEqual(nearNames("priority", known), ["priority", "priorit", "priorityX2"]);
    assert.deepEqual(nearNames("priority", known, 1), ["priority"]);
    assert.equal(nearestName("prioritx", known), "priority");
  });

  it("may differ in two characters, or in a third of a long name, and in case", () => {
    assert.equal(nearestName("ab", ["abcd"]), "abcd");
    assert.equal(nearestName("ab", ["abcde"]), undefined);
    assert.equal(nearestName("abcdefghi", ["abcdefXYZ"]), "abcdefXYZ");
    assert.equal(nearestName("abcdefghi", ["abcdeWXYZ"]), undefined);
    assert.equal(nearestName("DISPLAYNAME", ["displayName"]), "displayName");
  });

  it("are none of an empty list", () => {
    assert.equal(nearestName("a", []), undefined);
    assert.deepEqual(nearNames("a", []), []);
  });
});

describe("the nesting of a value", () => {
  const nested = (levels: number, inner: unknown = 1) => {
    let value = inner;
    for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { value };
    return value;
  };

  it("is too deep beyond two hundred levels", () => {
    assert.equal(MAX_NESTING, 200);
    assert.equal(isNestedTooDeep(nested(200)), false);
    assert.equal(isNestedTooDeep(nested(201)), true);
    assert.equal(isNestedTooDeep([1, nested(201)]), true);
  });

  it("has no levels where there is neither a list nor an object", () => {
    for (const value of [null, undefined, 1, "text"]) assert.equal(isNestedTooDeep(value), false);
    assert.equal(isNestedTooDeep(nested(200, null)), false);
  });
});
