import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readSources } from "../../cli/sources/read";
import type { Source } from "../../cli/sources/source";
import { dwordBytes, registryPol, TYPE } from "../policyFiles";
import { entryText } from "../readBytes";

const BACKUP = "{5B1C0A5E-0000-4000-8000-000000000001}";
const SETTINGS = "DomainSysvol/GPO";

const pol = (name: string): Buffer => {
  return registryPol([{ key: "K", name, type: TYPE.dword, data: dwordBytes(1) }]);
};
const backupXml = (core: string): string => {
  const space = 'xmlns="http://www.microsoft.com/GroupPolicy/GPOOperations"';
  return `<?xml version="1.0" encoding="utf-8"?><GroupPolicyBackupScheme ${space}><GroupPolicyObject><GroupPolicyCoreSettings>${core}</GroupPolicyCoreSettings></GroupPolicyObject></GroupPolicyBackupScheme>`;
};
const infoXml = (name: string): string => {
  return `<BackupInst xmlns="http://www.microsoft.com/GroupPolicy/GPOOperations/Manifest"><Comment><![CDATA[before]]></Comment><GPODisplayName><![CDATA[${name}]]></GPODisplayName></BackupInst>`;
};
const reportXml = (body: string): string => {
  return `<GPO xmlns="http://www.microsoft.com/GroupPolicy/Settings"><Name>Reported</Name>${body}</GPO>`;
};
const PREFERENCE =
  '<RegistrySettings><Registry name="P"><Properties action="U" hive="HKEY_CURRENT_USER" key="K" name="P" type="REG_SZ" value="x"/><Filters><FilterUser name="a"/></Filters></Registry></RegistrySettings>';

