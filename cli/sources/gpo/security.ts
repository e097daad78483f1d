import { child, childrenOf, type XmlElement } from "../../files/xml";
import { childText } from "./childText";

/** The right to apply a GPO, as an extended right of Active Directory. */
const APPLY = "edacfd8f-ffb3-11d1-b41d-00a0c968f939";

/** Bit of all extended rights in a mask that is written as a number. */
const CONTROL_ACCESS = 0x100;

/** Groups that everybody is in: without security filtering, a GPO is for them. */
const EVERYBODY = new Set(["AU", "WD", "S-1-5-11", "S-1-1-0"]);

/** Short names of trustees in SDDL that are usual in security filtering. */
const TRUSTEES: ReadonlyMap<string, string> = new Map([
  ["DA", "Domain Admins"],
  ["DC", "Domain Computers"],
  ["DD", "Domain Controllers"],
  ["DU", "Domain Users"],
  ["EA", "Enterprise Admins"],
  ["BA", "Administrators"],
  ["BU", "Users"],
  ["SY", "SYSTEM"],
]);

/**
 * Security filtering: who may apply a GPO, unless that is everybody, and who may not.
 *
 * @param gpo - The GPO in a report.
 * @returns nothing if the report does not have its permissions.
 * @see https://learn.microsoft.com/windows/win32/secauthz/ace-strings
 */
export function securityConditions(gpo: XmlElement): readonly string[] {
  const security = child(gpo, "SecurityDescriptor");
  const sddl = childText(security, "SDDL");
  if (sddl === undefined) return [];
  const names = namesOf(security);
  const trustees = (type: "A" | "D") => [...new Set(applying(sddl, type))];
  const list = (those: readonly string[]) =>
    those.map((each) => `"${names.get(each) ?? TRUSTEES.get(each) ?? each}"`).join(", ");
  const allowed = trustees("A");
  const denied = trustees("D");
  const conditions: string[] = [];
  if (allowed.length === 0) conditions.push("security filtering: nobody may apply it");
  else if (!allowed.some((each) => EVERYBODY.has(each)))
    conditions.push(`security filtering: only ${list(allowed)} may apply it`);
  if (denied.length > 0) conditions.push(`security filtering: ${list(denied)} may not apply it`);
  return conditions;
}

/** Names that the report has for SIDs. */
function namesOf(security: XmlElement | undefined): ReadonlyMap<string, string> {
  const trustees = childrenOf(security, "Permissions", "TrusteePermissions", "Trustee");
  return new Map(
    trustees.map((each) => [childText(each, "SID") ?? "", childText(each, "Name") ?? ""]),
  );
}

/** Trustees whom entries of a type give the right, by SID or short name. Entries for children only do not count. */
function applying(sddl: string, type: "A" | "D"): string[] {
  const access = /D:[^()]*((?:\([^()]*\))*)/.exec(sddl)?.[1] ?? "";
  const entries = [...access.matchAll(/\(([^()]*)\)/g)].map(([, entry = ""]) => entry.split(";"));
  return entries.flatMap(([kind, flags = "", rights = "", guid = "", , trustee = ""]) => {
    const isOfType = kind === type || kind === `O${type}`;
    const isApply = guid === "" || guid.toLowerCase() === APPLY;
    const isForChildren = pairs(flags).includes("IO");
    return isOfType && isApply && !isForChildren && hasControlAccess(rights) ? [trustee] : [];
  });
}

function pairs(text: string): string[] {
  return text.match(/../g) ?? [];
}

/** Rights are pairs of letters, or a number. */
function hasControlAccess(rights: string): boolean {
  if (/^0x[\da-f]{1,8}$/i.test(rights)) return (Number(rights) & CONTROL_ACCESS) !== 0;
  return pairs(rights).some((right) => right === "CR" || right === "GA");
}
