import { strict as assert } from "node:assert";
import fc from "fast-check";
import { dwordBytes, type PolicyValue, registryPol, TYPE, utf16 } from "../policyFiles";
import { entriesOfBytes, refusalOfBytes, sourceOfBytes } from "../readBytes";

const KEY = "Software\\Policies\\Contoso\\Office";
const USER = "GPO/User/registry.pol";

const value = (name: string, type: number, data: Uint8Array, key = KEY): PolicyValue => {
  return { key, name, type, data };
};
const number = (name: string, data: number): PolicyValue =>
  value(name, TYPE.dword, dwordBytes(data));
const text = (name: string, data: string): PolicyValue =>
  value(name, TYPE.text, utf16(`${data}\0`));
const entries = (...values: PolicyValue[]): string[] => {
  return entriesOfBytes(registryPol(values), USER).map((line) => line.replaceAll(KEY, "K"));
};

describe("a registry.pol", () => {
  it("has the values that were written, of every type", () => {
    const quad = Buffer.from("ffffffffffffff7f", "hex");
    assert.deepEqual(
      entries(
        number("Level", 4294967295),
        value("Turned", TYPE.bigEndian, Buffer.from([0, 0, 1, 2])),
        value("Long", TYPE.qword, quad),
        text("Name", "A; [B] = “C”"),
        value("Path", TYPE.expandable, utf16("%TEMP%\\x\0")),
        value("Many", TYPE.list, utf16("one\0two\0\0")),
        value("None", TYPE.list, utf16("\0")),
        value("Bytes", TYPE.binary, Buffer.from([1, 2])),
        value("Strange", 99, Buffer.from([1])),
        value("", TYPE.text, utf16("default\0")),
      ),
      [
        "user K|Level set REG_DWORD 4294967295",
        "user K|Turned set REG_DWORD 258",
        "user K|Long set REG_QWORD 9223372036854775807",
        "user K|Name set REG_SZ A; [B] = “C”",
        "user K|Path set REG_EXPAND_SZ %TEMP%\\x",
        'user K|Many set REG_MULTI_SZ ["one","two"]',
        "user K|None set REG_MULTI_SZ []",
        "user K|Bytes set REG_BINARY",
        "user K|Strange set type 99",
        "user K set REG_SZ default",
      ],
    );
  });

  it("has instructions, whatever the case of their letters", () => {
    assert.deepEqual(
      entries(
        text("**del.Level", " "),
        text("**DEL.", " "),
        text("**delvals.", " "),
        text("**DelVals", " "),
        text("**DeleteValues", "A;B"),
        text("**DeleteKeys", "C;D\\E"),
        value("**soft.Level", TYPE.dword, dwordBytes(1)),
        text("**Comment:why", " "),
        value("**SecureKey", TYPE.dword, dwordBytes(1)),
        text("**New", " "),
        text("**DeleteKeys", ";"),
        value("", TYPE.none, Buffer.alloc(0)),
      ),
      [
        "user K|Level delete",
        "user K delete",
        "user K deleteValues",
        "user K deleteValues",
        "user K|A delete",
        "user K|B delete",
        "user K\\C deleteKey",
        "user K\\D\\E deleteKey",
        "user K|Level setIfMissing REG_DWORD 1",
        "K\\**SecureKey: it sets permissions of the key",
        "K\\**New: its name is no instruction that is known",
        "K\\**DeleteKeys: it lists no names",
        "K: it creates a key and sets nothing",
      ],
    );
  });

  it("goes on after data that its type does not have", () => {
    assert.deepEqual(
      entries(
        value("A", TYPE.dword, Buffer.alloc(3)),
        value("B", TYPE.qword, Buffer.alloc(1)),
        value("C", TYPE.text, Buffer.from("odd")),
        value("D", TYPE.text, utf16("a\0b\0")),
        value("E", TYPE.text, Buffer.from([0, 0xd8])),
        value("F", TYPE.list, utf16("a\0\0b\0\0")),
        value("G", TYPE.text, utf16("without an end")),
        value("\ud800", TYPE.dword, dwordBytes(1)),
        number("I", 1),
      ),
      [
        "K\\A: its REG_DWORD has 3 bytes",
        "K\\B: its REG_QWORD has 1 byte",
        "K\\C: its text has 3 bytes, half a character too many",
        "K\\D: its text goes on after its end",
        "K\\E: its text is no Unicode",
        "K\\F: its list goes on after its end",
        "user K|G set REG_SZ without an end",
        "K\\\ud800: its name is no Unicode",
        "user K|I set REG_DWORD 1",
      ],
    );
  });

  it("is read up to where it breaks", () => {
    const whole = registryPol([number("A", 1), number("B", 2)]);
    const one = "user K|A set REG_DWORD 1";
    const start = registryPol([number("A", 1)]).length;
    const cut = (length: number) =>
      entriesOfBytes(whole.subarray(0, start + length), USER).map((line) =>
        line.replaceAll(KEY, "K"),
      );
    const rest = (reason: string) => [
      one,
      `byte ${start}: ${reason}: what follows cannot be read either`,
    ];
    const key = 2 + utf16(KEY).length + 2;
    assert.deepEqual(cut(0), [one]);
    assert.deepEqual(cut(1), rest("it does not begin with a bracket"));
    assert.deepEqual(cut(20), rest("its key has no end"));
    assert.deepEqual(cut(key + 1), rest("its key has no end"));
    assert.deepEqual(cut(key + 4), rest("its value name has no end"));
    assert.deepEqual(cut(key + 8), rest("its type is cut short"));
    assert.deepEqual(cut(key + 14), rest("its size is cut short"));
    assert.deepEqual(
      cut(key + 22),
      rest("its data should have 4 bytes, and the file ends before that"),
    );
    assert.deepEqual(cut(key + 24), rest("its data does not end in a bracket"));
    assert.deepEqual(entriesOfBytes(Buffer.concat([whole, Buffer.from([0])]), USER).length, 3);
  });

  it("does not believe a size beyond its end", () => {
    const bytes = registryPol([number("A", 1)]);
    bytes.writeUInt32LE(0xffffffff, bytes.length - 2 - 4 - 2 - 4);
    assert.match(
      entriesOfBytes(bytes, USER).join(),
      /should have 4294967295 bytes, and the file ends before that/,
    );
  });

  it("is refused if it is of another version, or has only a signature", () => {
    assert.match(refusalOfBytes(registryPol([], 2)), /^it is a registry\.pol of version 2, not 1$/);
    assert.match(refusalOfBytes("PReg"), /^it is a registry\.pol that is cut short$/);
    assert.deepEqual(entriesOfBytes(registryPol([])), []);
  });

  it("is of users or of computers by its folder or its name, and else says that nobody knows", () => {
    const hive = (path: string) => {
      const { entries, notes } = sourceOfBytes(registryPol([number("A", 1)]), path);
      const [entry] = entries;
      return [entry?.form === "registry" && entry.hive, notes.length];
    };
    assert.deepEqual(hive("a/User/registry.pol"), ["user", 0]);
    assert.deepEqual(hive("a/MACHINE/registry.pol"), ["machine", 0]);
    assert.deepEqual(hive("a/computer.pol"), ["machine", 0]);
    assert.deepEqual(hive("a/user-office.pol"), ["user", 0]);
    assert.deepEqual(hive("a/Office.Machine.1.pol"), ["machine", 0]);
    assert.deepEqual(hive("a/user and machine.pol"), ["user", 1]);
    assert.deepEqual(hive("User/b/registry.pol"), ["user", 1]);
    assert.match(
      sourceOfBytes(registryPol([]), "a.pol").notes.join(),
      /^A registry\.pol does not say whether it is of users or of computers\. This one is read as settings of users: /,
    );
  });

  it("names the loopback processing that it turns on", () => {
    const loopback = (data: number, key = "Software\\Policies\\Microsoft\\Windows\\System") => {
      const bytes = registryPol([value("UserPolicyMode", TYPE.dword, dwordBytes(data), key)]);
      return sourceOfBytes(bytes, "GPO/Machine/registry.pol").conditions;
    };
    assert.deepEqual(loopback(1), [
      "loopback processing (merge): its settings for users depend on the computer",
    ]);
    assert.match(loopback(2).join(), /\(replace\)/);
    assert.deepEqual(loopback(0), []);
    assert.deepEqual(loopback(1, KEY), []);
  });

  it("has an entry for each value, whatever its data", () => {
    const any = fc.record({
      name: fc.constantFrom("A", "**soft.A", "**DeleteKeys", "**DeleteValues", "**x", ""),
      type: fc.nat(13),
      data: fc.uint8Array({ maxLength: 10 }),
    });
    fc.assert(
      fc.property(fc.array(any), (values) => {
        const lines = entries(...values.map(({ name, type, data }) => value(name, type, data)));
        assert.ok(lines.length >= values.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("gives back whatever was written", () => {
    const name = fc
      .string({ unit: "grapheme", maxLength: 20 })
      .filter((each) => !/\0|^\*\*/.test(each));
    const data = fc.oneof(
      fc
        .nat(0xffffffff)
        .map((each) => ({ type: TYPE.dword, bytes: dwordBytes(each), shown: `REG_DWORD ${each}` })),
      fc
        .string({ unit: "grapheme", maxLength: 50 })
        .filter((each) => !each.includes("\0"))
        .map((each) => ({ type: TYPE.text, bytes: utf16(`${each}\0`), shown: `REG_SZ ${each}` })),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ key: name, name, data }), { maxLength: 8 }), (values) => {
        const bytes = registryPol(
          values.map(({ key, name, data }) => value(name, data.type, data.bytes, key)),
        );
        const expected = values.map(
          ({ key, name, data }) => `user ${key}${name === "" ? "" : `|${name}`} set ${data.shown}`,
        );
        assert.deepEqual(entriesOfBytes(bytes, USER), expected);
      }),
    );
  });
});
