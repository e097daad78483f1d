import { oneLine } from "../../provider/text/messageText";
import type { SourceFile } from "./sourceFile";

/** Files that go with sources, by their root element: clauses about them. */
const ROOTS: Readonly<Record<string, string>> = {
  Backups: "lists backups of GPOs, whose folder must be named instead",
  BackupInst: "is a part of a GPO backup, whose folder must be named instead",
  GroupPolicyBackupScheme: "is a part of a GPO backup, whose folder must be named instead",
  policyComments: "has comments on policies, and no settings",
  policyDefinitions: "is an administrative template, and has no values",
  policyDefinitionResources: "has the texts of an administrative template, and no values",
};

/** First characters of files that are often taken for sources: clauses about them. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  "PK\u0003\u0004": "is a ZIP archive, which must be unpacked first",
  regf: "is a registry hive, whose keys must be exported as .reg first",
};

/** A clause about a file that no reader knows, which goes on from its name. */
export function whatItIs({ bytes, beginning, text, rootName, json }: SourceFile): string {
  if (bytes.length === 0) return "is empty";
  const known = Object.entries(BEGINNINGS).find(([form]) => beginning.startsWith(form));
  if (known !== undefined) return known[1];
  if (rootName !== undefined) {
    const named = Object.hasOwn(ROOTS, rootName) ? ROOTS[rootName] : undefined;
    return named ?? `is XML of another kind: <${oneLine(rootName, 40)}>`;
  }
  if (json !== undefined) return "is JSON of another kind";
  if (text === undefined) return "is no text, and no registry.pol";
  if (/^\s*[[{]/.test(text)) return "is no JSON that can be read";
  if (/<html[\s>]/i.test(text.slice(0, 2000)))
    return "is HTML, and a GPO report must be XML (Get-GPOReport -ReportType Xml)";
  return "is text of another kind";
}
