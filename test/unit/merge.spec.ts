import { strict as assert } from "node:assert";
import fc from "fast-check";
import { mergePayload } from "../../provider/settings/merge";

describe("a payload that somebody else may have changed", () => {
  const merge = (base: object, theirs: object, ours: object) =>
    mergePayload({
      base,
      theirs: theirs as Record<string, unknown>,
      ours: ours as Record<string, unknown>,
    });

  it("is the program's where nobody has", () => {
    const { payload, changes } = merge({ a: "1", b: "1" }, { a: "1", b: "1" }, { a: "2", c: "1" });
    assert.deepEqual(payload, { a: "2", c: "1" });
    assert.deepEqual(changes, []);
  });

  it("keeps a setting that was added, and says so", () => {
    const { payload, changes } = merge({ a: "1" }, { a: "1", theirs: "9" }, { a: "2" });
    assert.deepEqual(payload, { a: "2", theirs: "9" });
    assert.deepEqual(changes, [{ key: "theirs", before: undefined, after: "9", isKept: true }]);
  });

  it("has the program's value where both have changed one, and says what the other was", () => {
    const { payload, changes } = merge({ a: "1", b: "1" }, { a: "3", b: "4" }, { a: "2", b: "1" });
    assert.deepEqual(payload, { a: "2", b: "1" });
    assert.deepEqual(changes, [
      { key: "a", before: "1", after: "3", isKept: false },
      { key: "b", before: "1", after: "4", isKept: false },
    ]);
  });

  it("says nothing where both have changed one to the same", () => {
    const { payload, changes } = merge({ a: "1" }, { a: "2" }, { a: "2" });
    assert.deepEqual(payload, { a: "2" });
    assert.deepEqual(changes, []);
  });

  it("gives back what somebody has removed and the program names", () => {
    const { payload, changes } = merge({ a: "1", b: "1" }, { b: "1" }, { a: "1", b: "2" });
    assert.deepEqual(payload, { a: "1", b: "2" });
    assert.deepEqual(changes, [{ key: "a", before: "1", after: undefined, isKept: false }]);
  });

  it("removes what the program no longer names, and says if it was changed", () => {
    const { payload, changes } = merge({ a: "1", b: "1" }, { a: "5", b: "1" }, { b: "1" });
    assert.deepEqual(payload, { b: "1" });
    assert.deepEqual(changes, [{ key: "a", before: "1", after: "5", isKept: false }]);
  });

  it("keeps the keys of a setting that only the service gives", () => {
    const theirs = { a: { value: "1", name: "A setting", docVersion: "1" }, b: "1" };
    const { payload, changes } = merge({ a: "1", b: "1" }, theirs, { a: "2", b: "1" });
    assert.deepEqual(payload, { a: { value: "2", name: "A setting", docVersion: "1" }, b: "1" });
    assert.deepEqual(changes, []);
  });

  it("drops a key of a setting that the program gave and gives no more", () => {
    const before = { a: { value: "1", type: "REG_DWORD" } };
    assert.deepEqual(merge(before, before, { a: "1" }).payload, { a: "1" });
  });

  it("is the program's where one of the three is no list of settings", () => {
    const { payload, changes } = merge({ $json: [1] }, { $json: [2] }, { $json: [3] });
    assert.deepEqual(payload, { $json: [3] });
    assert.deepEqual(changes, [
      { key: undefined, before: { $json: [1] }, after: { $json: [2] }, isKept: false },
    ]);
    assert.deepEqual(merge({ $json: [1] }, { $json: [1] }, { a: "1" }).changes, []);
  });

  it("is the program's where it spoke of none before", () => {
    const versions = { base: undefined, theirs: { a: "1" }, ours: { b: "1" } };
    assert.deepEqual(mergePayload(versions), { payload: { b: "1" }, changes: [] });
  });

  it("has every setting of the program, and each of theirs that neither state nor program knew", () => {
    // A setting may have the name of what every object inherits.
    const keys = ["a", "b", "constructor", "__proto__"];
    const settings = fc.dictionary(fc.constantFrom(...keys), fc.constantFrom("1", "2"));
    const own = (object: object, key: string): unknown =>
      Object.getOwnPropertyDescriptor(object, key)?.value;
    fc.assert(
      fc.property(settings, settings, settings, (base, theirs, ours) => {
        const { payload } = merge(base, theirs, ours);
        for (const key of keys) {
          const isTheirsAlone = own(ours, key) === undefined && own(base, key) === undefined;
          const expected = own(ours, key) ?? (isTheirsAlone ? own(theirs, key) : undefined);
          assert.equal(own(payload, key), expected);
        }
      }),
    );
  });
});
