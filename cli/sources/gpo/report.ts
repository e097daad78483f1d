/**
 * Reports of GPOs: what `Get-GPOReport -ReportType Xml` and the Group Policy Management Console write, of one GPO or of
 * several. A report names policies as its computer's templates do, in the language of its author.
 *
 * @see https://learn.microsoft.com/powershell/module/grouppolicy/get-gporeport
 * @module
 */
import { FileError } from "../../files/fileError";
import { attribute, child, childrenOf, type XmlElement } from "../../files/xml";
import type { SourceReader } from "../reader";
import type { Hive, Source, SourceEntry } from "../source";
import type { SourceFile } from "../sourceFile";
import { childText } from "./childText";
import { PREFERENCES_ROOT, readPreferences } from "./preferences";
import { reportConditions } from "./reportConditions";
import { settingEntries } from "./reportEntries";

/** A `gpreport.xml`. */
export const gpoReportReader: SourceReader = {
  kind: "GPO report",
  matches: ({ rootName, text }) =>
    (rootName === "GPO" || rootName === "report") &&
    text?.slice(0, 2000).includes("http://www.microsoft.com/GroupPolicy/") === true,
  read: (file) => {
    const root = file.xml();
    const gpos = root.name === "GPO" ? [root] : childrenOf(root, "GPO");
    if (gpos.length === 0) throw new FileError("is a report without a GPO");
    return gpos.map((gpo) => reportSource(gpo, file));
  },
};

/** Halves of a GPO, by the names of their elements. */
export const HALVES: readonly { readonly name: string; readonly hive: Hive }[] = [
  { name: "User", hive: "user" },
  { name: "Computer", hive: "machine" },
];

function reportSource(gpo: XmlElement, file: SourceFile): Source {
  const parts = HALVES.map(({ name, hive }) => readHalf(child(gpo, name), hive));
  const description = childText(gpo, "Comment");
  return {
    name: childText(gpo, "Name") ?? file.sourceName,
    ...(description !== undefined && { description }),
    path: file.path,
    kind: "GPO report",
    entries: parts.flatMap(({ entries }) => entries),
    conditions: [...reportConditions(gpo), ...parts.flatMap(({ conditions }) => conditions)],
    notes: parts.flatMap(({ notes }) => notes),
  };
}

type Half = Pick<Source, "entries" | "conditions" | "notes">;

function readHalf(half: XmlElement | undefined, hive: Hive): Half {
  const entries: SourceEntry[] = [];
  const conditions: string[] = [];
  const notes: string[] = [];
  const others: string[] = [];
  for (const extension of childrenOf(half, "ExtensionData")) {
    const data = child(extension, "Extension");
    if (data === undefined || !/(?:^|:)RegistrySettings$/.test(attribute(data, "type") ?? "")) {
      others.push(childText(extension, "Name") ?? "a part without a name");
      continue;
    }
    for (const element of data.children) {
      if (element.name !== PREFERENCES_ROOT) {
        entries.push(...settingEntries(element, hive));
        continue;
      }
      const preferences = readPreferences(element, hive);
      entries.push(...preferences.entries);
      conditions.push(...preferences.conditions);
      notes.push(...preferences.notes);
    }
  }
  const of = hive === "user" ? "users" : "computers";
  if (others.length > 0) notes.push(`Other settings of ${of} are not read: ${others.join(", ")}`);
  return { entries, conditions, notes };
}