describe("folders of Group Policy", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gpo-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (files: Readonly<Record<string, string | Uint8Array>>): void => {
    for (const [place, content] of Object.entries(files)) {
      const path = join(folder, place);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  };
  const only = (path = folder): Source => {
    const [source, ...others] = readSources(path);
    assert.ok(source !== undefined && others.length === 0);
    return source;
  };

  it("that are a backup are one source, whatever the case of their names", () => {
    write({
      [`${BACKUP}/bkupinfo.XML`]: infoXml("Office\u202e baseline"),
      [`${BACKUP}/backup.xml`]: backupXml("<DisplayName>Other</DisplayName><Options>0</Options>"),
      [`${BACKUP}/gpreport.xml`]: reportXml("<Comment>For everybody</Comment>"),
      [`${BACKUP}/domainSYSVOL/gpo/USER/Registry.pol`]: pol("U"),
      [`${BACKUP}/domainSYSVOL/gpo/USER/preferences/registry/registry.xml`]: PREFERENCE,
      [`${BACKUP}/domainSYSVOL/gpo/machine/registry.pol`]: pol("M"),
    });
    const path = join(folder, BACKUP);
    const source = only(path);
    const { entries, ...rest } = source;
    assert.deepEqual(entries.map(entryText), [
      "user K|U set REG_DWORD 1",
      "user K|P set REG_SZ x",
      "machine K|M set REG_DWORD 1",
    ]);
    assert.deepEqual(rest, {
      name: "Office baseline",
      description: "For everybody",
      path,
      kind: "GPO backup",
      conditions: ['item-level targeting by user "a" of P'],
      notes: [],
    });
  });

  it("that hold several backups are as many sources, in the order of their names", () => {
    const skipped: string[] = [];
    write({
      "manifest.xml": "<Backups/>",
      "read.me": "Dear all,",
      [`b/${BACKUP}/${SETTINGS}/User/registry.pol`]: pol("B"),
      [`a/${BACKUP}/bkupInfo.xml`]: infoXml("A"),
    });
    const sources = readSources(folder, { onSkipped: (path) => skipped.push(path) });
    assert.deepEqual(
      sources.map(({ name, kind, entries }) => [name, kind, entries.length]),
      [
        ["A", "GPO backup", 0],
        [BACKUP, "GPO backup", 1],
      ],
    );
    assert.deepEqual(skipped, [join(folder, "read.me")]);
    assert.deepEqual(sources[0]?.notes, [
      "The backup has no folder DomainSysvol\\GPO, and so no settings",
      "The backup has no Backup.xml that can be read, which tells its WMI filter and whether it is turned off",
      "The backup has no gpreport.xml that can be read, which tells its security filtering and its links",
    ]);
  });

  it("that repeat a GPO are left out: its older backups, and its reports", () => {
    const of = (id: string, domain: string, time?: string) =>
      `<BackupInst><GPOGuid>${id}</GPOGuid><GPODomain>${domain}</GPODomain>${time === undefined ? "" : `<BackupTime>${time}</BackupTime>`}<GPODisplayName>${time}</GPODisplayName></BackupInst>`;
    const report = (id: string) =>
      reportXml(
        `<Identifier><Identifier>${id}</Identifier><Domain>a.example</Domain></Identifier>`,
      );
    write({
      "1/bkupInfo.xml": of("{A}", "a.example", "2026-01-01T00:00:00"),
      "2/bkupInfo.xml": of("{a}", "A.example", "2026-03-01T00:00:00"),
      "3/bkupInfo.xml": of("{A}", "a.example", "2026-02-01T00:00:00"),
      "4/bkupInfo.xml": of("{A}", "b.example", "2026-01-01T00:00:00"),
      "5/bkupInfo.xml": of("{A}", "a.example"),
      "6.xml": report("{A}"),
      "7.xml": report("{B}"),
    });
    const skipped: string[] = [];
    const sources = readSources(folder, {
      onSkipped: (path, reason) => skipped.push(`${path} ${reason}`.replaceAll(`${folder}/`, "")),
    });
    assert.deepEqual(
      sources.map(({ path }) => path.slice(folder.length + 1)),
      ["2", "4", "5", "7.xml"],
    );
    assert.deepEqual(skipped, [
      "1 is an older backup of a GPO whose newest is read: 2",
      "3 is an older backup of a GPO whose newest is read: 2",
      "6.xml is a report of a GPO whose backup is read: 2",
    ]);
  });

  it("tell conditions by Backup.xml, and by the report what that does not say", () => {
    const conditions = (core: string, report: string): readonly string[] => {
      write({ "Backup.xml": backupXml(core), "gpreport.xml": reportXml(report) });
      return only().conditions;
    };
    const off = "<User><Enabled>false</Enabled></User>";
    assert.deepEqual(conditions("<Options>1</Options>", ""), [
      "its settings for users are turned off",
    ]);
    assert.deepEqual(conditions("<Options>2</Options>", off), [
      "its settings for computers are turned off",
    ]);
    assert.deepEqual(conditions("<Options>3</Options>", ""), [
      "the GPO is turned off: it applies to nobody",
    ]);
    const filter = "<WMIFilter>[a;{B};0]</WMIFilter>";
    assert.deepEqual(conditions(`${filter}<WMIFilterName>Laptops</WMIFilterName>`, ""), [
      'the WMI filter "Laptops"',
    ]);
    assert.deepEqual(conditions(filter, "<FilterName>Desktops</FilterName>"), [
      'the WMI filter "Desktops"',
    ]);
    assert.deepEqual(conditions(filter, ""), ['the WMI filter "[a;{B};0]"']);
    assert.deepEqual(
      conditions("", "<SecurityDescriptor><SDDL>D:(A;;CR;;;DA)</SDDL></SecurityDescriptor>"),
      ['security filtering: only "Domain Admins" may apply it'],
    );
  });

  it("tell loopback processing by its registry value", () => {
    const key = "SOFTWARE\\Policies\\Microsoft\\Windows\\System";
    const data = dwordBytes(2);
    write({
      [`${SETTINGS}/Machine/registry.pol`]: registryPol([
        { key, name: "UserPolicyMode", type: TYPE.dword, data },
      ]),
    });
    assert.match(only().conditions.join(), /^loopback processing \(replace\)/);
  });

  it("name files that cannot be read, and read the others", () => {
    write({
      "Backup.xml": backupXml(""),
      [`${SETTINGS}/User/registry.pol`]: "Preg",
      [`${SETTINGS}/User/Preferences/Registry/Registry.xml`]: "<RegistrySettings>",
      [`${SETTINGS}/Machine/registry.pol`]: pol("M"),
      [`${SETTINGS}/Machine/Preferences/Registry/Registry.xml`]: "<Drives/>",
    });
    const places = only().entries.map(entryText);
    const lines = places.map((line) => line.replace(/(that can be read: ).*/, "$1…"));
    assert.deepEqual(lines, [
      "User/registry.pol: it does not begin as a registry.pol does",
      "User/Preferences/Registry/Registry.xml: it is no XML that can be read: …",
      "machine K|M set REG_DWORD 1",
      "Machine/Preferences/Registry/Registry.xml: it is no list of registry items",
    ]);
  });

  it("do not lead elsewhere by links", () => {
    write({
      "Backup.xml": backupXml(""),
      "gpreport.xml": reportXml(""),
      "other/registry.pol": pol("A"),
    });
    mkdirSync(join(folder, SETTINGS, "User"), { recursive: true });
    symlinkSync("../../../other/registry.pol", join(folder, SETTINGS, "User", "registry.pol"));
    symlinkSync("../../other", join(folder, SETTINGS, "Machine"));
    symlinkSync("other", join(folder, "link"));
    const { entries, notes } = only();
    assert.deepEqual(entries.map(entryText), ["User/registry.pol: it is a symbolic link"]);
    assert.deepEqual(notes, [
      "Symbolic links are not followed: link",
      "Other files of the GPO are not read: Machine",
    ]);
  });

  it("name files of other settings, and comments if there are any", () => {
    const comments = (each: string) =>
      `<policyComments><comments><admTemplate>${each}</admTemplate></comments></policyComments>`;
    write({
      "gpt.ini": "[General]",
      "User/registry.pol": "",
      "User/comment.cmtx": comments(""),
      "Machine/comment.cmtx": comments('<comment policyRef="a"/>'),
      "Machine/Scripts/a.cmd": "",
      "Machine/Microsoft/Windows NT/SecEdit/GptTmpl.inf": "",
    });
    const { kind, name, entries, notes } = only();
    assert.deepEqual([kind, name, entries], ["GPO folder", folder.split("/").at(-1), []]);
    assert.deepEqual(notes, [
      "The folder of a GPO does not tell its name, its WMI filter, its security filtering and its links",
      "Comments on policies are not read: Machine/comment.cmtx",
      "Other files of the GPO are not read: Machine/Microsoft/Windows NT/SecEdit/GptTmpl.inf, Machine/Scripts/a.cmd",
    ]);
  });

  it("may be broken files beside each other, each of which stays a source", () => {
    write({ "a.xml": reportXml("<Us"), "b/registry.pol": "PReg" });
    assert.deepEqual(
      readSources(folder).map(({ kind, entries }) => [kind, ...entries.map(entryText)]),
      [
        [
          "GPO report",
          "a.xml: it is no XML that can be read: 1:84: disallowed character in tag name",
        ],
        ["registry.pol", "registry.pol: it is a registry.pol that is cut short"],
      ],
    );
  });
});
