import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSources, SourceReadError } from "../../cli/sources/read";

describe("readSources", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sources-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = (content: string | Uint8Array, ...place: string[]): string => {
    const path = join(folder, ...place);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  const refusal = (path: string): string => {
    try {
      readSources(path);
    } catch (error) {
      assert.ok(error instanceof SourceReadError);
      assert.equal(error.path, path);
      return error.message.slice(path.length + 2);
    }
    assert.fail("it was read");
  };
  const skippedOf = (path: string): Record<string, string> => {
    const skipped: Record<string, string> = {};
    try {
      readSources(path, {
        onSkipped: (each, reason) => {
          skipped[each.slice(path.length + 1)] = reason;
        },
      });
    } catch (error) {
      assert.ok(error instanceof SourceReadError);
    }
    return skipped;
  };

  it("says what a file is that no reader knows", () => {
    const bytes = Uint8Array.of(1, 2, 3, 0);
    assert.match(refusal(join(folder, "none")), /^it is not there$/);
    assert.match(refusal("/dev/null"), /^it is neither a file nor a folder$/);
    assert.match(refusal(file("", "a")), /^it is empty\. Can be read: /);
    assert.match(refusal(file(bytes, "b")), /^it is no text, and no registry\.pol\. Can/);
    assert.match(
      refusal(file("<!-- x --><a:b xmlns:a='c'>", "c")),
      /^it is XML of another kind: <b>\./,
    );
    assert.match(refusal(file("[1]", "d")), /^it is JSON of another kind\./);
    assert.match(refusal(file('{"a":', "e")), /^it is no JSON that can be read\./);
    assert.match(refusal(file("Dear all,\n", "f")), /^it is text of another kind\./);
    assert.match(refusal(folder), /^it holds no configuration\. Can be read: /);
  });

  it("says what to do with files that go with sources", () => {
    assert.match(
      refusal(file("PK\x03\x04", "a")),
      /^it is a ZIP archive, which must be unpacked first\. Can/,
    );
    assert.match(
      refusal(file("regf\0\0", "b")),
      /^it is a registry hive, whose keys must be exported/,
    );
    assert.match(
      refusal(file("<Backups/>", "c")),
      /^it lists backups of GPOs, whose folder must be named/,
    );
    assert.match(
      refusal(file("<BackupInst/>", "d")),
      /^it is a part of a GPO backup, whose folder must be/,
    );
    assert.match(refusal(file("<policyDefinitions/>", "e")), /^it is an administrative template,/);
    assert.match(
      refusal(file("<!DOCTYPE html><html>", "f")),
      /^it is HTML, and a GPO report must be XML/,
    );
    assert.match(refusal(file("<constructor/>", "g")), /^it is XML of another kind: <constructor>/);
  });

  it("tells what it leaves out of a folder, and follows no links inside", () => {
    file("Dear all,\n", "read.me");
    file("", "deep", "er", "empty.reg");
    symlinkSync("..", join(folder, "deep", "up"));
    assert.deepEqual(skippedOf(folder), {
      "read.me": "is text of another kind",
      "deep/er/empty.reg": "is empty",
      "deep/up": "is a symbolic link",
    });
  });

  it("does not go down for ever", () => {
    const deep = Array.from({ length: 14 }, (_, index) => `${index}`);
    file("", ...deep, "empty");
    assert.deepEqual(skippedOf(folder), {
      [deep.slice(0, 13).join("/")]: "is more than 12 folders inside each other",
    });
  });
});
