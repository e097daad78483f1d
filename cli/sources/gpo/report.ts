/**
 * Reports of GPOs: what `Get-GPOReport -ReportType Xml` and the Group Policy Management Console write, of one GPO or of
 * several. A report names policies as its computer's templates do, in the language of its author.
 *
 * @see https://learn.microsoft.com/powershell/module/grouppolicy/get-gporeport
 * @module
 */
import { FileError } from "../../files/fileError";
import { child, childrenOf, type XmlElement } from "../../files/xml";
import type { SourceReader } from "../reader";
import type { Source } from "../source";
import type { SourceFile } from "../sourceFile";
import { childText } from "./childText";
import { gpoIdentity } from "./identity";
import { reportConditions } from "./reportConditions";
import { reportSettings } from "./reportSettings";

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

function reportSource(gpo: XmlElement, file: SourceFile): Source {
  const settings = reportSettings(child(gpo, "User"), child(gpo, "Computer"));
  const identity = gpoIdentity(child(gpo, "Identifier"), { id: "Identifier", domain: "Domain" });
  const description = childText(gpo, "Comment");
  return {
    name: childText(gpo, "Name") ?? file.sourceName,
    ...(description !== undefined && { description }),
    path: file.path,
    kind: "GPO report",
    ...(identity !== undefined && { gpo: identity }),
    ...settings,
    conditions: [...reportConditions(gpo), ...settings.conditions],
  };
}
