import assert from "node:assert/strict";
import { diffCatalogues, diffText } from "../../cli/catalogue/diff";
import { screenWidth, table, wrap } from "../../cli/catalogue/screen";
import type { Catalogue, CatalogueSetting } from "../../provider/catalogue/catalogue";

const catalogueOf = (settings: Record<string, CatalogueSetting>): Catalogue => ({
  version: 1,
  sources: [],
  settings,
});

describe("the difference of two catalogues", () => {
  const base: CatalogueSetting = {
    name: "A",
    scope: "user",
    kind: "enum",
    values: { "1": "One", "2": "Two", "3": "Three" },
  };
  const before = catalogueOf({
    kept: { ...base, help: "old" },
    gone: base,
    renamed: base,
    changed: { ...base, max: 3 },
    both: base,
  });
  const after = catalogueOf({
    kept: { ...base, help: "new", category: "moved" },
    "added;L_B": { ...base, app: "Calc" },
    renamed: { ...base, name: "B" },
    changed: { ...base, values: { "1": "One", "2": "Second", "4": "Four" }, scope: "machine" },
    both: { ...base, name: "B", kind: "text" },
  });
  const diff = diffCatalogues(before, after);

  it("has what is new, gone and renamed, and which facts changed", () => {
    assert.deepEqual(diff, {
      new: [{ id: "added;L_B", name: "A (Calc)" }],
      gone: [{ id: "gone", name: "A" }],
      renamed: [
        { id: "both", from: "A", to: "B" },
        { id: "renamed", from: "A", to: "B" },
      ],
      changed: [
        { id: "both", name: "B", changes: { kind: { from: "enum", to: "text" } } },
        {
          id: "changed",
          name: "A",
          changes: {
            scope: { from: "user", to: "machine" },
            values: { from: base.values, to: { "1": "One", "2": "Second", "4": "Four" } },
            max: { from: 3, to: null },
          },
        },
      ],
    });
  });

  it("is a few lines of text, value by value", () => {
    assert.equal(
      diffText(diff, 80),
      `new (1):
  added;L_B
    A (Calc)

gone (1):
  gone
    A

renamed (2):
  both
    A => B
  renamed
    A => B

changed (2):
  both
    B
    kind: enum => text
  changed
    A
    scope: user => machine
    value "2": Two => Second
    value "3" is gone: Three
    value "4" is new: Four
    max: 3 => not stated`,
    );
    assert.equal(diffText(diffCatalogues(before, before), 80), "Nothing differs.");
    const unseen = diffCatalogues(catalogueOf({}), catalogueOf({ "a\u202e": base }));
    assert.equal(diffText(unseen, 80), "new (1):\n  a\\u202e\n    A");
  });
});

describe("text for a screen", () => {
  it("is as wide as the terminal, within what can be read", () => {
    assert.deepEqual(
      [undefined, 20, 100, 300].map((columns) => screenWidth(columns)),
      [80, 40, 100, 120],
    );
  });

  it("is wrapped between words, and ids stay whole", () => {
    assert.equal(wrap("one two three", { width: 9, first: "- " }), "- one two\n  three");
    const id = "x".repeat(30);
    assert.equal(wrap(`a ${id} b`, { width: 10, others: "> " }), `a\n> ${id}\n> b`);
    assert.equal(wrap("", { width: 10, first: "a: " }), "a:");
  });

  it("counts characters that fill two columns, and shows those that cannot be seen", () => {
    assert.equal(wrap("宏通 知设 置", { width: 9 }), "宏通 知设\n置");
    assert.equal(wrap("a\u001b[31mb", { width: 80 }), "a\\u001b[31mb");
  });

  it("is a table whose rows have values", () => {
    const rows = [
      ["a", ["one two", "three"]],
      ["none", []],
      ["long", ["x"]],
    ] as const;
    assert.equal(table(rows, { width: 12 }), "  a     one\n        two\n        three\n  long  x");
  });
});
