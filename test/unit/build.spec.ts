import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replaceFolder } from "../../scripts/replaceFolder";

describe("a folder that is replaced", () => {
  let root: string;
  let target: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "replaced-"));
    target = join(root, "dist");
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const fill =
    (text: string, meanwhile = (): void => undefined) =>
    (folder: string) => {
      mkdirSync(folder);
      writeFileSync(join(folder, `${text}.js`), text);
      meanwhile();
    };
  const held = () => readdirSync(target);

  it("holds the new files alone, and leaves nothing beside it", () => {
    for (const text of ["first", "second"]) {
      replaceFolder(target, fill(text));
      assert.deepEqual(held(), [`${text}.js`]);
      assert.deepEqual(readdirSync(root), ["dist"]);
    }
  });

  it("is whole while the new one is made, and stays where that fails", () => {
    replaceFolder(target, fill("old"));
    const failing = fill("new", () => {
      assert.deepEqual(held(), ["old.js"]);
      throw new Error("does not compile");
    });
    assert.throws(() => replaceFolder(target, failing), /does not compile/);
    assert.deepEqual(held(), ["old.js"]);
    assert.deepEqual(readdirSync(root), ["dist"]);
  });

  it("may be replaced by two at once: the one that ends last wins", () => {
    const outer = fill("outer", () => replaceFolder(target, fill("inner")));
    replaceFolder(target, outer);
    assert.deepEqual(held(), ["outer.js"]);
  });

  it("says why it cannot be made", () => {
    assert.throws(() => replaceFolder(join(root, "no", "dist"), fill("new")), { code: "ENOENT" });
    assert.throws(() => replaceFolder(target, () => undefined), { code: "ENOENT" });
  });
});

describe("package.json", () => {
  const { scripts } = JSON.parse(
    readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"),
  ) as { readonly scripts: Record<string, string> };

  it("has no script that npm would run, or warn of, where the package is installed", () => {
    for (const name of ["preinstall", "install", "postinstall", "prepublish", "prepare"]) {
      assert.ok(!(name in scripts), name);
    }
  });
});
