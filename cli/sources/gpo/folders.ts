/**
 * Folders of Group Policy: a backup of a GPO, and the folder that a GPO has on a domain controller or a computer.
 *
 * @see https://learn.microsoft.com/powershell/module/grouppolicy/backup-gpo
 * @module
 */
import { FileError } from "../../files/fileError";
import { child, type XmlElement } from "../../files/xml";
import type { Folder } from "../folder";
import type { FolderReader } from "../reader";
import { loopbackConditions } from "../registry/loopback";
import type { Source } from "../source";
import { childText } from "./childText";
import { readGpoFolder } from "./gpoFolder";
import { gpoIdentity } from "./identity";
import { scopeConditions, stateConditions, wmiCondition } from "./reportConditions";
import { someOf } from "./targeting";

/** A backup: a folder with `Backup.xml`, and the settings in `DomainSysvol\GPO`. */
export const gpoBackupReader: FolderReader = {
  kind: "GPO backup",
  matches: (folder) =>
    rootOf(folder, "Backup.xml", "GroupPolicyBackupScheme") !== undefined ||
    rootOf(folder, "bkupInfo.xml", "BackupInst") !== undefined ||
    folder.find("DomainSysvol", "GPO").some(({ kind }) => kind === "folder"),
  read: readBackup,
};

/** A folder as it is in `SYSVOL`, or in `System32\GroupPolicy` of a computer. */
export const gpoFolderReader: FolderReader = {
  kind: "GPO folder",
  matches: (folder) =>
    ["User", "Machine"].some(
      (half) =>
        folder.find(half, "registry.pol").length > 0 ||
        folder.find(half, "Preferences", "Registry", "Registry.xml").length > 0,
    ),
  read: (folder) => {
    const { entries, conditions, notes } = readGpoFolder(folder);
    return {
      name: folder.name,
      path: folder.path,
      kind: "GPO folder",
      entries,
      conditions: [...loopbackConditions(entries), ...conditions],
      notes: [
        "The folder of a GPO does not tell its name, its WMI filter, its security filtering and its links",
        ...notes,
      ],
    };
  },
};

function readBackup(folder: Folder): Source {
  const info = rootOf(folder, "bkupInfo.xml", "BackupInst");
  const backup = child(
    rootOf(folder, "Backup.xml", "GroupPolicyBackupScheme"),
    "GroupPolicyObject",
  );
  const core = child(backup, "GroupPolicyCoreSettings");
  const report = rootOf(folder, "gpreport.xml", "GPO");
  const settings = folder
    .find("DomainSysvol", "GPO")
    .filter(({ kind }) => kind === "folder")
    .map((entry) => readGpoFolder(folder.inside(entry)));
  const entries = settings.flatMap((each) => each.entries);
  const gpo =
    gpoIdentity(info, { id: "GPOGuid", domain: "GPODomain", time: "BackupTime" }) ??
    gpoIdentity(core, { id: "ID", domain: "Domain" });
  const description = childText(report, "Comment") ?? childText(info, "Comment");
  return {
    name:
      childText(info, "GPODisplayName") ??
      childText(core, "DisplayName") ??
      childText(report, "Name") ??
      folder.name,
    ...(description !== undefined && { description }),
    path: folder.path,
    kind: "GPO backup",
    ...(gpo !== undefined && { gpo }),
    entries,
    conditions: [
      ...coreConditions(core, report),
      ...(report === undefined ? [] : scopeConditions(report)),
      ...loopbackConditions(entries),
      ...settings.flatMap((each) => each.conditions),
    ],
    notes: [
      ...missingNotes(settings.length > 0, core, report),
      ...linkNotes(folder),
      ...settings.flatMap((each) => each.notes),
    ],
  };
}

/** The root element of a file in a folder; undefined if there is no such file, or it cannot be read. */
function rootOf(folder: Folder, name: string, root: string): XmlElement | undefined {
  for (const entry of folder.find(name)) {
    if (entry.kind !== "file") continue;
    try {
      const file = folder.read(entry);
      if (file.rootName === root) return file.xml();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }
  return undefined;
}

/** Halves that are turned off are bits of its options. */
const USER_OFF = 1;
const COMPUTER_OFF = 2;

function coreConditions(core: XmlElement | undefined, report: XmlElement | undefined): string[] {
  const options = Number(childText(core, "Options") ?? 0);
  const filter =
    childText(core, "WMIFilterName") ??
    childText(report, "FilterName") ??
    childText(core, "WMIFilter");
  return [
    ...stateConditions({
      isUserOff: (options & USER_OFF) !== 0,
      isComputerOff: (options & COMPUTER_OFF) !== 0,
    }),
    ...(filter === undefined ? [] : [wmiCondition(filter)]),
  ];
}

function missingNotes(
  hasSettings: boolean,
  core: XmlElement | undefined,
  report: XmlElement | undefined,
): string[] {
  const notes: string[] = [];
  if (!hasSettings) notes.push("The backup has no folder DomainSysvol\\GPO, and so no settings");
  if (core === undefined)
    notes.push(
      "The backup has no Backup.xml that can be read, which tells its WMI filter and whether it is turned off",
    );
  if (report === undefined)
    notes.push(
      "The backup has no gpreport.xml that can be read, which tells its security filtering and its links",
    );
  return notes;
}

function linkNotes({ entries }: Folder): string[] {
  const links = entries.filter(({ kind }) => kind === "link").map(({ name }) => name);
  return links.length === 0 ? [] : [`Symbolic links are not followed: ${someOf(links)}`];
}
