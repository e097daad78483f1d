import { strict as assert } from "node:assert";
import fc from "fast-check";
import { resolveSources } from "../../cli/convert/resolve";
import type { SourceEntry } from "../../cli/sources/source";
import { SourceReadError } from "../../cli/sources/sourceReadError";
import { CATALOGUE } from "../inventedCatalogue";
import { assertSource } from "../mutatedFiles";
import { dwordBytes, registryPol, TYPE, utf16, wideFile } from "../policyFiles";
import { sourcesOfBytes } from "../readBytes";

/** Mutated files of each format. */
const RUNS = 10_000;

const KEY = "Software\\Contoso";
const FORMATS: Readonly<Record<string, Buffer>> = {
  "registry.pol": registryPol([
    { key: KEY, name: "A", type: TYPE.dword, data: dwordBytes(1) },
    { key: KEY, name: "**del.B", type: TYPE.text, data: utf16(" \0") },
    { key: KEY, name: "**DeleteKeys", type: TYPE.text, data: utf16("C;D\0") },
    { key: KEY, name: "E", type: TYPE.list, data: utf16("a\0b\0\0") },
    { key: KEY, name: "F", type: TYPE.qword, data: Buffer.alloc(8) },
  ]),
  "registry export": wideFile(
    `Windows Registry Editor Version 5.00\n\n[HKEY_CURRENT_USER\\${KEY}]\n"A"="b\\\\c"\n"D"=dword:00000001\n"E"=hex(7):61,00,\\\n  00,00\n"F"=hex(b):00,00,00,00,00,00,00,00\n@=-\n[-HKEY_USERS\\S-1-5-21-1\\F]\n`,
  ),
  "older registry export": Buffer.from(
    'REGEDIT4\r\n[HKLM\\A]\r\n"B"=hex(2):e9,00\r\n"C"="\xe9"\r\n',
    "latin1",
  ),
  "LGPO text": Buffer.from(
    `; comment\nUser\n${KEY}\nA\nDWORD:0x1\n\nComputer\n${KEY}\nB\nMULTISZ:a\\0b\n\nUser:X\n${KEY}\n*\nDELETEALLVALUES\n`,
  ),
  "Group Policy Preferences": Buffer.from(
    `<RegistrySettings><Collection><Registry name="A"><Properties action="U" hive="HKEY_CURRENT_USER" key="${KEY}" name="A" type="REG_DWORD" value="00000001"/><Filters><FilterGroup bool="OR" not="1" name="B"/></Filters></Registry></Collection></RegistrySettings>`,
  ),
  "resultant set of policy": Buffer.from(
    '<Rsop xmlns="http://www.microsoft.com/GroupPolicy/Rsop"><UserResults><Name>A</Name><ExtensionData><Extension type="RegistrySettings"><RegistrySetting><Precedence>1</Precedence><KeyPath>B</KeyPath><Value><Name>C</Name><String>D</String></Value></RegistrySetting></Extension></ExtensionData></UserResults></Rsop>',
  ),
  "GPO report": wideFile(
    `<GPO xmlns="http://www.microsoft.com/GroupPolicy/Settings"><Name>A</Name><SecurityDescriptor><SDDL>D:(A;;CR;;;DA)</SDDL></SecurityDescriptor><User><ExtensionData><Extension type="RegistrySettings"><Policy><Name>B</Name><State>Enabled</State><DropDownList><Value><Name>C</Name></Value></DropDownList></Policy><RegistrySetting><KeyPath>D</KeyPath><Value><Name>E</Name><Number>1</Number></Value></RegistrySetting></Extension></ExtensionData></User></GPO>`,
  ),
};

/** A change of bytes: some are taken away and some put in their place. */
interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly added: Uint8Array;
}

const EDITS = fc.array(
  fc.record({
    at: fc.nat(1_000_000),
    removed: fc.oneof({ weight: 4, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.nat(400) }),
    added: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc
        .constantFrom("\0\0", "[", "]", '"', "\\", ";\0", "<", "</", "=", "\r\n")
        .map((text) => Buffer.from(text)),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

function mutated(bytes: Buffer, edits: readonly Edit[]): Buffer {
  return edits.reduce((before, { at, removed, added }) => {
    const start = at % (before.length + 1);
    return Buffer.concat([before.subarray(0, start), added, before.subarray(start + removed)]);
  }, bytes);
}

/** Promises of every reader about an entry. */
function check(entry: SourceEntry): void {
  if (entry.form === "unread") assert.ok(entry.place !== "" && entry.reason !== "");
  if (entry.form !== "registry") return;
  const { action, data, hive } = entry;
  assert.ok(hive === "user" || hive === "machine");
  assert.equal(data !== undefined, action === "set" || action === "setIfMissing");
  if (data?.type === "REG_DWORD" || data?.type === "REG_QWORD")
    assert.match(data.value, /^\d{1,20}$/);
  if (data?.type === "REG_SZ" || data?.type === "REG_EXPAND_SZ")
    assert.ok(data.value.isWellFormed());
}

describe("a file that was damaged", () => {
  for (const [format, bytes] of Object.entries(FORMATS)) {
    it(`is refused or read: ${format}`, () => {
      const [source] = sourcesOfBytes(bytes, "a/User/b");
      assert.ok(source?.entries.every(({ form }) => form !== "unread"));
      let refused = 0;
      fc.assert(
        fc.property(EDITS, (edits) => {
          try {
            const sources = sourcesOfBytes(mutated(bytes, edits));
            sources.forEach(assertSource);
            for (const { entries } of sources) entries.forEach(check);
            resolveSources(sources, CATALOGUE);
          } catch (error) {
            assert.ok(error instanceof SourceReadError, String(error));
            refused += 1;
          }
        }),
        { numRuns: RUNS },
      );
      assert.ok(refused > 0 && refused < RUNS);
    });
  }
});
