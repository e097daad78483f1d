import { strict as assert } from "node:assert";
import { wideFile } from "../policyFiles";
import { entriesOfBytes, entryText, refusalOfBytes, sourceOfBytes } from "../readBytes";

const HEADER = "Windows Registry Editor Version 5.00\n\n";
const KEY = "[HKEY_CURRENT_USER\\Software\\Contoso]\n";

/** Entries of an export with one key, which is left out of them. */
const entries = (text: string): string[] => {
  return entriesOfBytes(wideFile(`${HEADER}${KEY}${text}`)).map((line) =>
    line.replace("user Software\\Contoso|", ""),
  );
};

describe("a registry export", () => {
  it("has values of every type", () => {
    assert.deepEqual(
      entries(
        [
          '"Text"="A \\"b\\" C:\\\\D; [e] = ü"',
          '@="default"',
          '"Level"=dword:0000000A',
          '"Long"=hex(b):ff,ff,ff,ff,ff,ff,ff,7f',
          '"Path"=hex(2):25,00,54,00,25,00,00,00',
          '"Many"=hex(7):61,00,00,00,62,00,\\',
          "  00,00,00,00",
          '"Bytes"=hex:01,02,\\',
          "  03",
          '"Empty"=hex:',
          '"None"=hex(0):',
          '"Turned"=hex(5):00,00,00,01',
        ].join("\n"),
      ),
      [
        'Text set REG_SZ A "b" C:\\D; [e] = ü',
        "user Software\\Contoso set REG_SZ default",
        "Level set REG_DWORD 10",
        "Long set REG_QWORD 9223372036854775807",
        "Path set REG_EXPAND_SZ %T%",
        'Many set REG_MULTI_SZ ["a","b"]',
        "Bytes set REG_BINARY",
        "Empty set REG_BINARY",
        "None set REG_NONE",
        "Turned set REG_DWORD 1",
      ],
    );
  });

  it("has deletions of values and of keys", () => {
    assert.deepEqual(
      entries(
        '"A"=-\n@=-\n[-HKEY_CURRENT_USER\\Software\\Fabrikam]\n"B"=dword:1\n[HKCU\\C]\n"D"=-',
      ),
      [
        "A delete",
        "user Software\\Contoso delete",
        "user Software\\Fabrikam deleteKey",
        "HKEY_CURRENT_USER\\Software\\Fabrikam\\B: its key is deleted",
        "user C|D delete",
      ],
    );
  });

  it("takes users by their SID, computers, and nobody else", () => {
    const hives = (...keys: string[]) => {
      return entriesOfBytes(
        wideFile(HEADER + keys.map((key) => `[${key}]\n"A"=dword:1\n`).join("")),
      );
    };
    const sid = "S-1-5-21-1-2-3-1001";
    assert.deepEqual(
      hives(
        "HKEY_LOCAL_MACHINE\\Software\\B",
        "hklm\\Software\\B",
        `HKEY_USERS\\${sid}\\Software\\B`,
        "HKEY_USERS\\Loaded\\Software\\B",
        "HKEY_USERS\\.DEFAULT\\Software\\B",
        `HKEY_USERS\\${sid}_Classes\\B`,
        "HKEY_USERS\\Software\\B",
        "HKEY_CLASSES_ROOT\\B",
      ),
      [
        "machine Software\\B|A set REG_DWORD 1",
        "machine Software\\B|A set REG_DWORD 1",
        "user Software\\B|A set REG_DWORD 1",
        "user Software\\B|A set REG_DWORD 1",
        "HKEY_USERS\\.DEFAULT\\Software\\B\\A: .DEFAULT is the profile of no person",
        `HKEY_USERS\\${sid}_Classes\\B\\A: it lies below HKEY_USERS and outside of any user's settings`,
        "HKEY_USERS\\Software\\B\\A: it lies below HKEY_USERS and outside of any user's settings",
        "HKEY_CLASSES_ROOT\\B\\A: HKEY_CLASSES_ROOT is neither a user's nor the computer's part of the registry",
      ],
    );
  });

  it("says that it has keys of several users", () => {
    const keys = ["a\\Software", "A\\Software", "b\\Software"].map(
      (key) => `[HKEY_USERS\\${key}]\n`,
    );
    const { notes } = sourceOfBytes(wideFile(HEADER + keys.join("")));
    assert.deepEqual(notes, [
      "It has keys of 2 users below HKEY_USERS, which are read as those of one",
    ]);
  });

  it("may have comments, spaces, brackets in keys and texts over lines", () => {
    const text =
      '; comment\n\n  "A" = "b" ; why\n"B"=dword:1;why\n"C"="x\ny"\n[HKCU\\a]b] ; c\n"D"=dword:2\n';
    assert.deepEqual(entries(text), [
      "A set REG_SZ b",
      "B set REG_DWORD 1",
      "C set REG_SZ x\r\ny",
      "user a]b|D set REG_DWORD 2",
    ]);
  });

  it("names lines that cannot be read, and reads the others", () => {
    const key = "HKEY_CURRENT_USER\\Software\\Contoso";
    assert.deepEqual(
      entries(
        [
          "what",
          '"A" dword:1',
          '"B"="C:\\Temp"',
          '"C"="a" b',
          '"D"=dword:1g',
          '"E"=hex:1,zz',
          '"F"=hex(b):00',
          '"G"=1',
          "[HKCU\\open",
          '"H"=dword:00000002',
          '"I"="no end',
        ].join("\n"),
      ),
      [
        "line 4: it is neither a key nor a value",
        "line 5: its name is not followed by =",
        "line 6: it has a single backslash, which Registry Editor writes as two",
        "line 7: something follows its text",
        `${key}\\D: its data is in no form that is known`,
        `${key}\\E: its data is no list of bytes`,
        `${key}\\F: its REG_QWORD has 1 byte`,
        `${key}\\G: its data is in no form that is known`,
        "line 12: its key does not end in a bracket",
        "H set REG_DWORD 2",
        "line 14: its text has no end",
      ],
    );
    assert.deepEqual(entriesOfBytes(`${HEADER}"A"=dword:1`), ["\\A: it has no key above it"]);
  });

  it("may lack its first line, and says so", () => {
    const { entries, notes } = sourceOfBytes('; Office\n\n[HKEY_CURRENT_USER\\A]\n"B"=dword:1\n');
    assert.deepEqual(entries.map(entryText), ["user A|B set REG_DWORD 1"]);
    assert.deepEqual(notes, [
      "It lacks the first line of a registry export, so Registry Editor would not read it",
    ]);
    assert.deepEqual(entriesOfBytes("[-HKLM\\A]"), ["machine A deleteKey"]);
    assert.match(refusalOfBytes("[HKEY]\n"), /^it is no JSON that can be read\./);
  });

  it("does not take long to be refused or read", () => {
    assert.match(refusalOfBytes(`${"\n".repeat(900)}x`), /^it is text of another kind/);
    const large = `"A"=hex(1):${"00,".repeat(1_100_000)}`;
    assert.match(entries(large).join(), /: its data is too large to be a setting$/);
    const nuls = `"A"=hex(1):${"00,00,".repeat(100_000)}61,00`;
    assert.match(entries(nuls).join(), /: its text goes on after its end$/);
  });

  it("of the older version is in the code page of Windows, and says so", () => {
    const bytes = Buffer.from(
      'REGEDIT4\r\n[HKEY_CURRENT_USER\\A]\r\n"B"="caf\xe9"\r\n"C"=hex(2):e9,00\r\n"D"=hex(7):61,00,62,00,00\r\n',
      "latin1",
    );
    const { name, kind, notes } = sourceOfBytes(bytes, "a/Old Office.reg");
    assert.deepEqual(entriesOfBytes(bytes), [
      "user A|B set REG_SZ café",
      "user A|C set REG_EXPAND_SZ é",
      'user A|D set REG_MULTI_SZ ["a","b"]',
    ]);
    assert.deepEqual([name, kind], ["Old Office", "registry export"]);
    assert.deepEqual(notes, [
      "It is no Unicode: letters outside of ASCII are read as Windows-1252",
    ]);
    assert.deepEqual(sourceOfBytes("REGEDIT4\n[HKCU\\A]\n").notes, []);
  });
});
