import { strict as assert } from "node:assert";
import { wideFile } from "../policyFiles";
import { entriesOfBytes, refusalOfBytes, sourceOfBytes } from "../readBytes";

/** Entries of blocks about one value, which is left out of them. */
const entries = (...actions: string[]): string[] => {
  const blocks = actions.map((action) => `User\nSoftware\\A\nB\n${action}\n`);
  return entriesOfBytes(blocks.join("\n")).map((line) => line.replace("user Software\\A|B ", ""));
};

describe("an LGPO text", () => {
  it("has values of users and of computers between comments", () => {
    const text =
      "; written by hand\n\ncomputer\nSoftware\\A\nB\nDWORD:1\n\n\nUser\nSoftware\\C\n(Default)\nSZ:x\n";
    const expected = ["machine Software\\A|B set REG_DWORD 1", "user Software\\C set REG_SZ x"];
    assert.deepEqual(entriesOfBytes(text), expected);
    assert.deepEqual(entriesOfBytes(wideFile(text)), expected);
    const { name, kind, notes } = sourceOfBytes(text, "a/office.txt");
    assert.deepEqual([name, kind, notes], ["office", "LGPO text", []]);
  });

  it("has every action", () => {
    assert.deepEqual(
      entries(
        "DWORD:0x10",
        "QWORD:18446744073709551615",
        "SZ:C:\\\\Temp\\r\\n:x",
        "EXSZ:%TEMP%",
        "MULTISZ:a\\0b\\\\0\\0",
        "BINARY:00,ff",
        "DELETE",
        "dword:2",
      ),
      [
        "set REG_DWORD 16",
        "set REG_QWORD 18446744073709551615",
        "set REG_SZ C:\\Temp\r\n:x",
        "set REG_EXPAND_SZ %TEMP%",
        'set REG_MULTI_SZ ["a","b\\\\0"]',
        "set REG_BINARY",
        "delete",
        "set REG_DWORD 2",
      ],
    );
    assert.deepEqual(
      entriesOfBytes("User\nA\\B\n*\nDELETEALLVALUES\n\nUser\nA\\B\nC;D\nDELETEKEYS"),
      ["user A\\B deleteValues", "user A\\B\\C deleteKey", "user A\\B\\D deleteKey"],
    );
  });

  it("names what cannot be read, and reads the rest", () => {
    assert.deepEqual(entries("CREATEKEY", "CLEAR", "DWORD:4294967296", "DWORD:-1", "WORD:1"), [
      "Software\\A\\B: it creates a key and sets nothing",
      "Software\\A\\B: it takes instructions about the key out of a local policy",
      "Software\\A\\B: its action cannot be read",
      "Software\\A\\B: its action cannot be read",
      "Software\\A\\B: its action cannot be read",
    ]);
    assert.deepEqual(
      entriesOfBytes(
        "User\nA\\B\nC\n\nUser\nA\\B\nC\nDWORD:1\nMachine\n;;; ---- Commented out because\n;;; x\nUser\nA",
      ),
      [
        "line 1: its entry has less than four lines",
        "line 2: it is neither Computer nor User",
        "line 3: it is neither Computer nor User",
        "user A\\B|C set REG_DWORD 1",
        "line 9: it is neither Computer nor User",
        "line 10: LGPO.exe could not write it as text",
        "line 12: its entry has less than four lines",
        "line 13: it is neither Computer nor User",
      ],
    );
  });

  it("names local groups that it is for", () => {
    const text =
      "User:Non-Administrators\nA\\B\nC\nDWORD:1\n\nUser:Non-Administrators\nA\\B\nD\nDWORD:1\n";
    assert.deepEqual(sourceOfBytes(text).conditions, [
      'local Group Policy of "Non-Administrators", which some of its settings are for',
    ]);
  });

  it("is no text that begins with a word of it", () => {
    assert.match(refusalOfBytes("User\nmanual\nof\nContoso"), /^it is text of another kind/);
  });
});
